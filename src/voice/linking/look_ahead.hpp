#pragma once

#include "base/task.hpp"
#include "net/client.hpp"
#include "voice/linking/explanations.hpp"

#include <string>
#include <vector>

namespace symbolon::voice {

/// Who opens an authorization URL besides the person's browser.
enum class Visitor { platform_servers, browser_without_cookies };

/// The hops that were walked, and whether they ended at a page.
struct LookAhead {
    bool ok = false;
    std::vector<std::string> hops;  ///< "302 https://…", secrets masked
    std::string problem;

    /// One text for the log: the hops, and what it means if they led nowhere.
    std::string told(const Explanation& explanation) const;
};

/// Opens a URL and follows its redirects, at most ten, keeping no cookie (voice-account-linking.md §2.1; BR-02, FI-09).
Task<LookAhead> look_ahead_as(net::Client& client, std::string url, Visitor visitor);

}  // namespace symbolon::voice
