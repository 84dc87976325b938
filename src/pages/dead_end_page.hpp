#pragma once

#include "net/http.hpp"
#include "pages/visit.hpp"

namespace symbolon::pages {

/// Where the endpoints send a browser that cannot go on, with `error` saying why: what a person can do about it, and
/// for developers, from our own list and never from the request, what was wrong.
net::Response dead_end_page(const Visit& visit);

/// What is no fault of the person's. `status`: 500, or 503 for what passes.
net::Response failure_page(const Visit& visit, int status);

}  // namespace symbolon::pages
