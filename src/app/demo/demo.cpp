#include "app/demo/demo.hpp"

#include "app/assistant_server.hpp"
#include "app/demo/configuration.hpp"
#include "app/demo/phone.hpp"
#include "app/identity_server.hpp"
#include "net/client.hpp"
#include "phone_skill.hpp"
#include "symbolon/skill/serve.hpp"

#include <optional>
#include <utility>

namespace symbolon::app {

namespace {

ServeOptions server_part(const DemoOptions& options) {
    ServeOptions out;
    out.data = options.data;
    out.database = options.database;
    out.listen = {options.listen};
    out.sms = options.sms;
    out.log_level = options.log_level;
    return out;
}

AssistantOptions assistant_part(const DemoOptions& options) {
    AssistantOptions out;
    out.data = options.data;
    out.listen = options.assistant_listen;
    out.log_level = options.log_level;
    return out;
}

}  // namespace

struct Demo::Impl {
    DemoOptions options;
    IdentityServer server;
    std::optional<DemoPages> pages;
    AssistantServer assistant;
    net::Client client{1};
    DemoConfiguration::Made made;
    std::optional<skill::Server> skill;

    explicit Impl(const DemoOptions& options_)
        : options(options_),
          server(server_part(options_)),
          assistant(
              assistant_part(options_), [this](const net::Request& request) { return pages->find(request); },
              DemoPages::beside()) {
        pages.emplace(server.outbox(), assistant.assistant(), assistant.base_url());
    }

    skill::Server start_skill() {
        const auto& signer = assistant.assistant().signer();
        auto rules = skill::TrustRules::at(signer.chain_url.substr(0, signer.chain_url.rfind('/') + 1));
        rules.names = {signer.certificate_name};
        rules.roots_pem = {signer.root_pem};
        skill::ServeOptions serve;
        serve.listen = {options.skill_listen};
        serve.workers = 2;
        serve.endpoint.trust = {skill::TrustProfile::local(std::move(rules))};
        phone_skill::Options skill_options;
        skill_options.skill_ids = {made.skill_id};
        skill_options.userinfo_url = made.domain_url + "/oauth2/userInfo";
        return skill::serve(phone_skill::make(std::move(skill_options)), std::move(serve));
    }
};

Demo::Demo(const DemoOptions& options) : impl_(std::make_unique<Impl>(options)) {}
Demo::~Demo() = default;

void Demo::start() {
    impl_->server.start();
    impl_->assistant.start();
    auto& assistant = impl_->assistant.assistant();
    DemoConfiguration configuration(
        impl_->client,
        {impl_->server.base_url(), "us-east-1", impl_->server.access_key_id(), impl_->server.secret_access_key()},
        {impl_->assistant.base_url(), assistant.vendor_id(), assistant.access_token()});
    impl_->made = configuration.make();
    impl_->skill.emplace(impl_->start_skill());
    configuration.set_endpoint(impl_->made.skill_id, impl_->skill->urls().front());
    impl_->pages->set_made(impl_->made);
}

void Demo::stop() {
    if (impl_->skill) impl_->skill->stop();
    impl_->assistant.stop();
    impl_->server.stop();
}

std::vector<std::string> Demo::urls() const {
    std::vector<std::string> out{impl_->server.urls().front(), impl_->assistant.urls().front()};
    if (impl_->skill) out.push_back(impl_->skill->urls().front());
    return out;
}

std::string Demo::what_to_do() const {
    const auto& assistant = impl_->assistant.base_url();
    return "\n"
           "  Steps 1 to 4 are done: a user pool, an app client, a domain, and a skill that knows them.\n"
           "\n"
           "  5. Open  " +
           assistant + "/app/skills/" + impl_->made.skill_id +
           "\n"
           "     ask the skill for your phone number, tap \"Link account\", sign up with any phone number.\n"
           "     The texts arrive at  " +
           assistant +
           "/phone\n"
           "  6. Ask again: the skill says your number.\n"
           "\n"
           "  Start page  " +
           assistant + "/demo      AWS clients: endpoint " + impl_->server.base_url() + ", keys in " +
           impl_->options.data +
           "/credentials\n"
           "  Ctrl-C stops all of it.\n\n";
}

}  // namespace symbolon::app
