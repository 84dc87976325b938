#include "signin/subject.hpp"

#include "base/encoding.hpp"
#include "directory/identifiers.hpp"

#include <utility>

namespace symbolon::signin {

std::string canonical_login(const directory::Pool& pool, std::string_view login) {
    if (auto number = directory::canonical_phone_number(login)) return std::move(*number);
    if (auto email = directory::parse_email(login)) return directory::canonical_username(*email, pool.case_sensitive());
    return directory::canonical_username(login, pool.case_sensitive());
}

Subject find_subject(db::Transaction& tx, const crypto::Sealer& sealer, const directory::Pool& pool,
                     std::string_view login) {
    Subject subject;
    subject.user = directory::Users(tx).find_by_login(pool, login);
    if (subject.user) {
        subject.key = subject.user->id;
    } else {
        // Hashed: it is no one's business which numbers were tried, and a key has a bounded length.
        const auto hash = sealer.keyed_hash("nobody", pool.id.str(), canonical_login(pool, login));
        subject.key = UserId("nobody-" + to_base64url(hash));
    }
    return subject;
}

}  // namespace symbolon::signin
