// The history of what users did (cognito-api.md §2.7, §2.8).
#include "aws/house.hpp"
#include "signin/events.hpp"

#include <chrono>
#include <set>
#include <string>

namespace symbolon::aws {
namespace {

using namespace std::chrono_literals;

class AuthEvents : public House {
protected:
    std::string pool = add_pool(with(tutorial(), {{"UserPoolAddOns", object{{"AdvancedSecurityMode", "ENFORCED"}}}}));
    std::string client = add_client(pool);

    object request(std::string_view user = jane) { return {{"UserPoolId", pool}, {"Username", user}}; }
    array events(std::string_view user = jane) {
        return call("AdminListUserAuthEvents", request(user)).at("AuthEvents").as_array();
    }
    /// "Type:Response", latest first.
    std::string history(std::string_view user = jane) {
        std::string out;
        for (const auto& event : events(user))
            out += text(event.as_object(), "EventType") + ":" + text(event.as_object(), "EventResponse") + " ";
        return out;
    }
    std::string record(const std::string& sub) {
        const auto stored = run(catalog.get_pool(PoolId(pool)));
        return write([&](db::Transaction& tx) {
            return signin::record_event(services, tx, *stored, UserId(sub),
                                        {directory::EventType::SignIn, directory::EventResponseType::Pass},
                                        {"192.0.2.7", {}}, clock.now());
        });
    }
};

TEST_F(AuthEvents, tell_of_sign_up_resent_codes_and_recovery) {
    call("SignUp", {{"ClientId", client}, {"Username", jane}, {"Password", good}});
    clock.advance(1s);
    call("ResendConfirmationCode", {{"ClientId", client}, {"Username", jane}});
    EXPECT_EQ(history(), "ResendCode:Pass SignUp:Pass ");
    call("ConfirmSignUp", {{"ClientId", client}, {"Username", jane}, {"ConfirmationCode", last_code(pool)}});
    clock.advance(1s);
    call("ForgotPassword", {{"ClientId", client}, {"Username", jane}});
    const auto code = last_code(pool);
    object confirm{
        {"ClientId", client}, {"Username", jane}, {"ConfirmationCode", other_than(code)}, {"Password", good}};
    clock.advance(1s);
    EXPECT_EQ(refusal("ConfirmForgotPassword", confirm), wrong_code);
    clock.advance(1s);
    call("ConfirmForgotPassword", with(confirm, {{"ConfirmationCode", code}}));
    EXPECT_EQ(history(),
              "ForgotPassword:Pass ForgotPassword:Fail ForgotPassword:InProgress ResendCode:Pass SignUp:Pass ");
    const object latest = events()[0].as_object();
    EXPECT_EQ(text(latest, "EventContextData.IpAddress"), "192.0.2.1");
    EXPECT_EQ(text(latest, "EventRisk.RiskDecision"), "NoRisk");
    EXPECT_TRUE(latest.contains("CreationDate"));
}

TEST_F(AuthEvents, are_kept_only_where_the_add_on_is) {
    const auto plain = add_pool(tutorial());
    const auto other = add_client(plain);
    call("SignUp", {{"ClientId", other}, {"Username", jane}, {"Password", good}});
    EXPECT_EQ(refusal("AdminListUserAuthEvents", {{"UserPoolId", plain}, {"Username", jane}}),
              (Refused{"UserPoolAddOnNotEnabled", "User pool add-ons are not enabled for this user pool."}));
    EXPECT_EQ(refusal("AdminListUserAuthEvents", request(nobody)), unknown_user);
}

TEST_F(AuthEvents, come_page_by_page_latest_first) {
    const auto sub = add_user(pool, client);
    std::set<std::string> made;
    for (int i = 0; i < 7; ++i) {
        clock.advance(1s);
        made.insert(record(sub));
    }
    std::set<std::string> seen;
    double former = 1e12;
    auto next = with(request(), {{"MaxResults", 3}});
    while (true) {
        const auto page = call("AdminListUserAuthEvents", next);
        for (const auto& event : page.at("AuthEvents").as_array()) {
            EXPECT_TRUE(seen.insert(text(event.as_object(), "EventId")).second);
            EXPECT_LE(event.at("CreationDate").to_number<double>(), former);
            former = event.at("CreationDate").to_number<double>();
        }
        if (!page.contains("NextToken")) break;
        next["NextToken"] = page.at("NextToken");
    }
    EXPECT_EQ(seen.size(), made.size() + 1) << "and the sign-up";
    add_user(pool, client, john);
    EXPECT_EQ(refusal("AdminListUserAuthEvents", with(next, {{"Username", john}})), invalid_page);
}

TEST_F(AuthEvents, are_rated_by_administrators) {
    const auto sub = add_user(pool, client);
    clock.advance(1s);
    const auto id = record(sub);
    const auto rate = with(request(), {{"EventId", id}, {"FeedbackValue", "Invalid"}});
    call("AdminUpdateAuthEventFeedback", rate);
    EXPECT_EQ(text(events()[0].as_object(), "EventFeedback.FeedbackValue"), "Invalid");
    EXPECT_EQ(text(events()[0].as_object(), "EventFeedback.Provider"), "Admin");
    EXPECT_EQ(refusal("AdminUpdateAuthEventFeedback", with(rate, {{"EventId", "unknown"}})),
              (Refused{"InvalidParameter", "Event does not exist."}));
    add_user(pool, client, john);
    EXPECT_EQ(refusal("AdminUpdateAuthEventFeedback", with(rate, {{"Username", john}})).type, "InvalidParameter");
}

TEST_F(AuthEvents, are_rated_by_whoever_holds_the_token_of_this_event) {
    const auto sub = add_user(pool, client);
    const auto id = record(sub);
    const auto other = record(sub);
    const auto token = signin::seal_feedback_token(sealer, PoolId(pool), UserId(sub), id, clock.now());
    const auto rate = with(request(), {{"EventId", id}, {"FeedbackToken", token}, {"FeedbackValue", "Valid"}});
    const Refused refused{"NotAuthorized", "Invalid feedback token."};
    EXPECT_EQ(refusal("UpdateAuthEventFeedback", with(rate, {{"EventId", other}})), refused);
    EXPECT_EQ(refusal("UpdateAuthEventFeedback", with(rate, {{"FeedbackToken", token + "A"}})), refused);
    EXPECT_EQ(refusal("UpdateAuthEventFeedback", with(rate, {{"Username", nobody}})), refused)
        << "who is there is nobody's business";
    add_user(pool, client, john);
    EXPECT_EQ(refusal("UpdateAuthEventFeedback", with(rate, {{"Username", john}})), refused);
    call("UpdateAuthEventFeedback", rate);
    bool rated = false;
    for (const auto& event : events()) rated = rated || text(event.as_object(), "EventFeedback.Provider") == "User";
    EXPECT_TRUE(rated);
    clock.advance(7 * 24h);
    EXPECT_EQ(refusal("UpdateAuthEventFeedback", rate), refused);
}

TEST_F(AuthEvents, in_progress_are_carried_on) {
    const auto sub = add_user(pool, client);
    const auto stored = run(catalog.get_pool(PoolId(pool)));
    const auto put = [&](directory::EventResponseType response, const std::string& continues) {
        return write([&](db::Transaction& tx) {
            return signin::record_event(services, tx, *stored, UserId(sub),
                                        {directory::EventType::SignIn, response, {}, continues}, {}, clock.now());
        });
    };
    const auto before = events().size();
    clock.advance(1s);
    const auto id = put(directory::EventResponseType::InProgress, "");
    clock.advance(1min);
    EXPECT_EQ(put(directory::EventResponseType::Pass, id), id);
    EXPECT_EQ(events().size(), before + 1);
    EXPECT_EQ(text(events()[0].as_object(), "EventResponse"), "Pass");
    EXPECT_NE(put(directory::EventResponseType::Pass, "of-nobody"), "of-nobody");
}

}  // namespace
}  // namespace symbolon::aws
