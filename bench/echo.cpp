#include "echo.hpp"

#include "net/server.hpp"

#include <signal.h>

#include <iostream>

namespace symbolon::bench {

namespace {

/// As long as an answer of userInfo.
constexpr std::string_view body =
    R"({"sub":"11111111-2222-4333-8444-555555555555","phone_number":"+14155551000","phone_number_verified":"true",)"
    R"("username":"11111111-2222-4333-8444-555555555555"})";

Task<net::Response> answer(net::Request /*request*/) {
    net::Response response;
    response.headers.add("Content-Type", "application/json;charset=UTF-8");
    response.body = body;
    co_return response;
}

}  // namespace

void serve_echo() {
    sigset_t end;
    sigemptyset(&end);
    sigaddset(&end, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &end, nullptr);
    net::ServerOptions options;
    options.listeners.emplace_back();
    options.threads = 1;
    net::Server server(options, answer);
    server.start();
    std::cout << "listening on " << server.urls().front() << std::endl;
    int signal = 0;
    sigwait(&end, &signal);
    server.stop();
}

}  // namespace symbolon::bench
