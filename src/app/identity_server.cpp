#include "app/identity_server.hpp"

#include "app/background.hpp"
#include "app/bootstrap/bootstrap.hpp"
#include "app/credentials.hpp"
#include "app/dispatch.hpp"
#include "app/duties.hpp"
#include "app/hooks.hpp"
#include "app/listeners.hpp"
#include "app/log_level.hpp"
#include "app/master_key.hpp"
#include "app/metrics.hpp"
#include "app/private_files.hpp"
#include "base/clock.hpp"
#include "base/log.hpp"
#include "crypto/password.hpp"
#include "crypto/random.hpp"
#include "crypto/seal.hpp"
#include "db/database.hpp"
#include "directory/access_keys.hpp"
#include "directory/catalog.hpp"
#include "net/server.hpp"
#include "signin/administration.hpp"
#include "signin/custom_sender.hpp"
#include "signin/recovery.hpp"
#include "signin/services.hpp"
#include "signin/sign_up.hpp"
#include "triggers/http_functions.hpp"

#include <algorithm>
#include <optional>
#include <thread>

namespace symbolon::app {

namespace {

constexpr std::size_t waiting_password_checks = 256;
constexpr std::size_t waiting_for_keys = 64;

unsigned cores(const ServeOptions& options) {
    return options.threads > 0 ? options.threads : std::max(1U, std::thread::hardware_concurrency());
}

net::ServerOptions with_body_limit(net::ServerOptions options, std::function<std::size_t(const net::Request&)> limit) {
    options.body_limit = std::move(limit);
    return options;
}

}  // namespace

/// The parts in the order in which they need one another; destroyed in the opposite order.
struct IdentityServer::Impl {
    SystemClock clock;
    crypto::SystemRandom random;
    AccessKey access_key;
    crypto::Sealer sealer;
    std::unique_ptr<db::Database> db;
    crypto::PasswordHasher hasher;
    crypto::WorkPool key_makers;
    directory::Catalog catalog;
    HookSettings hooks;
    triggers::HttpFunctions functions;
    triggers::Triggers triggers;
    messaging::Outbox outbox;
    signin::Services services;
    signin::SignIn sign_in;
    signin::SignUp sign_up;
    signin::Recovery recovery;
    signin::Administration administration;
    signin::BrowserSessionService sessions;
    net::Server server;
    std::string base_url;
    oauth::Sites sites;
    oauth::Tokens tokens;
    oauth::Authorization authorization;
    oauth::Endpoints endpoints;
    pages::Pages pages;
    directory::AccessKeyRing keys;
    std::optional<aws::AuditLog> audit;
    aws::Options aws_options;
    aws::Door api;
    Metrics metrics;
    Dispatch dispatch;
    Background background;

    explicit Impl(const ServeOptions& options)
        : access_key(load_access_key(options.data, random)),
          sealer(load_master_key(options.data, random), random),
          db(db::open(database_url(options.data, options.database))),
          hasher(random, cores(options), waiting_password_checks),
          key_makers("key makers", 1, waiting_for_keys),
          catalog(*db, sealer, clock),
          hooks(load_hooks(options)),
          functions(std::move(hooks.functions), random, clock),
          triggers(functions),
          outbox(*db, sealer, random, clock, make_sender(messaging::make_sink(options.sms)),
                 make_sender(messaging::make_sink(options.email))),
          services{*db, catalog, sealer, hasher, random, clock, outbox, triggers},
          sign_in(services),
          sign_up(services),
          recovery(services),
          administration(services),
          sessions(services),
          server(with_body_limit(server_options(options),
                                 [this](const net::Request& head) { return api.body_limit(head); }),
                 [this](net::Request request) { return dispatch.serve(std::move(request)); }),
          base_url(options.base_url.empty() ? public_url(server.urls().front()) : without_slash(options.base_url)),
          sites(catalog, {base_url, options.domain_host}),
          tokens(services, base_url),
          authorization(services, tokens),
          endpoints(services, sites, tokens, authorization, sessions),
          pages(services, authorization, sign_in, sign_up, recovery, sessions),
          keys(*db, sealer, clock, {access_key.id, directory::AccessKeySecret(access_key.secret)}),
          aws_options{.region = options.region, .base_url = base_url, .keys = &keys, .audit = open_audit_log(options)},
          api({services, tokens, sign_in, sign_up, recovery, administration, key_makers, aws_options}),
          dispatch({api, sites, endpoints, pages, *db, metrics, [this] { return server.counters(); }}),
          background(*db, outbox, {clock, directory::NodeId(random.uuid())}, make_duties(*db, random)) {
        services.names = {base_url, options.domain_host};
        if (audit) metrics.watch("lost_audit_lines", [this] { return static_cast<double>(audit->lost()); });
    }

    /// Null when it is off.
    aws::AuditLog* open_audit_log(const ServeOptions& options) {
        const auto path = audit_log_path(options);
        return path.empty() ? nullptr : &audit.emplace(path);
    }

    /// Pools may have functions of their own that send.
    std::unique_ptr<messaging::Sink> make_sender(std::unique_ptr<messaging::Sink> usual) {
        return signin::make_custom_sender({*db, triggers, random, hooks.sender_key}, std::move(usual));
    }
};

IdentityServer::IdentityServer(const ServeOptions& options) {
    set_log_level(options.log_level);
    make_private_folder(options.data);
    impl_ = std::make_unique<Impl>(options);
    if (options.bootstrap.empty()) return;
    bootstrap(options.bootstrap, impl_->api, *impl_->db, {impl_->clock, directory::NodeId(impl_->random.uuid())});
}

IdentityServer::~IdentityServer() = default;

void IdentityServer::start() {
    impl_->background.start();
    impl_->server.start();
}

void IdentityServer::stop() {
    impl_->server.stop();
    impl_->background.stop();
    impl_->functions.stop();
}

void IdentityServer::reload(const ServeOptions& options) {
    set_log_level(options.log_level);
    impl_->server.reload_certificates();
    if (impl_->audit) impl_->audit->reopen();
    log::info("configuration_reloaded");
}

std::vector<std::string> IdentityServer::urls() const {
    return impl_->server.urls();
}
const std::string& IdentityServer::base_url() const {
    return impl_->base_url;
}
const std::string& IdentityServer::access_key_id() const {
    return impl_->access_key.id;
}
const std::string& IdentityServer::secret_access_key() const {
    return impl_->access_key.secret;
}
messaging::Outbox& IdentityServer::outbox() {
    return impl_->outbox;
}

}  // namespace symbolon::app
