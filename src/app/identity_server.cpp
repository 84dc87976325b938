#include "app/identity_server.hpp"

#include "app/audit_file.hpp"
#include "app/background.hpp"
#include "app/bootstrap/bootstrap.hpp"
#include "app/check_options.hpp"
#include "app/credentials.hpp"
#include "app/dispatch.hpp"
#include "app/duties.hpp"
#include "app/hooks.hpp"
#include "app/listeners.hpp"
#include "app/log_files.hpp"
#include "app/log_level.hpp"
#include "app/master_key.hpp"
#include "app/metrics.hpp"
#include "app/private_files.hpp"
#include "base/clock.hpp"
#include "base/log.hpp"
#include "crypto/client_certificate.hpp"
#include "crypto/compromised_passwords.hpp"
#include "crypto/hash.hpp"
#include "crypto/password.hpp"
#include "crypto/random.hpp"
#include "crypto/seal.hpp"
#include "db/database.hpp"
#include "directory/access_keys.hpp"
#include "directory/catalog.hpp"
#include "federation/federation.hpp"
#include "net/client.hpp"
#include "net/fetcher.hpp"
#include "net/server.hpp"
#include "oauth/logout_courier.hpp"
#include "signin/administration.hpp"
#include "signin/custom_sender.hpp"
#include "signin/log_lines.hpp"
#include "signin/recovery.hpp"
#include "signin/services.hpp"
#include "signin/sign_up.hpp"
#include "triggers/http_functions.hpp"

#include <algorithm>
#include <chrono>
#include <fstream>
#include <iterator>
#include <memory>
#include <optional>
#include <thread>

namespace symbolon::app {

namespace {

constexpr std::size_t waiting_password_checks = 256;
constexpr std::size_t waiting_for_keys = 64;
constexpr std::chrono::minutes longest_bootstrap(5);

unsigned cores(const ServeOptions& options) {
    return options.threads > 0 ? options.threads : std::max(1U, std::thread::hardware_concurrency());
}

/// A list that is not good does not take the place of the one that is.
void reopen(crypto::CompromisedPasswords& list) {
    try {
        list.reopen();
    } catch (const Error& error) {
        log::error("compromised_passwords_not_reopened", {{"reason", error.message}});
    }
}

crypto::x509::Authorities load_client_authorities(const std::string& path) {
    if (path.empty()) return {};
    std::ifstream file(path);
    const std::string pem{std::istreambuf_iterator<char>(file), {}};
    if (!file) throw Error(Errc::invalid_parameter, "--tls-client-ca: cannot read " + path);
    return crypto::x509::Authorities::from_pem(pem);
}

/// Requests whose body may be larger than others', and where it lies.
net::ServerOptions with_large_bodies(net::ServerOptions options, const std::string& folder,
                                     std::function<std::size_t(const net::Request&)> limit) {
    options.body_limit = std::move(limit);
    options.spool.folder = folder;
    return options;
}

/// Nothing of a file that cannot be read.
std::optional<crypto::Digest> digest_of(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    if (!in) return std::nullopt;
    return crypto::sha256(std::string{std::istreambuf_iterator<char>(in), {}});
}

/// What cannot be read again leaves what was read before, and keeps nothing else from being reloaded.
template <class Reload>
void reload_part(const char* part, Reload reload) {
    try {
        reload();
    } catch (const Error& error) {
        log::error("configuration_not_reloaded", {{"part", part}, {"message", error.message}});
    }
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
    signin::SenderKey sender_key;
    triggers::HttpFunctions functions;
    triggers::Triggers triggers;
    messaging::Outbox outbox;
    crypto::CompromisedPasswords compromised;
    std::optional<LogFiles> log_files;
    signin::Services services;
    signin::SignIn sign_in;
    signin::SignUp sign_up;
    signin::Recovery recovery;
    signin::Administration administration;
    signin::BrowserSessionService sessions;
    net::Server server;
    std::string base_url;
    oauth::Sites sites;
    net::Client outgoing;
    net::GuardedFetcher fetcher;
    oauth::RemoteKeys remote_keys;
    oauth::ClientKeys client_keys;
    oauth::Tokens tokens;
    oauth::Authorization authorization;
    federation::Federation federation;
    oauth::LogoutCourier logouts;
    oauth::Endpoints endpoints;
    pages::Pages pages;
    directory::AccessKeyRing keys;
    std::unique_ptr<aws::AuditLog> audit;
    aws::Options aws_options;
    aws::Door api;
    Metrics metrics;
    Dispatch dispatch;
    Background background;
    std::optional<crypto::Digest> bootstrapped;  ///< of the file whose content was made

    explicit Impl(const ServeOptions& options)
        : access_key(load_access_key(options.data, random)),
          sealer(load_master_key(options.data, random), random),
          db(db::open(database_url(options.data, options.database))),
          hasher(random, cores(options), waiting_password_checks),
          key_makers("key makers", 1, waiting_for_keys),
          catalog(*db, sealer, clock),
          hooks(load_hooks(options)),
          sender_key(std::move(hooks.sender_key)),
          functions(std::move(hooks.functions), random, clock),
          triggers(functions),
          outbox(*db, sealer, random, clock, make_sender(messaging::make_sink(options.sms)),
                 make_sender(messaging::make_sink(options.email)),
                 [this](db::Transaction& tx, const messaging::FailedSend& failed, Instant now) {
                     if (services.delivers_logs) signin::log_failed_message(tx, random, failed, now);
                 }),
          compromised(options.compromised_passwords),
          services{*db, catalog, sealer, hasher, random, clock, outbox, triggers},
          sign_in(services),
          sign_up(services),
          recovery(services),
          administration(services),
          sessions(services),
          server(with_large_bodies(server_options(options), options.data,
                                   [this](const net::Request& head) { return api.body_limit(head); }),
                 [this](net::Request request) { return dispatch.serve(std::move(request)); }),
          base_url(options.base_url.empty() ? public_url(server.urls().front()) : without_slash(options.base_url)),
          sites(catalog, {base_url, options.domain_host}),
          fetcher(outgoing, options.private_addresses ? net::Reach::anywhere : net::Reach::public_https),
          remote_keys(fetcher, clock),
          client_keys(remote_keys),
          tokens(services, base_url, client_keys),
          authorization(services, tokens, client_keys, fetcher),
          federation(services, fetcher),
          logouts(services, base_url, fetcher),
          endpoints(services, sites, tokens, authorization, sessions, client_keys,
                    load_client_authorities(options.tls_client_ca), federation),
          pages(services, authorization, sign_in, sign_up, recovery, sessions),
          keys(*db, sealer, clock, {access_key.id, directory::AccessKeySecret(access_key.secret)}),
          audit(open_audit_log(options.audit_log, options.data)),
          aws_options{.region = options.region, .base_url = base_url, .keys = &keys, .audit = audit.get()},
          api({services, tokens, sign_in, sign_up, recovery, administration, key_makers, aws_options}),
          dispatch({api, sites, endpoints, pages, *db, metrics, [this] { return server.counters(); }}),
          background(*db, outbox, {clock, directory::NodeId(random.uuid())}, duties(options)) {
        check_master_key(*db, sealer, options.data);
        services.names = {base_url, options.domain_host};
        services.limits.text_prefixes = options.sms_prefixes;
        services.compromised = &compromised;
        services.delivers_logs = log_files.has_value();
        if (audit) metrics.watch("lost_audit_lines", [this] { return static_cast<double>(audit->lost()); });
    }

    std::vector<Duty> duties(const ServeOptions& options) {
        const auto tell_apps = [this](directory::Claim& claim, Instant now, int limit) {
            return logouts.do_step(claim, now, limit);
        };
        const directory::KeyRotation rotation{std::chrono::days(options.rotate_keys_after)};
        auto all = make_duties({*db, random, {*db, sealer, key_makers, rotation}, tell_apps});
        if (!options.log_delivery.empty()) {
            all.push_back(make_log_duty(log_files.emplace(options.log_delivery)));
            metrics.watch("lost_log_lines", [this] { return static_cast<double>(log_files->lost()); });
        }
        return all;
    }

    void reload_hooks(const ServeOptions& options) {
        auto next = load_hooks(options);
        functions.set_options(std::move(next.functions));
        sender_key.set(std::move(next.sender_key));
    }

    /// Makes what the file of --bootstrap says and is not there; once for what stands in it: what somebody deleted
    /// since does not come back because logs were rotated.
    void make_missing(const ServeOptions& options, std::chrono::seconds longest_wait) {
        if (options.bootstrap.empty()) return;
        const auto content = digest_of(options.bootstrap);
        if (content && content == bootstrapped) return;
        const directory::Claimant claimant{clock, directory::NodeId(random.uuid())};
        bootstrap(options.bootstrap, api, *db, sealer, claimant, longest_wait);
        bootstrapped = content;
    }

    /// Pools may have functions of their own that send.
    std::unique_ptr<messaging::Sink> make_sender(std::unique_ptr<messaging::Sink> usual) {
        return signin::make_custom_sender({*db, triggers, random, sender_key}, std::move(usual));
    }
};

IdentityServer::IdentityServer(const ServeOptions& options) {
    set_log_level(options.log_level);
    check_options(options);
    make_private_folder(options.data);
    impl_ = std::make_unique<Impl>(options);
    impl_->make_missing(options, longest_bootstrap);
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
    reopen(impl_->compromised);
    reload_part("hooks", [&] { impl_->reload_hooks(options); });
    // Another server that is at it makes the same.
    reload_part("bootstrap", [&] { impl_->make_missing(options, std::chrono::seconds(0)); });
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
