// A test for each rule and each fault injection that concerns the linking (voice-account-linking.md §7.2, §7.3).
#include "linking_fixture.hpp"

#include "base/encoding.hpp"
#include "base/error.hpp"
#include "crypto/hash.hpp"
#include "voice/faults/catalogue.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <set>
#include <string>

namespace symbolon::voice {
namespace {

using test::parameter_of;
using test::tokens;
using namespace std::chrono_literals;

TEST(Knobs, are_the_rules_and_faults_of_the_reference) {
    std::set<std::string, std::less<>> ids;
    for (const auto& knob : knobs()) {
        EXPECT_TRUE(ids.insert(std::string(knob.id)).second) << knob.id;
        EXPECT_FALSE(knob.choices.empty()) << knob.id;
        EXPECT_EQ(Behaviour{}.at(knob.id), knob.choices.front().name) << "the first is the usual";
    }
    for (int rule = 1; rule <= 11; ++rule)
        EXPECT_TRUE(ids.contains((rule < 10 ? "BR-0" : "BR-") + std::to_string(rule)));
    for (int fault = 1; fault <= 15; ++fault) {
        const auto id = (fault < 10 ? "FI-0" : "FI-") + std::to_string(fault);
        ASSERT_TRUE(ids.contains(id)) << id;
        EXPECT_GE(find_knob(id)->choices.size(), 2U) << id << " can be switched on";
    }
}

TEST(Knobs, refuse_what_is_not_in_the_catalogue) {
    Behaviour behaviour;
    EXPECT_THROW(behaviour.choose("FI-99", "on"), Error);
    EXPECT_THROW(behaviour.choose("FI-03", "perhaps"), Error);
    EXPECT_THROW(behaviour.choose("BR-04", "off"), Error) << "state is always checked";
    behaviour.choose("FI-03", "on");
    EXPECT_TRUE(behaviour.is_changed("FI-03"));
    behaviour.choose("FI-03", "off");
    EXPECT_TRUE(behaviour.changes().empty()) << "the usual is no change";
}

class Faults : public test::LinkingFixture {
protected:
    static net::Response refusal(std::string_view error, int status = 400) {
        return test::json_answer(R"({"error":")" + std::string(error) + "\"}", status);
    }
    /// A page of the authorization server that sends on to its sign-in page, which wants the cookie of the first hop
    /// unless `without_cookies`.
    void serve_pages(bool without_cookies) {
        partner.put_at("/authorize", [](const net::Request&) {
            net::Response response;
            response.status = 302;
            response.headers.set("Location", "/login?tx=1");
            response.headers.add("Set-Cookie", "tx=1; Path=/");
            return response;
        });
        partner.put_at("/login", [without_cookies](const net::Request& request) {
            net::Response response;
            response.status = without_cookies || request.headers.find("Cookie") ? 200 : 400;
            response.headers.set("Content-Type", "text/html");
            return response;
        });
        configure({{"authorizationUrl", partner.url_of("/authorize")}});
    }
    std::size_t asked() const { return partner.token_requests().size(); }
    net::Form form(std::size_t index) const { return net::Form::parse(partner.token_requests().at(index).body); }
    void expect_cause(const net::Response& page, std::string_view cause) {
        EXPECT_EQ(page.status, 400) << page.body;
        EXPECT_NE(page.body.find("<code>" + std::string(cause) + "</code>"), std::string::npos) << cause;
    }
};

TEST_F(Faults, BR01_scopes_are_joined_with_percent_20_or_plus) {
    EXPECT_NE(begin().find("scope=openid%20phone&"), std::string::npos);
    behave("BR-01", "plus");
    EXPECT_NE(begin().find("scope=openid+phone&"), std::string::npos);
}

TEST_F(Faults, BR02_the_platforms_servers_look_first) {
    serve_pages(true);
    begin();
    EXPECT_TRUE(partner.requests_at("/authorize").empty());
    behave("BR-02", "on");
    begin();
    const auto looks = partner.requests_at("/authorize");
    ASSERT_EQ(looks.size(), 1U);
    EXPECT_FALSE(looks.front().headers.find("Cookie"));
    EXPECT_EQ(looks.front().headers.find("User-Agent")->substr(0, 17), "Apache-HttpClient");
    EXPECT_TRUE(log().front().ok);
    must_link();
}

TEST_F(Faults, BR03_the_redirect_url_is_the_real_platforms) {
    behave("BR-03", "genuine");
    const auto url = begin();
    EXPECT_EQ(parameter_of(url, "redirect_uri"),
              "https://pitangui.amazon.com/api/skill/link/" + assistant->vendor_id());
    come_back("code=c&state=" + parameter_of(url, "state"));
    EXPECT_EQ(partner.last_form().get("redirect_uri"), parameter_of(url, "redirect_uri"));
}

TEST_F(Faults, BR05_a_patient_platform_waits_for_what_the_real_one_does_not) {
    Assistant hasty({*house.db, house.sealer, house.random, house.clock, house.client, {.token_endpoint = 0ms}},
                    "http://127.0.0.1:1");
    assistant = &hasty;
    behave("BR-05", "patient");
    must_link();
}

TEST_F(Faults, BR07_tokens_are_renewed_early_or_never) {
    must_link();
    partner.answer(tokens("access-2", ""));
    behave("BR-07", "never");
    house.clock.advance(2h);
    EXPECT_EQ(spoken_token(), "access-1");
    partner.answer(tokens("access-2", "refresh-2"));
    must_link();
    behave("BR-07", "early");
    partner.answer(tokens("access-3", ""));
    house.clock.advance(50min);
    EXPECT_EQ(spoken_token(), "access-3");
}

TEST_F(Faults, BR10_disabling_revokes_where_it_is_told_to) {
    partner.put_at("/revoke", [](const net::Request&) { return net::Response{}; });
    must_link();
    post("/app/skills/" + skill + "/unlink", "");
    EXPECT_TRUE(partner.requests_at("/revoke").empty()) << "Alexa calls no revocation endpoint";
    behave("BR-10", "revoke");
    must_link();
    post("/app/skills/" + skill + "/unlink", "");
    const auto revocations = partner.requests_at("/revoke");
    ASSERT_EQ(revocations.size(), 1U);
    EXPECT_EQ(net::Form::parse(revocations.front().body).get("token"), "refresh-1");
    EXPECT_TRUE(revocations.front().headers.find("Authorization"));
    EXPECT_FALSE(stored());
}

TEST_F(Faults, BR11_the_platforms_sentence_stands_beside_the_cause) {
    partner.answer(refusal("invalid_client", 401));
    const auto page = link();
    EXPECT_NE(page.body.find("We were unable to link"), std::string::npos);
    expect_cause(page, "oauth_error:invalid_client");
}

TEST_F(Faults, PKCE_sends_a_challenge_and_its_verifier) {
    behave("PKCE", "on");
    const auto url = begin();
    EXPECT_EQ(parameter_of(url, "code_challenge_method"), "S256");
    come_back("code=c&state=" + parameter_of(url, "state"));
    const auto verifier = partner.last_form().get("code_verifier");
    EXPECT_EQ(verifier.size(), 43U);
    EXPECT_EQ(parameter_of(url, "code_challenge"), to_base64url(crypto::sha256(verifier)));
    behave("PKCE", "off");
    EXPECT_EQ(begin().find("code_challenge"), std::string::npos);
}

TEST_F(Faults, FI01_a_lost_refresh_is_repeated_with_the_same_token) {
    must_link();
    behave("FI-01", "refresh");
    partner.answer(tokens("access-2", "refresh-2"));
    house.clock.advance(1h);
    EXPECT_EQ(spoken_token(), "access-1") << "the answer never came";
    EXPECT_EQ(stored()->cause, "lost_answer");
    EXPECT_EQ(stored()->refresh_token, "refresh-1");
    house.clock.advance(1s);
    EXPECT_EQ(spoken_token(), "access-2");
    ASSERT_EQ(asked(), 3U);
    EXPECT_EQ(form(1).get("refresh_token"), "refresh-1");
    EXPECT_EQ(form(2).get("refresh_token"), "refresh-1");
}

TEST_F(Faults, FI01_shows_a_server_that_rotates_without_grace) {
    must_link();
    behave("FI-01", "refresh");
    std::set<std::string> used;
    partner.answer([&](const net::Form& asked) {
        if (!used.insert(asked.get("refresh_token")).second) return refusal("invalid_grant");
        return tokens("access-2", "refresh-2");
    });
    house.clock.advance(1h);
    say();
    house.clock.advance(1s);
    EXPECT_EQ(spoken_token(), "");
    EXPECT_EQ(stored()->status, LinkStatus::broken);
    EXPECT_TRUE(log_tells("it was replaced and the platform never got the new") || log_tells("The link is dead"));
    EXPECT_FALSE(log_tells("refresh-1")) << "no secret in the log";
}

TEST_F(Faults, FI01_a_lost_exchange_is_repeated) {
    behave("FI-01", "exchange");
    must_link();
    ASSERT_EQ(asked(), 2U);
    EXPECT_EQ(form(0).get("code"), form(1).get("code"));
}

TEST_F(Faults, FI02_the_exchange_is_sent_twice) {
    behave("FI-02", "on");
    int count = 0;
    partner.answer([&](const net::Form&) { return ++count == 1 ? tokens("access-1", "r") : refusal("invalid_grant"); });
    const auto page = link();
    EXPECT_EQ(page.status, 200) << "the first answer counts";
    EXPECT_EQ(asked(), 2U);
    EXPECT_NE(page.body.find("oauth_error:invalid_grant"), std::string::npos) << "the page shows the second";
}

TEST_F(Faults, FI03_two_refreshes_race) {
    must_link();
    behave("FI-03", "on");
    partner.answer(tokens("access-2", "refresh-2"));
    house.clock.advance(1h);
    EXPECT_EQ(spoken_token(), "access-2");
    ASSERT_EQ(asked(), 3U);
    EXPECT_EQ(form(1).get("refresh_token"), form(2).get("refresh_token"));
    EXPECT_TRUE(log_tells("FI-03"));
}

TEST_F(Faults, FI03_one_refusal_of_two_keeps_the_link) {
    must_link();
    behave("FI-03", "on");
    std::set<std::string> used;
    partner.answer([&](const net::Form& asked) {
        if (!used.insert(asked.get("refresh_token")).second) return refusal("invalid_grant");
        return tokens("access-2", "refresh-2");
    });
    house.clock.advance(1h);
    EXPECT_EQ(spoken_token(), "access-2");
    EXPECT_EQ(stored()->refresh_token, "refresh-2");
}

TEST_F(Faults, FI04_a_token_of_three_generations_ago_is_shown) {
    must_link();
    for (int generation = 2; generation <= 4; ++generation) {
        partner.answer(tokens("access", "refresh-" + std::to_string(generation)));
        house.clock.advance(1h);
        say();
    }
    behave("FI-04", "on");
    partner.answer([](const net::Form& asked) {
        return asked.get("refresh_token") == "refresh-1" ? refusal("invalid_grant") : tokens("access-5", "refresh-5");
    });
    house.clock.advance(1h);
    EXPECT_EQ(spoken_token(), "access-5") << "the old token's refusal does not break the link";
    EXPECT_EQ(form(asked() - 2).get("refresh_token"), "refresh-1");
    EXPECT_EQ(form(asked() - 1).get("refresh_token"), "refresh-4");
    EXPECT_TRUE(log_tells("FI-04"));
}

TEST_F(Faults, FI05_the_code_is_exchanged_a_second_after_its_end) {
    behave("FI-05", "300");
    expect_cause(link(), "code_held");
    EXPECT_EQ(asked(), 0U);
    house.clock.advance(300s);
    EXPECT_EQ(spoken_token(), "");
    EXPECT_EQ(asked(), 0U);
    house.clock.advance(1s);
    EXPECT_EQ(spoken_token(), "access-1") << "this server still took the code";
    EXPECT_EQ(form(0).get("code"), "the-code");
    EXPECT_EQ(spoken_token(), "access-1");
    EXPECT_EQ(asked(), 1U) << "once";
}

TEST_F(Faults, FI06_the_client_proves_itself_in_every_way) {
    const std::string raw = "the-client:" + std::string(secret);
    const auto header = [&] {
        return std::string(partner.token_requests().back().headers.find("Authorization").value_or(""));
    };
    behave("FI-06", "basic_raw");
    must_link();
    EXPECT_EQ(header(), "Basic " + to_base64(bytes_of(raw)));
    behave("FI-06", "basic_encoded");
    must_link();
    EXPECT_EQ(header(), "Basic " + to_base64(bytes_of("the-client:the%2Bclient%2Fsecret")));
    EXPECT_FALSE(partner.last_form().find("client_secret"));
    behave("FI-06", "body");
    must_link();
    EXPECT_EQ(header(), "");
    EXPECT_EQ(partner.last_form().get("client_secret"), secret);
    behave("FI-06", "both");
    must_link();
    EXPECT_NE(header(), "");
    EXPECT_EQ(partner.last_form().get("client_secret"), secret);
}

TEST_F(Faults, FI07_a_state_of_2000_odd_characters_comes_back) {
    behave("FI-07", "on");
    const auto state = begin_state();
    EXPECT_EQ(state.size(), 2000U);
    EXPECT_NE(state.find('&'), std::string::npos);
    EXPECT_EQ(come_back("code=c&state=" + percent_encode(state)).status, 200);
    auto changed = begin_state();
    changed.back() = changed.back() == '+' ? ' ' : '+';
    expect_cause(come_back("code=c&state=" + percent_encode(changed)), "state_unknown");
}

TEST_F(Faults, FI08_another_regions_redirect_url_is_used) {
    const auto vendor = assistant->vendor_id();
    behave("FI-08", "second");
    EXPECT_EQ(parameter_of(begin(), "redirect_uri"), "http://127.0.0.1:1/eu/api/skill/link/" + vendor);
    behave("FI-08", "third");
    const auto url = begin();
    EXPECT_EQ(parameter_of(url, "redirect_uri"), "http://127.0.0.1:1/fe/api/skill/link/" + vendor);
    const auto page = get("/fe/api/skill/link/" + vendor + "?code=c&state=" + parameter_of(url, "state"));
    EXPECT_EQ(page.status, 200) << "and it leads here";
}

TEST_F(Faults, FI09_the_way_is_walked_without_cookies) {
    serve_pages(false);
    behave("FI-09", "on");
    begin();
    EXPECT_FALSE(log().front().ok);
    EXPECT_TRUE(log_tells("keeps no cookies"));
    serve_pages(true);
    begin();
    EXPECT_TRUE(log().front().ok) << log().front().detail;
}

TEST_F(Faults, FI10_a_clock_that_is_ahead_or_behind_renews_early_or_late) {
    must_link();
    partner.answer(tokens("access-2", ""));
    behave("FI-10", "behind");
    house.clock.advance(1h + 8min);
    EXPECT_EQ(spoken_token(), "access-1");
    behave("FI-10", "ahead");
    partner.answer(tokens("access-2", "refresh-2"));
    must_link();
    partner.answer(tokens("access-3", ""));
    house.clock.advance(49min);
    EXPECT_EQ(spoken_token(), "access-3");
}

TEST_F(Faults, FI14_an_answer_in_4400_ms_counts_and_one_in_4600_does_not) {
    behave("FI-14", "4400");
    must_link();
    behave("FI-14", "4600");
    expect_cause(link(), "timeout");
}

TEST_F(Faults, FI15_each_odd_answer_has_its_cause) {
    const std::pair<const char*, const char*> cases[]{
        {"html", "content_type"}, {"redirect", "redirect"},           {"gzip", "json"},
        {"bom", "json"},          {"expires_text", "bad_expires_in"}, {"expires_zero", "expires_too_short"}};
    for (const auto& [choice, cause] : cases) {
        behave("FI-15", choice);
        expect_cause(link(), cause);
    }
    behave("FI-15", "expires_missing");
    must_link();
    EXPECT_FALSE(stored()->expires);
}

TEST_F(Faults, of_one_skill_do_not_reach_another) {
    behave("FI-15", "html");
    skill = house.make_skill();
    configure();
    must_link();
}

}  // namespace
}  // namespace symbolon::voice
