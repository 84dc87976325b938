#include "oauth/checks/check.hpp"

#include <array>
#include <utility>

namespace symbolon::oauth {
namespace {

/// Where a refusal is shown.
enum class Place { page, redirect_uri };

struct Row {
    Check check;
    Place place;
};

/// The order of oauth-and-hosted-ui.md §1.3. Nothing is sent to a redirect URI until client and URI are proven.
// clang-format off
constexpr std::array matrix{
    Row{check_client_is_named,            Place::page},
    Row{check_redirect_uri_is_named,      Place::page},
    Row{check_client_exists,              Place::page},
    Row{check_redirect_uri_is_registered, Place::page},
    Row{check_client_signs_in,            Place::page},
    // Client and redirect URI are proven from here on.
    Row{take_state,                       Place::redirect_uri},
    Row{take_delivery,                    Place::redirect_uri},
    Row{check_origin,                     Place::redirect_uri},
    Row{check_repetitions,                Place::redirect_uri},
    Row{check_lengths,                    Place::redirect_uri},
    Row{check_unsupported_parameters,     Place::redirect_uri},
    Row{check_response_type,              Place::redirect_uri},
    Row{check_response_mode,              Place::redirect_uri},
    Row{check_pkce,                       Place::redirect_uri},
    Row{check_flow_is_allowed,            Place::redirect_uri},
    Row{check_scope,                      Place::redirect_uri},
    Row{check_nonce,                      Place::redirect_uri},
    Row{check_prompt,                     Place::redirect_uri},
    Row{check_max_age,                    Place::redirect_uri},
    Row{check_claims,                     Place::redirect_uri},
    Row{check_subject,                    Place::redirect_uri},
    Row{check_resources,                  Place::redirect_uri},
    Row{check_dpop_key,                   Place::redirect_uri},
    Row{take_hints,                       Place::redirect_uri},
    Row{take_provider,                    Place::redirect_uri},
};
// clang-format on

}  // namespace

std::variant<AuthorizationRequest, Refused> run_checks(Draft draft) {
    for (const auto& row : matrix) {
        if (auto refusal = row.check(draft)) {
            return Refused{std::move(*refusal), row.place == Place::redirect_uri, std::move(draft)};
        }
    }
    return std::move(draft.request);
}

}  // namespace symbolon::oauth
