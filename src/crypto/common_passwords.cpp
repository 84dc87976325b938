#include "crypto/common_passwords.hpp"

#include <algorithm>
#include <array>
#include <string>

// The front of every list of leaked passwords, and what people make of them where a policy asks for more kinds of
// characters. It is short on purpose: operators bring the long list (compromised_passwords.hpp).
namespace symbolon::crypto {
namespace {

/// In lower case, in order.
constexpr std::array common = std::to_array<std::string_view>({
    "!qaz1qaz",    "!qaz2wsx",      "000000",        "00000000",     "111111",       "11111111",      "112233",
    "121212",      "123123",        "123321",        "1234",         "12345",        "123456",        "1234567",
    "12345678",    "123456789",     "1234567890",    "123qwe",       "1q2w3e",       "1q2w3e4r",      "1q2w3e4r5t",
    "1qaz!qaz",    "1qaz2wsx",      "1qaz@wsx",      "654321",       "666666",       "888888",        "987654321",
    "a123456",     "a12345678",     "aa123456",      "aa12345678",   "aa@123456",    "abc123",        "abc123!",
    "abc1234",     "abc12345",      "abc123456",     "abc123456!",   "abc@1234",     "abcd1234",      "abcd@1234",
    "abcdef",      "admin",         "admin1",        "admin123",     "admin123!",    "admin1234",     "admin1234!",
    "admin@123",   "administrator", "asdf1234",      "asdfgh",       "asdfghjkl",    "autumn2024!",   "autumn2025!",
    "autumn2026!", "azerty",        "azerty123",     "baseball",     "basketball",   "batman",        "changeme",
    "changeme1",   "changeme1!",    "changeme123",   "changeme123!", "charlie",      "computer",      "daniel",
    "default",     "demo1234",      "dragon",        "football",     "freedom",      "guest",         "hello",
    "hello123",    "hello123!",     "hunter2",       "iloveyou",     "iloveyou1",    "iloveyou1!",    "jessica",
    "jordan23",    "killer",        "letmein",       "letmein1",     "letmein1!",    "letmein123",    "login",
    "login123",    "lovely",        "master",        "michael",      "michelle",     "minecraft",     "monkey",
    "monkey123",   "mustang",       "naruto",        "ninja",        "nothing",      "p@$$w0rd",      "p@ssw0rd",
    "p@ssw0rd!",   "p@ssw0rd1",     "p@ssw0rd1!",    "p@ssw0rd12",   "p@ssw0rd123",  "p@ssw0rd123!",  "p@ssword",
    "p@ssword1",   "p@ssword1!",    "p@ssword123",   "p@ssword123!", "pa$$w0rd",     "pa$$w0rd1",     "pa$$word",
    "pa$$word1",   "pass",          "pass123",       "pass123!",     "pass1234",     "pass1234!",     "pass@123",
    "pass@1234",   "passw0rd",      "passw0rd!",     "passw0rd1",    "passw0rd1!",   "passw0rd123",   "passw0rd123!",
    "password",    "password!",     "password#1",    "password-1",   "password.1",   "password1",     "password1!",
    "password12",  "password12!",   "password123",   "password123!", "password1234", "password1234!", "password@1",
    "password@12", "password@123",  "password@1234", "password_1",   "pokemon",      "princess",      "princess1",
    "qazwsx",      "qazwsx123",     "qwe123",        "qwer1234",     "qwer1234!",    "qwert",         "qwerty",
    "qwerty1",     "qwerty1!",      "qwerty12",      "qwerty12!",    "qwerty123",    "qwerty123!",    "qwerty1234",
    "qwerty1234!", "qwerty@123",    "qwertyuiop",    "qwertz",       "qwertz123",    "root",          "root123",
    "samsung",     "secret",        "secret123",     "secret123!",   "shadow",       "solo",          "spring2024!",
    "spring2025!", "spring2026!",   "starwars",      "summer2023",   "summer2023!",  "summer2024",    "summer2024!",
    "summer2025",  "summer2025!",   "summer2026",    "summer2026!",  "sunshine",     "sunshine1",     "superman",
    "test",        "test1",         "test123",       "test123!",     "test1234",     "test1234!",     "test@123",
    "test@1234",   "testing123",    "trustno1",      "user1234",     "welcome",      "welcome1",      "welcome1!",
    "welcome12",   "welcome123",    "welcome123!",   "welcome2024!", "welcome2025!", "welcome2026!",  "welcome@1",
    "welcome@123", "whatever",      "whatever1",     "winter2023",   "winter2023!",  "winter2024",    "winter2024!",
    "winter2025",  "winter2025!",   "winter2026",    "winter2026!",  "zaq12wsx",     "zaq1@wsx",      "zaq1zaq1",
    "zxcvbn",      "zxcvbnm",       "zxcvbnm1",      "zxcvbnm123",
});
static_assert(std::is_sorted(common.begin(), common.end()));

char to_lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

}  // namespace

bool is_common_password(std::string_view password) {
    constexpr std::size_t longest = 16;
    if (password.size() > longest) return false;
    std::array<char, longest> lower{};
    std::transform(password.begin(), password.end(), lower.begin(), to_lower);
    return std::binary_search(common.begin(), common.end(), std::string_view(lower.data(), password.size()));
}

}  // namespace symbolon::crypto
