#include "db/postgres/database.hpp"

#include "db/postgres/fixture.hpp"

#include <gtest/gtest.h>

#include <array>
#include <string>

namespace symbolon::db::postgres {
namespace {

TEST_F(PostgresTest, is_chosen_by_the_url) {
    std::string short_scheme = fresh_.url();
    short_scheme.replace(0, std::string("postgresql").size(), "postgres");
    for (const std::string& url : {fresh_.url(), short_scheme}) {
        const auto database = open(url);
        run(database->write([](Transaction& tx) { tx.execute(insert_note, "one"); }));
    }
    EXPECT_EQ(notes(), 2);
}

TEST_F(PostgresTest, has_no_mark) {
    EXPECT_EQ(notes(), 0);
    EXPECT_EQ(database_.mark(), std::nullopt);
}

TEST_F(PostgresTest, holds_the_tables_of_the_assistant_when_asked_to) {
    sql("CREATE SCHEMA assistant");
    open(fresh_.url("&options=-c%20search_path%3Dassistant"), Schema::assistant);
    EXPECT_EQ(sql("SELECT COUNT(*) FROM assistant.skills"), "0");
}

TEST_F(PostgresTest, is_refused_when_it_is_of_a_newer_program) {
    sql("INSERT INTO schema_migrations VALUES (9999, 'later', 'x', 0)");
    const auto refusal = refusal_of([&] { open(fresh_.url()); });
    ASSERT_TRUE(refusal);
    EXPECT_EQ(refusal->code, Errc::unavailable);
    EXPECT_NE(refusal->message.find("newer version"), std::string::npos) << refusal->message;
}

TEST_F(PostgresTest, that_does_not_exist_is_refused) {
    EXPECT_EQ(code_of([&] { open(tests::with_database(tests::shared_server().url, "nowhere")); }), Errc::unavailable);
}

struct Flag {
    bool truth;
};
BOOST_DESCRIBE_STRUCT(Flag, (), (truth))

struct Note {
    std::string note;
};
BOOST_DESCRIBE_STRUCT(Note, (), (note))

/// A role of a test that signs in with a password, which the server asks for on TCP.
class PostgresPassword : public PostgresTest {
protected:
    PostgresPassword() { sql("CREATE ROLE " + role_ + " LOGIN SUPERUSER PASSWORD 'r/ght'"); }
    ~PostgresPassword() override { sql("DROP ROLE " + role_); }

    const std::string& port_ = tests::shared_server().port;
    std::string role_ = "guest_" + fresh_.name();
};

TEST_F(PostgresPassword, of_the_url_opens_the_first_host_that_answers) {
    const std::string hosts = "127.0.0.1:1,127.0.0.1:" + port_;
    const auto database = open("postgresql://" + role_ + ":r%2Fght@" + hosts + "/" + fresh_.name());
    run(database->write([](Transaction& tx) { tx.execute(insert_note, "one"); }));
    EXPECT_EQ(notes(), 1);
}

TEST_F(PostgresPassword, goes_over_tls_to_the_server_that_the_certificate_names) {
    const std::string begin = "postgresql://" + role_ + ":r%2Fght@127.0.0.1:" + port_ + "/" + fresh_.name();
    const std::string folder = sql("SHOW data_directory");
    const auto database = open(begin + "?sslmode=verify-full&sslrootcert=" + folder + "/server.crt");
    const auto uses_tls = [](Transaction& tx) {
        return tx.row<Flag>("SELECT ssl AS truth FROM pg_stat_ssl WHERE pid = pg_backend_pid()").value().truth;
    };
    EXPECT_TRUE(run(database->read(uses_tls)));
    const std::string large(3'000'000, 'x');  // many records of TLS
    run(database->write([&](Transaction& tx) { tx.execute(insert_note, large); }));
    const auto found = run(database->read([](Transaction& tx) { return tx.row<Note>("SELECT note FROM notes"); }));
    EXPECT_EQ(found.value().note, large);

    EXPECT_EQ(code_of([&] { open(begin + "?sslmode=verify-full&sslrootcert=/dev/null"); }), Errc::unavailable);
}

TEST_F(PostgresPassword, is_in_no_error) {
    const auto wrong =
        refusal_of([&] { open("postgresql://" + role_ + ":hunter2@127.0.0.1:" + port_ + "/" + fresh_.name()); });
    ASSERT_TRUE(wrong);
    EXPECT_EQ(wrong->code, Errc::unavailable);
    EXPECT_EQ((wrong->message + wrong->detail).find("hunter2"), std::string::npos) << wrong->detail;
    EXPECT_NE(wrong->detail.find(role_), std::string::npos) << wrong->detail;
    // Nor where somebody repeats it, here as the name of a host.
    const auto repeated = refusal_of([&] { open("postgresql://" + role_ + ":hunter2@hunter2.invalid/d"); });
    ASSERT_TRUE(repeated);
    EXPECT_EQ((repeated->message + repeated->detail).find("hunter2"), std::string::npos) << repeated->detail;
    EXPECT_NE(repeated->detail.find("***.invalid"), std::string::npos) << repeated->detail;
}

}  // namespace
}  // namespace symbolon::db::postgres
