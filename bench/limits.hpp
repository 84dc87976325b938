#pragma once

#include "machine.hpp"

#include <string>

namespace symbolon::bench {

/// What the machine can do on the server's core when nothing else is done. The libraries are called directly, so that a
/// slow wrapper of ours does not lower the limit.
Pace measure_rsa_signatures(int core, Seconds duration);
/// Verifications of one signature over a text of this length, SHA-256 included, with a key that was read before.
Pace measure_rsa_verifications(int core, Seconds duration, const std::string& text);
/// Verifications of one signature of ES256 over a digest, with a key that was read before.
Pace measure_es256_verifications(int core, Seconds duration);
Pace measure_argon2_hashes(int core, Seconds duration);
/// What no server can save in a sign-in by SRP that ends in tokens: three exponentiations in the group of 3072 bits
/// (the server's value, and two for the key, with exponents of 256 bits), and two RSA-2048 signatures.
Pace measure_srp_proofs(int core, Seconds duration);

}  // namespace symbolon::bench
