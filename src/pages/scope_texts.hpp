#pragma once

#include "pages/flow.hpp"

#include <boost/json/array.hpp>

namespace symbolon::pages {

/// What the request's scopes let an app do, in words of the visit's language: `[{"text": …}]`. A custom scope is called
/// as its owner describes it.
Task<boost::json::array> describe_scopes(Flow& flow, const Visit& visit);

}  // namespace symbolon::pages
