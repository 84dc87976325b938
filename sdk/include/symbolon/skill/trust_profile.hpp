#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace symbolon::skill {

/// The platform's limit on how far a request's timestamp may be from our clock, to either side.
inline constexpr std::chrono::seconds max_tolerance{150};

/// Where certificate chains may come from and what they must prove.
struct TrustRules {
    std::string scheme = "https";
    std::vector<std::string> hosts = {};  ///< lower case
    std::string path_prefix = {};         ///< begins and ends with '/'; compared with case
    std::vector<std::uint16_t> ports = {};
    std::vector<std::string> names = {};      ///< DNS names, one of which the leaf must carry (subjectAltName)
    std::vector<std::string> roots_pem = {};  ///< the only roots of a local profile
    std::chrono::seconds tolerance = max_tolerance;

    /// Scheme, host, port and path prefix from a URL such as "http://127.0.0.1:8500/chain/".
    /// Fails: std::invalid_argument.
    static TrustRules at(std::string_view url_prefix);
};

/// Whose signature a listener believes. There is the platform's, which nobody can change, and local ones for an
/// assistant on one's own machine. No certificate satisfies both: the platform's profile trusts only the system's
/// roots, a local one only its own, and it may name neither the platform's host nor its certificate's name.
class TrustProfile {
public:
    static const TrustProfile& amazon();
    /// Fails: std::invalid_argument (no host, port, name or root; a name of the platform's; a tolerance out of range).
    static TrustProfile local(TrustRules rules);

    const TrustRules& rules() const { return rules_; }
    bool is_amazon() const { return amazon_; }

private:
    TrustProfile(TrustRules rules, bool amazon);
    TrustRules rules_;
    bool amazon_;
};

}  // namespace symbolon::skill
