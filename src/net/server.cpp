#include "net/server.hpp"

#include "net/server/certificates.hpp"
#include "net/server/sockets.hpp"
#include "net/server/worker.hpp"

#include <algorithm>
#include <thread>
#include <utility>

namespace symbolon::net {

struct Server::Impl {
    Impl(ServerOptions options, Handler handler)
        : service{options,
                  std::move(handler),
                  TrustedProxies(options.trusted_proxies),
                  {},
                  std::make_unique<Places>(options.max_connections)} {
        bool tls = false;
        for (const auto& listener : service.options.listeners) {
            service.certificates.push_back(
                listener.tls.empty() ? nullptr
                                     : std::make_unique<Certificates>(listener.tls, options.ask_client_certificates));
            tls = tls || !listener.tls.empty();
        }
        const auto cores = std::max(1U, std::thread::hardware_concurrency());
        const auto count = service.options.threads > 0 ? service.options.threads : cores;
        for (unsigned made = 0; made < count; ++made) workers.push_back(std::make_unique<Worker>(service));
        for (const auto& listener : service.options.listeners) bind(listener);
        if (tls) workers.front()->watch_certificates();
    }

    /// The first worker's socket finds the port when any will do; the others share it.
    void bind(const Listener& listener) {
        auto endpoint = endpoint_of(listener);
        if (endpoint.port() != 0) check_free(endpoint);
        for (const auto& worker : workers) endpoint = worker->bind(endpoint);
        urls.push_back(url_of(endpoint, !listener.tls.empty()));
    }

    Service service;
    std::vector<std::unique_ptr<Worker>> workers;
    std::vector<std::string> urls;
    bool running = false;
};

Server::Server(ServerOptions options, Handler handler)
    : impl_(std::make_unique<Impl>(std::move(options), std::move(handler))) {}

Server::~Server() {
    stop();
}

void Server::start() {
    if (std::exchange(impl_->running, true)) return;
    for (const auto& worker : impl_->workers) worker->start();
}

std::vector<std::string> Server::urls() const {
    return impl_->urls;
}

void Server::stop() {
    if (!std::exchange(impl_->running, false)) return;
    for (const auto& worker : impl_->workers) worker->drain();
    for (const auto& worker : impl_->workers) worker->join();
}

void Server::reload_certificates() {
    for (const auto& certificates : impl_->service.certificates) {
        if (certificates) certificates->reload();
    }
}

Server::Counters Server::counters() const {
    Counters sum;
    sum.places = impl_->service.places->count();
    for (const auto& worker : impl_->workers) {
        const auto& counters = worker->counters();
        sum.connections += counters.connections.load(std::memory_order_relaxed);
        sum.open_connections += counters.open_connections.load(std::memory_order_relaxed);
        sum.requests += counters.requests.load(std::memory_order_relaxed);
        sum.bad_requests += counters.bad_requests.load(std::memory_order_relaxed);
        sum.refused_connections += counters.refused_connections.load(std::memory_order_relaxed);
        sum.displaced_connections += counters.displaced_connections.load(std::memory_order_relaxed);
    }
    return sum;
}

}  // namespace symbolon::net
