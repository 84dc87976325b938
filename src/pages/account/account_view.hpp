#pragma once

#include "pages/account/person.hpp"

#include <boost/json/object.hpp>

namespace symbolon::pages {

/// What the account page shows (web/pages/README.md).
Task<boost::json::object> account_context(Flow& flow, Visit visit, Person person);

}  // namespace symbolon::pages
