#include "orders_skill.hpp"

#include "serve_flags.hpp"

#include <CLI/CLI.hpp>

#include <exception>
#include <iostream>
#include <utility>

int main(int argc, char** argv) try {
    orders_skill::Options options;
    CLI::App app("A skill that takes orders from linked accounts with the scope for it.");
    const examples::ServeFlags serve(app);
    app.add_option("--skill-id", options.skill_ids, "whose requests to answer; repeatable")->required();
    app.add_option("--issuer", options.tokens.issuer, "`iss` of the access tokens")->required();
    app.add_option("--client-id", options.tokens.client_ids, "the client that the platform links with")->required();
    app.add_option("--jwks-url", options.tokens.jwks_url, "default: /.well-known/jwks.json below the issuer");
    app.add_option("--ca", options.tokens.ca_file, "PEM roots beside the system's")->check(CLI::ExistingFile);
    CLI11_PARSE(app, argc, argv);
    return symbolon::skill::run(orders_skill::make(std::move(options)), serve.options());
} catch (const std::exception& error) {
    std::cerr << "orders-skill: " << error.what() << '\n';
    return 1;
}
