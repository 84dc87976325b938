// Request objects: RFC 9101, OpenID Connect Core §6.
#include "oauth/house.hpp"

#include "crypto/jose/jwt.hpp"
#include "crypto/test_keys.hpp"

#include <boost/json/serialize.hpp>

namespace symbolon::oauth {
namespace {

using boost::json::array;
using boost::json::object;

class SignedRequests : public House {
protected:
    SignedRequests() {
        extend_client(web,
                      [](auto& extensions) { extensions.jwks = object{{"keys", array{test_key(2).public_jwk()}}}; });
    }
    object claims() const {
        const auto now = to_seconds(clock.now());
        return {{"iss", web.str()},        {"aud", pool_url},          {"client_id", web.str()},
                {"response_type", "code"}, {"redirect_uri", callback}, {"scope", "openid"},
                {"state", "signed"},       {"exp", now + 300},         {"nbf", now}};
    }
    template <class T>
    object with(std::string_view name, T value) const {
        auto changed = claims();
        changed[name] = boost::json::value(std::move(value));
        return changed;
    }
    static std::string sign(const object& claims, std::string_view typ = "oauth-authz-req+jwt") {
        return crypto::jose::sign_jwt(test_key(2), claims, typ);
    }
    net::Response send_object(const std::string& jwt, Pairs more = {}) {
        Pairs query{{"client_id", web.str()}, {"request", jwt}};
        for (auto& field : more) query.push_back(std::move(field));
        return get("/oauth2/authorize?" + encode(query), {sign_in_browser()});
    }
    std::string state_of(const std::string& jwt, Pairs more = {}) {
        const auto url = location(send_object(jwt, std::move(more)));
        return parameter_of(url, "code").empty() ? "refused" : parameter_of(url, "state");
    }
    /// The error of an object that was not taken, told to the redirect URI that the query names.
    std::string error_of(const std::string& jwt) {
        const auto url =
            location(send_object(jwt, {{"redirect_uri", std::string(callback)}, {"response_type", "code"}}));
        EXPECT_EQ(url.rfind(std::string(callback) + "?", 0), 0U) << url;
        return parameter_of(url, "error");
    }
};

TEST_F(SignedRequests, are_answered) {
    EXPECT_EQ(state_of(sign(claims())), "signed");
    EXPECT_EQ(state_of(sign(claims(), "JWT")), "signed");
    EXPECT_EQ(state_of(sign(claims(), "")), "signed");
}

TEST_F(SignedRequests, count_alone) {
    const Pairs changed{{"state", "changed"}, {"redirect_uri", "https://evil.example"}, {"scope", "phone"}};
    EXPECT_EQ(state_of(sign(claims()), changed), "signed");
    auto without_state = claims();
    without_state.erase("state");
    EXPECT_EQ(state_of(sign(without_state), changed), "") << "a parameter of the query is not merged (RFC 9101 §6.3)";
}

TEST_F(SignedRequests, of_another_key_are_refused) {
    EXPECT_EQ(error_of(crypto::jose::sign_jwt(test_key(0), claims())), "invalid_request_object");
    auto broken = sign(claims());
    broken[broken.size() - 10] = broken[broken.size() - 10] == 'A' ? 'B' : 'A';
    EXPECT_EQ(error_of(broken), "invalid_request_object");
    extend_client(web, [](auto& extensions) { extensions.jwks.reset(); });
    EXPECT_EQ(error_of(sign(claims())), "invalid_request_object") << "a client without keys has no request objects";
}

// Attack class: alg none, and an algorithm that the client did not choose.
TEST_F(SignedRequests, have_an_algorithm_of_the_client) {
    const auto none = "eyJhbGciOiJub25lIn0." + sign(claims()).substr(sign(claims()).find('.') + 1);
    EXPECT_EQ(error_of(none.substr(0, none.rfind('.') + 1)), "invalid_request_object");
    extend_client(
        web, [](auto& extensions) { extensions.request_object_signing_alg = directory::SignatureAlgorithm::ES256; });
    EXPECT_EQ(error_of(sign(claims())), "invalid_request_object");
    extend_client(
        web, [](auto& extensions) { extensions.request_object_signing_alg = directory::SignatureAlgorithm::RS256; });
    EXPECT_EQ(state_of(sign(claims())), "signed");
}

// FAPI 2.0 §5.4: PS256, ES256 or EdDSA.
TEST_F(SignedRequests, have_an_algorithm_of_the_pools_profile) {
    const auto curve = crypto::jose::SigningKey::generate(crypto::jose::Algorithm::es256);
    extend_client(web, [&](auto& extensions) {
        extensions.jwks = object{{"keys", array{test_key(2).public_jwk(), curve.public_jwk()}}};
    });
    extend_pool([](auto& extensions) { extensions.security_profile = directory::SecurityProfile::fapi2; });
    EXPECT_EQ(error_of(sign(claims())), "invalid_request_object") << "RS256";
    EXPECT_EQ(error_of(crypto::jose::sign_jwt(curve, claims())), "invalid_request") << "only that it was not pushed";
}

TEST_F(SignedRequests, are_the_clients_own_and_for_this_issuer) {
    EXPECT_EQ(error_of(sign(with("iss", app.str()))), "invalid_request_object");
    EXPECT_EQ(error_of(sign(with("client_id", app.str()))), "invalid_request_object");
    EXPECT_EQ(error_of(sign(with("aud", "https://other.example"))), "invalid_request_object");
    EXPECT_EQ(state_of(sign(with("aud", array{"https://other.example", pool_url}))), "signed");
    auto bare = claims();
    for (const char* name : {"iss", "aud", "exp", "nbf"}) bare.erase(name);
    EXPECT_EQ(state_of(sign(bare)), "signed") << "RFC 9101 asks for none of them";
    bare.erase("client_id");
    EXPECT_EQ(error_of(sign(bare)), "invalid_request_object");
}

TEST_F(SignedRequests, hold_at_their_time) {
    const auto now = to_seconds(clock.now());
    EXPECT_EQ(error_of(sign(with("exp", now))), "invalid_request_object");
    EXPECT_EQ(error_of(sign(with("exp", "soon"))), "invalid_request_object");
    EXPECT_EQ(error_of(sign(with("nbf", now + 60))), "invalid_request_object");
}

// Attack class: a JWT that was made for something else.
TEST_F(SignedRequests, are_no_jwts_of_another_kind) {
    EXPECT_EQ(error_of(sign(claims(), "at+jwt")), "invalid_request_object");
    EXPECT_EQ(error_of(sign(claims(), "dpop+jwt")), "invalid_request_object");
    EXPECT_EQ(error_of(sign(with("sub", web.str()))), "invalid_request_object") << "a client assertion";
}

TEST_F(SignedRequests, hold_parameters_alone) {
    EXPECT_EQ(error_of(sign(with("request", "x"))), "invalid_request_object");
    EXPECT_EQ(error_of(sign(with("request_uri", "https://ok.example/r"))), "invalid_request_object");
    EXPECT_EQ(error_of(sign(with("scope", array{"openid"}))), "invalid_request_object");
    EXPECT_EQ(error_of(sign(with("scope", nullptr))), "invalid_request_object");
    EXPECT_EQ(state_of(sign(with("max_age", 3600))), "signed") << "a number is its digits";
    EXPECT_EQ(state_of(sign(with("claims", object{{"userinfo", object{{"email", nullptr}}}}))), "signed");
    EXPECT_EQ(state_of(sign(with("resource", array{"https://api.example/v1"}))), "signed");
}

TEST_F(SignedRequests, are_not_given_in_two_ways) {
    const auto answer =
        send_object(sign(claims()), {{"request", sign(claims())}, {"redirect_uri", std::string(callback)}});
    EXPECT_EQ(parameter_of(location(answer), "error"), "invalid_request");
    const auto both = send_object(
        sign(claims()), {{"request_uri", "https://ok.example/request.jwt"}, {"redirect_uri", std::string(callback)}});
    EXPECT_EQ(parameter_of(location(both), "error"), "invalid_request");
}

TEST_F(SignedRequests, may_expire_while_a_person_signs_in) {
    const auto answer = get("/oauth2/authorize?" + encode({{"client_id", web.str()}, {"request", sign(claims())}}));
    const auto to = location(answer);
    EXPECT_EQ(to.rfind(std::string(pool_url) + "/login?", 0), 0U) << to;
    EXPECT_EQ(parameter_of(to, "request"), "");
    clock.advance(std::chrono::minutes(30));
    const auto site = run(sites->find("id.example", "/" + pool_id.str() + "/login"))->site;
    auto checked = run(authorization->check(site, to.substr(to.find('?') + 1)));
    ASSERT_TRUE(std::holds_alternative<AuthorizationRequest>(checked));
    const auto ended = run(authorization->respond(site, std::get<AuthorizationRequest>(checked), signed_in()));
    EXPECT_EQ(parameter_of(location(ended), "state"), "signed");
}

TEST_F(SignedRequests, do_not_reach_a_page_unread) {
    const auto site = run(sites->find("id.example", "/" + pool_id.str() + "/login"))->site;
    const auto query = encode({{"client_id", web.str()}, {"request", sign(claims())}});
    EXPECT_FALSE(std::holds_alternative<AuthorizationRequest>(run(authorization->check(site, query))));
}

TEST_F(SignedRequests, may_be_pushed) {
    const auto answer =
        post("/oauth2/par", Pairs{{"request", sign(claims())}}, {{"Authorization", basic(web.str(), secret)}});
    ASSERT_EQ(answer.status, 201) << answer.body;
    const auto url =
        location(get("/oauth2/authorize?" +
                         encode({{"client_id", web.str()}, {"request_uri", text(json_of(answer), "request_uri")}}),
                     {sign_in_browser()}));
    EXPECT_EQ(parameter_of(url, "state"), "signed");
    const auto refused = post("/oauth2/par", Pairs{{"request", sign(with("iss", app.str()))}},
                              {{"Authorization", basic(web.str(), secret)}});
    EXPECT_EQ(text(json_of(refused), "error"), "invalid_request_object");
}

class Promised : public SignedRequests {
protected:
    Promised() {
        extend_client(web, [](auto& extensions) { extensions.require_signed_request_object = true; });
    }
};

TEST_F(Promised, a_client_that_signs_sends_nothing_unsigned) {
    EXPECT_EQ(parameter_of(location(authorize({}, {sign_in_browser()})), "error"), "invalid_request");
    EXPECT_EQ(state_of(sign(claims())), "signed");
    const Pairs form{{"client_id", web.str()},
                     {"client_secret", std::string(secret)},
                     {"response_type", "code"},
                     {"redirect_uri", std::string(callback)}};
    EXPECT_EQ(text(json_of(post("/oauth2/par", form)), "error"), "invalid_request");
}

// FAPI 2.0 Message Signing §5.3.1.
TEST_F(Promised, its_objects_say_for_whom_and_when) {
    const auto now = to_seconds(clock.now());
    for (const char* name : {"iss", "aud", "exp", "nbf"}) {
        auto changed = claims();
        changed.erase(name);
        EXPECT_EQ(error_of(sign(changed)), "invalid_request_object") << name;
    }
    EXPECT_EQ(error_of(sign(with("nbf", now - 3601))), "invalid_request_object");
    EXPECT_EQ(error_of(sign(with("exp", now + 3601))), "invalid_request_object");
}

class RequestUri : public SignedRequests {
protected:
    static constexpr std::string_view url = "https://ok.example/request.jwt";
    RequestUri() {
        extend_client(
            web, [](auto& extensions) { extensions.request_uris = List<directory::shape::ExtensionUri, 0, 20>{url}; });
    }
    std::string answer_to(const std::string& request_uri) {
        const auto to = location(get("/oauth2/authorize?" + encode({{"client_id", web.str()},
                                                                    {"request_uri", request_uri},
                                                                    {"redirect_uri", std::string(callback)}}),
                                     {sign_in_browser()}));
        return parameter_of(to, "code").empty() ? parameter_of(to, "error") : parameter_of(to, "state");
    }
};

TEST_F(RequestUri, is_read_where_the_client_registered_it) {
    fetcher.put(std::string(url), sign(claims()));
    EXPECT_EQ(answer_to(std::string(url)), "signed");
}

// Attack class: a request_uri that makes the server ask its own network.
TEST_F(RequestUri, that_is_not_registered_is_never_asked) {
    for (const char* other :
         {"https://ok.example/request.jwt?x=1", "http://169.254.169.254/latest", "file:///etc/passwd",
          "https://OK.example/request.jwt", "https://ok.example/request.jwt#x", "urn:x"}) {
        EXPECT_EQ(answer_to(other), "invalid_request_uri") << other;
    }
    EXPECT_TRUE(fetcher.asked.empty());
}

TEST_F(RequestUri, that_gives_no_object_is_refused) {
    EXPECT_EQ(answer_to(std::string(url)), "invalid_request_uri") << "nobody is there";
    net::ClientResponse moved;
    moved.status = 302;
    moved.body = sign(claims());
    fetcher.put(std::string(url), moved);
    EXPECT_EQ(answer_to(std::string(url)), "invalid_request_uri");
    fetcher.put(std::string(url), "<html>");
    EXPECT_EQ(answer_to(std::string(url)), "invalid_request_object");
    fetcher.put(std::string(url), crypto::jose::sign_jwt(test_key(0), claims()));
    EXPECT_EQ(answer_to(std::string(url)), "invalid_request_object");
}

}  // namespace
}  // namespace symbolon::oauth
