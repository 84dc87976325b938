#include "doctor/person/command.hpp"
#include "doctor/person/loopback.hpp"
#include "doctor/person/paste.hpp"
#include "net/client.hpp"
#include "net/server.hpp"
#include "world.hpp"

#include <gtest/gtest.h>

#include <future>
#include <sstream>

namespace symbolon::doctor::test {
namespace {

std::string authorization(World& world, const std::string& state) {
    const auto subject = world.subject();
    return authorization_address(subject.authorization_url,
                                 {subject.client.id, subject.redirect_uri, "code", "openid phone", state, {}});
}

TEST(FormPerson, signs_in_with_password_and_code_and_allows) {
    World world;
    Owner owner(world);
    const auto arrival = owner.go({Intent::sign_in, authorization(world, "s1"), ""});
    ASSERT_TRUE(arrival);
    EXPECT_TRUE(arrival->url.starts_with("http://127.0.0.1:8510/callback?code=")) << arrival->url;
    EXPECT_EQ(arrival->pages.size(), 3u);
    EXPECT_EQ(arrival->asked, true);
}

TEST(FormPerson, keeps_the_session_for_the_next_time) {
    World world;
    Owner owner(world);
    ASSERT_TRUE(owner.go({Intent::sign_in, authorization(world, "s1"), ""}));
    EXPECT_EQ(owner.go({Intent::sign_in, authorization(world, "s2"), ""})->pages.size(), 1u);
}

TEST(FormPerson, cancels_where_it_is_asked_to) {
    World world;
    Owner owner(world);
    const auto arrival = owner.go({Intent::deny, authorization(world, "s1"), ""});
    ASSERT_TRUE(arrival);
    EXPECT_NE(arrival->url.find("error=access_denied"), std::string::npos) << arrival->url;
}

TEST(FormPerson, does_not_deny_where_no_page_offers_it) {
    World world{"AL-PAG-008"};
    Owner owner(world);
    EXPECT_FALSE(owner.go({Intent::deny, authorization(world, "s1"), ""}));
}

/// A free port, for a redirect URI that has to be known beforehand.
std::string free_redirect_uri() {
    net::Server probe({.listeners = {{}}, .threads = 1},
                      [](net::Request) -> Task<net::Response> { co_return net::Response{}; });
    return probe.urls().front() + "/callback";
}

class Loopback : public testing::Test {
protected:
    net::ClientResponse get(const std::string& url, const std::string& host = {}) {
        net::ClientRequest request;
        request.url = url;
        if (!host.empty()) request.headers.add("Host", host);
        return client_.send_now(request);
    }
    std::string origin() const { return redirect_uri_.substr(0, redirect_uri_.rfind('/')); }
    /// Waits until the errand is there for the browser, and follows it.
    std::string follow_errand() {
        while (true) {
            const auto answer = get(origin() + "/doctor");
            if (answer.status == 302) return std::string(*answer.headers.find("Location"));
        }
    }

    net::Client client_{1};
    const std::string redirect_uri_ = free_redirect_uri();
    LoopbackPerson person_{redirect_uri_, std::chrono::seconds(20), [](const std::string&) {}};
};

TEST_F(Loopback, sends_the_browser_on_and_takes_what_comes_back) {
    auto going = std::async(std::launch::async, [&] {
        return person_.go({Intent::sign_in, "https://id.example.test/authorize?x=1", "Sign in."});
    });
    EXPECT_EQ(follow_errand(), "https://id.example.test/authorize?x=1");
    EXPECT_EQ(get(redirect_uri_ + "?code=abc&state=s").status, 302);
    const auto arrival = going.get();
    ASSERT_TRUE(arrival);
    EXPECT_EQ(arrival->url, redirect_uri_ + "?code=abc&state=s");
}

TEST_F(Loopback, takes_what_came_in_a_fragment) {
    auto going =
        std::async(std::launch::async, [&] { return person_.go({Intent::sign_in, "https://id/", "Sign in."}); });
    follow_errand();
    EXPECT_NE(get(redirect_uri_).body.find("location.hash"), std::string::npos);
    get(origin() + "/doctor/fragment?code=abc");
    EXPECT_EQ(going.get()->url, redirect_uri_ + "#code=abc");
}

TEST_F(Loopback, takes_nothing_while_nothing_is_awaited) {
    EXPECT_EQ(get(redirect_uri_ + "?code=planted").status, 302);
    auto going =
        std::async(std::launch::async, [&] { return person_.go({Intent::sign_in, "https://id/", "Sign in."}); });
    follow_errand();
    get(redirect_uri_ + "?code=mine");
    EXPECT_EQ(going.get()->url, redirect_uri_ + "?code=mine");
}

TEST_F(Loopback, answers_to_its_own_name_only) {
    EXPECT_EQ(get(origin() + "/doctor", "attacker.example").status, 404);
}

TEST(LoopbackPerson, listens_on_loopback_addresses_only) {
    EXPECT_ANY_THROW(LoopbackPerson("https://127.0.0.1/cb", std::chrono::seconds(1), {}));
    EXPECT_ANY_THROW(LoopbackPerson("http://192.0.2.1:8510/cb", std::chrono::seconds(1), {}));
}

TEST(PastingPerson, takes_the_line_that_is_pasted) {
    std::istringstream in("https://client.example/cb?code=1\n\n");
    std::ostringstream out;
    PastingPerson person(in, out);
    EXPECT_EQ(person.go({Intent::sign_in, "https://id/authorize", "Sign in."})->url,
              "https://client.example/cb?code=1");
    EXPECT_NE(out.str().find("https://id/authorize"), std::string::npos);
    EXPECT_FALSE(person.go({Intent::sign_in, "https://id/authorize", "Again."})) << "an empty line leaves it out";
    EXPECT_FALSE(person.go({Intent::sign_in, "https://id/authorize", "Again."})) << "the end of input, too";
}

TEST(CommandPerson, prints_where_it_ended) {
    CommandPerson person("echo loading; printf '%s|%s\\n'", std::chrono::seconds(20));
    EXPECT_EQ(person.go({Intent::sign_in, "https://id/?a=$(id)&b='", ""})->url, "sign_in|https://id/?a=$(id)&b='");
    EXPECT_FALSE(CommandPerson("false", std::chrono::seconds(20)).go({Intent::sign_in, "https://id/", ""}));
}

TEST(CommandPerson, that_does_not_end_is_ended) {
    EXPECT_FALSE(run_command("exec sleep 100 #", {}, std::chrono::seconds(0)));
    EXPECT_FALSE(run_command("exec 1>&-; exec sleep 100 #", {}, std::chrono::seconds(1))) << "it has closed its output";
}

}  // namespace
}  // namespace symbolon::doctor::test
