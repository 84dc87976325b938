#include "oauth/checks/check.hpp"
#include "oauth/scopes.hpp"

#include <charconv>

namespace symbolon::oauth {

Verdict check_prompt(Draft& draft) {
    const auto values = parse_scopes(draft.get("prompt"));  // a list of words, like scope
    draft.request.prompt_none = has_scope(values, "none");
    draft.request.prompt_login = has_scope(values, "login");
    draft.request.prompt_consent = has_scope(values, "consent");
    draft.request.prompt_select_account = has_scope(values, "select_account");
    if (draft.request.prompt_none && values.size() > 1) {
        return Refusal{"invalid_request", "prompt=none cannot be combined with another value"};
    }
    return {};
}

Verdict check_max_age(Draft& draft) {
    const auto text = draft.get("max_age");
    if (text.empty()) {
        const auto& usual = draft.request.client->extensions.default_max_age;
        if (usual) draft.request.max_age = std::chrono::seconds{usual->get()};
        return {};
    }
    std::uint32_t seconds = 0;
    const auto [rest, failure] = std::from_chars(text.data(), text.data() + text.size(), seconds);
    if (failure != std::errc{} || rest != text.data() + text.size()) {
        return Refusal{"invalid_request", "max_age must be a number of seconds"};
    }
    draft.request.max_age = std::chrono::seconds{seconds};
    return {};
}

}  // namespace symbolon::oauth
