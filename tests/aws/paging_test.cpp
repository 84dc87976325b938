// Lists in pages (cognito-api.md §1.6; attack row 35).
#include "aws/paging.hpp"
#include "aws/house.hpp"

#include <set>

namespace symbolon::aws {
namespace {

class Paging : public House {
protected:
    struct List {
        std::string operation, items, key, limit, token;
        object request;
    };

    /// Every list, with five entries each; lists of pools have seven.
    std::vector<List> lists() {
        pool = add_pool();
        other_pool = add_pool();
        for (int i = 0; i < 5; ++i) {
            const auto number = std::to_string(i);
            add_pool();
            add_client(pool);
            call("CreateResourceServer",
                 {{"UserPoolId", pool}, {"Identifier", "https://api.example/" + number}, {"Name", "s"}});
            call("AdminCreateUser", {{"UserPoolId", pool}, {"Username", "u" + number}, {"MessageAction", "SUPPRESS"}});
        }
        const object of_pool{{"UserPoolId", pool}};
        return {{"ListUserPools", "UserPools", "Id", "MaxResults", "NextToken", {}},
                {"ListUserPoolClients", "UserPoolClients", "ClientId", "MaxResults", "NextToken", of_pool},
                {"ListResourceServers", "ResourceServers", "Identifier", "MaxResults", "NextToken", of_pool},
                {"ListUsers", "Users", "Username", "Limit", "PaginationToken", of_pool}};
    }
    object page(const List& list, int limit, const std::string& token = {}) {
        return call(list.operation, request(list, limit, token));
    }
    static object request(const List& list, int limit, const std::string& token) {
        auto out = list.request;
        out[list.limit] = limit;
        if (!token.empty()) out[list.token] = token;
        return out;
    }
    std::string pool, other_pool;
};

TEST_F(Paging, pages_hold_every_entry_once) {
    for (const auto& list : lists()) {
        SCOPED_TRACE(list.operation);
        const auto whole = page(list, 50);
        EXPECT_FALSE(whole.contains(list.token));
        std::vector<std::string> all;
        for (const auto& item : whole.at(list.items).as_array()) all.push_back(text(item.as_object(), list.key));
        EXPECT_EQ(all.size(), list.operation == "ListUserPools" ? 7U : 5U);
        for (const int limit : {1, 2, 3}) {
            std::vector<std::string> seen;
            std::string token;
            do {
                const auto one = page(list, limit, token);
                const auto& items = one.at(list.items).as_array();
                EXPECT_LE(items.size(), static_cast<std::size_t>(limit));
                EXPECT_FALSE(items.empty());
                for (const auto& item : items) seen.push_back(text(item.as_object(), list.key));
                token = text(one, list.token);
            } while (!token.empty());
            EXPECT_EQ(seen, all) << limit;
        }
    }
}

TEST_F(Paging, a_full_last_page_has_no_token) {
    for (const auto& list : lists()) {
        EXPECT_FALSE(page(list, list.operation == "ListUserPools" ? 7 : 5).contains(list.token)) << list.operation;
    }
}

TEST_F(Paging, a_token_that_was_not_given_out_is_refused) {
    const auto all = lists();
    for (const auto& list : all) {
        SCOPED_TRACE(list.operation);
        const auto token = text(page(list, 2), list.token);
        ASSERT_FALSE(token.empty());
        EXPECT_EQ(token.find_first_of(" \t\n"), std::string::npos);
        const auto refuse = [&](const std::string& forged) {
            EXPECT_EQ(refusal(list.operation, request(list, 2, forged)), invalid_page) << forged;
        };
        for (const char* forged : {"x", "AAAA", "'", "1=1--", "';DROP", "0", "eyJhIjoxfQ==", "\xE2\x82\xAC"})
            refuse(forged);
        for (std::size_t size = 1; size < token.size(); size += 7) refuse(token.substr(0, size));
        refuse(token + "A");
        for (std::size_t at = 0; at < token.size(); at += 3) {
            auto tampered = token;
            tampered[at] = tampered[at] == 'A' ? 'B' : 'A';
            // The last characters of an encoding may carry unused bits; all others count.
            if (at + 2 < token.size()) refuse(tampered);
        }
        for (const auto& other : all) {
            if (other.operation != list.operation) refuse(text(page(other, 2), other.token));
        }
    }
}

TEST_F(Paging, a_token_of_another_pool_or_filter_is_refused) {
    for (const auto& list : lists()) {
        if (list.operation == "ListUserPools") continue;
        const auto token = text(page(list, 2), list.token);
        auto foreign = request(list, 2, token);
        foreign["UserPoolId"] = other_pool;
        EXPECT_EQ(refusal(list.operation, foreign), invalid_page) << list.operation;
    }
    const object filtered{{"UserPoolId", pool}, {"Limit", 2}, {"Filter", "username ^= \"u\""}};
    const auto token = text(call("ListUsers", filtered), "PaginationToken");
    ASSERT_FALSE(token.empty());
    EXPECT_EQ(refusal("ListUsers", with(filtered, {{"PaginationToken", token}, {"Filter", "username ^= \"\""}})),
              invalid_page);
    EXPECT_EQ(call("ListUsers", with(filtered, {{"PaginationToken", token}})).at("Users").as_array().size(), 2U);
}

TEST_F(Paging, a_token_is_good_for_an_hour) {
    for (const auto& list : lists()) {
        const auto token = text(page(list, 2), list.token);
        clock.advance(std::chrono::hours(1) - std::chrono::milliseconds(1));
        EXPECT_FALSE(page(list, 2, token).at(list.items).as_array().empty()) << list.operation;
        clock.advance(std::chrono::milliseconds(1));
        EXPECT_EQ(refusal(list.operation, request(list, 2, token)), invalid_page) << list.operation;
    }
}

TEST_F(Paging, other_sealed_texts_are_no_tokens) {
    const auto now = clock.now();
    const auto page = seal_page(sealer, "ListUserPools", "p", now);
    EXPECT_EQ(open_page(sealer, "ListUserPools", page, now), "p");
    EXPECT_THROW(open_page(sealer, "ListUsers", page, now), Error);
    const auto forged = sealer.seal_text("another purpose", "ListUserPools", "99999999999999:p");
    EXPECT_THROW(open_page(sealer, "ListUserPools", forged, now), Error);
    EXPECT_THROW(open_page(sealer, "ListUserPools", sealer.seal_text("page", "ListUserPools", "no colon"), now), Error);
}

TEST_F(Paging, a_limit_of_nought_means_the_default) {
    const auto all = lists();
    EXPECT_EQ(page(all.back(), 0).at("Users").as_array().size(), 5U);
}

TEST_F(Paging, a_list_follows_what_changes_between_pages) {
    const auto all = lists();
    const auto& users = all.back();
    const auto first = page(users, 2);
    call("AdminDeleteUser", {{"UserPoolId", pool}, {"Username", "u2"}});
    const auto rest = page(users, 60, text(first, "PaginationToken"));
    std::set<std::string> seen;
    for (const auto* part : {&first, &rest}) {
        for (const auto& user : part->at("Users").as_array()) {
            EXPECT_TRUE(seen.insert(text(user.as_object(), "Username")).second);
        }
    }
    EXPECT_GE(seen.size(), 4U);
    EXPECT_TRUE(seen.contains("u0") && seen.contains("u1") && seen.contains("u3") && seen.contains("u4"));
}

}  // namespace
}  // namespace symbolon::aws
