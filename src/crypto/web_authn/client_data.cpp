#include "crypto/web_authn/client_data.hpp"

#include "base/encoding.hpp"
#include "crypto/hash.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>

namespace symbolon::crypto::web_authn {
namespace {

namespace json = boost::json;

/// The text of a member; nothing when it is absent or no text.
std::optional<std::string_view> find_text(const json::object& in, std::string_view name) {
    const json::value* member = in.if_contains(name);
    if (!member || !member->is_string()) return std::nullopt;
    return std::string_view(member->get_string());
}

bool binds_a_token(const json::object& client_data) {
    const json::value* binding = client_data.if_contains("tokenBinding");
    if (!binding || binding->is_null()) return false;
    const auto status = binding->is_object() ? find_text(binding->get_object(), "status") : std::nullopt;
    return status != "supported" && status != "not-supported";
}

bool is_framed_by_another(const json::object& client_data) {
    const json::value* crossed = client_data.if_contains("crossOrigin");
    return crossed && !crossed->is_null() && !(crossed->is_bool() && !crossed->get_bool());
}

}  // namespace

std::optional<Fault> check_client_data(ByteView text, std::string_view type, const Expected& expected) {
    if (text.size() > max_client_data) return Fault::malformed;
    json::error_code failure;
    json::parse_options options;
    options.max_depth = 4;
    const auto parsed = json::parse(json::string_view(text_of(text)), failure, {}, options);
    if (failure || !parsed.is_object()) return Fault::malformed;
    const json::object& client_data = parsed.get_object();
    const auto challenge_text = find_text(client_data, "challenge");
    const auto origin = find_text(client_data, "origin");
    if (!challenge_text || !origin) return Fault::malformed;

    if (find_text(client_data, "type") != type) return Fault::wrong_type;
    const auto challenge = parse_base64url(*challenge_text);
    if (!challenge || expected.challenge.empty() || !equal_in_constant_time(*challenge, expected.challenge))
        return Fault::wrong_challenge;
    if (!expected.is_allowed_origin(*origin) || is_framed_by_another(client_data)) return Fault::wrong_origin;
    if (binds_a_token(client_data)) return Fault::malformed;
    return std::nullopt;
}

}  // namespace symbolon::crypto::web_authn
