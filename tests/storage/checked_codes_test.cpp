// Codes that are checked before a slow step and used after it.

#include "directory/codes.hpp"
#include "storage/directory_fixture.hpp"
#include "storage/parallel.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <string>

namespace symbolon::storage {
namespace {

using namespace std::chrono_literals;
using directory::CodePurpose;
using directory::OneTimeCodes;
using Result = OneTimeCodes::Result;

class CheckedCodesStore : public DirectoryTest {
protected:
    void save(const std::string& code) {
        write([&](db::Transaction& tx) {
            OneTimeCodes(tx, sealer_)
                .save(pool_a, alice, CodePurpose::recovery, "phone", OneTimeCode(code), noon + 180s);
        });
    }
    Result check(const std::string& code) {
        return write([&](db::Transaction& tx) {
            return OneTimeCodes(tx, sealer_)
                .check(pool_a, alice, CodePurpose::recovery, "phone", OneTimeCode(code), noon, 5);
        });
    }
    bool use(const std::string& code, Instant now = noon, const std::string& binding = "phone",
             const UserId& user = alice, CodePurpose purpose = CodePurpose::recovery) {
        return write([&](db::Transaction& tx) {
            return OneTimeCodes(tx, sealer_).use(pool_a, user, purpose, binding, OneTimeCode(code), now);
        });
    }
};

TEST_P(CheckedCodesStore, a_right_code_stays_until_it_is_used_and_is_used_once) {
    save("123456");
    EXPECT_EQ(check("123456"), Result::right);
    EXPECT_EQ(check("123456"), Result::right);
    EXPECT_TRUE(use("123456"));
    EXPECT_FALSE(use("123456"));
    EXPECT_EQ(check("123456"), Result::expired);
}

TEST_P(CheckedCodesStore, checks_are_counted_and_using_is_not) {
    save("123456");
    for (int i = 0; i < 4; ++i) EXPECT_EQ(check("000000"), Result::wrong);
    EXPECT_EQ(check("123456"), Result::right);
    EXPECT_EQ(check("123456"), Result::locked);
    EXPECT_TRUE(use("123456")) << "it was found right in time";
}

TEST_P(CheckedCodesStore, another_code_takes_the_place_of_one_that_was_found_right) {
    save("123456");
    EXPECT_EQ(check("123456"), Result::right);
    save("654321");
    EXPECT_FALSE(use("123456"));
    EXPECT_TRUE(use("654321"));
}

TEST_P(CheckedCodesStore, a_code_is_used_for_its_user_purpose_and_binding_and_in_its_time) {
    save("123456");
    EXPECT_FALSE(use("123456", noon, "email"));
    EXPECT_FALSE(use("123456", noon, "phone", UserId("id-2")));
    EXPECT_FALSE(use("123456", noon, "phone", alice, CodePurpose::sign_up));
    EXPECT_FALSE(use("123456", noon + 180s));
    EXPECT_TRUE(use("123456", noon + 180s - 1ms));
}

TEST_P(CheckedCodesStore, of_many_who_use_a_code_at_once_one_succeeds) {
    save("123456");
    std::atomic<int> succeeded = 0;
    run_in_parallel(40, [&] { succeeded += use("123456") ? 1 : 0; });
    EXPECT_EQ(succeeded, 1);
}

INSTANTIATE_TEST_SUITE_P(Engines, CheckedCodesStore, engines(), engine_name);

}  // namespace
}  // namespace symbolon::storage
