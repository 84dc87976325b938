#include "doctor/checks/checks.hpp"

#include "base/encoding.hpp"
#include "doctor/examination.hpp"

#include <boost/json/array.hpp>

#include <algorithm>

namespace symbolon::doctor::checks {

namespace json = boost::json;

namespace {

constexpr std::int64_t least_life = 360;
constexpr std::size_t most_usual = 2048, most = 8192;  ///< bytes of an access token

/// The answer that gave, or should have given, tokens.
const TokenReply& reply(Examination& e) {
    const auto& link = e.link();
    if (!link.reply.granted()) throw NotExamined{"The exchange failed; AL-TOK-001 or 002 tells."};
    return link.reply;
}

const TokenReply& reply_with_body(Examination& e) {
    const auto& out = reply(e);
    if (!out.body) throw NotExamined{"The answer is not JSON; AL-TOK-007 tells."};
    return out;
}

/// The header or the claims of a JWT, unverified; nothing for other tokens.
std::optional<json::object> part_of_jwt(const std::string& token, int part) {
    std::size_t begin = 0;
    for (int at = 0; at < part; ++at) {
        begin = token.find('.', begin);
        if (begin == std::string::npos) return std::nullopt;
        ++begin;
    }
    const auto end = token.find('.', begin);
    if (end == std::string::npos) return std::nullopt;
    const auto decoded = parse_base64url(std::string_view(token).substr(begin, end - begin));
    return decoded ? parse_object(to_string(*decoded)) : std::nullopt;
}

std::string member(const json::object& claims, std::string_view name) {
    const auto* found = claims.if_contains(name);
    return found != nullptr && found->is_string() ? std::string(found->get_string()) : std::string{};
}

}  // namespace

Outcome answer_is_json(Examination& e) {
    const auto& answer = e.link().reply;
    if (answer.answer.status >= 400 || !answer.error().empty())
        throw NotExamined{"The exchange failed; AL-TOK-001 or 002 tells."};
    if (answer.answer.status != 200)
        return failed("The answer is HTTP " + std::to_string(answer.answer.status) + ", not 200.", {answer.evidence()});
    if (!answer.is_json()) return failed("The answer is not application/json.", {answer.evidence()});
    if (!answer.body) return failed("The answer is not one JSON object.", {answer.evidence()});
    return passed("The answer is 200 with one JSON object.");
}

Outcome access_token_is_there(Examination& e) {
    if (!reply_with_body(e).text("access_token").empty()) return passed("There is an access token.");
    return failed("The answer has no access_token.", {reply(e).evidence()});
}

Outcome type_is_bearer(Examination& e) {
    const auto type = reply_with_body(e).text("token_type");
    if (net::equal_without_case(type, "bearer")) return passed("token_type is " + type + ".");
    return failed(type.empty() ? "The answer has no token_type." : "token_type is " + type + ".");
}

Outcome expiry_is_number(Examination& e) {
    const auto& answer = reply_with_body(e);
    if (answer.number("expires_in"))
        return passed("expires_in is " + std::to_string(*answer.number("expires_in")) + ".");
    const auto* found = answer.body->if_contains("expires_in");
    return failed(found == nullptr ? "The answer has no expires_in." : "expires_in is not a whole number.");
}

Outcome expiry_is_long_enough(Examination& e) {
    const auto expires = reply_with_body(e).number("expires_in");
    if (!expires) throw NotExamined{"There is no expires_in; AL-TOK-010 tells."};
    const auto seen = "Access tokens live " + std::to_string(*expires) + " s.";
    return *expires >= least_life ? passed(seen) : failed(seen + " At least 360 are needed.");
}

Outcome refresh_token_is_there(Examination& e) {
    const auto& answer = reply_with_body(e);
    if (!answer.text("refresh_token").empty()) return passed("There is a refresh token.");
    if (lacks_offline_access(e)) throw NotExamined{"AL-REF-010 tells why there is no refresh token."};
    if (!answer.number("expires_in") && answer.body->if_contains("expires_in") == nullptr)
        return passed("There is no refresh token, and the access token does not expire.");
    return failed("The access token expires, and there is no refresh_token.");
}

Outcome access_token_is_short(Examination& e) {
    const auto size = e.access_token().size();
    const auto seen = "The access token has " + std::to_string(size) + " bytes.";
    if (size > most) return failed(seen);
    if (size > most_usual) return mildly_failed(seen);
    return passed(seen);
}

Outcome access_token_is_opaque(Examination& e) {
    if (!part_of_jwt(e.access_token(), 0)) return passed("The access token is opaque.");
    return failed("The access token is a JWT; Google's validation tool reports this.");
}

Outcome access_token_is_no_id_token(Examination& e) {
    const auto claims = part_of_jwt(e.access_token(), 1);
    if (e.access_token() == reply(e).text("id_token")) return failed("The access token is the ID token.");
    if (!claims) return passed("The access token is not the ID token.");
    if (member(*claims, "token_use") == "id" || claims->if_contains("nonce") != nullptr ||
        (member(*claims, "aud") == e.subject().client.id && claims->if_contains("scope") == nullptr &&
         claims->if_contains("client_id") == nullptr))
        return failed("The access token looks like an ID token (token_use, nonce or aud).");
    return passed("The access token is not the ID token.");
}

Outcome answer_is_not_stored(Examination& e) {
    const auto control = net::to_lower(reply(e).answer.headers.find("Cache-Control").value_or(""));
    if (control.find("no-store") != std::string::npos) return passed("The answer says no-store.");
    return failed("The answer does not say Cache-Control: no-store.");
}

}  // namespace symbolon::doctor::checks
