#pragma once

#include "net/server.hpp"

#include <memory>
#include <string>
#include <utility>

/// A running server on a free port, one thread.
class TestServer {
public:
    explicit TestServer(symbolon::net::Handler handler, symbolon::net::ServerOptions options = {}) {
        if (options.listeners.empty()) options.listeners.emplace_back();
        if (options.threads == 0) options.threads = 1;
        server_ = std::make_unique<symbolon::net::Server>(std::move(options), std::move(handler));
        server_->start();
    }

    std::string url() const { return server_->urls().front(); }
    symbolon::net::Server& operator*() { return *server_; }
    symbolon::net::Server* operator->() { return server_.get(); }

private:
    std::unique_ptr<symbolon::net::Server> server_;
};

/// Answers with what it was asked: "METHOD path?query|body".
inline symbolon::Task<symbolon::net::Response> echo(symbolon::net::Request request) {
    symbolon::net::Response response;
    response.body = request.method_name + ' ' + request.path + '?' + request.query + '|' + request.body;
    co_return response;
}
