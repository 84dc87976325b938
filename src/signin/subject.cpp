#include "signin/subject.hpp"

#include "base/encoding.hpp"
#include "directory/identifiers.hpp"

#include <utility>

namespace symbolon::signin {
namespace {

constexpr std::size_t uuid_length = 36;

/// What looks like a sub (RFC 9562, version 4), made of bytes that look like chance.
std::string to_uuid(Bytes bytes) {
    bytes.at(6) = static_cast<std::uint8_t>((bytes.at(6) & 0x0F) | 0x40);
    bytes.at(8) = static_cast<std::uint8_t>((bytes.at(8) & 0x3F) | 0x80);
    std::string text = to_hex(ByteView(bytes).first(16));
    for (const std::size_t dash : {8U, 13U, 18U, 23U}) text.insert(dash, 1, '-');
    return text;
}

/// The user name that nobody would have: the sub where the login is an attribute, else what was typed.
std::string made_up_username(const crypto::Sealer& sealer, const directory::Pool& pool, const std::string& canonical) {
    const bool number = directory::is_e164(canonical);
    const bool address = !number && directory::parse_email(canonical).has_value();
    const bool attribute = pool.username_is_attribute() || (number && pool.is_alias("phone_number")) ||
                           (address && pool.is_alias("email"));
    if (!attribute) return canonical;
    return to_uuid(sealer.keyed_hash("nobody_sub", pool.id.str(), canonical));
}

}  // namespace

std::string canonical_login(const directory::Pool& pool, std::string_view login) {
    if (auto number = directory::canonical_phone_number(login)) return std::move(*number);
    if (auto email = directory::parse_email(login)) return directory::canonical_username(*email, pool.case_sensitive());
    return directory::canonical_username(login, pool.case_sensitive());
}

Subject as_nobody(const crypto::Sealer& sealer, const directory::Pool& pool, std::string_view login) {
    const std::string canonical = canonical_login(pool, login);
    // Hashed: it is no one's business which numbers were tried, and a key has a bounded length: that of a sub.
    std::string key = "nobody-" + to_base64url(sealer.keyed_hash("nobody", pool.id.str(), canonical));
    key.resize(uuid_length);
    return Subject{.key = UserId(std::move(key)),
                   .username = made_up_username(sealer, pool, canonical),
                   .login = canonical,
                   .user = std::nullopt};
}

Subject find_subject(db::Transaction& tx, const crypto::Sealer& sealer, const directory::Pool& pool,
                     std::string_view login) {
    auto user = directory::Users(tx).find_by_login(pool, login);
    if (!user) return as_nobody(sealer, pool, login);
    Subject subject{
        .key = user->id, .username = user->username, .login = canonical_login(pool, login), .user = std::nullopt};
    subject.user = std::move(user);
    return subject;
}

}  // namespace symbolon::signin
