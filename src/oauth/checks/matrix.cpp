#include "oauth/checks/check.hpp"

#include <array>
#include <utility>

namespace symbolon::oauth {
namespace {

enum class Refused { on_a_page, to_the_client };

struct Row {
    Check check;
    Refused refused;
};

/// The order of oauth-and-hosted-ui.md §1.3. Nothing is sent to a redirect URI until client and URI are proven.
// clang-format off
constexpr std::array matrix{
    Row{check_client_is_named,            Refused::on_a_page},
    Row{check_redirect_uri_is_named,      Refused::on_a_page},
    Row{check_client_exists,              Refused::on_a_page},
    Row{check_redirect_uri_is_registered, Refused::on_a_page},
    Row{check_client_signs_in,            Refused::on_a_page},
    // Client and redirect URI are proven from here on.
    Row{take_state,                       Refused::to_the_client},
    Row{check_repetitions,                Refused::to_the_client},
    Row{check_lengths,                    Refused::to_the_client},
    Row{check_unsupported_parameters,     Refused::to_the_client},
    Row{check_response_type,              Refused::to_the_client},
    Row{check_response_mode,              Refused::to_the_client},
    Row{check_pkce,                       Refused::to_the_client},
    Row{check_flow_is_allowed,            Refused::to_the_client},
    Row{check_scope,                      Refused::to_the_client},
    Row{check_prompt,                     Refused::to_the_client},
    Row{check_max_age,                    Refused::to_the_client},
    Row{take_nonce_and_hint,              Refused::to_the_client},
};
// clang-format on

}  // namespace

CheckedRequest run_checks(Draft draft) {
    for (const auto& row : matrix) {
        auto refusal = row.check(draft);
        if (!refusal) continue;
        if (row.refused == Refused::on_a_page) {
            return ErrorPage{std::move(refusal->error), std::move(refusal->description),
                             draft.named_client ? draft.named_client->id.str() : std::string{}};
        }
        return ErrorRedirect{Authorization::refuse(draft.site, draft.request, refusal->error, refusal->description)};
    }
    return std::move(draft.request);
}

}  // namespace symbolon::oauth
