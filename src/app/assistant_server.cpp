#include "app/assistant_server.hpp"

#include "app/listeners.hpp"
#include "app/log_level.hpp"
#include "app/master_key.hpp"
#include "app/private_files.hpp"
#include "crypto/random.hpp"
#include "crypto/seal.hpp"
#include "db/database.hpp"
#include "net/client.hpp"
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

}  // namespace

/// The parts in the order in which they need one another.
struct AssistantServer::Impl {
    SystemClock clock;
    crypto::SystemRandom random;
    crypto::Sealer sealer;
    std::unique_ptr<db::Database> db;
    net::Client client;
    First first;
    net::Server server;
    std::string base_url;
    voice::Assistant assistant;

    Impl(const AssistantOptions& options, First first_, voice::Beside beside)
        : sealer(load_master_key(options.data, random), random),
          db(db::open("sqlite:" + options.data + "/assistant.db", db::Schema::assistant)),
          first(std::move(first_)),
          server(listener_of(options), [this](net::Request request) { return serve(std::move(request)); }),
          base_url(options.base_url.empty() ? public_url(server.urls().front()) : without_slash(options.base_url)),
          assistant({*db, sealer, random, clock, client}, base_url, std::move(beside)) {}

    Task<net::Response> serve(net::Request request) {
        if (first) {
            auto answer = first(request);
            if (answer) co_return co_await std::move(*answer);
        }
        co_return co_await assistant.serve(std::move(request));
    }
};

AssistantServer::AssistantServer(const AssistantOptions& options, First first, voice::Beside beside) {
    set_log_level(options.log_level);
    make_private_folder(options.data);
    impl_ = std::make_unique<Impl>(options, std::move(first), std::move(beside));
}

AssistantServer::~AssistantServer() = default;

void AssistantServer::start() {
    impl_->server.start();
}
void AssistantServer::stop() {
    impl_->server.stop();
}
std::vector<std::string> AssistantServer::urls() const {
    return impl_->server.urls();
}
const std::string& AssistantServer::base_url() const {
    return impl_->base_url;
}
voice::Assistant& AssistantServer::assistant() {
    return impl_->assistant;
}

}  // namespace symbolon::app
