#include "symbolon/skill/http.hpp"

#include "net/client.hpp"

#include <cstddef>
#include <memory>
#include <mutex>
#include <utility>

namespace symbolon::skill {
namespace {

constexpr std::size_t exchanges_at_once = 8;  // a thread each, started with the need

/// One client for all copies of a Fetch, made when first needed: options are often built only to be overridden.
class LazyClient {
public:
    net::Client& get() {
        std::call_once(made_, [this] { client_ = std::make_unique<net::Client>(exchanges_at_once); });
        return *client_;
    }

private:
    std::once_flag made_;
    std::unique_ptr<net::Client> client_;
};

net::ClientRequest to_client_request(const FetchRequest& request) {
    net::ClientRequest out;
    out.method = request.method;
    out.body = request.body;
    out.url = request.url;
    for (const auto& [name, value] : request.headers) out.headers.add(name, value);
    out.limit = request.limit;
    out.max_body = request.max_body;
    out.ca_file = request.ca_file;
    return out;
}

}  // namespace

Fetch http_fetch() {
    return [lazy = std::make_shared<LazyClient>()](const FetchRequest& request) -> HttpResponse {
        try {
            auto answer = lazy->get().send_now(to_client_request(request));
            return {answer.status, {answer.headers.begin(), answer.headers.end()}, std::move(answer.body)};
        } catch (const net::ClientError& error) {
            throw FetchError(error.detail);
        }
    };
}

}  // namespace symbolon::skill
