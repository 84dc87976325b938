#include "directory/users.hpp"

namespace symbolon::directory {
namespace {

constexpr std::string_view renew_hash = R"sql(
    UPDATE users SET password_hash = $4, version = version + 1
     WHERE pool_id = $1 AND user_id = $2 AND password_hash = $3
)sql";

}  // namespace

bool Users::renew_password(const User& user, std::string_view renewed) {
    return tx_.execute(renew_hash, user.pool_id, user.id, user.password_hash, renewed) == 1;
}

}  // namespace symbolon::directory
