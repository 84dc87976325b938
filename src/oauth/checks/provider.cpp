#include "oauth/checks/check.hpp"

namespace symbolon::oauth {
namespace {

constexpr std::size_t longest_name = 128;

}  // namespace

/// By which provider the person is to sign in (oauth-and-hosted-ui.md §1.2). Whether there is one of that name is found
/// out when nothing else is wrong.
Verdict take_provider(Draft& draft) {
    auto name = draft.get("identity_provider");
    auto identifier = draft.get("idp_identifier");
    if (name.size() > longest_name || identifier.size() > longest_name)
        return Refusal{"invalid_request", "The identity provider does not exist."};
    draft.request.identity_provider = std::move(name);
    draft.request.idp_identifier = std::move(identifier);
    return {};
}

}  // namespace symbolon::oauth
