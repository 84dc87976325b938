#include "oauth/house.hpp"

namespace symbolon::oauth {
namespace {

/// What every parameter does when it is absent, empty, given twice alike, given twice with another value, and too long.
enum class Answer { code, login, page, refused };

struct ParameterRow {
    const char* parameter;
    const char* good;
    const char* other;  ///< another good-looking value
    Answer absent;
    Answer twice_different;
    std::size_t long_size;
    Answer too_long;
};

void PrintTo(const ParameterRow& row, std::ostream* out) {
    *out << row.parameter;
}

class AuthorizeParameter : public House, public testing::WithParamInterface<ParameterRow> {
protected:
    /// The other parameters, which go along with the one in question.
    std::string base() const {
        const std::string name = GetParam().parameter;
        Pairs overrides{{name, ""}};
        if (name == "code_challenge") overrides.emplace_back("code_challenge_method", "S256");
        if (name == "code_challenge_method") overrides.emplace_back("code_challenge", std::string(challenge));
        return authorize_query(overrides);
    }
    Answer ask(const Pairs& more) {
        const auto answer =
            get("/oauth2/authorize?" + base() + (more.empty() ? "" : "&" + encode(more)), {sign_in_browser()});
        const auto to = location(answer);
        EXPECT_EQ(answer.status, 302);
        if (to.rfind(std::string(pool_url) + "/error?", 0) == 0) return Answer::page;
        if (to.rfind(std::string(pool_url) + "/login?", 0) == 0) return Answer::login;
        EXPECT_EQ(to.rfind(std::string(callback), 0), 0U) << to;
        return parameter_of(to, "code").empty() ? Answer::refused : Answer::code;
    }
};

TEST_P(AuthorizeParameter, once_is_good) {
    EXPECT_EQ(ask({{GetParam().parameter, GetParam().good}}), Answer::code);
}
TEST_P(AuthorizeParameter, absent) {
    EXPECT_EQ(ask({}), GetParam().absent);
}
TEST_P(AuthorizeParameter, empty_is_absent) {
    EXPECT_EQ(ask({{GetParam().parameter, ""}}), GetParam().absent);
}
TEST_P(AuthorizeParameter, twice_the_same_is_once) {
    EXPECT_EQ(ask({{GetParam().parameter, GetParam().good}, {GetParam().parameter, GetParam().good}}), Answer::code);
}
TEST_P(AuthorizeParameter, twice_different) {
    const auto [name, good, other] = std::tuple(GetParam().parameter, GetParam().good, GetParam().other);
    EXPECT_EQ(ask({{name, good}, {name, other}}), GetParam().twice_different);
    EXPECT_EQ(ask({{name, other}, {name, good}}), GetParam().twice_different);
}
TEST_P(AuthorizeParameter, too_long) {
    EXPECT_EQ(ask({{GetParam().parameter, std::string(GetParam().long_size, 'x')}}), GetParam().too_long);
}

INSTANTIATE_TEST_SUITE_P(
    All, AuthorizeParameter,
    testing::Values(
        ParameterRow{"client_id", "webclientwebclientwebclien", "appclientappclientappclien", Answer::page,
                     Answer::page, 129, Answer::page},
        ParameterRow{"redirect_uri", "https://ok.example/cb", "myapp://cb", Answer::page, Answer::page, 2000,
                     Answer::page},
        ParameterRow{"response_type", "code", "token", Answer::refused, Answer::refused, 2000, Answer::refused},
        ParameterRow{"scope", "openid", "phone", Answer::code, Answer::refused, 9000, Answer::refused},
        ParameterRow{"state", "s", "t", Answer::code, Answer::code, 4097, Answer::refused},
        ParameterRow{"nonce", "n", "m", Answer::code, Answer::refused, 1025, Answer::refused},
        ParameterRow{"code_challenge", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
                     "A9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM", Answer::refused, Answer::refused, 2000,
                     Answer::refused},
        ParameterRow{"code_challenge_method", "S256", "plain", Answer::refused, Answer::refused, 2000, Answer::refused},
        ParameterRow{"prompt", "none", "consent", Answer::code, Answer::refused, 2000, Answer::refused},
        ParameterRow{"max_age", "100", "200", Answer::code, Answer::refused, 2000, Answer::refused},
        ParameterRow{"login_hint", "+1415", "+1416", Answer::code, Answer::refused, 9000, Answer::code},
        ParameterRow{"response_mode", "query", "x", Answer::code, Answer::refused, 2000, Answer::refused},
        ParameterRow{"claims", "{}", R"({"userinfo":null})", Answer::code, Answer::refused, 9000, Answer::refused},
        ParameterRow{"acr_values", "urn:cognito:loa:1", "unknown", Answer::code, Answer::refused, 1025,
                     Answer::refused},
        ParameterRow{"resource", "https://api.example/v1", "urn:unknown", Answer::code, Answer::refused, 257,
                     Answer::refused},
        ParameterRow{"dpop_jkt", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
                     "A9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM", Answer::code, Answer::refused, 65, Answer::refused},
        ParameterRow{"ui_locales", "de", "en", Answer::code, Answer::refused, 9000, Answer::code},
        ParameterRow{"display", "page", "popup", Answer::code, Answer::refused, 9000, Answer::code},
        ParameterRow{"registration", "", "{}", Answer::code, Answer::refused, 2000, Answer::refused},
        ParameterRow{"unknown", "a", "b", Answer::code, Answer::refused, 9000, Answer::code}));

struct WrongValue {
    const char* parameter;
    const char* value;
    Answer place;
    const char* error;
};

class WrongParameter : public House {};

TEST_F(WrongParameter, is_told_where_it_belongs) {
    for (const auto& wrong : {
             WrongValue{"client_id", "nobody", Answer::page, "invalid_client"},
             WrongValue{"redirect_uri", "https://evil.example/cb", Answer::page, "redirect_mismatch"},
             WrongValue{"response_type", "banana", Answer::refused, "invalid_request"},
             WrongValue{"response_mode", "web_message", Answer::refused, "invalid_request"},
             WrongValue{"scope", "nonsense", Answer::refused, "invalid_request"},
             WrongValue{"code_challenge", "short", Answer::refused, "invalid_request"},
             WrongValue{"code_challenge_method", "s256", Answer::refused, "invalid_request"},
             WrongValue{"prompt", "none login", Answer::refused, "invalid_request"},
             WrongValue{"max_age", "-1", Answer::refused, "invalid_request"},
             WrongValue{"claims", "[]", Answer::refused, "invalid_request"},
             WrongValue{"id_token_hint", "x.y.z", Answer::refused, "invalid_request"},
             WrongValue{"resource", "urn:unknown", Answer::refused, "invalid_target"},
             WrongValue{"dpop_jkt", "short", Answer::refused, "invalid_request"},
             WrongValue{"request", "x.y.z", Answer::refused, "invalid_request_object"},
             WrongValue{"request_uri", "https://ok.example/r", Answer::refused, "invalid_request_uri"},
             WrongValue{"registration", "{}", Answer::refused, "registration_not_supported"},
         }) {
        const auto to = location(authorize({{wrong.parameter, wrong.value}}, {sign_in_browser()}));
        const auto place =
            wrong.place == Answer::page ? std::string(pool_url) + "/error?" : std::string(callback) + "?";
        EXPECT_EQ(to.rfind(place, 0), 0U) << wrong.parameter << ": " << to;
        EXPECT_EQ(parameter_of(to, "error"), wrong.error) << wrong.parameter;
        if (wrong.place == Answer::refused) {
            EXPECT_EQ(parameter_of(to, "state"), "xyz +&=é") << wrong.parameter;
        }
    }
}

// Alexa appends its own parameters to a configured URL that has them all (oauth-and-hosted-ui.md §1.15).
TEST_F(House, of_two_states_the_last_is_the_platforms) {
    const auto answer =
        get("/oauth2/authorize?" + authorize_query({{"state", "STATE"}}) + "&state=real", {sign_in_browser()});
    EXPECT_EQ(parameter_of(location(answer), "state"), "real");
}

struct TokenRow {
    const char* parameter;
    const char* absent;  ///< the error; "" for success
    const char* too_long;
};

void PrintTo(const TokenRow& row, std::ostream* out) {
    *out << row.parameter;
}

class TokenParameter : public House, public testing::WithParamInterface<TokenRow> {
protected:
    Pairs form() {
        return code_form(get_code({{"code_challenge", std::string(challenge)}, {"code_challenge_method", "S256"}}),
                         {{"code_verifier", std::string(verifier)}});
    }
    std::string error_of(const Pairs& fields) {
        const auto answer = post("/oauth2/token", fields);
        EXPECT_EQ(answer.status, text(json_of(answer), "error").empty() ? 200 : 400);
        return text(json_of(answer), "error");
    }
    Pairs without(Pairs fields) {
        std::erase_if(fields, [](const auto& field) { return field.first == GetParam().parameter; });
        return fields;
    }
};

TEST_P(TokenParameter, absent) {
    EXPECT_EQ(error_of(without(form())), GetParam().absent);
}
TEST_P(TokenParameter, empty_is_absent) {
    auto fields = without(form());
    fields.emplace_back(GetParam().parameter, "");
    EXPECT_EQ(error_of(fields), GetParam().absent);
}
TEST_P(TokenParameter, twice_is_refused_also_when_it_is_the_same) {
    auto fields = form();
    const auto found =
        std::find_if(fields.begin(), fields.end(), [](const auto& f) { return f.first == GetParam().parameter; });
    const auto again = found == fields.end() ? std::pair<std::string, std::string>{GetParam().parameter, "x"} : *found;
    if (found == fields.end()) fields.push_back(again);
    fields.push_back(again);
    EXPECT_EQ(error_of(fields), "invalid_request");
}
TEST_P(TokenParameter, too_long) {
    auto fields = without(form());
    fields.emplace_back(GetParam().parameter, std::string(50'000, 'x'));
    EXPECT_EQ(error_of(fields), GetParam().too_long);
}

INSTANTIATE_TEST_SUITE_P(All, TokenParameter,
                         testing::Values(TokenRow{"grant_type", "invalid_request", "unsupported_grant_type"},
                                         TokenRow{"code", "invalid_request", "invalid_grant"},
                                         TokenRow{"redirect_uri", "invalid_grant", "invalid_grant"},
                                         TokenRow{"client_id", "invalid_request", "invalid_client"},
                                         TokenRow{"client_secret", "invalid_client", "invalid_client"},
                                         TokenRow{"code_verifier", "invalid_grant", "invalid_grant"},
                                         TokenRow{"unknown", "", ""}));

class TokenBody : public House {};

TEST_F(TokenBody, must_be_a_form_that_can_be_decoded) {
    const auto expect_bad = [&](const net::Response& answer) {
        EXPECT_EQ(answer.status, 400);
        EXPECT_EQ(text(json_of(answer), "error"), "invalid_request");
    };
    const auto good = encode(code_form("x"));
    expect_bad(post("/oauth2/token", good, {{"Content-Type", "application/json"}}));
    expect_bad(post("/oauth2/token", good, {{"Content-Type", ""}}));
    expect_bad(post("/oauth2/token", good, {{"Content-Type", "multipart/form-data"}}));
    expect_bad(post("/oauth2/token", "grant_type=%zz"));
    expect_bad(post("/oauth2/token", "grant_type=%00"));
    expect_bad(post("/oauth2/token", std::string("grant_type=\xff")));
    expect_bad(post("/oauth2/token", ""));
    std::string many = "grant_type=x";
    for (int i = 0; i < 60; ++i) many += "&p" + std::to_string(i) + "=1";
    expect_bad(post("/oauth2/token", many));
}

TEST_F(TokenBody, the_content_type_is_read_without_case_and_parameters) {
    for (const char* type : {"application/x-www-form-urlencoded", "APPLICATION/X-WWW-FORM-URLENCODED",
                             "application/x-www-form-urlencoded ; charset=utf-8"}) {
        EXPECT_EQ(post("/oauth2/token", encode(code_form(get_code())), {{"Content-Type", type}}).status, 200) << type;
    }
}

TEST_F(TokenBody, unknown_grant_types_are_refused) {
    for (const char* type : {"password", "implicit", "urn:ietf:params:oauth:grant-type:saml2-bearer"}) {
        EXPECT_EQ(text(json_of(post("/oauth2/token", code_form("x", {{"grant_type", type}}))), "error"),
                  "unsupported_grant_type");
    }
}

}  // namespace
}  // namespace symbolon::oauth
