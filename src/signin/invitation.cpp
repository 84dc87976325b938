#include "signin/invitation.hpp"

#include "signin/destination.hpp"
#include "signin/sending.hpp"
#include "signin/texts.hpp"

#include <string_view>
#include <utility>

namespace symbolon::signin {
namespace {

constexpr std::string_view attribute_of(std::string_view medium) {
    if (medium == "SMS") return "phone_number";
    if (medium == "EMAIL") return "email";
    return "";
}

/// What the user signs in with: in pools whose user names are attributes nobody types the UUID.
std::string shown_name(const directory::Pool& pool, const directory::User& user) {
    for (const auto& [is_name, attribute] :
         {std::pair{pool.username_is_phone(), "phone_number"}, std::pair{pool.username_is_email(), "email"}}) {
        if (is_name && !user.attribute(attribute).empty()) return user.attribute(attribute);
    }
    return user.username;
}

}  // namespace

void send_invitation(Services& services, db::Transaction& tx, const directory::Pool& pool, const directory::User& user,
                     const std::vector<std::string>& media, const Password& temporary, const Occasion& occasion,
                     Instant now) {
    const std::vector<std::string> usual{"SMS"};
    for (const auto& medium : media.empty() ? usual : media) {
        const auto attribute = attribute_of(medium);
        if (attribute.empty()) throw Error{Errc::invalid_parameter, "A delivery medium is SMS or EMAIL."};
        if (const auto destination = find_destination(user, attribute)) {
            if (!is_in_reach(services.limits, pool, *destination)) throw out_of_reach();
            auto message = write_invitation(pool, *destination, temporary, user.username, shown_name(pool, user));
            tell(message, occasion);
            services.outbox.enqueue(tx, std::move(message), now);
        }
    }
}

}  // namespace symbolon::signin
