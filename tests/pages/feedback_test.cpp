// The page behind the links of a mail about a risky sign-in.
#include "directory/auth_events.hpp"
#include "pages/house.hpp"
#include "signin/events.hpp"

#include <string>

namespace symbolon::pages {
namespace {

using namespace std::chrono_literals;

class Feedback : public House {
protected:
    Feedback() {
        change_pool([](directory::PoolSettings& settings) {
            settings.UserPoolAddOns.emplace().AdvancedSecurityMode = directory::AdvancedSecurityModeType::ENFORCED;
        });
        user = find_user(jane)->id;
        const auto pool = run(catalog.get_pool(pool_id));
        const signin::Happening happening{.type = directory::EventType::SignIn,
                                          .response = directory::EventResponseType::Fail};
        event = run(db->write([&](db::Transaction& tx) {
            return signin::record_event(services, tx, *pool, user, happening, {}, clock.now());
        }));
        token = signin::seal_feedback_token(sealer, pool_id, user, event, clock.now());
    }
    std::string link(const std::string& of_event, const std::string& with_token) const {
        return std::string(base_url) + "/" + pool_id.str() + "/feedback?" +
               encode({{"event", of_event}, {"user", user.str()}, {"token", with_token}, {"value", "valid"}});
    }
    std::string link() const { return link(event, token); }
    std::string rating() {
        const auto found =
            run(db->read([&](db::Transaction& tx) { return directory::AuthEvents(tx).find(pool_id, user, event); }));
        if (!found || !found->details.EventFeedback) return "";
        return found->details.EventFeedback->FeedbackValue == directory::FeedbackValueType::Valid ? "Valid" : "Invalid";
    }

    UserId user{""};
    std::string event;
    std::string token;
    Visitor visitor{*this};
};

TEST_F(Feedback, asks_before_it_rates_since_mail_programs_open_links) {
    const auto shown = visitor.get(link());
    EXPECT_EQ(shown.status, 200);
    EXPECT_NE(shown.body.find("name=\"answer\" value=\"invalid\""), std::string::npos);
    EXPECT_EQ(rating(), "");
    EXPECT_EQ(visitor.submit(link(), {{"answer", "invalid"}}).status, 200);
    EXPECT_EQ(rating(), "Invalid");
    visitor.submit(link(), {{"answer", "valid"}});
    EXPECT_EQ(rating(), "Valid") << "one may have pressed the wrong button";
}

TEST_F(Feedback, is_for_whoever_holds_the_link) {
    EXPECT_EQ(visitor.get(link(event, token + "A")).status, 400);
    EXPECT_EQ(visitor.get(link(event + "0", token)).status, 400);
    EXPECT_EQ(visitor.get(std::string(base_url) + "/" + pool_id.str() + "/feedback").status, 400);
    visitor.get(link());
    EXPECT_EQ(visitor.submit(link(event, token + "A"), {{"answer", "valid"}}).status, 400);
    EXPECT_EQ(visitor.post(link(), {{"answer", "valid"}}).status, 403) << "without this browser's token";
    EXPECT_EQ(visitor.submit(link(), {{"answer", "maybe"}}).status, 400);
    EXPECT_EQ(rating(), "");
    clock.advance(8 * 24h);
    EXPECT_EQ(visitor.get(link()).status, 400);
}

TEST_F(Feedback, is_no_page_of_a_pool_that_is_not_watched) {
    change_pool([](directory::PoolSettings& settings) {
        settings.UserPoolAddOns->AdvancedSecurityMode = directory::AdvancedSecurityModeType::OFF;
    });
    EXPECT_EQ(visitor.get(link()).status, 400);
}

}  // namespace
}  // namespace symbolon::pages
