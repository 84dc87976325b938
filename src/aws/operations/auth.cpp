#include "aws/operations/auth.hpp"

#include "aws/operations/auth_wire.hpp"
#include "aws/secret_hash.hpp"
#include "oauth/step_up.hpp"

#include <array>
#include <charconv>
#include <chrono>
#include <cstdint>
#include <limits>
#include <optional>
#include <system_error>
#include <utility>

namespace symbolon::aws {

namespace {

/// A sign-in that is to begin.
struct Beginning {
    Parties parties;
    StringMap parameters;
    std::string session;  ///< of a sign-up; "" : none
};

void check_flow(const Parties& parties, std::string_view setting, std::string_view refusal) {
    if (!parties.client->allows_flow(setting)) throw Error(Errc::invalid_parameter, std::string(refusal));
}

/// USERNAME, for whom the client's secret is proven.
std::string get_login(const Beginning& beginning) {
    auto login = get(beginning.parameters, "USERNAME");
    verify_secret_hash(*beginning.parties.client, login, secret_hash_in(beginning.parameters));
    return login;
}

Task<AuthResponse> with_password(Call call, Beginning beginning) {
    auto login = get_login(beginning);
    Password password(get(beginning.parameters, "PASSWORD"));
    const auto& [pool, client] = beginning.parties;
    auto outcome =
        co_await call.context.sign_in.with_password(pool, client, std::move(login), std::move(password), call.caller);
    co_return co_await finish(std::move(call), std::move(beginning.parties), std::move(outcome));
}

/// The flow of an administrator under its old name may begin without the password, and asks for it.
Task<AuthResponse> ask_password(Call call, Beginning beginning) {
    auto login = get_login(beginning);
    const auto& [pool, client] = beginning.parties;
    auto outcome = co_await call.context.sign_in.begin_password(pool, client, std::move(login), call.caller);
    auto answer = co_await finish(std::move(call), std::move(beginning.parties), std::move(outcome));
    answer.ChallengeName = ChallengeNameType::ADMIN_NO_SRP_AUTH;
    answer.AvailableChallenges.reset();
    co_return answer;
}

Task<AuthResponse> with_srp(Call call, Beginning beginning) {
    check_flow(beginning.parties, "ALLOW_USER_SRP_AUTH", "USER_SRP_AUTH is not enabled for the client.");
    auto login = get_login(beginning);
    auto srp_a = get(beginning.parameters, "SRP_A");
    const auto& [pool, client] = beginning.parties;
    auto outcome =
        co_await call.context.sign_in.begin_srp(pool, client, std::move(login), std::move(srp_a), call.caller);
    co_return co_await finish(std::move(call), std::move(beginning.parties), std::move(outcome));
}

/// Seconds. Fails: invalid_parameter.
std::optional<std::chrono::seconds> max_age_in(const StringMap& parameters) {
    const auto text = find(parameters, "MAX_AGE");
    if (!text) return std::nullopt;
    std::int64_t age = -1;
    const auto* end = text->data() + text->size();
    const auto [stop, failure] = std::from_chars(text->data(), end, age);
    if (failure != std::errc{} || stop != end || age < 0 || age > std::numeric_limits<std::int32_t>::max())
        throw Error(Errc::invalid_parameter, "MAX_AGE is a number of seconds.");
    return std::chrono::seconds(age);
}

Task<AuthResponse> with_choice(Call call, Beginning beginning) {
    check_flow(beginning.parties, "ALLOW_USER_AUTH", "USER_AUTH is not enabled for the client.");
    const auto& [pool, client] = beginning.parties;
    if (pool->settings.UserPoolTier == directory::UserPoolTierType::LITE)
        throw Error(Errc::feature_unavailable, "USER_AUTH is not available in the pool's feature plan.");
    auto login = get_login(beginning);
    const auto& parameters = beginning.parameters;
    signin::FirstFactor factor;
    if (const auto preferred = find(parameters, "PREFERRED_CHALLENGE")) factor.kind = first_factor_of(*preferred);
    factor.password = Password(find(parameters, "PASSWORD").value_or(""));
    factor.srp_a = find(parameters, "SRP_A").value_or("");
    factor.sign_up_session = beginning.session;
    if (const auto names = find(parameters, "TARGET_ACR_VALUES")) factor.levels = oauth::parse_levels(*pool, *names);
    const auto max_age = max_age_in(parameters);
    if (auto token = find(parameters, "ACCESS_TOKEN")) {
        if (factor.levels.empty()) throw Error(Errc::invalid_parameter, "ACCESS_TOKEN needs TARGET_ACR_VALUES.");
        factor.former = co_await oauth::find_former_sign_in(call.context.services, call.context.tokens, client,
                                                            std::move(*token), max_age);
    }
    auto outcome =
        co_await call.context.sign_in.begin_choice(pool, client, std::move(login), std::move(factor), call.caller);
    co_return co_await finish(std::move(call), std::move(beginning.parties), std::move(outcome));
}

Task<AuthResponse> with_custom(Call call, Beginning beginning) {
    check_flow(beginning.parties, "ALLOW_CUSTOM_AUTH", "CUSTOM_AUTH is not enabled for the client.");
    auto login = get_login(beginning);
    std::string srp_a;
    if (find(beginning.parameters, "CHALLENGE_NAME") == "SRP_A") srp_a = get(beginning.parameters, "SRP_A");
    const auto& [pool, client] = beginning.parties;
    auto outcome =
        co_await call.context.sign_in.begin_custom(pool, client, std::move(login), std::move(srp_a), call.caller);
    co_return co_await finish(std::move(call), std::move(beginning.parties), std::move(outcome));
}

Task<AuthResponse> with_refresh_token(Call call, Beginning beginning) {
    const auto& [pool, client] = beginning.parties;
    const auto& parameters = beginning.parameters;
    check_flow(beginning.parties, "ALLOW_REFRESH_TOKEN_AUTH", "REFRESH_TOKEN_AUTH is not enabled for the client.");
    auto refresh_token = get(parameters, "REFRESH_TOKEN");
    if (client->is_confidential()) {
        const auto hash = secret_hash_in(parameters);
        check_secret_hash_given(*client, hash);
        const auto owner = co_await call.context.tokens.find_refresh_owner(pool, refresh_token);
        if (!owner) throw Error(Errc::not_authorized, "Invalid Refresh Token");
        // The request names no user: some clients know the user name, others the sub.
        if (!fits_secret_hash(*client, owner->username, hash)) {
            verify_secret_hash(*client, owner->id.str(), hash);
        }
    }
    oauth::Refresh shown{std::move(refresh_token), {}, call.caller.device_key};
    const auto tokens = co_await call.context.tokens.refresh(pool, client, std::move(shown));
    AuthResponse out;
    out.AuthenticationResult = to_wire(tokens);
    co_return out;
}

Error unsupported() {
    return Error(Errc::invalid_parameter, "Initiate Auth method not supported.");
}

Task<AuthResponse> begin(Call call, AuthFlowType flow, Asks asks, Beginning beginning) {
    const bool admin = asks == Asks::admin;
    // What a client says when it begins reaches the hooks as validation data, and others not at all (§6.4).
    call.caller.validation_data = std::move(call.caller.metadata);
    call.caller.metadata.clear();
    call.caller.device_key = find(beginning.parameters, "DEVICE_KEY").value_or("");
    switch (flow) {
        case AuthFlowType::USER_PASSWORD_AUTH:
            if (admin) throw unsupported();
            check_flow(beginning.parties, "ALLOW_USER_PASSWORD_AUTH",
                       "USER_PASSWORD_AUTH flow not enabled for this client");
            co_return co_await with_password(std::move(call), std::move(beginning));
        case AuthFlowType::ADMIN_NO_SRP_AUTH:
        case AuthFlowType::ADMIN_USER_PASSWORD_AUTH:
            if (!admin) throw unsupported();
            check_flow(beginning.parties, "ALLOW_ADMIN_USER_PASSWORD_AUTH", "Auth flow not enabled for this client");
            if (flow == AuthFlowType::ADMIN_NO_SRP_AUTH && !find(beginning.parameters, "PASSWORD"))
                co_return co_await ask_password(std::move(call), std::move(beginning));
            co_return co_await with_password(std::move(call), std::move(beginning));
        case AuthFlowType::USER_SRP_AUTH:
            co_return co_await with_srp(std::move(call), std::move(beginning));
        case AuthFlowType::USER_AUTH:
            co_return co_await with_choice(std::move(call), std::move(beginning));
        case AuthFlowType::CUSTOM_AUTH:
            co_return co_await with_custom(std::move(call), std::move(beginning));
        case AuthFlowType::REFRESH_TOKEN:
        case AuthFlowType::REFRESH_TOKEN_AUTH:
            co_return co_await with_refresh_token(std::move(call), std::move(beginning));
    }
    throw unsupported();
}

template <class Request>
Beginning beginning_of(Parties parties, const Request& in) {
    return {std::move(parties), in.AuthParameters.value_or(StringMap{}),
            in.Session ? in.Session->str() : std::string()};
}

}  // namespace

Task<AuthResponse> initiate_auth(Call call, InitiateAuthRequest in) {
    auto parties = co_await get_parties(call.context, in.ClientId.str());
    auto beginning = beginning_of(std::move(parties), in);
    co_return co_await begin(std::move(call), in.AuthFlow, Asks::client, std::move(beginning));
}

Task<AuthResponse> admin_initiate_auth(Call call, AdminInitiateAuthRequest in) {
    auto parties = co_await get_parties_of(call.context, in.UserPoolId.str(), in.ClientId.str());
    take_context(call.caller, in.ContextData);
    auto beginning = beginning_of(std::move(parties), in);
    co_return co_await begin(std::move(call), in.AuthFlow, Asks::admin, std::move(beginning));
}

std::span<const Operation> auth_operations() {
    using enum Access;
    using enum Effect;
    static constexpr std::array table{
        operation<initiate_auth>("InitiateAuth", client),
        operation<admin_initiate_auth>("AdminInitiateAuth", administrator),
        operation<respond_to_auth_challenge>("RespondToAuthChallenge", client),
        operation<admin_respond_to_auth_challenge>("AdminRespondToAuthChallenge", administrator),
    };
    return table;
}

}  // namespace symbolon::aws
