#include "aws/operations/auth.hpp"
#include "aws/operations/auth_wire.hpp"
#include "aws/secret_hash.hpp"

#include <utility>

namespace symbolon::aws {

namespace {

using signin::ChallengeKind;

constexpr std::string_view attribute_prefix = "userAttributes.";

/// An answer to a challenge, its client's secret proven.
struct Given {
    Parties parties;
    StringMap responses;
    std::string session = {};
    std::string login = {};
};

directory::Attributes attributes_in(const StringMap& responses) {
    directory::Attributes out;
    for (const auto& [name, value] : responses) {
        if (name.starts_with(attribute_prefix)) out.emplace(name.substr(attribute_prefix.size()), value);
    }
    return out;
}

signin::CodeAnswer code_answer(const Given& answer, const std::string& parameter) {
    return {.session = answer.session, .login = answer.login, .code = OneTimeCode(get(answer.responses, parameter))};
}

signin::SrpClaim claim_of(const Given& answer) {
    return {.session = answer.session,
            .login = answer.login,
            .secret_block = get(answer.responses, "PASSWORD_CLAIM_SECRET_BLOCK"),
            .timestamp = get(answer.responses, "TIMESTAMP"),
            .signature = get(answer.responses, "PASSWORD_CLAIM_SIGNATURE")};
}

ChallengeKind second_factor_of(const std::string& name) {
    if (name == "SMS_MFA") return ChallengeKind::sms_mfa;
    if (name == "SOFTWARE_TOKEN_MFA") return ChallengeKind::software_token_mfa;
    if (name == "EMAIL_OTP" || name == "EMAIL_MFA") return ChallengeKind::email_mfa;
    throw Error(Errc::invalid_parameter, "Invalid MFA type given.");
}

/// SELECT_CHALLENGE, and the challenges for one first factor. What proves it may come along.
Task<signin::Outcome> choose(Call call, Given answer, ChallengeKind kind) {
    const auto& responses = answer.responses;
    signin::FirstFactor factor;
    factor.kind = kind;
    factor.password = Password(find(responses, "PASSWORD").value_or(""));
    factor.srp_a = find(responses, "SRP_A").value_or("");
    factor.credential = find(responses, "CREDENTIAL").value_or("");
    const auto& [pool, client] = answer.parties;
    return call.context.sign_in.choose(pool, client, answer.session, answer.login, std::move(factor), call.caller);
}

Task<signin::Outcome> set_password(Call call, Given answer) {
    Password password(get(answer.responses, "NEW_PASSWORD"));
    const auto& [pool, client] = answer.parties;
    return call.context.sign_in.with_new_password(pool, client, answer.session, answer.login, std::move(password),
                                                  attributes_in(answer.responses), call.caller);
}

Task<signin::Outcome> give_password(Call call, Given answer) {
    Password password(get(answer.responses, "PASSWORD"));
    const auto& [pool, client] = answer.parties;
    return call.context.sign_in.with_asked_password(pool, client, answer.session, answer.login, std::move(password),
                                                    call.caller);
}

Task<signin::Outcome> take(Call call, ChallengeNameType name, Given answer) {
    auto& sign_in = call.context.sign_in;
    const auto& [pool, client] = answer.parties;
    const auto& caller = call.caller;
    const auto& responses = answer.responses;
    switch (name) {
        case ChallengeNameType::SMS_MFA:
            return sign_in.with_sms_code(pool, client, answer.session, answer.login,
                                         OneTimeCode(get(responses, "SMS_MFA_CODE")), caller);
        case ChallengeNameType::EMAIL_OTP:
            return sign_in.with_email_code(pool, client, code_answer(answer, "EMAIL_OTP_CODE"), caller);
        case ChallengeNameType::SMS_OTP:
            return sign_in.with_first_code(pool, client, ChallengeKind::sms_otp, code_answer(answer, "SMS_OTP_CODE"),
                                           caller);
        case ChallengeNameType::SOFTWARE_TOKEN_MFA:
            return sign_in.with_software_token(pool, client, code_answer(answer, "SOFTWARE_TOKEN_MFA_CODE"), caller);
        case ChallengeNameType::SELECT_MFA_TYPE:
            return sign_in.with_factor(pool, client, answer.session, answer.login,
                                       second_factor_of(get(responses, "ANSWER")), caller);
        case ChallengeNameType::MFA_SETUP:
            return sign_in.with_mfa_setup(pool, client, answer.session, answer.login,
                                          find(responses, "EMAIL").value_or(""), caller);
        case ChallengeNameType::NEW_PASSWORD_REQUIRED:
            return set_password(call, answer);
        case ChallengeNameType::PASSWORD_VERIFIER:
            return sign_in.with_verifier(pool, client, claim_of(answer), caller);
        case ChallengeNameType::SELECT_CHALLENGE:
            return choose(call, answer, first_factor_of(get(responses, "ANSWER")));
        case ChallengeNameType::PASSWORD:
            get(responses, "PASSWORD");
            return choose(call, answer, ChallengeKind::password);
        case ChallengeNameType::PASSWORD_SRP:
            get(responses, "SRP_A");
            return choose(call, answer, ChallengeKind::password_srp);
        case ChallengeNameType::WEB_AUTHN:
            get(responses, "CREDENTIAL");
            return choose(call, answer, ChallengeKind::web_authn);
        case ChallengeNameType::CUSTOM_CHALLENGE:
            return sign_in.with_custom_answer(pool, client, answer.session, answer.login, get(responses, "ANSWER"),
                                              caller);
        case ChallengeNameType::DEVICE_SRP_AUTH:
            get(responses, "DEVICE_KEY");
            return sign_in.begin_device(pool, client, answer.session, answer.login, get(responses, "SRP_A"), caller);
        case ChallengeNameType::DEVICE_PASSWORD_VERIFIER:
            get(responses, "DEVICE_KEY");
            return sign_in.with_device_verifier(pool, client, claim_of(answer), caller);
        case ChallengeNameType::ADMIN_NO_SRP_AUTH:
            return give_password(call, answer);
    }
    throw Error(Errc::not_authorized, "Invalid session for the user.");
}

/// The secret block of SRP stands for its session.
bool may_lack_session(ChallengeNameType name) {
    return name == ChallengeNameType::PASSWORD_VERIFIER || name == ChallengeNameType::DEVICE_PASSWORD_VERIFIER;
}

template <class Request>
Given answer_of(Parties parties, const Request& in) {
    Given answer{.parties = std::move(parties), .responses = in.ChallengeResponses.value_or(StringMap{})};
    if (!in.Session && !may_lack_session(in.ChallengeName))
        throw Error(Errc::invalid_parameter, "Missing required parameter Session");
    if (in.Session) answer.session = in.Session->str();
    answer.login = get(answer.responses, "USERNAME");
    verify_secret_hash(*answer.parties.client, answer.login, secret_hash_in(answer.responses));
    return answer;
}

Task<AuthResponse> respond(Call call, ChallengeNameType name, Given answer) {
    call.caller.device_key = find(answer.responses, "DEVICE_KEY").value_or("");
    auto outcome = co_await take(call, name, answer);
    co_return co_await finish(std::move(call), std::move(answer.parties), std::move(outcome));
}

}  // namespace

Task<AuthResponse> respond_to_auth_challenge(Call call, RespondToAuthChallengeRequest in) {
    auto parties = co_await get_parties(call.context, in.ClientId.str());
    auto answer = answer_of(std::move(parties), in);
    // Administrators alone are asked it.
    if (in.ChallengeName == ChallengeNameType::ADMIN_NO_SRP_AUTH)
        throw Error(Errc::not_authorized, "Invalid session for the user.");
    co_return co_await respond(std::move(call), in.ChallengeName, std::move(answer));
}

Task<AuthResponse> admin_respond_to_auth_challenge(Call call, AdminRespondToAuthChallengeRequest in) {
    auto parties = co_await get_parties_of(call.context, in.UserPoolId.str(), in.ClientId.str());
    take_context(call.caller, in.ContextData);
    auto answer = answer_of(std::move(parties), in);
    co_return co_await respond(std::move(call), in.ChallengeName, std::move(answer));
}

}  // namespace symbolon::aws
