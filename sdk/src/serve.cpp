#include "symbolon/skill/serve.hpp"

#include "answer_limit.hpp"

#include "base/task.hpp"
#include "net/server.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>
#include <atomic>
#include <charconv>
#include <stdexcept>
#include <utility>

namespace symbolon::skill {
namespace {

namespace asio = boost::asio;

constexpr unsigned waiting_per_worker = 8;

net::Listener to_listener(const std::string& text, const ServeOptions& options) {
    const auto colon = text.rfind(':');
    net::Listener listener;
    const char* const end = text.data() + text.size();
    if (colon == std::string::npos) throw std::invalid_argument("not ADDRESS:PORT: " + text);
    const auto [stopped, failure] = std::from_chars(text.data() + colon + 1, end, listener.port);
    if (failure != std::errc{} || stopped != end) throw std::invalid_argument("not ADDRESS:PORT: " + text);
    listener.address = text.substr(0, colon);
    if (listener.address.starts_with('[') && listener.address.ends_with(']')) {
        listener.address = listener.address.substr(1, listener.address.size() - 2);
    }
    if (!options.tls_certificate.empty()) listener.tls.push_back({options.tls_certificate, options.tls_key});
    return listener;
}

net::ServerOptions to_server_options(const ServeOptions& options) {
    net::ServerOptions out;
    for (const auto& text : options.listen) out.listeners.push_back(to_listener(text, options));
    out.threads = std::max(options.threads, 1U);
    out.max_body = options.endpoint.max_body;
    out.handler_limit = answer_limit;
    return out;
}

/// Without workers the pool is for the first requests alone, which come in a burst while their chain is fetched.
unsigned pool_size(const ServeOptions& options) {
    return options.workers == 0 ? ServeOptions{}.workers : options.workers;
}

HttpRequest to_skill_request(net::Request request) {
    return {std::move(request.method_name),
            std::move(request.path),
            {request.headers.begin(), request.headers.end()},
            std::move(request.body)};
}

net::Response to_net_response(HttpResponse answer) {
    net::Response out;
    out.status = answer.status;
    for (auto& [name, value] : answer.headers) out.headers.add(std::move(name), std::move(value));
    out.body = std::move(answer.body);
    return out;
}

/// Counts a request in while it runs or waits.
class Place {
public:
    explicit Place(std::atomic<unsigned>& taken) : taken_(taken), number_(++taken) {}
    ~Place() { --taken_; }
    Place(const Place&) = delete;
    unsigned number() const { return number_; }

private:
    std::atomic<unsigned>& taken_;
    unsigned number_;
};

net::Response empty_response(int status) {
    net::Response out;
    out.status = status;
    return out;
}

}  // namespace

/// Handlers are plain functions that may wait (for the UserInfo endpoint, a database), so they run in a pool of their
/// own and not on a thread that serves connections, unless the skill says that they never wait.
struct Server::Impl {
    Impl(Skill skill, ServeOptions given)
        : options(std::move(given)),
          path(options.path),
          max_running((1 + waiting_per_worker) * pool_size(options)),
          endpoint(std::move(skill), options.endpoint),
          pool(pool_size(options)),
          server(to_server_options(options), [this](net::Request request) { return answer(std::move(request)); }) {}

    ~Impl() {
        server.stop();
        pool.join();
    }

    Task<net::Response> answer(net::Request request) {
        if (request.path != path) co_return empty_response(404);
        auto skill_request = to_skill_request(std::move(request));
        if (options.workers == 0) {
            if (auto answer = endpoint.answer_at_once(skill_request)) co_return to_net_response(*std::move(answer));
        }
        const Place place(running);
        if (place.number() > max_running) co_return empty_response(503);
        // The hand-over is awaited to its end: the pool works on what this frame owns.
        co_await asio::this_coro::reset_cancellation_state(asio::disable_cancellation());
        auto work = run(std::move(skill_request));
        co_return co_await asio::co_spawn(pool, std::move(work), asio::use_awaitable);
    }

    Task<net::Response> run(HttpRequest request) { co_return to_net_response(endpoint.answer(request)); }

    ServeOptions options;
    std::string path;
    unsigned max_running;
    std::atomic<unsigned> running{0};
    Endpoint endpoint;
    asio::thread_pool pool;
    net::Server server;
};

Server::Server(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Server::~Server() = default;
Server::Server(Server&&) noexcept = default;

std::vector<std::string> Server::urls() const {
    auto urls = impl_->server.urls();
    for (auto& url : urls) url += impl_->path;
    return urls;
}

void Server::stop() {
    impl_->server.stop();
}

Server serve(Skill skill, ServeOptions options) {
    if (!options.path.starts_with('/')) throw std::invalid_argument("the endpoint's path begins with '/'");
    Server server(std::make_unique<Server::Impl>(std::move(skill), std::move(options)));
    server.impl_->server.start();
    return server;
}

}  // namespace symbolon::skill
