#include "aws/operations/auth.hpp"

#include "aws/parties.hpp"
#include "aws/secret_hash.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include <array>
#include <utility>
#include <variant>

namespace symbolon::aws {

namespace json = boost::json;

namespace {

constexpr std::string_view api_scope = "aws.cognito.signin.user.admin";
constexpr std::string_view attribute_prefix = "userAttributes.";

std::optional<std::string> find(const StringMap& map, const std::string& name) {
    const auto found = map.find(name);
    if (found == map.end() || found->second.empty()) return std::nullopt;
    return found->second;
}

std::string get(const StringMap& map, const std::string& name) {
    auto value = find(map, name);
    if (!value) throw Error(Errc::invalid_parameter, "Missing required parameter " + name);
    return std::move(*value);
}

std::optional<shape::SecretHash> hash_in(const StringMap& map) {
    auto hash = find(map, "SECRET_HASH");
    if (!hash) return std::nullopt;
    return shape::SecretHash(std::move(*hash));
}

AuthenticationResultType to_wire(const oauth::TokenSet& tokens) {
    AuthenticationResultType out;
    out.AccessToken = tokens.access_token;
    out.ExpiresIn = tokens.expires_in;
    if (!tokens.refresh_token.empty()) out.RefreshToken = tokens.refresh_token;
    if (!tokens.id_token.empty()) out.IdToken = tokens.id_token;
    return out;
}

ChallengeNameType name_of(signin::ChallengeKind kind) {
    switch (kind) {
        case signin::ChallengeKind::sms_mfa:
            return ChallengeNameType::SMS_MFA;
        case signin::ChallengeKind::new_password_required:
            return ChallengeNameType::NEW_PASSWORD_REQUIRED;
        case signin::ChallengeKind::mfa_setup:
            return ChallengeNameType::MFA_SETUP;
    }
    throw Error(Errc::internal, "", "unknown challenge");
}

/// The attributes of a user who must choose a new password, as the JSON texts that the service puts into strings.
void add_attributes(StringMap& parameters, const signin::Challenge& challenge) {
    json::object present;
    for (const auto& [name, value] : challenge.attributes) present.emplace(name, value);
    json::array missing;
    for (const auto& name : challenge.required_attributes) {
        missing.emplace_back(std::string(attribute_prefix) + name);
    }
    parameters["userAttributes"] = json::serialize(present);
    parameters["requiredAttributes"] = json::serialize(missing);
}

AuthResponse to_wire(const signin::Challenge& challenge) {
    AuthResponse out;
    out.ChallengeName = name_of(challenge.kind);
    out.Session = challenge.session;
    out.ChallengeParameters["USER_ID_FOR_SRP"] = challenge.username;
    if (challenge.delivery) {
        out.ChallengeParameters["CODE_DELIVERY_DELIVERY_MEDIUM"] =
            challenge.delivery->medium;  // the service's own spelling
        out.ChallengeParameters["CODE_DELIVERY_DESTINATION"] = challenge.delivery->destination;
    }
    if (challenge.kind == signin::ChallengeKind::new_password_required)
        add_attributes(out.ChallengeParameters, challenge);
    if (challenge.kind == signin::ChallengeKind::mfa_setup)
        out.ChallengeParameters["MFAS_CAN_SETUP"] = R"(["SMS_MFA"])";
    return out;
}

Task<AuthResponse> finish(Call call, Parties parties, signin::Outcome outcome) {
    if (const auto* challenge = std::get_if<signin::Challenge>(&outcome)) co_return to_wire(*challenge);
    oauth::Issue issue;
    issue.scopes.emplace_back(api_scope);
    issue.hosted = false;
    const auto tokens =
        co_await call.context.tokens.issue(std::move(parties.pool), std::move(parties.client),
                                           std::get<signin::SignedIn>(std::move(outcome)), std::move(issue));
    AuthResponse out;
    out.AuthenticationResult = to_wire(tokens);
    co_return out;
}

Task<AuthResponse> with_password(Call call, Parties parties, StringMap parameters) {
    if (!parties.client->allows_flow("ALLOW_USER_PASSWORD_AUTH")) {
        throw Error(Errc::invalid_parameter, "USER_PASSWORD_AUTH flow not enabled for this client");
    }
    auto login = get(parameters, "USERNAME");
    verify_secret_hash(*parties.client, login, hash_in(parameters));
    Password password(get(parameters, "PASSWORD"));
    auto outcome = co_await call.context.sign_in.with_password(parties.pool, parties.client, std::move(login),
                                                               std::move(password), call.caller);
    co_return co_await finish(std::move(call), std::move(parties), std::move(outcome));
}

Task<AuthResponse> with_refresh_token(Call call, Parties parties, StringMap parameters) {
    if (!parties.client->allows_flow("ALLOW_REFRESH_TOKEN_AUTH")) {
        throw Error(Errc::invalid_parameter, "REFRESH_TOKEN_AUTH is not enabled for the client.");
    }
    auto refresh_token = get(parameters, "REFRESH_TOKEN");
    if (parties.client->is_confidential()) {
        const auto hash = hash_in(parameters);
        check_secret_hash_given(*parties.client, hash);
        const auto owner = co_await call.context.tokens.find_refresh_owner(parties.pool, refresh_token);
        if (!owner) throw Error(Errc::not_authorized, "Invalid Refresh Token");
        // The request names no user: some clients know the user name, others the sub.
        if (!fits_secret_hash(*parties.client, owner->username, hash)) {
            verify_secret_hash(*parties.client, owner->id.str(), hash);
        }
    }
    std::vector<std::string> all_scopes;
    const auto tokens = co_await call.context.tokens.refresh(parties.pool, parties.client, std::move(refresh_token),
                                                             std::move(all_scopes));
    AuthResponse out;
    out.AuthenticationResult = to_wire(tokens);
    co_return out;
}

directory::Attributes attributes_in(const StringMap& responses) {
    directory::Attributes out;
    for (const auto& [name, value] : responses) {
        if (name.starts_with(attribute_prefix)) out.emplace(name.substr(attribute_prefix.size()), value);
    }
    return out;
}

}  // namespace

Task<AuthResponse> initiate_auth(Call call, InitiateAuthRequest in) {
    auto parties = co_await get_parties(call.context, in.ClientId.str());
    auto parameters = in.AuthParameters.value_or(StringMap{});
    switch (in.AuthFlow) {
        case AuthFlowType::USER_PASSWORD_AUTH:
            co_return co_await with_password(std::move(call), std::move(parties), std::move(parameters));
        case AuthFlowType::REFRESH_TOKEN:
        case AuthFlowType::REFRESH_TOKEN_AUTH:
            co_return co_await with_refresh_token(std::move(call), std::move(parties), std::move(parameters));
        case AuthFlowType::ADMIN_NO_SRP_AUTH:
        case AuthFlowType::ADMIN_USER_PASSWORD_AUTH:
        case AuthFlowType::CUSTOM_AUTH:
        case AuthFlowType::USER_AUTH:
        case AuthFlowType::USER_SRP_AUTH:
            break;
    }
    throw Error(Errc::invalid_parameter, "Initiate Auth method not supported.");
}

Task<AuthResponse> respond_to_auth_challenge(Call call, RespondToAuthChallengeRequest in) {
    auto parties = co_await get_parties(call.context, in.ClientId.str());
    const auto responses = in.ChallengeResponses.value_or(StringMap{});
    if (!in.Session) throw Error(Errc::invalid_parameter, "Missing required parameter Session");
    auto login = get(responses, "USERNAME");
    verify_secret_hash(*parties.client, login, hash_in(responses));
    if (in.ChallengeName == ChallengeNameType::SMS_MFA) {
        OneTimeCode code(get(responses, "SMS_MFA_CODE"));
        auto outcome = co_await call.context.sign_in.with_sms_code(parties.pool, parties.client, in.Session->str(),
                                                                   std::move(login), std::move(code), call.caller);
        co_return co_await finish(std::move(call), std::move(parties), std::move(outcome));
    }
    if (in.ChallengeName == ChallengeNameType::NEW_PASSWORD_REQUIRED) {
        Password password(get(responses, "NEW_PASSWORD"));
        auto outcome = co_await call.context.sign_in.with_new_password(parties.pool, parties.client, in.Session->str(),
                                                                       std::move(login), std::move(password),
                                                                       attributes_in(responses), call.caller);
        co_return co_await finish(std::move(call), std::move(parties), std::move(outcome));
    }
    throw Error(Errc::not_authorized, "Invalid session for the user.");
}

std::span<const Operation> auth_operations() {
    using enum Access;
    using enum Effect;
    static constexpr std::array table{
        operation<initiate_auth>("InitiateAuth", client),
        operation<respond_to_auth_challenge>("RespondToAuthChallenge", client),
    };
    return table;
}

}  // namespace symbolon::aws
