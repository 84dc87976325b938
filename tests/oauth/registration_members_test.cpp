// What clients may say of themselves: each member of the metadata, and what pools that keep to the standards take.

#include "crypto/test_keys.hpp"
#include "oauth/registration_house.hpp"

#include <boost/json/value.hpp>

#include <vector>

namespace symbolon::oauth {
namespace {

using boost::json::value;

/// A member, a value that is taken and comes back, and values of its type that are not taken. All members may be left
/// out, or be null, which is the same (RFC 7591 §2).
struct Member {
    const char* name;
    value good;
    std::vector<value> wrong;
};

value text_of_length(std::size_t length) {
    return boost::json::string(std::string(length, 'x'));
}

std::vector<Member> members() {
    const value keys = object{{"keys", array{test_key(2).public_jwk()}}};
    const value no_url = "javascript:alert(1)",
                long_url = boost::json::string("https://a.example/" + std::string(20'000, 'x'));
    return {{"client_name", "Lamp", {text_of_length(129)}},
            {"post_logout_redirect_uris", array{"https://lamp.example/bye"}, {array{no_url}, array{long_url}}},
            {"grant_types",
             array{"authorization_code", "refresh_token"},
             {array{"password"}, array{text_of_length(20'000)}}},
            {"response_types", array{"code"}, {array{"banana"}, array{"code code"}, array{""}}},
            {"scope", "openid email", {"nonsense", "openid \"", text_of_length(20'000)}},
            {"token_endpoint_auth_method", "client_secret_post", {"banana", ""}},
            {"token_endpoint_auth_signing_alg", "ES256", {"none", "HS512", ""}},
            {"jwks",
             keys,
             {array{}, object{{"keys", array{7}}}, object{{"keys", array{object{{"kty", "oct"}, {"k", "x"}}}}}}},
            {"jwks_uri", "https://lamp.example/keys", {no_url, long_url, "http://lamp.example/keys", ""}},
            {"subject_type", "public", {"banana", ""}},
            {"id_token_signed_response_alg", "RS256", {"none", "ES256", ""}},
            {"userinfo_signed_response_alg", "RS256", {"none", "ES256", ""}},
            {"authorization_signed_response_alg", "RS256", {"none", "ES256", ""}},
            {"request_object_signing_alg", "ES256", {"none", ""}},
            {"request_uris", array{"https://lamp.example/request"}, {array{no_url}, array{long_url}}},
            {"default_max_age", 3600, {-1, 4'000'000'000}},
            {"require_auth_time", true, {}},
            {"default_acr_values", array{"urn:cognito:loa:1"}, {array{""}, array{text_of_length(257)}}},
            {"require_pushed_authorization_requests", true, {}},
            {"dpop_bound_access_tokens", true, {}},
            {"require_dpop_nonce", true, {}},
            {"tls_client_certificate_bound_access_tokens", true, {}},
            {"client_uri", "https://lamp.example/", {no_url, long_url, ""}},
            {"logo_uri", "https://lamp.example/logo.png", {no_url, long_url, "data:image/png;base64,AA"}},
            {"policy_uri", "https://lamp.example/policy", {no_url, long_url}},
            {"tos_uri", "https://lamp.example/terms", {no_url, long_url}},
            {"initiate_login_uri", "https://lamp.example/begin", {no_url, long_url, "lamp:begin", "/begin"}},
            {"backchannel_logout_uri", "https://lamp.example/out", {no_url, long_url, "http://169.254.169.254/"}},
            {"backchannel_logout_session_required", true, {}},
            {"frontchannel_logout_uri", "https://lamp.example/out", {no_url, long_url}},
            {"frontchannel_logout_session_required", true, {}},
            {"access_token_format", "opaque", {"banana", ""}}};
}

class RegisteredMember : public Registration {
protected:
    static object with(const Member& member, value said) {
        auto all = metadata();
        all[member.name] = std::move(said);
        return all;
    }
    /// Values of other types than the member has, and those of its own that are not taken.
    static std::vector<value> wrong_values_of(const Member& member) {
        std::vector<value> all{object{{"a", 1}}, array{array{}}};
        if (!member.good.is_number()) all.emplace_back(7);
        if (!member.good.is_string()) all.emplace_back("text");
        all.insert(all.end(), member.wrong.begin(), member.wrong.end());
        return all;
    }
    const std::string for_many =
        make_initial_access_token(*sealer, random, pool_id, clock.now() + std::chrono::hours(1), Registrations::many);
};

TEST_F(RegisteredMember, comes_back_as_it_was_said) {
    for (const auto& member : members()) {
        SCOPED_TRACE(member.name);
        const auto answer = enrol(with(member, member.good), for_many);
        ASSERT_EQ(answer.status, 201) << answer.body;
        EXPECT_EQ(json_of(answer).at(member.name), member.good);
    }
}

TEST_F(RegisteredMember, may_be_left_out) {
    for (const auto& member : members()) {
        SCOPED_TRACE(member.name);
        auto without = metadata();
        without.erase(member.name);
        EXPECT_EQ(enrol(without, for_many).status, 201);
        EXPECT_EQ(enrol(with(member, nullptr), for_many).status, 201);
    }
}

TEST_F(RegisteredMember, is_refused_when_it_is_wrong_and_registers_nobody) {
    const auto once = initial_token();
    for (const auto& member : members()) {
        for (const auto& wrong : wrong_values_of(member)) {
            SCOPED_TRACE(std::string(member.name) + " " + boost::json::serialize(wrong).substr(0, 60));
            const auto answer = enrol(with(member, wrong), once);
            EXPECT_EQ(answer.status, 400);
            const auto error = text(json_of(answer), "error");
            EXPECT_TRUE(error == "invalid_client_metadata" || error == "invalid_redirect_uri") << answer.body;
            EXPECT_LT(answer.body.size(), 500U) << "little of what was sent comes back";
            for (const char c : text(json_of(answer), "error_description"))
                EXPECT_TRUE(c >= 0x20 && c <= 0x7e && c != '"' && c != '\\') << "RFC 6749 §5.2";
            EXPECT_NE(header(answer, "Cache-Control").find("no-store"), std::string::npos);
        }
    }
    EXPECT_EQ(enrol(metadata(), once).status, 201) << "a refusal does not use the token up";
}

TEST_F(Registration, passes_over_what_it_does_not_know) {
    auto said = metadata();
    said["software_statement_of_the_future"] = object{{"a", array{1, 2}}};
    EXPECT_FALSE(enrolled(said).contains("software_statement_of_the_future"));
}

class StrictRegistration : public Registration {
protected:
    StrictRegistration() {
        extend_pool([](auto& e) { e.strict_oidc = true; });
    }
    void allow(std::initializer_list<directory::OAuthFlowType> flows) {
        directory::DcrConfigurationType dcr;
        dcr.AuthenticatedGrantTypes = List<directory::OAuthFlowType, 0, 3>(flows);
        set_registration(dcr);
    }
    static object asking(const array& response_types, const array& grant_types) {
        auto said = metadata();
        said["response_types"] = response_types;
        said["grant_types"] = grant_types;
        return said;
    }
    const array both{"authorization_code", "implicit"};
};

// OpenID Connect Dynamic Registration §2: response_types, grant_types.
TEST_F(StrictRegistration, takes_response_types_with_their_grants_where_the_pool_lets_it) {
    using enum directory::OAuthFlowType;
    allow({code, implicit});
    for (const char* type :
         {"code", "id_token", "id_token token", "code id_token", "code token", "code id_token token"})
        EXPECT_EQ(enrolled(asking(array{type}, both)).at("response_types"), array{type});
    EXPECT_EQ(error_of(asking(array{"code id_token"}, array{"authorization_code"})), "invalid_client_metadata");
    EXPECT_EQ(error_of(asking(array{"code"}, array{"implicit"})), "invalid_client_metadata");
    EXPECT_EQ(error_of(asking(array{"none"}, both)), "invalid_client_metadata");
    const auto made = enrolled(asking(array{"id_token"}, array{"implicit"}));
    EXPECT_EQ(made.at("grant_types"), array{"implicit"});
    auto nowhere = asking(array{"id_token"}, array{"implicit"});
    nowhere.erase("redirect_uris");
    EXPECT_EQ(error_of(nowhere), "invalid_redirect_uri");
}

TEST_F(StrictRegistration, what_was_registered_is_what_works) {
    using enum directory::OAuthFlowType;
    allow({code, implicit});
    const auto id = text(enrolled(asking(array{"code id_token"}, both)), "client_id");
    const auto answer_to = [&](const char* type) {
        return location(authorize({{"client_id", id},
                                   {"response_type", type},
                                   {"redirect_uri", "https://lamp.example/cb"},
                                   {"scope", "openid"},
                                   {"nonce", "n"}},
                                  {sign_in_browser()}));
    };
    EXPECT_NE(answer_to("code id_token").find("/consent?"), std::string::npos) << answer_to("code id_token");
    EXPECT_EQ(parameter_of(answer_to("code"), "error"), "unauthorized_client");
    EXPECT_EQ(parameter_of(answer_to("id_token"), "error", '#'), "unauthorized_client");
}

TEST_F(StrictRegistration, gives_no_tokens_by_the_browser_where_the_pool_does_not_say_so) {
    using enum directory::OAuthFlowType;
    EXPECT_EQ(error_of(asking(array{"code id_token"}, both)), "invalid_client_metadata") << "by default";
    allow({code});
    EXPECT_EQ(error_of(asking(array{"code id_token"}, both)), "invalid_client_metadata");
    EXPECT_EQ(enrolled(asking(array{"code"}, both)).at("grant_types"), (array{"authorization_code", "refresh_token"}));
    // The service takes the word and passes over it.
    extend_pool([](auto& e) { e.strict_oidc.reset(); });
    allow({code, implicit});
    EXPECT_EQ(error_of(asking(array{"code id_token"}, both)), "invalid_client_metadata");
}

// OpenID Connect Core §5.4.
TEST_F(StrictRegistration, takes_the_scope_address) {
    auto said = metadata();
    said["scope"] = "openid address";
    EXPECT_EQ(text(enrolled(said), "scope"), "openid address");
    extend_pool([](auto& e) { e.strict_oidc.reset(); });
    EXPECT_EQ(error_of(said), "invalid_client_metadata");
}

}  // namespace
}  // namespace symbolon::oauth
