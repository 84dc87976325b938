#include "serve_flags.hpp"

#include <CLI/CLI.hpp>

#include <fstream>
#include <iterator>
#include <utility>

namespace skill = symbolon::skill;

namespace examples {
namespace {

std::string read_file(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace

ServeFlags::ServeFlags(CLI::App& app) {
    app.add_option("--listen", serve_.listen, "ADDRESS:PORT to listen on; repeatable")->capture_default_str();
    app.add_option("--path", serve_.path, "path of the endpoint")->capture_default_str();
    app.add_option("--tls-cert", serve_.tls_certificate, "PEM certificate chain")->check(CLI::ExistingFile);
    app.add_option("--tls-key", serve_.tls_key, "PEM private key")->check(CLI::ExistingFile);
    auto* local = app.add_option("--trust-local", chain_url_, "also believe a local assistant, whose chains lie here");
    auto* root = app.add_option("--trust-root", root_file_, "the local assistant's root certificate, PEM");
    auto* name = app.add_option("--trust-san", names_, "the name in the local assistant's certificate");
    root->check(CLI::ExistingFile)->needs(local);
    name->needs(local);
    local->needs(root)->needs(name);
}

skill::ServeOptions ServeFlags::options() const {
    skill::ServeOptions serve = serve_;
    if (chain_url_.empty()) return serve;
    auto rules = skill::TrustRules::at(chain_url_);
    rules.names = names_;
    rules.roots_pem = {read_file(root_file_)};
    serve.endpoint.trust.push_back(skill::TrustProfile::local(std::move(rules)));
    return serve;
}

}  // namespace examples
