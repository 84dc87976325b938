#include "db/postgres/failure.hpp"

#include <fmt/format.h>
#include <libpq-fe.h>

#include <algorithm>
#include <array>

namespace symbolon::db::postgres {
namespace {

bool is_one_of(std::string_view state, std::initializer_list<std::string_view> states) {
    return std::ranges::find(states, state) != states.end();
}

std::string_view field(const pg_result* result, int name) {
    const char* text = PQresultErrorField(result, name);
    return text == nullptr ? std::string_view() : std::string_view(text);
}

/// A plan that a change of the schema has made useless; on a new connection the statement is prepared anew.
bool is_stale_plan(std::string_view state, std::string_view function) {
    return state == "0A000" && function == "RevalidateCachedQuery";
}

/// Class 22 are errors in values, and their messages quote the value.
bool quotes_values(std::string_view state) {
    return state.starts_with("22");
}

}  // namespace

Failure::Failure(Trouble trouble_, std::string detail_, std::string state_)
    : Error(trouble_ == Trouble::statement ? Errc::internal : Errc::unavailable,
            trouble_ == Trouble::statement ? "" : "The database is not available.", std::move(detail_)),
      trouble(trouble_),
      state(std::move(state_)) {}

Trouble trouble_of(std::string_view state) {
    // Serialization failure, deadlock.
    if (is_one_of(state, {"40001", "40P01"})) return Trouble::conflict;
    // Too few or too many values for a statement: called a violation of the protocol.
    if (state == "08P01") return Trouble::statement;
    // Connection; the server ends, crashed or starts; a standby; a statement or transaction that the server has
    // forgotten (26000 and 25P03: behind a pooler, or an idle time limit).
    if (state.empty() || state.starts_with("08") || state.starts_with("57P") ||
        is_one_of(state, {"25006", "25P03", "26000"}))
        return Trouble::lost;
    // Resources, time limits, locks, the system, a damaged file; who may connect and do what; an unknown database.
    if (state.starts_with("53") || state.starts_with("58") || state.starts_with("XX") || state.starts_with("28") ||
        is_one_of(state, {"57014", "55P03", "42501", "3D000"}))
        return Trouble::world;
    return Trouble::statement;
}

Failure failure_of(const pg_result* result, std::string_view doing) {
    const std::string_view state = field(result, PG_DIAG_SQLSTATE);
    const std::string_view severity = field(result, PG_DIAG_SEVERITY_NONLOCALIZED);
    const bool ends_connection = severity == "FATAL" || severity == "PANIC";
    const bool is_stale = is_stale_plan(state, field(result, PG_DIAG_SOURCE_FUNCTION));
    const Trouble trouble = ends_connection || is_stale ? Trouble::lost : trouble_of(state);
    const std::string_view message =
        quotes_values(state) ? "a value does not fit" : field(result, PG_DIAG_MESSAGE_PRIMARY);
    return {trouble, fmt::format("PostgreSQL: {} ({}) in: {}", message, state, doing), std::string(state)};
}

}  // namespace symbolon::db::postgres
