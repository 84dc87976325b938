#pragma once

#include "net/form.hpp"
#include "voice/skill.hpp"

#include <boost/json/object.hpp>

#include <optional>
#include <string>

namespace symbolon::voice {

/// The account-linking configuration as the page's form has it (web/assistant/README.md): both ways.
StoredLinking read_linking_form(const net::Form& form, const std::optional<StoredLinking>& stored);
boost::json::object linking_form_context(const std::optional<StoredLinking>& linking, const std::string& action);

}  // namespace symbolon::voice
