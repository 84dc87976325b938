#include "net/client.hpp"

#include "base/run.hpp"
#include "net/certificate_files.hpp"
#include "net/test_server.hpp"

#include <gtest/gtest.h>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <filesystem>
#include <thread>

using namespace symbolon;
using namespace symbolon::net;
using namespace std::chrono_literals;

namespace {

/// How the exchange failed; nothing when it did not.
std::optional<Failure> failure_of(const ClientRequest& request) {
    Client client;
    std::optional<Failure> now;
    std::optional<Failure> sent;
    try {
        client.send_now(request);
    } catch (const ClientError& error) {
        now = error.failure;
    }
    try {
        run(client.send(request));
    } catch (const ClientError& error) {
        sent = error.failure;
    }
    EXPECT_EQ(now, sent) << "both ways fail alike";
    return sent;
}

std::size_t threads_of_this_process() {
    const std::filesystem::directory_iterator tasks("/proc/self/task");
    return static_cast<std::size_t>(std::distance(begin(tasks), end(tasks)));
}

}  // namespace

TEST(Client, sends_method_fields_and_body_and_reads_the_answer) {
    TestServer server([](Request request) -> Task<Response> {
        Response response;
        response.status = 201;
        response.headers.add("X-Seen", std::string(request.headers.find("X-Sent").value_or("-")));
        response.headers.add("X-Type", std::string(request.headers.find("Content-Type").value_or("-")));
        response.headers.add("X-Empty", "");
        response.body = request.method_name + ' ' + request.target + ' ' + request.body;
        co_return response;
    });
    ClientRequest request{.method = "PUT", .url = server.url() + "/a?b=c", .body = "hi"};
    request.headers.add("X-Sent", "yes");
    Client client;
    for (const auto& response : {client.send_now(request), run(client.send(request))}) {
        EXPECT_EQ(response.status, 201);
        EXPECT_EQ(response.body, "PUT /a?b=c hi");
        EXPECT_EQ(response.headers.find("x-seen"), "yes");
        EXPECT_EQ(response.headers.find("x-type"), "-") << "no content type that nobody gave";
        EXPECT_EQ(response.headers.find("x-empty"), "");
    }
    EXPECT_EQ(client.send_now({.method = "HEAD", .url = server.url()}).body, "");
    EXPECT_EQ(client.send_now({.method = "POST", .url = server.url()}).body, "POST / ");
    EXPECT_EQ(client.send_now({.method = "DELETE", .url = server.url()}).body, "DELETE / ");
}

TEST(Client, follows_no_redirect_and_keeps_no_cookies) {
    TestServer server([](Request request) -> Task<Response> {
        Response response;
        response.status = 302;
        response.headers.add("Location", "/elsewhere");
        response.headers.add("Set-Cookie", "a=b");
        response.body = request.headers.find("Cookie") ? "cookie" : "none";
        co_return response;
    });
    Client client(1);
    for (int round = 0; round < 2; ++round) {
        const auto response = run(client.send({.url = server.url()}));
        EXPECT_EQ(response.status, 302);
        EXPECT_EQ(response.headers.find("Location"), "/elsewhere");
        EXPECT_EQ(response.body, "none");
    }
    EXPECT_EQ(server->counters().connections, 1U) << "the connection is used again";
}

TEST(Client, says_why_there_is_no_answer) {
    TestServer server(
        [](Request request) -> Task<Response> {
            Response response;
            response.body.assign(1000, 'x');
            if (request.path == "/slow") {
                boost::asio::steady_timer never(co_await boost::asio::this_coro::executor,
                                                boost::asio::steady_timer::time_point::max());
                co_await never.async_wait(boost::asio::use_awaitable);
            }
            co_return response;
        },
        {.drain_limit = 10ms});
    TestServer gone(echo);
    const auto closed = gone.url();
    gone->stop();
    EXPECT_EQ(failure_of({.url = "http://name.invalid/"}), Failure::dns);
    EXPECT_EQ(failure_of({.url = closed}), Failure::connect);
    EXPECT_EQ(failure_of({.url = server.url() + "/slow", .limit = 50ms}), Failure::timeout);
    EXPECT_EQ(failure_of({.url = server.url(), .max_body = 999}), Failure::too_large);
    EXPECT_EQ(failure_of({.url = server.url(), .max_body = 1000}), std::nullopt);
    EXPECT_EQ(failure_of({.url = "file:///etc/passwd"}), Failure::other);
    EXPECT_EQ(failure_of({.url = "gopher://127.0.0.1/"}), Failure::other);
    EXPECT_EQ(failure_of({.url = "127.0.0.1"}), Failure::other);
    ClientRequest split{.url = server.url()};
    split.headers.add("X-A", "b\r\nX-C: d");
    EXPECT_EQ(failure_of(split), Failure::other);
}

TEST(Client, checks_the_certificate_against_the_systems_and_the_given_roots) {
    CertificateFiles files;
    const auto good = files.make("good", "localhost");
    const auto other = files.make("other", "other.example");
    TestServer server(echo, {.listeners = {{.tls = {good}}}});
    TestServer wrong_name(echo, {.listeners = {{.tls = {other}}}});
    const auto by_name = [](const TestServer& s) { return "https://localhost" + s.url().substr(s.url().rfind(':')); };
    EXPECT_EQ(failure_of({.url = by_name(server), .ca_file = good.certificate}), std::nullopt);
    EXPECT_EQ(failure_of({.url = by_name(server)}), Failure::tls);
    EXPECT_EQ(failure_of({.url = by_name(server), .ca_file = other.certificate}), Failure::tls);
    EXPECT_EQ(failure_of({.url = by_name(wrong_name), .ca_file = other.certificate}), Failure::tls);
    EXPECT_EQ(failure_of({.url = by_name(server), .ca_file = "/nonexistent"}), Failure::tls);
}

TEST(Client, reaches_no_private_address_when_told_so_however_it_is_written) {
    TestServer server(echo);
    const auto port = server.url().substr(server.url().rfind(':'));
    for (const auto* host : {"127.0.0.1", "localhost", "[::ffff:127.0.0.1]", "127.1", "0x7f000001", "2130706433"}) {
        const ClientRequest request{.url = std::string("http://") + host + port, .public_addresses_only = true};
        EXPECT_EQ(failure_of(request), Failure::connect) << host;
    }
    EXPECT_EQ(failure_of({.url = "http://169.254.169.254/", .public_addresses_only = true}), Failure::connect);
    EXPECT_EQ(server->counters().connections, 0U);
}

TEST(Client, does_not_use_an_open_private_connection_for_a_public_only_request) {
    TestServer server(echo);
    Client client(1);
    EXPECT_EQ(run(client.send({.url = server.url()})).status, 200);
    EXPECT_THROW(run(client.send({.url = server.url(), .public_addresses_only = true})), ClientError);
    EXPECT_EQ(server->counters().requests, 1U);
}

TEST(Client, starts_its_threads_with_the_first_need) {
    TestServer server(echo);
    const auto before = threads_of_this_process();
    Client client;
    EXPECT_EQ(threads_of_this_process(), before);
    run(client.send({.url = server.url()}));
    run(client.send({.url = server.url()}));
    EXPECT_EQ(threads_of_this_process(), before + 1) << "one is enough for one at a time";
}

TEST(Client, ends_what_runs_when_it_ends) {
    TestServer server(
        [](Request) -> Task<Response> {
            boost::asio::steady_timer never(co_await boost::asio::this_coro::executor,
                                            boost::asio::steady_timer::time_point::max());
            co_await never.async_wait(boost::asio::use_awaitable);
            co_return Response{};
        },
        {.drain_limit = 10ms});
    const auto started = std::chrono::steady_clock::now();
    std::optional<Client> client(std::in_place, 1);
    std::thread closer([&] {
        while (server->counters().requests == 0) std::this_thread::yield();
        client.reset();
    });
    EXPECT_THROW(run(client->send({.url = server.url(), .limit = 60s})), ClientError);
    closer.join();
    EXPECT_LT(std::chrono::steady_clock::now() - started, 20s);
}
