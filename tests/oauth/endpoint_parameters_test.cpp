// What every endpoint that clients talk to does with each of its parameters when it is absent, empty, given twice, too
// long and wrong: the error, its status and its form (RFC 6749 §5.2, RFC 6750 §3, RFC 7009 §2.2.1, RFC 7662 §2.3, RFC
// 8628 §3.2, RFC 9126 §2.3). The authorization endpoint and the exchange of a code are in parameters_test.cpp.
#include "oauth/house.hpp"

#include "oauth/device_authorization.hpp"
#include "oauth/grants/grant.hpp"

#include <algorithm>
#include <functional>

namespace symbolon::oauth {
namespace {

using Words = List<directory::shape::ExtensionWord, 0, 20>;

/// A status, and the error of the body; "" for success.
struct Outcome {
    int status;
    std::string error = {};

    friend bool operator==(const Outcome&, const Outcome&) = default;
    friend std::ostream& operator<<(std::ostream& out, const Outcome& outcome) {
        return out << outcome.status << " " << outcome.error;
    }
};

const Outcome ok{200};
const Outcome made{201};
const Outcome bad{400, "invalid_request"};
const Outcome who{400, "invalid_client"};      // without a challenge: the client did not use the header
const Outcome who_401{401, "invalid_client"};  // endpoints that always challenge
const Outcome bad_scope{400, "invalid_scope"};
const Outcome bad_grant{400, "invalid_grant"};
const Outcome bad_target{400, "invalid_target"};

struct Row {
    const char* parameter;
    Outcome absent;    ///< also: empty, which is the same (RFC 6749 §3.1)
    Outcome too_long;  ///< 20,000 characters
    const char* wrong;
    Outcome when_wrong;
    Outcome twice = bad;  ///< with the same value (RFC 6749 §3.2)
};

class EndpointParameters : public House {
protected:
    using FormMaker = std::function<Pairs()>;

    EndpointParameters() {
        extend_client(web, [](auto& e) {
            e.grant_types = Words{std::string(device_grant_type), std::string(token_exchange_type)};
        });
        change_client(web, [](auto& settings) {
            settings.AllowedOAuthScopes = List<directory::shape::Scope, 0, 50>{"openid", "phone"};
        });
    }
    Pairs with_client(Pairs form, const ClientId& client = web) const {
        form.emplace_back("client_id", client.str());
        form.emplace_back("client_secret", std::string(secret));
        return form;
    }
    static Pairs without(Pairs form, std::string_view name) {
        std::erase_if(form, [&](const auto& field) { return field.first == name; });
        return form;
    }
    static Pairs with(Pairs form, const std::string& name, std::string value) {
        form = without(std::move(form), name);
        form.emplace_back(name, std::move(value));
        return form;
    }
    static Pairs doubled(Pairs form, const std::string& name) {
        const auto found = std::find_if(form.begin(), form.end(), [&](const auto& f) { return f.first == name; });
        const auto value = found == form.end() ? std::string("x") : found->second;
        form = with(std::move(form), name, value);
        form.emplace_back(name, value);
        return form;
    }

    /// The outcome of an answer, whose form is checked.
    static Outcome outcome_of(const net::Response& answer) {
        if (answer.status < 400) return {answer.status};
        EXPECT_EQ(header(answer, "Content-Type").rfind("application/json", 0), 0U);
        EXPECT_NE(header(answer, "Cache-Control").find("no-store"), std::string::npos);
        EXPECT_EQ(answer.status == 401, !header(answer, "WWW-Authenticate").empty());
        EXPECT_EQ(header(answer, "Location"), "");
        const auto body = json_of(answer);
        for (const char c : text(body, "error_description"))
            EXPECT_TRUE(c >= 0x20 && c <= 0x7e && c != '"' && c != '\\') << "RFC 6749 §5.2";
        EXPECT_EQ(answer.body.find("xxxxxxxxxx"), std::string::npos) << "nothing that was sent comes back";
        return {answer.status, text(body, "error")};
    }

    /// Sends each parameter in all its ways. `make`: a form that is taken, anew each time.
    void try_all(const std::string& path, const Outcome& good, const FormMaker& make, std::vector<Row> rows) {
        ASSERT_EQ(outcome_of(post(path, make())), good);
        for (const auto& row : rows) {
            const std::string name = row.parameter;
            SCOPED_TRACE(path + " " + name);
            EXPECT_EQ(outcome_of(post(path, without(make(), name))), row.absent) << "absent";
            EXPECT_EQ(outcome_of(post(path, with(make(), name, ""))), row.absent) << "empty";
            EXPECT_EQ(outcome_of(post(path, doubled(make(), name))), row.twice) << "twice";
            EXPECT_EQ(outcome_of(post(path, with(make(), name, std::string(20'000, 'x')))), row.too_long) << "too long";
            EXPECT_EQ(outcome_of(post(path, with(make(), name, row.wrong))), row.when_wrong) << "wrong";
        }
        EXPECT_EQ(outcome_of(post(path, with(make(), "unknown", "x"))), good) << "what nobody knows is ignored";
        try_forms(path, make);
    }

    /// What is no form (RFC 6749 Appendix B).
    void try_forms(const std::string& path, const FormMaker& make) {
        SCOPED_TRACE(path);
        const auto form = encode(make());
        EXPECT_EQ(outcome_of(post(path, form, {{"Content-Type", "application/json"}})), bad);
        EXPECT_EQ(outcome_of(post(path, form + "&x=%zz")), bad);
        EXPECT_EQ(outcome_of(post(path, form + "&x=%00")), bad);
        EXPECT_EQ(outcome_of(post(path, form + "&x=\xff")), bad);
        EXPECT_EQ(outcome_of(post(path, std::string(60, '&') + "a=1")), bad);
        const auto got = get(path + "?" + form);
        EXPECT_EQ(got.status, 405);
        EXPECT_NE(header(got, "Allow").find("POST"), std::string::npos);
    }
};

TEST_F(EndpointParameters, of_pushed_authorization_requests) {
    const auto make = [&] {
        return with_client({{"response_type", "code"},
                            {"redirect_uri", std::string(callback)},
                            {"scope", "openid"},
                            {"state", "s"},
                            {"nonce", "n"},
                            {"code_challenge", std::string(challenge)},
                            {"code_challenge_method", "S256"}});
    };
    try_all("/oauth2/par", made, make,
            {{"client_id", bad, who_401, "nobody", who_401},
             {"client_secret", who_401, who_401, "wrong", who_401},
             {"response_type", bad, bad, "banana", bad},
             {"redirect_uri", bad, bad, "https://evil.example/cb", bad},  // the client has several
             {"scope", made, bad, "nonsense", bad},
             {"state", made, bad, "é", made},
             {"nonce", made, bad, "é", made},
             {"code_challenge", bad, bad, "short", bad},
             {"code_challenge_method", bad, bad, "plain", bad},
             {"prompt", made, bad, "none login", bad},
             {"max_age", made, bad, "-1", bad},
             {"response_mode", made, bad, "web_message", bad},
             {"claims", made, bad, "[]", bad},
             {"acr_values", made, bad, "unknown", made},
             {"id_token_hint", made, bad, "x.y.z", bad},
             {"dpop_jkt", made, bad, "short", bad},
             {"resource", made, bad, "urn:unknown", bad_target, bad_target},
             {"request_uri", made, bad, "urn:x", bad},
             {"request", made, {400, "invalid_request_object"}, "x.y.z", {400, "invalid_request_object"}},
             {"registration", made, {400, "registration_not_supported"}, "{}", {400, "registration_not_supported"}}});
}

TEST_F(EndpointParameters, of_device_authorization) {
    const auto make = [&] { return with_client({{"scope", "openid"}}); };
    try_all("/oauth2/device_authorization", ok, make,
            {{"client_id", bad, who, "nobody", who},
             {"client_secret", who, who, "wrong", who},
             {"scope", ok, bad_scope, "nonsense", bad_scope}});
}

TEST_F(EndpointParameters, of_introspection) {
    const auto token = text(get_tokens(), "access_token");
    const auto make = [&] { return with_client({{"token", token}, {"token_type_hint", "access_token"}}); };
    try_all("/oauth2/introspect", ok, make,
            {{"client_id", bad, who_401, "nobody", who_401},
             {"client_secret", who_401, who_401, "wrong", who_401},
             {"token", bad, ok, "x.y.z", ok},  // an answer that says no more than that it is not active
             {"token_type_hint", ok, ok, "banana", ok}});
    EXPECT_EQ(post("/oauth2/introspect", with(make(), "token", "x.y.z")).body, R"({"active":false})");
}

TEST_F(EndpointParameters, of_the_header_that_proves_a_client) {
    const std::pair<std::string, std::string> good{"Authorization", basic(web.str(), secret)};
    const auto outcome_with = [&](const Pairs& headers) {
        return outcome_of(post("/oauth2/introspect", Pairs{{"token", "x"}}, headers));
    };
    EXPECT_EQ(outcome_with({good}), ok);
    EXPECT_EQ(outcome_with({}), bad);
    EXPECT_EQ(outcome_with({good, good}), bad) << "which of two, servers may disagree about";
    EXPECT_EQ(outcome_with({{"Authorization", ""}}), who_401);
    EXPECT_EQ(outcome_with({{"Authorization", "Basic"}}), who_401);
    EXPECT_EQ(outcome_with({{"Authorization", "Basic !"}}), who_401);
    EXPECT_EQ(outcome_with({{"Authorization", "Bearer x"}}), who_401);
    EXPECT_EQ(outcome_with({{"Authorization", "Basic " + std::string(20'000, 'A')}}), who_401);
    EXPECT_EQ(outcome_with({{"Authorization", basic(web.str(), "wrong")}}), who_401);
}

TEST_F(EndpointParameters, of_revocation) {
    const auto make = [&] {
        return with_client({{"token", text(get_tokens(), "refresh_token")}, {"token_type_hint", "refresh_token"}});
    };
    try_all("/oauth2/revoke", ok, make,
            {{"client_id", bad, who_401, "nobody", who_401},
             {"client_secret", who_401, who_401, "wrong", who_401},
             {"token", bad, ok, "unknown", ok},  // RFC 7009 §2.2
             {"token_type_hint", ok, ok, "banana", ok}});
}

TEST_F(EndpointParameters, of_a_refresh) {
    const auto token = text(get_tokens({{"scope", "openid phone"}}), "refresh_token");
    const auto make = [&] {
        return with_client({{"grant_type", "refresh_token"}, {"refresh_token", token}, {"scope", "openid"}});
    };
    try_all("/oauth2/token", ok, make,
            {{"grant_type", bad, {400, "unsupported_grant_type"}, "password", {400, "unsupported_grant_type"}},
             {"refresh_token", bad, bad_grant, "unknown", bad_grant},
             {"scope", ok, bad_scope, "nonsense", bad_scope},
             {"client_id", bad, who, "nobody", who},
             {"client_secret", who, who, "wrong", who},
             {"resource", ok, bad_target, "urn:unknown", bad_target, bad_target}});
}

TEST_F(EndpointParameters, of_a_client_for_itself) {
    const auto make = [&] {
        return with_client({{"grant_type", "client_credentials"}, {"scope", "https://api.example/v1/read"}}, robot);
    };
    try_all("/oauth2/token", ok, make,
            {{"scope", ok, bad_scope, "openid", bad_scope},
             {"client_id", bad, who, "nobody", who},
             {"client_secret", who, who, "wrong", who},
             {"client_assertion", ok, bad, "x.y.z", bad},
             {"client_assertion_type", ok, bad, "banana", bad},
             {"resource", ok, bad_target, "urn:unknown", bad_target, bad_target}});
}

TEST_F(EndpointParameters, of_a_waiting_device) {
    DeviceAuthorizationService devices{*services};
    const auto make = [&] {
        const auto codes = json_of(post("/oauth2/device_authorization", with_client({{"scope", "openid"}})));
        auto device = run(devices.find(pool_id, *read_user_code(text(codes, "user_code")), {}));
        EXPECT_TRUE(run(devices.approve(*device, signed_in())));
        clock.advance(std::chrono::minutes(10));  // so that typing codes is not counted
        const auto fresh = json_of(post("/oauth2/device_authorization", with_client({{"scope", "openid"}})));
        auto next = run(devices.find(pool_id, *read_user_code(text(fresh, "user_code")), {}));
        EXPECT_TRUE(run(devices.approve(*next, signed_in())));
        return with_client(
            {{"grant_type", std::string(device_grant_type)}, {"device_code", text(fresh, "device_code")}});
    };
    try_all("/oauth2/token", ok, make,
            {{"device_code", bad, bad_grant, "unknown", bad_grant},
             {"client_id", bad, who, "nobody", who},
             {"client_secret", who, who, "wrong", who}});
}

TEST_F(EndpointParameters, of_a_token_exchange) {
    constexpr const char* type = "urn:ietf:params:oauth:token-type:access_token";
    const auto token = text(get_tokens({{"scope", "openid phone"}}), "access_token");
    const auto make = [&] {
        return with_client({{"grant_type", std::string(token_exchange_type)},
                            {"subject_token", token},
                            {"subject_token_type", type},
                            {"scope", "openid"},
                            {"requested_token_type", type}});
    };
    try_all("/oauth2/token", ok, make,
            {{"subject_token", bad, bad, "x.y.z", bad},
             {"subject_token_type", bad, bad, "banana", bad},
             {"requested_token_type", ok, bad, "banana", bad},
             {"actor_token", ok, bad, "x.y.z", bad},
             {"actor_token_type", ok, bad, type, bad},
             {"scope", ok, bad_scope, "nonsense", bad_scope},
             {"audience", ok, bad_target, "urn:unknown", bad_target},
             {"resource", ok, bad_target, "urn:unknown", bad_target, bad_target}});
}

// RFC 6750 §2, §3.1: two tokens are an invalid request, none is answered with a challenge that names no error.
TEST_F(EndpointParameters, of_user_info) {
    const auto token = text(get_tokens(), "access_token");
    const auto challenge_of = [](const net::Response& answer) { return header(answer, "WWW-Authenticate"); };
    const auto posted = [&](const Pairs& form, Pairs headers = {}) {
        return post("/oauth2/userInfo", form, std::move(headers));
    };
    EXPECT_EQ(posted({{"access_token", token}}).status, 200);
    for (const Pairs& form : {Pairs{{"x", "y"}}, Pairs{{"access_token", ""}}}) {
        const auto answer = posted(form);
        EXPECT_EQ(answer.status, 401);
        EXPECT_EQ(challenge_of(answer), "Bearer");
        EXPECT_EQ(answer.body, "");
    }
    for (const auto& wrong : {std::string("x.y.z"), std::string(20'000, 'x'), token + "x"}) {
        const auto answer = posted({{"access_token", wrong}});
        EXPECT_EQ(answer.status, 401);
        EXPECT_EQ(challenge_of(answer).rfind("Bearer error=\"invalid_token\"", 0), 0U);
        EXPECT_EQ(text(json_of(answer), "error"), "invalid_token");
    }
    const std::pair<std::string, std::string> bearer{"Authorization", "Bearer " + token};
    for (const auto& answer :
         {posted({{"access_token", token}, {"access_token", token}}), posted({{"access_token", token}}, {bearer}),
          get("/oauth2/userInfo", {bearer, bearer})}) {
        EXPECT_EQ(answer.status, 400);
        EXPECT_EQ(challenge_of(answer).rfind("Bearer error=\"invalid_request\"", 0), 0U) << challenge_of(answer);
    }
    EXPECT_EQ(get("/oauth2/userInfo?access_token=" + token).status, 401) << "never from the query (RFC 9700 §4.3.2)";
}

// A person's browser is there: what is wrong is shown on a page, and nobody is sent anywhere else.
TEST_F(EndpointParameters, of_logout) {
    change_client(web, [](auto& settings) {
        settings.LogoutURLs = List<directory::shape::RedirectUrl, 0, 100>{"https://ok.example/bye"};
    });
    const auto id_token = text(get_tokens(), "id_token");
    const std::string page = std::string(pool_url) + "/error?", out = std::string(pool_url) + "/logout/done";
    const auto goes = [&](const Pairs& query) {
        const auto answer = get("/logout?" + encode(query));
        EXPECT_EQ(answer.status, 302);
        return location(answer);
    };
    const Pairs cognito{{"client_id", web.str()}, {"logout_uri", "https://ok.example/bye"}};
    const Pairs standard{
        {"id_token_hint", id_token}, {"post_logout_redirect_uri", "https://ok.example/bye"}, {"state", "s"}};
    EXPECT_EQ(goes(cognito), "https://ok.example/bye");
    EXPECT_EQ(goes(standard), "https://ok.example/bye?state=s");
    const std::string huge(20'000, 'x');
    for (const char* name : {"client_id", "logout_uri"}) {
        EXPECT_EQ(goes(without(cognito, name)).rfind(page, 0), 0U) << name;
        EXPECT_EQ(goes(with(cognito, name, "")).rfind(page, 0), 0U) << name;
        EXPECT_EQ(goes(with(cognito, name, huge)).rfind(page, 0), 0U) << name;
        EXPECT_EQ(goes(with(cognito, name, "https://evil.example")).rfind(page, 0), 0U) << name;
    }
    EXPECT_EQ(goes(without(standard, "id_token_hint")).find("ok.example"), std::string::npos)
        << "nobody vouches for it";
    for (const char* name : {"id_token_hint", "post_logout_redirect_uri"}) {
        EXPECT_EQ(goes(with(standard, name, huge)).rfind(page, 0), 0U) << name;
        EXPECT_EQ(goes(with(standard, name, "https://evil.example")).rfind(page, 0), 0U) << name;
    }
    EXPECT_EQ(goes(without(standard, "state")), "https://ok.example/bye");
    EXPECT_EQ(goes(without(standard, "post_logout_redirect_uri")).rfind(std::string(pool_url), 0), 0U);
    for (const char* query : {"client_id=%zz", "client_id=%00", "client_id=%ff"})
        EXPECT_EQ(location(get(std::string("/logout?") + query)).rfind(page, 0), 0U) << query;
}

// Of two values the first one counts for every part of the request, so that what was checked is where people are sent.
TEST_F(EndpointParameters, of_logout_given_twice_never_lead_elsewhere) {
    change_client(web, [](auto& settings) {
        settings.LogoutURLs = List<directory::shape::RedirectUrl, 0, 100>{"https://ok.example/bye"};
    });
    const auto query = encode({{"client_id", web.str()}});
    for (const char* name : {"logout_uri", "post_logout_redirect_uri"}) {
        const auto good = "&" + std::string(name) + "=https%3A%2F%2Fok.example%2Fbye";
        const auto evil = "&" + std::string(name) + "=https%3A%2F%2Fevil.example";
        EXPECT_EQ(location(get("/logout?" + query + good + evil)).find("evil"), std::string::npos) << name;
        EXPECT_EQ(location(get("/logout?" + query + evil + good)).find("evil"), std::string::npos) << name;
    }
}

}  // namespace
}  // namespace symbolon::oauth
