#pragma once

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace symbolon::db::postgres {

/// Where a database is and how it is spoken to. Holds a password: it is never logged, and what libpq says about a
/// connection goes through without_secrets() first.
struct Address {
    std::vector<std::pair<std::string, std::string>> parameters;  ///< libpq's keywords, with our defaults added
    std::size_t pool_size = 8;                                    ///< connections at most

    /// A text with the passwords of this address replaced.
    std::string without_secrets(std::string text) const;
};

/// Reads `postgresql://…` or `postgres://…`, libpq's own form (its manual, §34.1.1.2), and our parameter `pool_size=N`.
/// Unless the URL says otherwise: of several hosts the one that takes writes, five seconds to connect, a dead peer is
/// noticed after half a minute. Fails: Error{invalid_parameter}, which repeats nothing of the URL.
Address parse_address(const std::string& url);

}  // namespace symbolon::db::postgres
