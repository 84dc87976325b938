#pragma once

#include "machine.hpp"

namespace symbolon::bench {

/// What the machine can do on the server's core when nothing else is done. The libraries are called directly, so that a
/// slow wrapper of ours does not lower the limit.
Pace measure_rsa_signatures(int core, Seconds duration);
Pace measure_argon2_hashes(int core, Seconds duration);

}  // namespace symbolon::bench
