#pragma once

#include "symbolon/skill/trust_profile.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace symbolon::skill {

/// A URL that means the same to whoever reads it: no user info, query, fragment, escape or dot segment is left in it.
struct ChainUrl {
    std::string scheme;  ///< lower case
    std::string host;    ///< lower case
    std::uint16_t port = 0;
    std::string path;  ///< dot segments resolved

    /// Nothing when the text is no such URL. A path with "..", which the platform's own examples have, is resolved.
    static std::optional<ChainUrl> parse(std::string_view text);
    /// What is fetched: made anew from the parts that were checked, so that nothing unchecked reaches the network.
    std::string to_string() const;
    /// Whether a chain may come from here: scheme, host, port, path prefix (with case).
    bool satisfies(const TrustRules& rules) const;
};

}  // namespace symbolon::skill
