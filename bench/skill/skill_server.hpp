#pragma once

#include <string>

namespace symbolon::bench {

/// What both skills say.
inline constexpr const char* bench_speech = "One coffee for you. It will be ready in five minutes.";

/// Serves a skill written with the SDK until SIGTERM. It verifies what there is to verify; only the certificate chain
/// is read from a file, where the platform would publish it. `workers`: see skill::ServeOptions.
void serve_skill(const std::string& chain_file, unsigned workers);

}  // namespace symbolon::bench
