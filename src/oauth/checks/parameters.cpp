#include "oauth/checks/check.hpp"

#include <array>
#include <utility>

namespace symbolon::oauth {
namespace {

/// Bytes, decoded. A state of 600 characters is seen from Google; 4 KiB are asked for (voice-account-linking.md §2.2).
constexpr std::size_t max_state = 4096;
constexpr std::array<std::pair<std::string_view, std::size_t>, 3> max_lengths{
    {{"nonce", 1024}, {"scope", 8192}, {"prompt", 256}}};

/// Signed and referenced requests would be ignored silently otherwise (OpenID Connect Core §6, RFC 9101).
constexpr std::array<std::pair<std::string_view, std::string_view>, 3> unsupported{
    {{"request", "request_not_supported"},
     {"request_uri", "request_uri_not_supported"},
     {"registration", "registration_not_supported"}}};

}  // namespace

std::string Draft::get(std::string_view name) const {
    std::string found;
    for (const auto& [field, value] : parameters) {
        if (field == name && !value.empty()) found = value;
    }
    return found;
}

Verdict take_state(Draft& draft) {
    auto state = draft.get("state");
    if (state.size() > max_state) return Refusal{"invalid_request", "The state is too long."};
    draft.request.has_state = !state.empty();
    draft.request.state = std::move(state);
    return {};
}

/// RFC 6749 §3.1 forbids repetitions, but a recipe of the voice platforms puts the whole query into the configured URL,
/// and the platform appends its own (oauth-and-hosted-ui.md §1.15): the same value again does no harm, and of several
/// states the platform's is the last.
Verdict check_repetitions(Draft& draft) {
    for (const auto& [name, value] : draft.parameters) {
        if (name == "state" || value.empty() || value == draft.get(name)) continue;
        return Refusal{"invalid_request", "A parameter is given twice with different values."};
    }
    return {};
}

Verdict check_lengths(Draft& draft) {
    for (const auto& [name, max] : max_lengths) {
        if (draft.get(name).size() > max)
            return Refusal{"invalid_request", "The " + std::string(name) + " is too long."};
    }
    return {};
}

Verdict check_unsupported_parameters(Draft& draft) {
    for (const auto& [name, error] : unsupported) {
        if (draft.has(name)) return Refusal{std::string(error), {}};
    }
    return {};
}

Verdict take_nonce_and_hint(Draft& draft) {
    draft.request.nonce = draft.get("nonce");
    draft.request.login_hint = draft.get("login_hint");
    return {};
}

}  // namespace symbolon::oauth
