#include "db/postgres/address.hpp"

#include "db/refusal.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <string_view>

namespace symbolon::db::postgres {
namespace {

/// What libpq is told for a keyword; "(none)" when nothing.
std::string value_of(const std::string& url, std::string_view keyword) {
    const Address address = parse_address(url);
    const auto found = std::ranges::find(address.parameters, keyword, [](const auto& p) { return p.first; });
    return found == address.parameters.end() ? "(none)" : found->second;
}

TEST(DatabaseAddress, has_the_parts_of_the_url) {
    const std::string url =
        "postgresql://us%40r:p%2Fw@db.example:6432/identities?sslmode=verify-full&options=-c%20a%3Db";
    EXPECT_EQ(value_of(url, "user"), "us@r");
    EXPECT_EQ(value_of(url, "password"), "p/w");
    EXPECT_EQ(value_of(url, "host"), "db.example");
    EXPECT_EQ(value_of(url, "port"), "6432");
    EXPECT_EQ(value_of(url, "dbname"), "identities");
    EXPECT_EQ(value_of(url, "sslmode"), "verify-full");
    EXPECT_EQ(value_of(url, "options"), "-c a=b");
    EXPECT_EQ(value_of("postgres://u@h/d", "user"), "u");
}

TEST(DatabaseAddress, names_the_program_and_limits_the_time_to_connect_unless_told_otherwise) {
    EXPECT_EQ(value_of("postgresql://h/d", "fallback_application_name"), "symbolon");
    EXPECT_EQ(value_of("postgresql://h/d", "connect_timeout"), "5");
    EXPECT_EQ(value_of("postgresql://h/d?connect_timeout=30", "connect_timeout"), "30");
    EXPECT_EQ(value_of("postgresql://h/d?application_name=mine", "application_name"), "mine");
}

TEST(DatabaseAddress, wants_of_several_hosts_the_one_that_takes_writes) {
    const std::string url = "postgresql://u@a:1,b:2/d";
    EXPECT_EQ(value_of(url, "host"), "a,b");
    EXPECT_EQ(value_of(url, "port"), "1,2");
    EXPECT_EQ(value_of(url, "target_session_attrs"), "read-write");
    EXPECT_EQ(value_of(url + "?target_session_attrs=any", "target_session_attrs"), "any");
    EXPECT_EQ(value_of("postgresql://u@a/d", "target_session_attrs"), "(none)");
}

TEST(DatabaseAddress, says_how_many_connections_there_are_at_most) {
    EXPECT_EQ(parse_address("postgresql://h/d").pool_size, 8u);
    EXPECT_EQ(parse_address("postgresql://h/d?pool_size=3").pool_size, 3u);
    const std::string between = "postgresql://h/d?sslmode=require&pool_size=20&connect_timeout=9";
    EXPECT_EQ(parse_address(between).pool_size, 20u);
    EXPECT_EQ(value_of(between, "sslmode"), "require");
    EXPECT_EQ(value_of(between, "connect_timeout"), "9");
    for (const char* wrong : {"0", "-1", "1001", "many", "", "8x"}) {
        EXPECT_EQ(code_of([&] { parse_address(std::string("postgresql://h/d?pool_size=") + wrong); }),
                  Errc::invalid_parameter)
            << wrong;
    }
}

TEST(DatabaseAddress, is_refused_without_repeating_any_of_it) {
    for (const char* url : {
             "postgresql://u:hunter2@h/d?no_such_parameter=1",
             "postgresql://u:hunter2@[h/d",
             "postgresql://u:hunter2@h/d?sslmode",
             "postgresql://u:hunter2@h:port/d",
             "postgresql://u:x@hunter2@h/d",  // an unescaped @: libpq would take "hunter2@h" for the host
             "postgresql://u:1/hunter2@h/d",  // an unescaped /: port 1, database "hunter2@h/d"
             "postgresql://u:hunter2/x@h/d",  // port "hunter2"
             "postgresql://u:%zzhunter2@h/d",
         }) {
        const auto refusal = refusal_of([&] { parse_address(url); });
        ASSERT_TRUE(refusal) << url;
        EXPECT_EQ(refusal->code, Errc::invalid_parameter) << url;
        EXPECT_EQ((refusal->message + refusal->detail).find("hunter2"), std::string::npos) << refusal->message;
    }
}

TEST(DatabaseAddress, takes_its_secrets_out_of_what_others_say) {
    const Address address = parse_address("postgresql://u:hunter2@h/d?sslpassword=s3cret");
    EXPECT_EQ(address.without_secrets("hunter2 and s3cret, hunter2"), "*** and ***, ***");
    EXPECT_EQ(parse_address("postgresql://u@h/d").without_secrets("as it is"), "as it is");
}

}  // namespace
}  // namespace symbolon::db::postgres
