#pragma once

#include "pages/flow.hpp"
#include "pages/visit.hpp"

#include <boost/json/object.hpp>

#include <optional>
#include <string>
#include <string_view>

/// The way to identity providers (oauth-and-hosted-ui.md §4): buttons, mail domains, and clients whose people sign in
/// nowhere else.
namespace symbolon::pages {

/// Adds the buttons of the client's providers to a page's context (`has_providers`, `providers`).
void add_providers(boost::json::object& context, const Visit& visit);

/// To the provider that the request names, or, where the client's people do not sign in here, to their only provider or
/// the choice of theirs. Nothing: the visit goes on. It keeps every page that takes a password from such a client.
std::optional<net::Response> to_provider(const Visit& visit);

/// To the provider one of whose identifiers is the domain of the address that was typed, if the client allows it.
Task<std::optional<net::Response>> to_provider_of_address(Flow& flow, Visit visit, std::string typed);

}  // namespace symbolon::pages
