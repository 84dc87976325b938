#include "signin/passkey_json.hpp"

#include "base/encoding.hpp"
#include "base/shape/choice.hpp"

#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>

#include <algorithm>
#include <utility>

namespace symbolon::signin {
namespace {

namespace json = boost::json;
namespace web_authn = crypto::web_authn;

constexpr std::size_t max_transports = 8;
constexpr std::size_t max_transport = 32;
constexpr std::size_t max_text = 65536;

std::optional<std::string_view> find_text(const json::object& in, std::string_view name) {
    const json::value* member = in.if_contains(name);
    if (!member || !member->is_string()) return std::nullopt;
    return std::string_view(member->get_string());
}

std::optional<Bytes> find_bytes(const json::object& in, std::string_view name) {
    const auto text = find_text(in, name);
    return text ? parse_base64url(*text) : std::nullopt;
}

/// The id of a public key credential, which its members id and rawId both say.
std::optional<Bytes> read_id(const json::object& in) {
    auto id = find_bytes(in, "rawId");
    if (find_text(in, "type") != "public-key" || find_text(in, "id") != find_text(in, "rawId")) return std::nullopt;
    if (!id || id->empty() || id->size() > web_authn::max_credential_id) return std::nullopt;
    return id;
}

const json::object* find_response(const json::object& in) {
    const json::value* member = in.if_contains("response");
    return member ? member->if_object() : nullptr;
}

/// What a browser knows of how the authenticator is reached: kept, to be shown to browsers again.
std::vector<std::string> read_transports(const json::object& response) {
    std::vector<std::string> out;
    const json::value* member = response.if_contains("transports");
    if (!member || !member->is_array()) return out;
    for (const auto& item : member->get_array()) {
        if (!item.is_string() || out.size() == max_transports) continue;
        const std::string_view text = item.get_string();
        const bool plain = !text.empty() && text.size() <= max_transport && std::ranges::all_of(text, [](char c) {
            return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
        });
        if (plain && std::ranges::find(out, text) == out.end()) out.emplace_back(text);
    }
    return out;
}

}  // namespace

std::optional<NewCredential> read_new_credential(const json::value& in) {
    const json::object* credential = in.if_object();
    const json::object* response = credential ? find_response(*credential) : nullptr;
    if (!response) return std::nullopt;
    auto id = read_id(*credential);
    auto client_data = find_bytes(*response, "clientDataJSON");
    auto attestation = find_bytes(*response, "attestationObject");
    if (!id || !client_data || !attestation) return std::nullopt;
    NewCredential out;
    out.response = {std::move(*id), std::move(*client_data), std::move(*attestation)};
    out.transports = read_transports(*response);
    const auto attachment = find_text(*credential, "authenticatorAttachment");
    if (attachment == "platform" || attachment == "cross-platform") out.attachment = *attachment;
    return out;
}

std::optional<ClaimedCredential> read_claimed_credential(std::string_view text) {
    if (text.size() > max_text) return std::nullopt;
    json::error_code failure;
    const auto parsed = json::parse(json::string_view(text), failure);
    const json::object* credential = failure ? nullptr : parsed.if_object();
    const json::object* response = credential ? find_response(*credential) : nullptr;
    if (!response) return std::nullopt;
    auto id = read_id(*credential);
    auto client_data = find_bytes(*response, "clientDataJSON");
    auto data = find_bytes(*response, "authenticatorData");
    auto signature = find_bytes(*response, "signature");
    if (!id || !client_data || !data || !signature) return std::nullopt;
    ClaimedCredential out;
    out.id = std::move(*id);
    out.response = {std::move(*client_data), std::move(*data), std::move(*signature)};
    const json::value* handle = response->if_contains("userHandle");
    if (handle && !handle->is_null()) {
        auto bytes = find_bytes(*response, "userHandle");
        if (!bytes) return std::nullopt;
        out.user_handle = std::move(*bytes);
    }
    return out;
}

json::array to_descriptors(const std::vector<directory::WebAuthnCredential>& credentials) {
    json::array out;
    for (const auto& credential : credentials) {
        json::object one{{"type", "public-key"}, {"id", to_base64url(credential.id)}};
        if (!credential.transports.empty())
            one["transports"] = json::array(credential.transports.begin(), credential.transports.end());
        out.push_back(std::move(one));
    }
    return out;
}

bool requires_user_verification(const directory::Pool& pool) {
    const auto& configuration = pool.settings.WebAuthnConfiguration;
    return configuration && configuration->UserVerification == directory::UserVerificationType::required;
}

std::string_view user_verification(const directory::Pool& pool) {
    return to_name(requires_user_verification(pool) ? directory::UserVerificationType::required
                                                    : directory::UserVerificationType::preferred);
}

}  // namespace symbolon::signin
