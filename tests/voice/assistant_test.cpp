#include "base/embedded.hpp"
#include "crypto/x509.hpp"
#include "house.hpp"
#include "voice/identity.hpp"

#include <boost/json/parse.hpp>

#include <gtest/gtest.h>

#include <span>

std::span<const symbolon::EmbeddedFile> assistant_files();

namespace symbolon::voice {
namespace {

using net::Method;
using test::House;

std::string linking_of(const std::string& skill) {
    return "/v1/skills/" + skill + "/stages/development/accountLinkingClient";
}

TEST(AssistantRest, every_call_needs_the_bearer_token) {
    House house;
    const auto id = house.make_skill();
    for (const auto& target : {std::string("/v1/skills"), linking_of(id)}) {
        EXPECT_EQ(house.ask(Method::get, target).status, 401);
        EXPECT_EQ(house.ask(Method::get, target, "", "another-token").status, 401);
    }
    EXPECT_EQ(house.ask(Method::delete_, "/v1/skills/" + id).status, 401);
    EXPECT_EQ(house.rest(Method::get, "/v1/skills").status, 200);
}

TEST(AssistantRest, shows_the_configuration_without_its_secret) {
    House house;
    const auto answer = house.rest(Method::get, linking_of(house.make_skill()));
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.body.find("the-client-secret"), std::string::npos);
    EXPECT_EQ(answer.body.find("skipOnEnablement"), std::string::npos);
    const auto body = boost::json::parse(answer.body);
    EXPECT_EQ(body.at("clientId").as_string(), "client");
    EXPECT_EQ(body.at("assistantRedirectUrls").as_array().size(), 3U);
}

TEST(AssistantRest, a_body_without_its_wrapper_is_refused_by_name) {
    House house;
    const auto answer = house.rest(Method::put, linking_of(house.make_skill()), R"({"type":"AUTH_CODE"})");
    EXPECT_EQ(answer.status, 400);
    EXPECT_NE(answer.body.find("INVALID_REQUEST_PARAMETER"), std::string::npos);
    EXPECT_NE(answer.body.find("accountLinkingRequest"), std::string::npos);
}

TEST(AssistantRest, a_change_under_an_old_etag_is_refused) {
    House house;
    const auto id = house.make_skill();
    net::Headers old;
    old.add("If-Match", "\"another\"");
    const std::string body =
        R"({"accountLinkingRequest":{"type":"IMPLICIT","authorizationUrl":"https://id.example/a","clientId":"c"}})";
    EXPECT_EQ(house.rest(Method::put, linking_of(id), body, old).status, 412);
    net::Headers current;
    current.add("If-Match", std::string(*house.rest(Method::get, linking_of(id)).headers.find("ETag")));
    EXPECT_EQ(house.rest(Method::put, linking_of(id), body, current).status, 204);
}

TEST(AssistantRest, urls_that_a_browser_would_run_are_refused) {
    House house;
    const auto id = house.make_skill();
    for (const std::string url :
         {"javascript:alert(1)", "data:text/html,x", "https://id.example/#x", "https://id.example/ x"}) {
        const auto body =
            R"({"accountLinkingRequest":{"type":"IMPLICIT","authorizationUrl":")" + url + R"(","clientId":"c"}})";
        EXPECT_EQ(house.rest(Method::put, linking_of(id), body).status, 400) << url;
    }
}

TEST(AssistantRest, what_does_not_exist_is_404) {
    House house;
    EXPECT_EQ(house.rest(Method::get, linking_of("amzn1.ask.skill.none")).status, 404);
    EXPECT_EQ(house.ask(Method::get, "/assets/..%2f..%2fetc/passwd").status, 404);
    EXPECT_EQ(house.ask(Method::get, "/skills/none").status, 404);
}

TEST(AssistantPages, the_style_sheet_holds_every_subject) {
    House house;
    const auto sheet = house.ask(Method::get, "/assets/assistant.css");
    ASSERT_EQ(sheet.status, 200);
    for (const auto& file : assistant_files()) {
        if (!file.path.ends_with(".css")) continue;
        EXPECT_NE(sheet.body.find(file.content), std::string::npos) << file.path;
    }
}

TEST(AssistantPages, a_form_without_its_token_is_refused) {
    House house;
    const auto id = house.make_skill();
    EXPECT_EQ(house.ask(Method::post, "/app/skills/" + id + "/unlink", "unlink=true").status, 403);
    EXPECT_EQ(house.ask(Method::post, "/skills/" + id + "/accountLinking", "remove=true&_csrf=x").status, 403);
    EXPECT_EQ(house.rest(Method::get, linking_of(id)).status, 200) << "the configuration is still there";
}

TEST(AssistantPages, an_unknown_state_links_nothing) {
    House house;
    house.make_skill();
    const auto answer =
        house.ask(Method::get, "/api/skill/link/" + house.assistant.vendor_id() + "?code=c&state=forged");
    EXPECT_EQ(answer.status, 400);
    EXPECT_NE(answer.body.find("state_unknown"), std::string::npos);
}

TEST(AssistantPages, what_a_server_sends_back_is_escaped) {
    House house;
    house.make_skill();
    const auto answer = house.ask(Method::get, "/api/skill/link/" + house.assistant.vendor_id() +
                                                   "?error=%3Cscript%3Ealert(1)%3C%2Fscript%3E&state=x");
    EXPECT_EQ(answer.body.find("<script>alert"), std::string::npos);
    EXPECT_NE(answer.headers.find("Content-Security-Policy")->find("default-src 'none'"), std::string::npos);
}

TEST(AssistantIdentity, is_made_at_the_first_start_and_kept) {
    House house;
    const auto db = db::open("sqlite::memory:", db::Schema::assistant);
    const Assistant::Parts parts{*db, house.sealer, house.random, house.clock, house.client};
    const auto made = load_identity(parts);
    EXPECT_EQ(made.vendor_id.size(), 14U);
    EXPECT_GE(made.access_token.size(), 43U);
    EXPECT_NO_THROW(crypto::x509::TrustedChain::verify(made.authority.chain_pem(), certificate_name,
                                                       {made.authority.root_pem}, false, house.clock.now()));
    const auto kept = load_identity(parts);
    EXPECT_EQ(kept.vendor_id, made.vendor_id);
    EXPECT_EQ(kept.access_token, made.access_token);
    EXPECT_EQ(kept.authority.root_pem, made.authority.root_pem);
    EXPECT_EQ(kept.authority.leaf_key_pem, made.authority.leaf_key_pem);
}

TEST(AssistantSigner, publishes_a_chain_that_its_root_proves) {
    House house;
    const auto& signer = house.assistant.signer();
    const auto path = signer.chain_url.substr(signer.chain_url.find("/echo.api/"));
    const auto chain = house.ask(Method::get, path);
    EXPECT_EQ(chain.status, 200);
    EXPECT_NO_THROW(crypto::x509::TrustedChain::verify(chain.body, signer.certificate_name, {signer.root_pem}, false,
                                                       house.clock.now()));
}

}  // namespace
}  // namespace symbolon::voice
