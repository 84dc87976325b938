#pragma once

#include "base/clock.hpp"
#include "base/id.hpp"
#include "directory/pools.hpp"
#include "directory/users.hpp"

#include <string>
#include <vector>

namespace symbolon::directory::transfer {

/// The columns of the service's CSV files for such a pool, in its order (GetCSVHeader). Spec: cognito-api.md §7.2.
std::vector<std::string> csv_header(const PoolSettings& settings);

/// Turns the rows of a CSV file into users of a pool. Columns are those of csv_header() in any order, and one of our
/// own, `password_hash`: a hash that check_password_hash() accepts. A column that is not there is empty in every row;
/// `cognito:username` and `cognito:mfa_enabled` must be there.
class CsvUsers {
public:
    /// Fails: invalid_parameter (an unknown column, one that is there twice, one that is missing).
    CsvUsers(const Pool& pool, const std::vector<std::string>& header);

    /// The user that a row describes: CONFIRMED if it has a password hash; otherwise RESET_REQUIRED, and then with a
    /// verified address that the pool verifies, since that is the way to a password.
    /// Fails: invalid_parameter (the rules of cognito-api.md §7.2, in words without the values).
    User to_user(const std::vector<std::string>& row, UserId id, Instant now) const;

private:
    const Pool& pool_;
    std::vector<std::string> columns_;
};

}  // namespace symbolon::directory::transfer
