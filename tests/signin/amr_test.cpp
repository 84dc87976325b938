#include "signin/amr.hpp"

#include <gtest/gtest.h>

namespace symbolon::signin {
namespace {

using Methods = std::vector<std::string>;

// oauth-and-hosted-ui.md §1.16, RFC 8176 §2.
TEST(Amr, names_what_was_proven) {
    EXPECT_EQ(amr_of({}), Methods{});
    EXPECT_EQ(amr_of({.password = true}), Methods{"pwd"});
    EXPECT_EQ(amr_of({.first_code = true}), Methods{"otp"});
    EXPECT_EQ(amr_of({.password = true, .sms_code = true}), (Methods{"pwd", "sms", "mfa"}));
    EXPECT_EQ(amr_of({.password = true, .email_code = true}), (Methods{"pwd", "email_otp", "mfa"}));
    EXPECT_EQ(amr_of({.password = true, .software_token = true}), (Methods{"pwd", "otp", "mfa"}));
    EXPECT_EQ(amr_of({.password = true, .device = true}), Methods{"pwd"});
}

TEST(Amr, a_passkey_is_two_factors_only_when_it_asked_who_holds_it) {
    EXPECT_EQ(amr_of({.passkey = true}), Methods{"swk"});
    EXPECT_EQ(amr_of({.passkey_user = true}), (Methods{"swk", "mfa"}));
}

}  // namespace
}  // namespace symbolon::signin
