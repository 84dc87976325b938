#include "crypto/argon2.hpp"
#include "crypto/password.hpp"
#include "crypto/password_hash/password_hash.hpp"
#include "fuzz.hpp"

#include <variant>

using namespace symbolon;

namespace {

bool is_refused(std::string_view text) {
    try {
        crypto::check_password_hash(text);
    } catch (const Error&) {
        return true;
    }
    return false;
}

}  // namespace

/// The stored form of a password's hash, of whatever scheme. Nothing is derived here: that is slow on purpose.
int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto text = fuzz::text_of(data, size);
    const auto parsed = crypto::parse_password_hash(text);
    const bool accepted = !std::holds_alternative<crypto::HashFault>(parsed);
    fuzz::require(accepted != is_refused(text), "an import takes what a sign-in can check, and nothing else");
    fuzz::require(!accepted || size < 1024, "a hash is short");
    const auto argon2 = crypto::argon2::parse(text);
    if (!argon2) return 0;
    fuzz::require(crypto::argon2::to_text(*argon2) == text, "a hash has one spelling");
    fuzz::require(!accepted || argon2->parameters.memory_kib <= 256 * 1024, "a stored hash cannot ask for all memory");
    return 0;
}
