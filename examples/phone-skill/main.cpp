#include "phone_skill.hpp"

#include "serve_flags.hpp"

#include <CLI/CLI.hpp>

#include <exception>
#include <iostream>
#include <utility>

int main(int argc, char** argv) try {
    phone_skill::Options options;
    CLI::App app("A skill that says the phone number of your linked account.");
    const examples::ServeFlags serve(app);
    app.add_option("--skill-id", options.skill_ids, "whose requests to answer; repeatable")->required();
    app.add_option("--userinfo-url", options.userinfo_url, "the UserInfo endpoint of your identity server")->required();
    CLI11_PARSE(app, argc, argv);
    return symbolon::skill::run(phone_skill::make(std::move(options)), serve.options());
} catch (const std::exception& error) {
    std::cerr << "phone-skill: " << error.what() << '\n';
    return 1;
}
