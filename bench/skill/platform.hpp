#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace symbolon::bench {

inline constexpr const char* bench_skill_id = "amzn1.ask.skill.00000000-1111-2222-3333-444444444444";

/// The voice platform of this benchmark. Its certificate carries the name of the real one, so that skills which know
/// only that (the platform's own SDK for Node) believe it as soon as they trust its root.
struct Platform {
    std::string root_pem;
    std::string chain_pem;
    std::vector<std::string> requests;  ///< whole HTTP requests, signed, each with a request id of its own
    std::string body;                   ///< one of their bodies
};

/// Signs that many requests, dated so that they are good for at least four minutes from now.
Platform make_platform(std::size_t requests);

}  // namespace symbolon::bench
