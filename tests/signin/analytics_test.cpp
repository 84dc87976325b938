// What a client's AnalyticsConfiguration tells of, in the shape of Pinpoint's event streams.
#include "signin/analytics.hpp"

#include "directory/log_lines.hpp"
#include "signin/house.hpp"

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace symbolon::signin {
namespace {

using boost::json::object;

class AnalyticsTest : public House {
protected:
    static constexpr std::string_view application = "0123456789abcdef0123456789abcdef";

    AnalyticsTest() {
        services.delivers_logs = true;
        require_mfa(directory::UserPoolMfaType::OFF);
        configure([](auto& analytics) { analytics.ApplicationId = application; });
    }
    void configure(const std::function<void(directory::AnalyticsConfigurationType&)>& change) {
        change_client([&](directory::Client& changed) { change(changed.settings.AnalyticsConfiguration.emplace()); });
    }
    std::vector<object> take() {
        std::vector<object> out;
        for (const auto& line : run(db->write([](db::Transaction& tx) { return directory::LogLines(tx).take(100); }))) {
            EXPECT_EQ(line.destination, "pinpoint:" + std::string(application));
            EXPECT_EQ(line.line.find(good), std::string::npos) << "no secret";
            out.push_back(boost::json::parse(line.line).as_object());
        }
        return out;
    }
    std::vector<std::string> taken_types() {
        std::vector<std::string> out;
        for (const auto& event : take()) out.emplace_back(event.at("event_type").as_string());
        return out;
    }
    using Types = std::vector<std::string>;
};

TEST_F(AnalyticsTest, tell_of_sign_ups_sign_ins_and_failures) {
    add_user();
    EXPECT_EQ(taken_types(), Types{"_userauth.sign_up"});
    EXPECT_TRUE(is_signed_in(enter(jane, good)));
    EXPECT_EQ(taken_types(), Types{"_userauth.sign_in"});
    EXPECT_EQ(refusal_of([&] { enter(jane, bad); }), wrong_password);
    EXPECT_EQ(taken_types(), Types{"_userauth.auth_fail"});
    EXPECT_EQ(refusal_of([&] { enter(nobody, bad); }), wrong_password);
    EXPECT_EQ(taken_types(), Types{}) << "there is nobody whom it could count";
}

TEST_F(AnalyticsTest, tell_of_a_sign_in_when_it_is_complete) {
    add_user();
    require_mfa(directory::UserPoolMfaType::ON);
    take();
    const auto asked = challenge();
    EXPECT_EQ(taken_types(), Types{}) << "half of it";
    EXPECT_EQ(refusal_of([&] { answer(asked, other_than(last_code())); }).code, Errc::code_mismatch);
    EXPECT_EQ(taken_types(), Types{"_userauth.auth_fail"});
    EXPECT_TRUE(is_signed_in(answer(asked, last_code())));
    EXPECT_EQ(taken_types(), Types{"_userauth.sign_in"});
}

TEST_F(AnalyticsTest, say_who_it_was_only_where_users_data_are_shared) {
    const auto id = add_user();
    take();
    EXPECT_TRUE(is_signed_in(enter(jane, good)));
    const auto kept = take();
    ASSERT_EQ(kept.size(), 1U);
    const auto visitor = kept[0].at("client").as_object().at("client_id");
    const object expected{
        {"event_type", "_userauth.sign_in"},
        {"event_timestamp", to_ms(clock.now())},
        {"event_version", "3.1"},
        {"application", {{"app_id", application}}},
        {"client", {{"client_id", visitor}}},
        {"attributes", {{"user_pool_id", pool->id.str()}, {"user_pool_client_id", client->id.str()}}}};
    EXPECT_EQ(kept[0], expected) << "no user, no attribute";
    EXPECT_NE(visitor.as_string(), id.str());

    configure([](auto& analytics) {
        analytics.ApplicationArn = "arn:aws:mobiletargeting:us-east-1:000000000000:apps/" + std::string(application);
        analytics.UserDataShared = true;
    });
    EXPECT_TRUE(is_signed_in(enter(jane, good)));
    const auto shared = take();
    ASSERT_EQ(shared.size(), 1U);
    EXPECT_EQ(shared[0].at("client").as_object().at("client_id"), visitor) << "the same person at the same application";
    const auto& of = shared[0].at("endpoint").as_object().at("User").as_object();
    EXPECT_EQ(of.at("UserId").as_string(), id.str());
    EXPECT_EQ(of.at("UserAttributes").as_object().at("phone_number"), boost::json::array{jane});
}

TEST_F(AnalyticsTest, are_made_only_where_somebody_wants_them) {
    add_user();
    take();
    services.delivers_logs = false;
    EXPECT_TRUE(is_signed_in(enter(jane, good)));
    services.delivers_logs = true;
    EXPECT_EQ(taken_types(), Types{}) << "nobody would take them";
    configure([](auto&) {});
    EXPECT_TRUE(is_signed_in(enter(jane, good)));
    EXPECT_EQ(taken_types(), Types{}) << "no application";
    change_client([](directory::Client& changed) { changed.settings.AnalyticsConfiguration.reset(); });
    EXPECT_TRUE(is_signed_in(enter(jane, good)));
    EXPECT_EQ(taken_types(), Types{}) << "the client did not ask for them";
}

}  // namespace
}  // namespace symbolon::signin
