#include "aws/operations/auth_wire.hpp"

#include "base/ip_address.hpp"
#include "oauth/step_up.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>
#include <utility>
#include <variant>

namespace symbolon::aws {

namespace json = boost::json;

namespace {

using signin::ChallengeKind;

constexpr std::string_view api_scope = "aws.cognito.signin.user.admin";
constexpr std::string_view attribute_prefix = "userAttributes.";

ChallengeNameType name_of(ChallengeKind kind) {
    switch (kind) {
        case ChallengeKind::select_challenge:
            return ChallengeNameType::SELECT_CHALLENGE;
        case ChallengeKind::password:
            return ChallengeNameType::PASSWORD;
        case ChallengeKind::password_srp:
            return ChallengeNameType::PASSWORD_SRP;
        case ChallengeKind::password_verifier:
            return ChallengeNameType::PASSWORD_VERIFIER;
        case ChallengeKind::sms_otp:
            return ChallengeNameType::SMS_OTP;
        case ChallengeKind::email_otp:
        case ChallengeKind::email_mfa:
            return ChallengeNameType::EMAIL_OTP;
        case ChallengeKind::web_authn:
            return ChallengeNameType::WEB_AUTHN;
        case ChallengeKind::custom_challenge:
            return ChallengeNameType::CUSTOM_CHALLENGE;
        case ChallengeKind::new_password_required:
            return ChallengeNameType::NEW_PASSWORD_REQUIRED;
        case ChallengeKind::sms_mfa:
            return ChallengeNameType::SMS_MFA;
        case ChallengeKind::software_token_mfa:
            return ChallengeNameType::SOFTWARE_TOKEN_MFA;
        case ChallengeKind::select_mfa_type:
            return ChallengeNameType::SELECT_MFA_TYPE;
        case ChallengeKind::mfa_setup:
            return ChallengeNameType::MFA_SETUP;
        case ChallengeKind::device_srp_auth:
            return ChallengeNameType::DEVICE_SRP_AUTH;
        case ChallengeKind::device_password_verifier:
            return ChallengeNameType::DEVICE_PASSWORD_VERIFIER;
    }
    throw Error(Errc::internal, "", "unknown challenge");
}

/// A list as the JSON text that the service puts into a string.
std::string names_of(const std::vector<ChallengeKind>& kinds) {
    json::array names;
    for (const auto kind : kinds) names.emplace_back(to_name(name_of(kind)));
    return json::serialize(names);
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

void add_delivery(StringMap& parameters, const signin::Challenge& challenge) {
    if (!challenge.delivery) return;
    parameters["CODE_DELIVERY_DELIVERY_MEDIUM"] = challenge.delivery->medium;  // the service's own spelling
    parameters["CODE_DELIVERY_DESTINATION"] = challenge.delivery->destination;
}

void add_srp(StringMap& parameters, const signin::SrpQuestion& question) {
    parameters["SALT"] = question.salt;
    parameters["SRP_B"] = question.b;
    parameters["SECRET_BLOCK"] = question.secret_block;
}

/// Spec: cognito-api.md §3.9, the table's second column.
StringMap parameters_of(const signin::Challenge& challenge) {
    StringMap out;
    add_delivery(out, challenge);
    if (challenge.srp) add_srp(out, *challenge.srp);
    switch (challenge.kind) {
        case ChallengeKind::password_verifier:
            out["USERNAME"] = out["USER_ID_FOR_SRP"] = challenge.username;
            return out;
        case ChallengeKind::device_srp_auth:
        case ChallengeKind::device_password_verifier:
            out["USERNAME"] = challenge.username;
            out["DEVICE_KEY"] = challenge.device_key;
            return out;
        case ChallengeKind::custom_challenge:
            out.insert(challenge.parameters.begin(), challenge.parameters.end());
            out["USERNAME"] = challenge.username;
            return out;
        case ChallengeKind::web_authn:
            out["CREDENTIAL_REQUEST_OPTIONS"] = challenge.credential_options;
            return out;
        case ChallengeKind::select_challenge:
        case ChallengeKind::password:
        case ChallengeKind::password_srp:
        case ChallengeKind::sms_otp:
            return out;
        case ChallengeKind::new_password_required:
            add_attributes(out, challenge);
            break;
        case ChallengeKind::select_mfa_type:
            out["MFAS_CAN_CHOOSE"] = names_of(challenge.choices);
            break;
        case ChallengeKind::mfa_setup:
            out["MFAS_CAN_SETUP"] = names_of(challenge.choices);
            break;
        case ChallengeKind::software_token_mfa:
            if (!challenge.friendly_name.empty()) out["FRIENDLY_DEVICE_NAME"] = challenge.friendly_name;
            break;
        case ChallengeKind::email_otp:
        case ChallengeKind::sms_mfa:
        case ChallengeKind::email_mfa:
            break;
    }
    out["USER_ID_FOR_SRP"] = challenge.username;
    return out;
}

bool offers_first_factors(ChallengeKind kind) {
    return kind == ChallengeKind::select_challenge || kind == ChallengeKind::password ||
           kind == ChallengeKind::password_srp || kind == ChallengeKind::sms_otp || kind == ChallengeKind::email_otp ||
           kind == ChallengeKind::web_authn;
}

AuthResponse to_wire(const signin::Challenge& challenge) {
    AuthResponse out;
    out.ChallengeName = name_of(challenge.kind);
    if (!challenge.session.empty()) out.Session = challenge.session;
    out.ChallengeParameters = parameters_of(challenge);
    if (!offers_first_factors(challenge.kind)) return out;
    out.AvailableChallenges.emplace();
    for (const auto kind : challenge.choices) out.AvailableChallenges->push_back(name_of(kind));
    return out;
}

bool is_user_agent(std::string_view name) {
    constexpr std::string_view lower = "user-agent";
    return name.size() == lower.size() && std::equal(name.begin(), name.end(), lower.begin(), [](char a, char b) {
               return (a >= 'A' && a <= 'Z' ? static_cast<char>(a - 'A' + 'a') : a) == b;
           });
}

}  // namespace

void take_context(signin::Caller& caller, const std::optional<ContextDataType>& context) {
    caller.user_agent.clear();
    caller.speaks_for_another = !context;
    if (!context) return;
    const auto address = IpAddress::parse(context->IpAddress);
    if (!address) throw Error(Errc::invalid_parameter, "IpAddress is not a valid IP address.");
    caller.address = address->to_string();
    caller.fingerprint = context->EncodedData.value_or("");
    for (const auto& header : context->HttpHeaders)
        if (header.headerName && is_user_agent(*header.headerName)) caller.user_agent = header.headerValue.value_or("");
}

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

std::optional<shape::SecretHash> secret_hash_in(const StringMap& map) {
    auto hash = find(map, "SECRET_HASH");
    if (!hash) return std::nullopt;
    return shape::SecretHash(std::move(*hash));
}

Task<Parties> get_parties_of(Context& context, std::string pool_id, std::string client_id) {
    auto pool = co_await context.services.catalog.get_pool(PoolId(std::move(pool_id)));
    auto client = co_await context.services.catalog.get_client(ClientId(client_id));
    if (client->pool_id != pool->id)
        throw Error(Errc::resource_not_found, "User pool client " + client_id + " does not exist.");
    co_return Parties{std::move(pool), std::move(client)};
}

signin::ChallengeKind first_factor_of(const std::string& name) {
    for (const auto kind : {ChallengeKind::password, ChallengeKind::password_srp, ChallengeKind::email_otp,
                            ChallengeKind::sms_otp, ChallengeKind::web_authn}) {
        if (to_name(name_of(kind)) == name) return kind;
    }
    throw Error(Errc::invalid_parameter,
                "Invalid challenge given: one of PASSWORD, PASSWORD_SRP, EMAIL_OTP, SMS_OTP, "
                "WEB_AUTHN is expected.");
}

AuthenticationResultType to_wire(const oauth::TokenSet& tokens) {
    AuthenticationResultType out;
    out.AccessToken = tokens.access_token;
    out.ExpiresIn = tokens.expires_in;
    if (!tokens.refresh_token.empty()) out.RefreshToken = tokens.refresh_token;
    if (!tokens.id_token.empty()) out.IdToken = tokens.id_token;
    return out;
}

Task<AuthResponse> finish(Call call, Parties parties, signin::Outcome outcome) {
    if (const auto* challenge = std::get_if<signin::Challenge>(&outcome)) co_return to_wire(*challenge);
    auto signed_in = std::get<signin::SignedIn>(std::move(outcome));
    std::optional<NewDeviceMetadataType> device;
    if (signed_in.new_device) device = NewDeviceMetadataType{signed_in.device_key, signed_in.device_group_key};
    oauth::Issue issue;
    issue.scopes.emplace_back(api_scope);
    issue.hosted = false;
    issue.asked = oauth::asked_level(*parties.pool, signed_in);
    const auto tokens = co_await call.context.tokens.issue(std::move(parties.pool), std::move(parties.client),
                                                           std::move(signed_in), std::move(issue));
    AuthResponse out;
    out.AuthenticationResult = to_wire(tokens);
    out.AuthenticationResult->NewDeviceMetadata = std::move(device);
    co_return out;
}

}  // namespace symbolon::aws
