#include "oauth/checks/check.hpp"

#include <array>
#include <utility>

namespace symbolon::oauth {
namespace {

/// Bytes, decoded. A state of 600 characters is seen from Google; 4 KiB are asked for (voice-account-linking.md §2.2).
constexpr std::size_t max_state = 4096;
constexpr std::array<std::pair<std::string_view, std::size_t>, 6> max_lengths{
    {{"nonce", 1024}, {"scope", 8192}, {"prompt", 256}, {"acr_values", 1024}, {"resource", 256}, {"dpop_jkt", 64}}};

/// What may be there several times (RFC 8707 §2).
constexpr std::string_view repeatable = "resource";

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
        if (name == "state" || name == repeatable || value.empty() || value == draft.get(name)) continue;
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
    // It would be ignored silently otherwise (OpenID Connect Core §7.2.1).
    if (draft.has("registration")) return Refusal{"registration_not_supported", {}};
    return {};
}

Verdict check_nonce(Draft& draft) {
    draft.request.nonce = draft.get("nonce");
    // Nothing else tells a client that an ID token from a browser's hands was made for it and now (OpenID Connect Core
    // §3.2.2.1, §3.3.2.11).
    if (draft.request.response_type.id_token && draft.request.nonce.empty()) {
        return Refusal{"invalid_request", "Required String parameter 'nonce' is not present"};
    }
    return {};
}

Verdict take_hints(Draft& draft) {
    draft.request.login_hint = draft.get("login_hint");
    return {};
}

}  // namespace symbolon::oauth
