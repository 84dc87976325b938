#pragma once

#include "machine.hpp"

namespace symbolon::bench {

/// What the machine can do on the server's core when nothing else is done. The libraries are called directly, so that a
/// slow wrapper of ours does not lower the limit.
Pace measure_rsa_signatures(int core, Seconds duration);
Pace measure_argon2_hashes(int core, Seconds duration);
/// What no server can save in a sign-in by SRP that ends in tokens: three exponentiations in the group of 3072 bits
/// (the server's value, and two for the key, with exponents of 256 bits), and two RSA-2048 signatures.
Pace measure_srp_proofs(int core, Seconds duration);

}  // namespace symbolon::bench
