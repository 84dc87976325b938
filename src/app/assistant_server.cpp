#include "app/assistant_server.hpp"

#include "app/check_options.hpp"
#include "app/folder_lock.hpp"
#include "app/listeners.hpp"
#include "app/log_level.hpp"
#include "app/master_key.hpp"
#include "app/private_files.hpp"
#include "app/tap_server.hpp"
#include "crypto/random.hpp"
#include "crypto/seal.hpp"
#include "db/database.hpp"
#include "net/client.hpp"
#include "net/origin.hpp"
#include "net/respond.hpp"
#include "net/server.hpp"

#include <utility>

namespace symbolon::app {

namespace {

net::ServerOptions listener_of(const AssistantOptions& options) {
    net::ServerOptions out;
    auto address = parse_address(options.listen);
    out.listeners.push_back({std::move(address.host), address.port, {}});
    out.threads = 1;
    return out;
}

/// The name that was asked for stays out of the answer: whoever made it up would read it.
net::Response answer_other_host() {
    return net::text(421,
                     "This assistant does not answer to that host name. Use the address that it listens on, or "
                     "start it with --base-url and the name.\n");
}

}  // namespace

/// The parts in the order in which they need one another.
struct AssistantServer::Impl {
    FolderLock lock;  ///< two would take each other's turns at refreshing, and set up one demo for two addresses
    SystemClock clock;
    crypto::SystemRandom random;
    crypto::Sealer sealer;
    std::unique_ptr<db::Database> db;
    net::Client client;
    First first;
    net::Server server;
    bool base_url_is_ours;  ///< made of the listener's address
    std::string base_url;
    net::OwnHosts own_hosts;
    std::optional<TapServer> tap;
    voice::Assistant assistant;

    Impl(const AssistantOptions& options, First first_, voice::Beside beside)
        : lock(options.data, "assistant"),
          sealer(load_master_key(options.data, random), random),
          db(db::open("sqlite:" + options.data + "/assistant.db", db::Schema::assistant)),
          first(std::move(first_)),
          server(listener_of(options), [this](net::Request request) { return serve(std::move(request)); }),
          base_url_is_ours(options.base_url.empty()),
          base_url(base_url_is_ours ? public_url(server.urls().front()) : without_slash(options.base_url)),
          own_hosts(parse_address(options.listen).host, base_url),
          assistant({*db, sealer, random, clock, client, {}, {options.certificate_name, options.chain_url}}, base_url,
                    std::move(beside)) {
        if (options.tap.empty()) return;
        tap.emplace(options, client, clock);
        assistant.show_tap(tap->log(), {tap->url(), tap->origin()});
    }

    /// The pages' forms lead to base_url, and a browser sends no form of http://localhost to http://127.0.0.1: whoever
    /// typed the former is taken to the latter. A base_url that was given may be a proxy's, which would come back here.
    bool moves_to_base_url(const net::Request& request) const {
        return base_url_is_ours && request.method == net::Method::get && net::accepts_html(request) &&
               request.target.starts_with('/') && net::without_port(request.host) == "localhost";
    }

    Task<net::Response> serve(net::Request request) {
        if (!own_hosts.contains(request.host)) co_return answer_other_host();
        if (moves_to_base_url(request)) co_return net::redirect(302, base_url + request.target);
        if (first) {
            auto answer = first(request);
            if (answer) co_return co_await std::move(*answer);
        }
        co_return co_await assistant.serve(std::move(request));
    }
};

AssistantServer::AssistantServer(const AssistantOptions& options, First first, voice::Beside beside) {
    set_log_level(options.log_level);
    check_options(options);
    make_private_folder(options.data);
    impl_ = std::make_unique<Impl>(options, std::move(first), std::move(beside));
    write_private_file(options.data + "/assistant.token", impl_->assistant.access_token() + "\n");
}

AssistantServer::~AssistantServer() = default;

void AssistantServer::start() {
    impl_->server.start();
    if (impl_->tap) impl_->tap->start();
}
void AssistantServer::stop() {
    if (impl_->tap) impl_->tap->stop();
    impl_->server.stop();
}
std::vector<std::string> AssistantServer::urls() const {
    auto urls = impl_->server.urls();
    if (impl_->tap) urls.push_back(impl_->tap->url());
    return urls;
}
const std::string& AssistantServer::base_url() const {
    return impl_->base_url;
}
voice::Assistant& AssistantServer::assistant() {
    return impl_->assistant;
}

}  // namespace symbolon::app
