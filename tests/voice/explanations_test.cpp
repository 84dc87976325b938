#include "voice/linking/explanations.hpp"

#include <gtest/gtest.h>

#include <set>
#include <string>

namespace symbolon::voice {
namespace {

TEST(Explanations, know_every_failure_of_the_reference) {
    const auto causes = explained_causes();
    const std::set<std::string_view> known(causes.begin(), causes.end());
    EXPECT_EQ(known.size(), causes.size()) << "each once";
    // voice-account-linking.md §7.2 rule 5, and the error codes of RFC 6749 §4.1.2.1 and §5.2.
    for (const auto* cause : {"dns",
                              "connect",
                              "tls",
                              "timeout",
                              "redirect",
                              "status",
                              "content_type",
                              "json",
                              "missing_access_token",
                              "missing_refresh_token",
                              "bad_expires_in",
                              "expires_too_short",
                              "oauth_error:invalid_request",
                              "oauth_error:invalid_client",
                              "oauth_error:invalid_grant",
                              "oauth_error:unauthorized_client",
                              "oauth_error:unsupported_grant_type",
                              "oauth_error:invalid_scope",
                              "oauth_error:access_denied",
                              "oauth_error:unsupported_response_type",
                              "oauth_error:server_error",
                              "oauth_error:temporarily_unavailable",
                              "state_unknown",
                              "state_of_another_browser",
                              "state_expired",
                              "missing_code",
                              "accept_grant",
                              "sync",
                              "discovery",
                              "grant_callback",
                              "reciprocal"}) {
        EXPECT_TRUE(known.contains(cause)) << cause;
    }
}

TEST(Explanations, say_what_it_means_and_what_to_do) {
    for (const auto cause : explained_causes()) {
        EXPECT_FALSE(explain(cause).text.empty()) << cause;
        EXPECT_FALSE(explain(cause).advice.empty()) << cause;
    }
    EXPECT_FALSE(explain("oauth_error:something_of_their_own").text.empty());
}

TEST(Explanations, of_a_refresh_differ_where_they_mean_something_else) {
    EXPECT_NE(explain_refresh("oauth_error:invalid_grant").text, explain("oauth_error:invalid_grant").text);
    EXPECT_NE(explain_assertion("oauth_error:invalid_grant").text, explain("oauth_error:invalid_grant").text);
    EXPECT_EQ(explain_assertion("timeout").text, explain("timeout").text);
    EXPECT_EQ(explain_refresh("dns").text, explain("dns").text);
}

}  // namespace
}  // namespace symbolon::voice
