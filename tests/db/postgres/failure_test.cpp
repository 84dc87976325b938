#include "db/postgres/failure.hpp"

#include <gtest/gtest.h>

namespace symbolon::db::postgres {
namespace {

TEST(SqlState, of_a_conflict_lets_a_closure_run_again) {
    for (const char* state : {"40001", "40P01"}) EXPECT_EQ(trouble_of(state), Trouble::conflict) << state;
}

TEST(SqlState, of_a_server_that_ends_starts_or_takes_no_writes_asks_for_another_connection) {
    for (const char* state : {"", "08000", "08006", "57P01", "57P02", "57P03", "57P05", "25006", "25P03", "26000"})
        EXPECT_EQ(trouble_of(state), Trouble::lost) << state;
}

TEST(SqlState, of_what_is_missing_or_takes_too_long_makes_the_database_unavailable) {
    for (const char* state : {"53100", "53200", "53300", "57014", "55P03", "58030", "XX001", "28P01", "3D000", "42501"})
        EXPECT_EQ(trouble_of(state), Trouble::world) << state;
}

TEST(SqlState, of_a_statement_is_a_mistake_of_ours) {
    for (const char* state : {"23505", "23502", "42P01", "42601", "22P02", "08P01", "0A000", "25P02"})
        EXPECT_EQ(trouble_of(state), Trouble::statement) << state;
}

TEST(DatabaseFailure, is_unavailable_or_internal_to_those_above) {
    EXPECT_EQ(Failure(Trouble::statement, "why").code, Errc::internal);
    EXPECT_EQ(Failure(Trouble::statement, "why").message, "");
    for (const Trouble trouble : {Trouble::world, Trouble::conflict, Trouble::lost, Trouble::unknown}) {
        EXPECT_EQ(Failure(trouble, "why").code, Errc::unavailable);
        EXPECT_EQ(Failure(trouble, "why").message, "The database is not available.");
    }
}

}  // namespace
}  // namespace symbolon::db::postgres
