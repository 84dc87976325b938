// Passkeys of users (cognito-api.md §2.19, §3.12). What the ceremonies check is in tests/crypto/web_authn; signing in
// with a passkey in tests/signin.
#include "aws/house.hpp"
#include "base/encoding.hpp"
#include "crypto/web_authn/authenticator.hpp"

#include <functional>
#include <string>

namespace symbolon::aws {
namespace {

using namespace std::chrono_literals;
using crypto::web_authn::Authenticator;

const Refused no_challenge{"WebAuthnChallengeNotFound", "There is no registration under way, or it has expired."};

class PasskeyCalls : public House {
protected:
    PasskeyCalls() { call("CreateUserPoolDomain", {{"UserPoolId", pool}, {"Domain", "acme"}}); }

    static object settings() {
        return with(tutorial(), {{"MfaConfiguration", nullptr}, {"Policies", parse(R"({"SignInPolicy":
                                     {"AllowedFirstAuthFactors": ["PASSWORD", "WEB_AUTHN"]}})")}});
    }
    std::string access_token(const std::string& of_client, std::string_view username = jane) {
        return text(sign_in(of_client, username), "AuthenticationResult.AccessToken");
    }
    /// CredentialCreationOptions.
    object start() {
        return part(call("StartWebAuthnRegistration", {{"AccessToken", access}}), "CredentialCreationOptions");
    }
    object completion(const object& credential) const { return {{"AccessToken", access}, {"Credential", credential}}; }
    void register_passkey() { call("CompleteWebAuthnRegistration", completion(authenticator.create(start()))); }
    array list() { return call("ListWebAuthnCredentials", {{"AccessToken", access}}).at("Credentials").as_array(); }
    /// The refusal of a registration by an authenticator that was changed.
    Refused broken(const std::function<void(Authenticator&)>& change) {
        Authenticator changed;
        changed.relying_party = authenticator.relying_party;
        changed.origin = authenticator.origin;
        change(changed);
        return refusal("CompleteWebAuthnRegistration", completion(changed.create(start())));
    }
    void configure(const object& web_authn) {
        call("SetUserPoolMfaConfig",
             {{"UserPoolId", pool}, {"MfaConfiguration", "OFF"}, {"WebAuthnConfiguration", web_authn}});
    }

    const signin::PublicNames public_names = services.names = {std::string(base_url), ""};
    const std::string pool = add_pool(settings());
    const std::string client = add_client(pool);
    const std::string sub = add_user(pool, client);
    const std::string access = access_token(client);
    Authenticator authenticator = [] {
        Authenticator made;
        made.relying_party = "id.example";
        made.origin = "https://id.example";
        return made;
    }();
};

TEST_F(PasskeyCalls, registration_begins_with_options_for_the_browser) {
    const auto asked = start();
    EXPECT_EQ(part(asked, "rp"), (object{{"id", "id.example"}, {"name", "id.example"}}));
    const auto user = part(asked, "user");
    EXPECT_EQ(text(user, "id"), to_base64url(bytes_of(sub)));
    EXPECT_EQ(text(user, "name"), jane);
    EXPECT_EQ(text(user, "displayName"), jane);
    EXPECT_EQ(parse_base64url(text(asked, "challenge"))->size(), 32U);
    EXPECT_NE(text(asked, "challenge"), text(start(), "challenge"));
    EXPECT_EQ(asked.at("pubKeyCredParams"),
              boost::json::parse(R"([{"type": "public-key", "alg": -7}, {"type": "public-key", "alg": -257},
                                     {"type": "public-key", "alg": -8}])"));
    EXPECT_EQ(asked.at("timeout"), 60'000);
    EXPECT_EQ(asked.at("excludeCredentials"), array{});
    EXPECT_EQ(part(asked, "authenticatorSelection"),
              (object{{"requireResidentKey", true}, {"residentKey", "required"}, {"userVerification", "preferred"}}));
}

TEST_F(PasskeyCalls, a_passkey_is_registered_listed_and_deleted) {
    EXPECT_EQ(call("CompleteWebAuthnRegistration", completion(authenticator.create(start()))), object{});
    const auto all = list();
    ASSERT_EQ(all.size(), 1U);
    const auto& shown = all[0].as_object();
    const std::string id = to_base64url(authenticator.id);
    EXPECT_EQ(text(shown, "CredentialId"), id);
    EXPECT_EQ(text(shown, "FriendlyCredentialName"), "Passkey 2027-01-15");
    EXPECT_EQ(text(shown, "RelyingPartyId"), "id.example");
    EXPECT_EQ(text(shown, "AuthenticatorAttachment"), "platform");
    EXPECT_EQ(shown.at("AuthenticatorTransports"), (array{"internal", "hybrid"}));
    EXPECT_TRUE(shown.at("CreatedAt").is_number());
    EXPECT_EQ(shown.size(), 6U) << "no key";

    const auto excluded = start().at("excludeCredentials").as_array();
    ASSERT_EQ(excluded.size(), 1U);
    EXPECT_EQ(text(excluded[0].as_object(), "id"), id);

    EXPECT_EQ(call("DeleteWebAuthnCredential", {{"AccessToken", access}, {"CredentialId", id}}), object{});
    EXPECT_TRUE(list().empty());
    const Refused unknown{"ResourceNotFound", "The passkey does not exist."};
    EXPECT_EQ(refusal("DeleteWebAuthnCredential", {{"AccessToken", access}, {"CredentialId", id}}), unknown);
    EXPECT_EQ(refusal("DeleteWebAuthnCredential", {{"AccessToken", access}, {"CredentialId", "a+b"}}), unknown);
    EXPECT_EQ(refusal("DeleteWebAuthnCredential", {{"AccessToken", access}, {"CredentialId", ""}}), unknown);
}

TEST_F(PasskeyCalls, passkeys_of_every_algorithm_are_taken) {
    for (const int algorithm : {-7, -257, -8}) {
        Authenticator made(algorithm);
        made.relying_party = "id.example";
        made.origin = "https://app.id.example:8443";
        made.id = Bytes(16, static_cast<std::uint8_t>(algorithm));
        call("CompleteWebAuthnRegistration", completion(made.create(start())));
    }
    EXPECT_EQ(list().size(), 3U);
}

// Attack row 42.
TEST_F(PasskeyCalls, a_challenge_is_good_once_whatever_came_of_it) {
    const auto asked = start();
    call("CompleteWebAuthnRegistration", completion(authenticator.create(asked)));
    authenticator.id = Bytes(16, 1);
    EXPECT_EQ(refusal("CompleteWebAuthnRegistration", completion(authenticator.create(asked))), no_challenge);

    const auto second = start();
    EXPECT_EQ(refusal("CompleteWebAuthnRegistration", completion({})),
              (Refused{"InvalidParameter", "Invalid credential."}));
    EXPECT_EQ(refusal("CompleteWebAuthnRegistration", completion(authenticator.create(second))), no_challenge);
}

TEST_F(PasskeyCalls, a_challenge_ends_with_the_next_and_after_five_minutes) {
    const auto former = start();
    const auto latter = start();
    EXPECT_EQ(refusal("CompleteWebAuthnRegistration", completion(authenticator.create(former))),
              (Refused{"WebAuthnChallengeNotFound", "The credential is for another challenge."}));
    EXPECT_EQ(refusal("CompleteWebAuthnRegistration", completion(authenticator.create(latter))), no_challenge);
    const auto late = start();
    clock.advance(5min);
    EXPECT_EQ(refusal("CompleteWebAuthnRegistration", completion(authenticator.create(late))), no_challenge);
    EXPECT_TRUE(list().empty());
}

TEST_F(PasskeyCalls, a_registration_is_of_one_user) {
    const auto asked = start();
    add_user(pool, client, john);
    const auto theirs = access_token(client, john);
    EXPECT_EQ(
        refusal("CompleteWebAuthnRegistration", {{"AccessToken", theirs}, {"Credential", authenticator.create(asked)}}),
        no_challenge);
    call("CompleteWebAuthnRegistration", completion(authenticator.create(asked)));
    EXPECT_EQ(call("ListWebAuthnCredentials", {{"AccessToken", theirs}}), (object{{"Credentials", array{}}}));
    EXPECT_EQ(
        refusal("DeleteWebAuthnCredential", {{"AccessToken", theirs}, {"CredentialId", to_base64url(authenticator.id)}})
            .type,
        "ResourceNotFound");
    EXPECT_EQ(list().size(), 1U);
}

TEST_F(PasskeyCalls, a_registration_is_of_one_client) {
    const auto asked = start();
    const auto other = access_token(add_client(pool));
    EXPECT_EQ(
        refusal("CompleteWebAuthnRegistration", {{"AccessToken", other}, {"Credential", authenticator.create(asked)}}),
        (Refused{"WebAuthnClientMismatch", "The registration was begun by another client."}));
    call("CompleteWebAuthnRegistration", completion(authenticator.create(asked)));
}

TEST_F(PasskeyCalls, what_the_browser_or_the_authenticator_says_wrong_is_named) {
    EXPECT_EQ(broken([](Authenticator& a) { a.origin = "https://id.example.evil.example"; }),
              (Refused{"WebAuthnOriginNotAllowed", "The credential's origin is not allowed."}));
    EXPECT_EQ(broken([](Authenticator& a) { a.origin = "http://id.example"; }).type, "WebAuthnOriginNotAllowed");
    EXPECT_EQ(broken([](Authenticator& a) { a.relying_party = "example"; }),
              (Refused{"WebAuthnRelyingPartyMismatch", "The credential is for another relying party."}));
    const Refused unsupported{"WebAuthnCredentialNotSupported", "The credential is not supported."};
    EXPECT_EQ(broken([](Authenticator& a) { a.format = "made-up"; }), unsupported);
    EXPECT_EQ(broken([](Authenticator& a) { a.flags = 0x04; }), unsupported);
    const Refused invalid{"InvalidParameter", "Invalid credential."};
    EXPECT_EQ(broken([](Authenticator& a) { a.type = "webauthn.get"; }), invalid);
    EXPECT_EQ(broken([](Authenticator& a) { a.change_data = [](Bytes& data) { data.pop_back(); }; }), invalid);
    EXPECT_TRUE(list().empty());
}

TEST_F(PasskeyCalls, a_credential_that_is_no_document_of_a_browser_is_refused) {
    const Refused invalid{"InvalidParameter", "Invalid credential."};
    const auto valid = authenticator.create(start());
    for (const char* member : {"id", "rawId", "type", "response"}) {
        start();
        EXPECT_EQ(refusal("CompleteWebAuthnRegistration", completion(with(valid, {{member, nullptr}}))), invalid)
            << member;
    }
    for (const char* member : {"clientDataJSON", "attestationObject"}) {
        start();
        auto cut = valid;
        cut["response"].as_object().erase(member);
        EXPECT_EQ(refusal("CompleteWebAuthnRegistration", completion(cut)), invalid) << member;
    }
    for (const boost::json::value& other :
         {boost::json::value("text"), boost::json::value(1), boost::json::value(array{})}) {
        start();
        EXPECT_EQ(refusal("CompleteWebAuthnRegistration", {{"AccessToken", access}, {"Credential", other}}), invalid);
    }
}

TEST_F(PasskeyCalls, a_credential_is_registered_once_in_a_pool) {
    register_passkey();
    const Refused taken{"WebAuthnCredentialNotSupported", "The credential is already registered."};
    EXPECT_EQ(refusal("CompleteWebAuthnRegistration", completion(authenticator.create(start()))), taken);
    add_user(pool, client, john);
    const object theirs{{"AccessToken", access_token(client, john)}};
    const auto asked = part(call("StartWebAuthnRegistration", theirs), "CredentialCreationOptions");
    EXPECT_EQ(refusal("CompleteWebAuthnRegistration", with(theirs, {{"Credential", authenticator.create(asked)}})),
              taken);
}

TEST_F(PasskeyCalls, verification_is_required_where_the_pool_says_so) {
    configure({{"RelyingPartyId", "id.example"}, {"UserVerification", "required"}});
    EXPECT_EQ(text(start(), "authenticatorSelection.userVerification"), "required");
    EXPECT_EQ(broken([](Authenticator& a) { a.flags = 0x01; }).type, "WebAuthnCredentialNotSupported");
    register_passkey();
}

TEST_F(PasskeyCalls, a_user_has_twenty_passkeys_at_most_and_lists_them_by_pages) {
    for (int i = 0; i < 20; ++i) {
        authenticator.id = Bytes(16, static_cast<std::uint8_t>(i));
        register_passkey();
        clock.advance(1s);
    }
    const Refused full{"LimitExceeded", "The user has the maximum number of passkeys."};
    EXPECT_EQ(refusal("StartWebAuthnRegistration", {{"AccessToken", access}}), full);
    EXPECT_EQ(list().size(), 20U);

    std::vector<std::string> seen;
    object request{{"AccessToken", access}, {"MaxResults", 7}};
    for (int page = 0; page < 3; ++page) {
        const auto answer = call("ListWebAuthnCredentials", request);
        for (const auto& item : answer.at("Credentials").as_array())
            seen.push_back(text(item.as_object(), "CredentialId"));
        EXPECT_EQ(answer.contains("NextToken"), page < 2);
        if (page < 2) request["NextToken"] = answer.at("NextToken");
    }
    ASSERT_EQ(seen.size(), 20U);
    for (std::size_t i = 0; i < seen.size(); ++i)
        EXPECT_EQ(seen[i], to_base64url(Bytes(16, static_cast<std::uint8_t>(i)))) << "the oldest first";
    add_user(pool, client, john);
    EXPECT_EQ(refusal("ListWebAuthnCredentials", with(request, {{"AccessToken", access_token(client, john)}})),
              invalid_page);
}

TEST_F(PasskeyCalls, a_pool_without_a_domain_needs_a_relying_party) {
    call("DeleteUserPoolDomain", {{"UserPoolId", pool}, {"Domain", "acme"}});
    EXPECT_EQ(refusal("StartWebAuthnRegistration", {{"AccessToken", access}}),
              (Refused{"WebAuthnConfigurationMissing", "The user pool has no relying party ID or domain."}));
    configure({{"RelyingPartyId", "other.example"}});
    EXPECT_EQ(text(start(), "rp.id"), "other.example");
}

// Attack row 50.
TEST_F(PasskeyCalls, a_pool_that_does_not_allow_passkeys_registers_none) {
    const auto off = add_pool(with(tutorial(), {{"MfaConfiguration", nullptr}}));
    const auto off_client = add_client(off);
    add_user(off, off_client, john);
    const auto token = access_token(off_client, john);
    const Refused not_enabled{"WebAuthnNotEnabled", "Passkeys are not enabled for the user pool."};
    EXPECT_EQ(refusal("StartWebAuthnRegistration", {{"AccessToken", token}}), not_enabled);
    EXPECT_EQ(refusal("CompleteWebAuthnRegistration", {{"AccessToken", token}, {"Credential", object{}}}), not_enabled);
}

}  // namespace
}  // namespace symbolon::aws
