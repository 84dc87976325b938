#pragma once

#include "net/form.hpp"
#include "voice/rest/linking_request.hpp"
#include "voice/skill.hpp"

#include <boost/json/object.hpp>

#include <optional>
#include <string>
#include <vector>

namespace symbolon::voice {

/// A form that was sent: what it asks for, and what is wrong with it.
struct LinkingForm {
    StoredLinking linking;
    std::string lifetime;  ///< defaultTokenExpirationInSeconds as typed
    std::vector<LinkingProblem> problems;
};

/// The account-linking configuration as the page's form has it (web/assistant/README.md): both ways.
LinkingForm read_linking_form(const net::Form& form, const std::optional<StoredLinking>& stored);
/// `refused`: the form that could not be saved, shown again as it was typed with each problem at its field; null: none.
boost::json::object linking_form_context(const std::optional<StoredLinking>& stored, const LinkingForm* refused,
                                         const std::string& action);

}  // namespace symbolon::voice
