#include "crypto/argon2.hpp"
#include "fuzz.hpp"

using namespace symbolon;

/// The stored form of a password's hash.
int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto text = fuzz::text_of(data, size);
    const auto parsed = crypto::argon2::parse(text);
    if (!parsed) return 0;
    fuzz::require(crypto::argon2::to_text(*parsed) == text, "a hash has one spelling");
    fuzz::require(parsed->parameters.memory_kib <= 1024 * 1024, "a stored hash cannot ask for all memory");
    return 0;
}
