// The faults that a skill meets: FI-10 to FI-13 (voice-account-linking.md §7.3).
#include "linking_fixture.hpp"

#include "base/encoding.hpp"
#include "base/error.hpp"
#include "crypto/x509.hpp"
#include "voice/faults/skill_faults.hpp"
#include "voice/identity.hpp"

#include <gtest/gtest.h>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

namespace symbolon::voice {
namespace {

namespace json = boost::json;
using test::tokens;
using namespace std::chrono_literals;

json::object document(const std::string& token) {
    return json::parse(R"({"version":"1.0","session":{"user":{"userId":"u","accessToken":")" + token +
                       R"("}},"context":{"System":{"user":{"accessToken":")" + token +
                       R"("}}},"request":{"type":"IntentRequest","timestamp":"2026-11-28T12:00:00.000Z",)"
                       R"("intent":{"name":"A","slots":{}}}})")
        .as_object();
}

json::object spoilt(std::string_view knob, std::string_view choice, const OtherTokens& others = {}) {
    Behaviour behaviour;
    behaviour.choose(knob, choice);
    return spoil_document(document("t0ken"), behaviour, "t0ken", others);
}

std::string at(const json::object& body, std::string_view pointer) {
    json::error_code absent;
    const json::value whole(body);
    const auto* found = whole.find_pointer(pointer, absent);
    return found == nullptr ? "absent" : json::serialize(*found);
}

constexpr std::string_view token_places[]{"/session/user/accessToken", "/context/System/user/accessToken"};

TEST(SkillFaults, FI12_the_token_is_missing_null_empty_old_or_anothers) {
    const OtherTokens others{"the-old-one", "anothers"};
    for (const auto place : token_places) {
        EXPECT_EQ(at(spoilt("FI-12", "missing"), place), "absent");
        EXPECT_EQ(at(spoilt("FI-12", "null"), place), "null");
        EXPECT_EQ(at(spoilt("FI-12", "empty"), place), "\"\"");
        EXPECT_EQ(at(spoilt("FI-12", "expired", others), place), "\"the-old-one\"");
        EXPECT_EQ(at(spoilt("FI-12", "other_user", others), place), "\"anothers\"");
    }
    EXPECT_EQ(at(spoilt("FI-12", "missing"), "/session/user/userId"), "\"u\"") << "the rest stays";
}

TEST(SkillFaults, FI13_the_request_is_odd_and_still_JSON) {
    EXPECT_EQ(at(spoilt("FI-13", "type"), "/request/type"), "\"Symbolon.NobodyKnowsThisRequest\"");
    for (const auto* place : {"/symbolonUnknown", "/request/symbolonUnknown", "/context/symbolonUnknown"}) {
        EXPECT_NE(at(spoilt("FI-13", "members"), place), "absent") << place;
    }
    EXPECT_GT(at(spoilt("FI-13", "slots"), "/request/intent/slots/SymbolonOdd/value").size(), 20'000U);
    EXPECT_NE(at(spoilt("FI-13", "text"), "/request/intent/slots/SymbolonOdd/value").find("\\u0000"),
              std::string::npos);
}

TEST(SkillFaults, FI10_and_FI11_move_the_timestamp) {
    EXPECT_EQ(at(spoilt("FI-10", "ahead"), "/request/timestamp"), "\"2026-11-28T12:10:00.000Z\"");
    EXPECT_EQ(at(spoilt("FI-10", "behind"), "/request/timestamp"), "\"2026-11-28T11:50:00.000Z\"");
    EXPECT_EQ(at(spoilt("FI-11", "timestamp"), "/request/timestamp"), "\"2026-11-28T11:00:00.000Z\"");
}

/// A skill that keeps what it gets, headers and all.
class SignedRequests : public test::LinkingFixture {
protected:
    SignedRequests() {
        partner.put_at("/signed",
                       [](const net::Request&) { return test::json_answer(R"({"version":"1.0","response":{}})"); });
        const json::object endpoint{{"uri", partner.url_of("/signed")}};
        const json::object manifest{{"apis", {{"custom", {{"endpoint", endpoint}}}}}};
        house.rest(net::Method::put, "/v1/skills/" + skill + "/stages/development/manifest",
                   json::serialize(json::object{{"manifest", manifest}}));
    }
    net::Request asked(std::string_view choice) {
        behave("FI-11", choice);
        EXPECT_EQ(post("/app/skills/" + skill + "/ask", "utterance=open").status, 303);
        return partner.requests_at("/signed").back();
    }
    /// What a careful skill says: "" when it accepts the request.
    std::string verdict(const net::Request& request) {
        const std::string url(request.headers.find("SignatureCertChainUrl").value_or(""));
        const auto path = url.substr(std::string("http://127.0.0.1:1").size());
        if (!path.starts_with("/echo.api/")) return "chain url";
        const auto chain = house.ask(net::Method::get, path).body;
        try {
            const auto proven = crypto::x509::TrustedChain::verify(
                chain, certificate_name, {house.assistant.signer().root_pem}, false, house.clock.now());
            const auto signature = parse_base64(request.headers.find("Signature-256").value_or(""));
            return proven.verify_sha256(bytes_of(request.body), *signature) ? "" : "signature";
        } catch (const Error& e) {
            return "chain";
        }
    }
};

TEST_F(SignedRequests, FI11_each_forgery_is_one_and_the_genuine_request_is_none) {
    EXPECT_EQ(verdict(asked("off")), "");
    EXPECT_EQ(verdict(asked("signature")), "signature");
    EXPECT_EQ(verdict(asked("body")), "signature");
    EXPECT_EQ(verdict(asked("san")), "chain");
    EXPECT_EQ(verdict(asked("expired")), "chain");
    EXPECT_EQ(verdict(asked("chain_url")), "chain url");
    EXPECT_EQ(verdict(asked("off")), "");
}

TEST_F(SignedRequests, FI12_the_token_of_before_the_refresh_is_sent_and_not_shown) {
    must_link();
    partner.answer(tokens("access-2", "refresh-2"));
    house.clock.advance(1h);
    behave("FI-12", "expired");
    post("/app/skills/" + skill + "/ask", "utterance=open");
    const auto body = json::parse(partner.requests_at("/signed").back().body);
    EXPECT_EQ(body.at_pointer("/context/System/user/accessToken").as_string(), "access-1");
    for (const auto& page : {app_page(), get("/skills/" + skill), get("/skills/" + skill + "/log/1")}) {
        EXPECT_EQ(page.body.find("access-1"), std::string::npos);
        EXPECT_EQ(page.body.find("access-2"), std::string::npos);
    }
}

}  // namespace
}  // namespace symbolon::voice
