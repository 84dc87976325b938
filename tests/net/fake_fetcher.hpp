#pragma once

#include "net/fetcher.hpp"

#include <functional>
#include <map>
#include <string>
#include <vector>

namespace symbolon::net {

/// The outside in one process: what is put at a URL is found there, anything else cannot be reached.
class FakeFetcher final : public Fetcher {
public:
    void put(const std::string& url, ClientResponse answer) { answers_[url] = std::move(answer); }
    void put(const std::string& url, std::string body) {
        ClientResponse answer;
        answer.status = 200;
        answer.body = std::move(body);
        put(url, std::move(answer));
    }
    /// What answers at a URL itself: it may look at the request.
    void handle(const std::string& url, std::function<ClientResponse(const ClientRequest&)> handler) {
        handlers_[url] = std::move(handler);
    }
    void remove(const std::string& url) { answers_.erase(url); }

    Task<ClientResponse> fetch(ClientRequest request) override {
        asked.push_back(request.url);
        if (const auto handler = handlers_.find(request.url); handler != handlers_.end())
            co_return handler->second(request);
        const auto found = answers_.find(request.url);
        if (found == answers_.end()) throw ClientError(Failure::connect, "nobody is there");
        co_return found->second;
    }

    std::vector<std::string> asked;  ///< URLs, in order

private:
    std::map<std::string, ClientResponse> answers_;
    std::map<std::string, std::function<ClientResponse(const ClientRequest&)>> handlers_;
};

}  // namespace symbolon::net
