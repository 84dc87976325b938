#include "lamp_skill.hpp"

#include "symbolon/skill/lambda.hpp"

#include <CLI/CLI.hpp>

#include <exception>
#include <iostream>
#include <utility>

namespace skill = symbolon::skill;

/// Lambda gives its settings in the environment, so every flag has a name there.
int main(int argc, char** argv) try {
    lamp_skill::Options options;
    CLI::App app("A smart-home skill with two lamps for everybody who linked an account. Runs on AWS Lambda.");
    app.add_option("--issuer", options.tokens.issuer, "`iss` of the access tokens")->envname("LAMP_ISSUER")->required();
    app.add_option("--client-id", options.tokens.client_ids, "the client that the platform links with")
        ->envname("LAMP_CLIENT_ID")
        ->required();
    app.add_option("--jwks-url", options.tokens.jwks_url, "default: /.well-known/jwks.json below the issuer")
        ->envname("LAMP_JWKS_URL");
    app.add_option("--scope", options.tokens.scopes, "that the tokens must have; repeatable")->envname("LAMP_SCOPE");
    CLI11_PARSE(app, argc, argv);
    return skill::lambda::run(skill::lambda::function_of(lamp_skill::make(std::move(options))));
} catch (const std::exception& error) {
    std::cerr << "lamp-skill: " << error.what() << '\n';
    return 1;
}
