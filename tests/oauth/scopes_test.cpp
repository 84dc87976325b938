#include "oauth/scopes.hpp"

#include <gtest/gtest.h>

namespace symbolon::oauth {
namespace {

using Scopes = std::vector<std::string>;

TEST(Scopes, are_words_each_once) {
    EXPECT_EQ(parse_scopes("openid  phone openid "), (Scopes{"openid", "phone"}));
    EXPECT_EQ(parse_scopes(""), Scopes{});
    EXPECT_EQ(parse_scopes("   "), Scopes{});
    EXPECT_EQ(join_scopes({"a", "b/c"}), "a b/c");
}

TEST(Scopes, cover_what_is_among_them_and_nothing_else) {
    EXPECT_TRUE(covers({"openid", "phone"}, {"phone"}));
    EXPECT_TRUE(covers({"openid"}, {}));
    EXPECT_FALSE(covers({"openid"}, {"openid", "phone"}));
    EXPECT_FALSE(covers({"openid"}, {"open"}));
}

TEST(Scopes, that_were_deleted_from_their_server_are_dropped) {
    directory::Client client;
    client.settings.AllowedOAuthScopes = List<directory::shape::Scope, 0, 50>{"openid", "https://a/b/read", "gone/x"};
    EXPECT_EQ(list_scopes_of(client, {"https://a/b/read", "other/y"}), (Scopes{"openid", "https://a/b/read"}));
}

}  // namespace
}  // namespace symbolon::oauth
