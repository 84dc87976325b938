#include "base/error.hpp"
#include "crypto/hash.hpp"
#include "crypto/password_hash/hash_text.hpp"
#include "crypto/password_hash/password_hash.hpp"

#include <crypt.h>
#include <string.h>  // explicit_bzero

#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

// bcrypt (Provos and Mazières, 1999) by libcrypt: $2b$<cost>$<22 characters of salt><31 characters of hash>.
namespace symbolon::crypto {
namespace {

constexpr int min_cost = 4;
constexpr int max_cost = 14;
constexpr std::size_t salt_length = 22;
constexpr std::size_t hash_length = 31;
constexpr std::size_t key_size = 72;  ///< what every implementation reads of a password

constexpr std::string_view alphabet = "./ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

class Bcrypt final : public PasswordHash {
public:
    /// `setting` is all before the hash.
    Bcrypt(std::string setting, std::string_view hash) : setting_(std::move(setting)), hash_(hash) {}

    bool matches(std::string_view password) const override {
        // libcrypt takes the key up to its first NUL: a password with one inside would be as good as its beginning.
        const bool whole = password.find('\0') == std::string_view::npos;
        const std::string_view read = whole ? password.substr(0, key_size) : std::string_view{};
        std::vector<char> key(read.begin(), read.end());
        key.push_back('\0');
        std::vector<char> memory(sizeof(crypt_data));
        const char* derived = crypt_rn(key.data(), setting_.c_str(), memory.data(), static_cast<int>(memory.size()));
        const std::string text = derived ? derived : "";
        explicit_bzero(key.data(), key.size());
        explicit_bzero(memory.data(), memory.size());
        if (text.size() != setting_.size() + hash_.size()) throw Error(Errc::internal, {}, "bcrypt: libcrypt failed");
        // Not the salt: of its last character two bits count, and libcrypt writes it anew.
        return equal_in_constant_time(std::string_view(text).substr(setting_.size()), hash_) && whole;
    }

private:
    const std::string setting_;
    const std::string hash_;
};

std::optional<int> take_cost(std::string_view& rest) {
    const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
    if (rest.size() < 3 || !is_digit(rest[0]) || !is_digit(rest[1]) || rest[2] != '$') return std::nullopt;
    const int cost = (rest[0] - '0') * 10 + (rest[1] - '0');
    rest.remove_prefix(3);
    return cost;
}

}  // namespace

ParsedHash parse_bcrypt(std::string_view text) {
    std::string_view rest = text;
    if (!hash_text::take(rest, "$2a$") && !hash_text::take(rest, "$2b$") && !hash_text::take(rest, "$2y$"))
        return HashFault::malformed;
    const auto cost = take_cost(rest);
    const bool is_text = rest.find_first_not_of(alphabet) == std::string_view::npos;
    if (!cost || *cost < min_cost || rest.size() != salt_length + hash_length || !is_text) return HashFault::malformed;
    // 23 bytes in 31 characters: the last two bits are none of the hash.
    if (alphabet.find(rest.back()) % 4 != 0) return HashFault::malformed;
    if (*cost > max_cost) return HashFault::too_costly;
    // The three prefixes are names of one function: $2a$ is what most wrote before $2b$, $2y$ is PHP's. libcrypt would
    // treat some passwords under $2a$ in a way of its own.
    std::string setting = "$2b$" + std::string(text.substr(4, text.size() - 4 - hash_length));
    return std::make_unique<Bcrypt>(std::move(setting), rest.substr(salt_length));
}

}  // namespace symbolon::crypto
