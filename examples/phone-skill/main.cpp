#include "phone_skill.hpp"

#include "symbolon/skill/serve.hpp"

#include <CLI/CLI.hpp>

#include <exception>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

namespace skill = symbolon::skill;

namespace {

std::string read_file(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace

int main(int argc, char** argv) try {
    phone_skill::Options options;
    skill::ServeOptions serve;
    std::string chain_url, root_file;
    std::vector<std::string> names;

    CLI::App app("A skill that says the phone number of your linked account.");
    app.add_option("--listen", serve.listen, "ADDRESS:PORT to listen on; repeatable")->capture_default_str();
    app.add_option("--path", serve.path, "path of the endpoint")->capture_default_str();
    app.add_option("--tls-cert", serve.tls_certificate, "PEM certificate chain")->check(CLI::ExistingFile);
    app.add_option("--tls-key", serve.tls_key, "PEM private key")->check(CLI::ExistingFile);
    app.add_option("--skill-id", options.skill_ids, "whose requests to answer; repeatable")->required();
    app.add_option("--userinfo-url", options.userinfo_url, "the UserInfo endpoint of your identity server")->required();
    auto* local = app.add_option("--trust-local", chain_url, "also believe a local assistant, whose chains lie here");
    auto* root = app.add_option("--trust-root", root_file, "the local assistant's root certificate, PEM");
    auto* name = app.add_option("--trust-san", names, "the name in the local assistant's certificate");
    root->check(CLI::ExistingFile)->needs(local);
    name->needs(local);
    local->needs(root)->needs(name);
    CLI11_PARSE(app, argc, argv);

    if (!chain_url.empty()) {
        auto rules = skill::TrustRules::at(chain_url);
        rules.names = std::move(names);
        rules.roots_pem = {read_file(root_file)};
        serve.endpoint.trust.push_back(skill::TrustProfile::local(std::move(rules)));
    }
    return skill::run(phone_skill::make(std::move(options)), std::move(serve));
} catch (const std::exception& error) {
    std::cerr << "phone-skill: " << error.what() << '\n';
    return 1;
}
