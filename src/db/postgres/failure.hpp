#pragma once

#include "base/error.hpp"

#include <string>
#include <string_view>

struct pg_result;

namespace symbolon::db::postgres {

/// What a failure means for the transaction that met it.
enum class Trouble {
    statement,  ///< the statement is wrong or breaks a constraint; it would fail again
    world,      ///< not now: no connection, disk full, time limit, missing permission
    conflict,   ///< with another transaction; the same closure may succeed when it runs again
    lost,       ///< the connection is gone, or leads to a server that takes no writes; nothing was kept
    unknown,    ///< the connection was lost while the commit was on its way; it may have been kept or not
};

/// An error of the database. To those above it is an Error{internal} (statement) or Error{unavailable} (all else).
class Failure final : public Error {
public:
    Failure(Trouble trouble_, std::string detail_, std::string state_ = {});

    Trouble trouble;
    std::string state;  ///< SQLSTATE; empty when the server did not say one
};

/// What an SQLSTATE (PostgreSQL's manual, appendix A) means.
Trouble trouble_of(std::string_view state);

/// What a failed command reports. `doing` is a statement or a few words. A value that was bound is not repeated:
/// not the server's details, and not its message where that would quote one.
Failure failure_of(const pg_result* result, std::string_view doing);

}  // namespace symbolon::db::postgres
