// Steps of the OpenID Foundation's plans for OpenID Connect (docs/conformance.md) that no other test goes through: each
// with every response type of the plans, with the answer where that response type has it and posted by the browser.
#include "base/encoding.hpp"
#include "oauth/house.hpp"

#include <boost/json/serialize.hpp>

#include <string>
#include <tuple>

namespace symbolon::oauth {
namespace {

using namespace std::chrono_literals;

/// A response type, and the mode that is asked for; "" is its own.
using Variant = std::tuple<const char*, const char*>;

class Conformance : public House, public testing::WithParamInterface<Variant> {
protected:
    Conformance() {
        extend_pool([](auto& e) { e.strict_oidc = true; });
        change_client(web, [](auto& settings) {
            using directory::OAuthFlowType;
            settings.AllowedOAuthFlows = List<OAuthFlowType, 0, 3>{OAuthFlowType::code, OAuthFlowType::implicit};
            settings.AllowedOAuthScopes = List<directory::shape::Scope, 0, 50>{"openid", "phone", "email", "profile"};
        });
        change_user([](auto& user) { user.attributes["email_verified"] = "false"; });
    }

    std::string type() const { return std::get<0>(GetParam()); }
    bool has(std::string_view word) const { return (" " + type() + " ").find(" " + std::string(word) + " ") < npos; }

    Pairs parameters(Pairs more) const {
        Pairs all{{"response_type", type()},
                  {"response_mode", std::get<1>(GetParam())},
                  {"scope", "openid"},
                  {"nonce", "of the ID token"},
                  {"state", "of the request"}};
        for (auto& [name, value] : more) {
            std::erase_if(all, [&](const auto& field) { return field.first == name; });
            all.emplace_back(name, value);
        }
        return all;
    }
    net::Response ask(Pairs more, Pairs headers) { return authorize(parameters(std::move(more)), std::move(headers)); }

    /// The parameters of an answer, wherever it was put; they are nowhere else.
    static net::Form fields_of(const net::Response& answer) {
        if (answer.status == 200) return posted_fields(answer.body);
        const auto url = location(answer);
        const auto fragment = url.find('#');
        const auto query = url.find('?');
        EXPECT_TRUE(fragment > url.size() || query > url.size()) << url;
        const auto begin = std::min({fragment, query, url.size() - 1}) + 1;
        return net::Form::parse(std::string_view(url).substr(begin));
    }
    static net::Form posted_fields(const std::string& page) {
        constexpr std::string_view mark = "<input type=\"hidden\" name=\"";
        constexpr std::string_view middle = "\" value=\"";
        net::Form form;
        for (auto at = page.find(mark); at != npos; at = page.find(mark, at)) {
            at += mark.size();
            const auto name = page.substr(at, page.find('"', at) - at);
            at += name.size() + middle.size();
            form.add(name, page.substr(at, page.find('"', at) - at));
        }
        return form;
    }

    /// What the person's claims are in the end: of userInfo, or, where there is no access token, of the ID token.
    boost::json::object claims_for(const net::Form& got) {
        if (has("token")) return json_of(user_info(got.get("access_token")));
        if (!has("code")) return claims_of(got.get("id_token"));
        const auto set = json_of(post("/oauth2/token", code_form(got.get("code"))));
        return json_of(user_info(text(set, "access_token")));
    }
    boost::json::object id_token_of(const net::Form& got) {
        if (has("id_token")) return claims_of(got.get("id_token"));
        return claims_of(text(json_of(post("/oauth2/token", code_form(got.get("code")))), "id_token"));
    }
    /// That the answer is whole, and for this request.
    void expect_success(const net::Form& got) {
        EXPECT_EQ(got.get("error"), "") << got.get("error_description");
        EXPECT_EQ(got.get("state"), "of the request");
        EXPECT_EQ(got.get("iss"), pool_url);
        EXPECT_EQ(got.get("code").empty(), !has("code"));
        EXPECT_EQ(got.get("access_token").empty(), !has("token"));
        EXPECT_EQ(got.get("id_token").empty(), !has("id_token"));
    }
    bool goes_to_login(const net::Response& answer) const {
        return location(answer).starts_with(std::string(pool_url) + "/login?");
    }

    static constexpr auto npos = std::string::npos;
};

TEST_P(Conformance, parameters_that_need_not_be_understood_do_no_harm) {
    const std::vector<std::pair<std::string, std::string>> harmless{{"extra", "foobar"},
                                                                    {"display", "page"},
                                                                    {"display", "popup"},
                                                                    {"ui_locales", "se"},
                                                                    {"ui_locales", "de en"},
                                                                    {"claims_locales", "se"},
                                                                    {"acr_values", "1 2"},
                                                                    {"login_hint", "bob@example.com"},
                                                                    {"acr_values", "urn:cognito:loa:1"}};
    for (const auto& [name, value] : harmless) {
        const auto got = fields_of(ask({{name, value}}, {sign_in_browser({"pwd"})}));
        SCOPED_TRACE(name + "=" + value);
        expect_success(got);
    }
}

TEST_P(Conformance, each_scope_gives_its_claims_with_their_types) {
    const auto ask_for = [&](const std::string& scope) {
        const auto got = fields_of(ask({{"scope", scope}}, {sign_in_browser()}));
        expect_success(got);
        return claims_for(got);
    };
    const auto profile = ask_for("openid profile");
    EXPECT_TRUE(profile.at("name").is_string());
    EXPECT_TRUE(profile.at("updated_at").is_int64());
    EXPECT_FALSE(profile.contains("email"));
    EXPECT_TRUE(ask_for("openid email").at("email_verified").is_bool());
    EXPECT_TRUE(ask_for("openid phone").at("phone_number_verified").is_bool());
    const auto all = ask_for("openid address email phone profile");  // address is no scope here: ignored
    for (const char* claim : {"name", "email", "phone_number"}) EXPECT_TRUE(all.contains(claim)) << claim;
    const auto reversed = ask_for("profile email openid");
    EXPECT_EQ(reversed.at("name"), all.at("name"));
    EXPECT_EQ(reversed.at("email"), all.at("email"));
    EXPECT_FALSE(reversed.contains("phone_number"));
}

TEST_P(Conformance, prompt_none_answers_as_before_whom_a_hint_names) {
    const auto cookie = sign_in_browser();
    const auto first = id_token_of(fields_of(ask({{"max_age", "10000"}}, {cookie})));
    clock.advance(20s);
    const auto hint = text(get_tokens({{"scope", "openid"}}), "id_token");
    const auto got = fields_of(ask({{"prompt", "none"}, {"max_age", "10000"}, {"id_token_hint", hint}}, {cookie}));
    expect_success(got);
    const auto again = id_token_of(got);
    EXPECT_EQ(again.at("sub"), first.at("sub"));
    EXPECT_EQ(again.at("auth_time"), first.at("auth_time"));
    EXPECT_EQ(text(again, "nonce"), "of the ID token");
}

TEST_P(Conformance, prompt_none_without_a_session_is_told_to_the_client) {
    const auto got = fields_of(ask({{"prompt", "none"}}, {}));
    EXPECT_EQ(got.get("error"), "login_required");
    EXPECT_EQ(got.get("state"), "of the request");
}

TEST_P(Conformance, prompt_login_and_an_old_sign_in_ask_again) {
    const auto cookie = sign_in_browser();
    clock.advance(2s);
    EXPECT_TRUE(goes_to_login(ask({{"prompt", "login"}}, {cookie})));
    EXPECT_TRUE(goes_to_login(ask({{"max_age", "1"}}, {cookie})));
    EXPECT_FALSE(goes_to_login(ask({{"max_age", "10000"}}, {cookie})));
}

TEST_P(Conformance, a_request_may_be_posted) {
    const auto got = fields_of(post("/oauth2/authorize", authorize_query(parameters({})), {sign_in_browser()}));
    expect_success(got);
}

TEST_P(Conformance, an_essential_claim_is_given_where_the_client_may_have_it) {
    const std::string place = has("token") || has("code") ? "userinfo" : "id_token";
    const auto got =
        fields_of(ask({{"claims", R"({")" + place + R"(":{"name":{"essential":true}}})"}}, {sign_in_browser()}));
    expect_success(got);
    EXPECT_TRUE(claims_for(got).contains("name"));
}

TEST_P(Conformance, a_nonce_may_be_missing_where_no_id_token_comes_through_the_browser) {
    const auto got = fields_of(ask({{"nonce", ""}}, {sign_in_browser()}));
    if (has("id_token")) {
        EXPECT_EQ(got.get("error"), "invalid_request");
    } else {
        expect_success(got);
        EXPECT_FALSE(id_token_of(got).contains("nonce"));
    }
}

TEST_P(Conformance, an_unsigned_request_object_is_told_to_be_none) {
    const auto part = [](std::string_view json) { return to_base64url(bytes_of(json)); };
    const auto object = part(R"({"alg":"none"})") + "." + part(R"({"client_id":")" + web.str() + R"("})") + ".";
    const auto answer = ask({{"request", object}}, {sign_in_browser()});
    EXPECT_EQ(location(answer).find("code="), npos) << location(answer);
    EXPECT_NE((location(answer) + answer.body).find("invalid_request_object"), npos) << location(answer);
}

/// Of the response types that have a code.
class ConformanceOfCodes : public Conformance {};

TEST_P(ConformanceOfCodes, a_code_is_used_once_and_its_tokens_end_with_the_second_use) {
    const auto code = fields_of(ask({}, {sign_in_browser()})).get("code");
    const auto access = text(json_of(post("/oauth2/token", code_form(code))), "access_token");
    EXPECT_EQ(user_info(access).status, 200);
    clock.advance(30s);
    EXPECT_EQ(text(json_of(post("/oauth2/token", code_form(code))), "error"), "invalid_grant");
    EXPECT_EQ(user_info(access).status, 401);
}

TEST_P(ConformanceOfCodes, a_client_with_a_secret_may_use_pkce) {
    const auto got = fields_of(
        ask({{"code_challenge", std::string(challenge)}, {"code_challenge_method", "S256"}}, {sign_in_browser()}));
    const auto set = post("/oauth2/token", code_form(got.get("code"), {{"code_verifier", std::string(verifier)}}));
    EXPECT_EQ(set.status, 200) << set.body;
}

std::string variant_name(const testing::TestParamInfo<Variant>& info) {
    auto name = std::string(std::get<0>(info.param)) + " " + std::get<1>(info.param);
    std::ranges::replace(name, ' ', '_');
    return name;
}

INSTANTIATE_TEST_SUITE_P(Plans, Conformance,
                         testing::Combine(testing::Values("code", "id_token", "id_token token", "code id_token",
                                                          "code token", "code id_token token"),
                                          testing::Values("", "form_post")),
                         variant_name);
INSTANTIATE_TEST_SUITE_P(Plans, ConformanceOfCodes,
                         testing::Combine(testing::Values("code", "code id_token", "code token", "code id_token token"),
                                          testing::Values("", "form_post")),
                         variant_name);

}  // namespace
}  // namespace symbolon::oauth
