#include "world.hpp"

#include <gtest/gtest.h>

#include <set>

namespace symbolon::doctor::test {
namespace {

/// Notes to which hosts credentials go.
class Watched final : public Http {
public:
    explicit Watched(World& world) : world_(world) {}

    HttpAnswer send(const HttpRequest& request) override {
        const auto url = parse_url(request.url);
        const bool has_credentials = request.headers.find("Authorization") ||
                                     request.body.find("client_secret=") != std::string::npos ||
                                     request.body.find("password=Right") != std::string::npos;
        if (has_credentials) trusted.insert(url->origin());
        return world_.send(request);
    }

    std::set<std::string> trusted;

private:
    World& world_;
};

Report examine_through(Http& http, World& world, const Subject& subject) {
    Owner owner(world);
    return doctor::examine({subject, http, world, &owner, world.clock, world.random,
                            [&](std::chrono::seconds time) { world.clock.advance(time); }});
}

Subject server_alone(const World& world) {
    auto subject = world.subject();
    subject.fulfillment_url.clear();
    return subject;
}

TEST(HostileServer, gets_no_secret_sent_to_another_host) {
    World world{"foreign endpoints"};
    Watched watched(world);
    const auto report = examine_through(watched, world, server_alone(world));
    EXPECT_EQ(watched.trusted, std::set<std::string>{"https://id.example.test"});
    for (const auto& finding : report.findings) {
        if (finding.check->id != "AL-REV-001") continue;
        EXPECT_EQ(finding.outcome.kind, Outcome::Kind::not_examined);
    }
}

TEST(HostileServer, gets_no_token_sent_in_the_clear) {
    World world{"clear endpoints"};
    Watched watched(world);
    examine_through(watched, world, server_alone(world));
    EXPECT_EQ(watched.trusted, std::set<std::string>{"https://id.example.test"});
}

/// Answers everything with something that fits nowhere.
class Nonsense final : public Http {
public:
    explicit Nonsense(std::size_t kind) : kind_(kind) {}

    HttpAnswer send(const HttpRequest& request) override {
        HttpAnswer out;
        out.status = 200;
        out.headers.add("Content-Type", kind_ % 2 == 0 ? "text/html" : "application/json");
        const std::vector<std::string> bodies{
            "",
            "[]",
            R"({"access_token":[],"refresh_token":{},"expires_in":"x","token_type":1,"error":[],"issuer":7,"sub":[]})",
            R"({"issuer":"https://id.example.test","scopes_supported":{},"code_challenge_methods_supported":[1,{}]})",
            "<form method=post action='javascript:1'><input type=password name=p></form><script src='//'></script>",
            std::string(5000, '{'),
            std::string("\x00\xff\x1b[31m", 7),
        };
        out.body = bodies[kind_ / 2 % bodies.size()];
        if (kind_ >= 2 * bodies.size()) {
            out.status = 302;
            out.headers.add("Location", request.url.size() % 2 == 0 ? "http://[::1" : "//");
        }
        return out;
    }

private:
    std::size_t kind_;
};

TEST(HostileServer, that_answers_nonsense_is_reported_and_nothing_more) {
    for (std::size_t kind = 0; kind < 16; ++kind) {
        World world;
        Nonsense http(kind);
        const auto report = examine_through(http, world, world.subject());
        EXPECT_EQ(report.findings.size(), catalogue().size());
        EXPECT_GT(report.count(Outcome::Kind::failed), 0u) << kind;
        for (const auto& finding : report.findings) {
            EXPECT_EQ(finding.outcome.summary.find('\x1b'), std::string::npos);
            for (const auto& line : finding.outcome.evidence) EXPECT_EQ(line.find('\x1b'), std::string::npos);
        }
    }
}

}  // namespace
}  // namespace symbolon::doctor::test
