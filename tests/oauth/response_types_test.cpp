// The response types and modes beyond the service's two: OAuth 2.0 Multiple Response Types, OpenID Connect Core §3.3,
// OAuth 2.0 Form Post Response Mode.
#include "oauth/house.hpp"

#include "base/encoding.hpp"
#include "crypto/hash.hpp"

namespace symbolon::oauth {
namespace {

std::string half_hash(const std::string& text) {
    const auto digest = crypto::sha256(text);
    return to_base64url(ByteView(digest).first(digest.size() / 2));
}

class ResponseTypes : public House {
protected:
    ResponseTypes() {
        extend_client(app, [](auto& extensions) {
            extensions.response_types = List<directory::shape::ExtensionWord, 0, 8>{
                "code", "token", "id_token", "code id_token", "code token", "id_token token", "code id_token token"};
        });
    }
    net::Response ask(const std::string& type, Pairs more = {}) {
        Pairs all{{"client_id", app.str()}, {"response_type", type}, {"scope", "openid"}, {"nonce", "n-1"}};
        for (auto& field : more) all.push_back(std::move(field));
        return authorize(all, {sign_in_browser()});
    }
    std::string fragment_of(const std::string& type, Pairs more = {}) { return location(ask(type, std::move(more))); }
    static std::string in(const std::string& url, std::string_view name) { return parameter_of(url, name, '#'); }
};

TEST_F(ResponseTypes, code_and_id_token) {
    const auto url = fragment_of("code id_token");
    EXPECT_EQ(url.find('?'), std::string::npos) << url;
    const auto claims = claims_of(in(url, "id_token"));
    EXPECT_EQ(text(claims, "c_hash"), half_hash(in(url, "code")));
    EXPECT_EQ(text(claims, "s_hash"), half_hash("xyz +&=é"));
    EXPECT_EQ(text(claims, "nonce"), "n-1");
    EXPECT_FALSE(claims.contains("at_hash"));
    EXPECT_EQ(in(url, "access_token"), "");
    EXPECT_EQ(in(url, "state"), "xyz +&=é");
    EXPECT_EQ(in(url, "iss"), pool_url);
    const auto answer = post("/oauth2/token", Pairs{{"grant_type", "authorization_code"},
                                                    {"code", in(url, "code")},
                                                    {"redirect_uri", std::string(callback)},
                                                    {"client_id", app.str()}});
    EXPECT_EQ(answer.status, 200) << answer.body;
    const auto second = claims_of(text(json_of(answer), "id_token"));
    EXPECT_EQ(second.at("sub"), claims.at("sub"));
    EXPECT_EQ(second.at("nonce"), claims.at("nonce"));
    EXPECT_FALSE(second.contains("c_hash"));
}

TEST_F(ResponseTypes, code_and_token) {
    const auto url = fragment_of("code token", {{"nonce", ""}});
    EXPECT_NE(in(url, "code"), "");
    EXPECT_EQ(in(url, "token_type"), "Bearer");
    EXPECT_EQ(in(url, "id_token"), "");
    EXPECT_EQ(user_info(in(url, "access_token")).status, 200);
}

TEST_F(ResponseTypes, code_id_token_and_token) {
    const auto url = fragment_of("token code id_token");  // in any order
    const auto claims = claims_of(in(url, "id_token"));
    EXPECT_EQ(text(claims, "c_hash"), half_hash(in(url, "code")));
    EXPECT_EQ(text(claims, "at_hash"), half_hash(in(url, "access_token")));
}

TEST_F(ResponseTypes, id_token_alone) {
    const auto url = fragment_of("id_token");
    const auto claims = claims_of(in(url, "id_token"));
    EXPECT_FALSE(claims.contains("at_hash"));
    EXPECT_FALSE(claims.contains("c_hash"));
    EXPECT_FALSE(claims.contains("s_hash"));
    EXPECT_EQ(in(url, "access_token"), "");
    EXPECT_EQ(in(url, "expires_in"), "");
}

TEST_F(ResponseTypes, id_token_and_token) {
    const auto url = fragment_of("id_token token");
    EXPECT_EQ(text(claims_of(in(url, "id_token")), "at_hash"), half_hash(in(url, "access_token")));
    EXPECT_EQ(in(url, "code"), "");
}

TEST_F(ResponseTypes, an_id_token_of_the_front_channel_needs_a_nonce) {
    for (const char* type : {"id_token", "id_token token", "code id_token", "code id_token token"}) {
        EXPECT_EQ(in(fragment_of(type, {{"nonce", ""}}), "error"), "invalid_request") << type;
    }
}

TEST_F(ResponseTypes, an_id_token_needs_the_scope_openid) {
    change_client(app, [](auto& settings) {
        settings.AllowedOAuthScopes = List<directory::shape::Scope, 0, 50>{"openid", "phone"};
    });
    EXPECT_EQ(in(fragment_of("id_token", {{"scope", "phone"}}), "error"), "invalid_request");
}

TEST_F(ResponseTypes, are_those_that_the_client_is_registered_for) {
    extend_client(app, [](auto& extensions) {
        extensions.response_types = List<directory::shape::ExtensionWord, 0, 8>{"code id_token"};
    });
    EXPECT_NE(in(fragment_of("id_token code"), "code"), "");
    EXPECT_EQ(in(fragment_of("id_token"), "error"), "unauthorized_client");
    EXPECT_EQ(parameter_of(location(ask("code")), "error"), "unauthorized_client");
}

TEST_F(ResponseTypes, need_both_flows_of_the_client) {
    extend_client(web, [](auto& extensions) {
        extensions.response_types = List<directory::shape::ExtensionWord, 0, 8>{"code id_token"};
    });
    const auto url = fragment_of("code id_token", {{"client_id", web.str()}});  // which has the flow code alone
    EXPECT_EQ(in(url, "error"), "unauthorized_client");
}

TEST_F(ResponseTypes, without_registration_are_the_services_two) {
    extend_client(app, [](auto& extensions) { extensions.response_types.reset(); });
    EXPECT_EQ(in(fragment_of("id_token"), "error"), "invalid_request");
    EXPECT_EQ(in(fragment_of("code id_token"), "error"), "invalid_request");
    EXPECT_NE(in(fragment_of("token"), "access_token"), "");
    extend_pool([](auto& extensions) { extensions.strict_oidc = true; });
    EXPECT_NE(in(fragment_of("code id_token"), "id_token"), "");
}

TEST_F(ResponseTypes, unknown_ones_are_refused) {
    for (const char* type : {"none", "code code", "id_token id_token", "token x", "CODE", "code,token"}) {
        const auto url = location(ask(type));
        const char mark = std::string_view(type).find("token") == std::string_view::npos ? '?' : '#';
        EXPECT_EQ(parameter_of(url, "error", mark), "invalid_request") << type << " " << url;
    }
}

// Attack class: tokens in a query are written into logs.
TEST_F(ResponseTypes, tokens_never_go_into_a_query) {
    for (const char* type : {"token", "id_token", "code token", "code id_token", "code id_token token"}) {
        const auto url = fragment_of(type, {{"response_mode", "query"}});
        EXPECT_EQ(in(url, "error"), "invalid_request") << type;
        EXPECT_EQ(url.find('?'), std::string::npos);
    }
}

TEST_F(ResponseTypes, a_code_may_go_into_the_fragment) {
    const auto url = fragment_of("code", {{"response_mode", "fragment"}});
    EXPECT_NE(in(url, "code"), "");
}

class FormPost : public ResponseTypes {
protected:
    std::string page(const std::string& type, Pairs more = {}) {
        more.emplace_back("response_mode", "form_post");
        const auto answer = ask(type, std::move(more));
        EXPECT_EQ(answer.status, 200);
        EXPECT_EQ(location(answer), "");
        return answer.body;
    }
    /// The value of a hidden field.
    static std::string field(const std::string& body, const std::string& name) {
        const auto begin = "name=\"" + name + "\" value=\"";
        const auto at = body.find(begin);
        if (at == std::string::npos) return {};
        const auto from = at + begin.size();
        return body.substr(from, body.find('"', from) - from);
    }
};

TEST_F(FormPost, posts_the_answer_to_the_redirect_uri) {
    const auto body = page("code id_token");
    EXPECT_NE(body.find("<form method=\"post\" action=\"https://ok.example/cb\">"), std::string::npos) << body;
    EXPECT_EQ(text(claims_of(field(body, "id_token")), "c_hash"), half_hash(field(body, "code")));
    EXPECT_EQ(field(body, "iss"), pool_url);
    EXPECT_NE(body.find("<button type=\"submit\">"), std::string::npos) << "without scripts there is a button";
}

TEST_F(FormPost, runs_its_own_script_alone) {
    const auto answer = ask("code", {{"response_mode", "form_post"}});
    const auto hash = to_base64(crypto::sha256("document.forms[0].submit()"));
    EXPECT_EQ(header(answer, "Content-Security-Policy"),
              "default-src 'none'; script-src 'sha256-" + hash + "'; base-uri 'none'; frame-ancestors 'none'");
    EXPECT_NE(answer.body.find("<script>document.forms[0].submit()</script>"), std::string::npos);
    EXPECT_NE(header(answer, "Cache-Control").find("no-store"), std::string::npos);
}

TEST_F(FormPost, escapes_what_the_client_sent) {
    const auto body = page("code", {{"state", "\"><script>alert(1)</script>&'"}});
    EXPECT_EQ(body.find("<script>alert"), std::string::npos);
    EXPECT_NE(body.find("value=\"&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;&amp;&#39;\""), std::string::npos)
        << body;
}

TEST_F(FormPost, brings_refusals_too) {
    const auto body = page("code", {{"scope", "nonsense"}});
    EXPECT_EQ(field(body, "error"), "invalid_request");
    EXPECT_EQ(field(body, "state"), "xyz +&amp;=é");
    EXPECT_EQ(field(page("code", {{"prompt", "login none"}}), "error"), "invalid_request");
}

TEST_F(FormPost, is_for_web_addresses) {
    const auto url = location(ask("code", {{"redirect_uri", "myapp://cb"}, {"response_mode", "form_post"}}));
    EXPECT_EQ(parameter_of(url, "error"), "invalid_request") << url;
}

}  // namespace
}  // namespace symbolon::oauth
