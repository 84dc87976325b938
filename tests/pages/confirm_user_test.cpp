// The page behind the link of a verification mail.
#include "pages/house.hpp"

#include <string>

namespace symbolon::pages {
namespace {

class ConfirmUser : public House {
protected:
    ConfirmUser() {
        services.names.base_url = base_url;
        change_pool([](directory::PoolSettings& settings) {
            settings.UsernameAttributes.reset();
            settings.AutoVerifiedAttributes =
                List<directory::VerifiedAttributeType>{directory::VerifiedAttributeType::email};
            auto& texts = settings.VerificationMessageTemplate.emplace();
            texts.DefaultEmailOption = directory::DefaultEmailOptionType::CONFIRM_WITH_LINK;
            texts.EmailMessageByLink = "{##here##}";
        });
        const auto pool = run(catalog.get_pool(pool_id));
        const auto client = run(catalog.get_client(client_id));
        run(sign_up.sign_up(pool, client, "ann", Password(good), {{"email", "ann@example.com"}}, {}));
        const std::string text = texts().front().text;
        link = text.substr(text.find("https://"));
    }
    bool is_confirmed() {
        const auto pool = run(catalog.get_pool(pool_id));
        return run(db->read([&](db::Transaction& tx) {
                   return directory::Users(tx).get_by_login(*pool, "ann");
               })).status == directory::UserStatus::CONFIRMED;
    }

    std::string link;
    Visitor visitor{*this};
};

TEST_F(ConfirmUser, takes_a_click_since_mail_programs_open_links) {
    EXPECT_EQ(visitor.get(link).status, 200);
    EXPECT_FALSE(is_confirmed());
    EXPECT_EQ(visitor.submit(link, {}).status, 200);
    EXPECT_TRUE(is_confirmed());
    EXPECT_EQ(visitor.submit(link, {}).status, 200) << "a second click is no failure";
}

TEST_F(ConfirmUser, is_for_whoever_holds_the_link) {
    const auto other = [&](const std::string& from, const std::string& to) {
        auto changed = link;
        return changed.replace(changed.find(from), from.size(), to);
    };
    EXPECT_EQ(visitor.get(other("client_id=", "client_id=x")).status, 400);
    EXPECT_EQ(visitor.get(other("user_name=ann", "user_name=")).status, 400);
    EXPECT_EQ(visitor.submit(other("confirmation_code=", "confirmation_code=9"), {}).status, 400);
    EXPECT_EQ(visitor.submit(other("user_name=ann", "user_name=bob"), {}).status, 400);
    EXPECT_EQ(visitor.post(link, {}).status, 403) << "without this browser's token";
    EXPECT_FALSE(is_confirmed());
}

}  // namespace
}  // namespace symbolon::pages
