#include "phone_skill.hpp"

#include <gtest/gtest.h>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

/// Every request in samples/requests has its answer in samples/responses; `SYMBOLON_UPDATE_GOLDEN=1` writes them anew.
/// The same files are checked against the platform's own types in the end-to-end tests.
namespace symbolon::skill {
namespace {

const std::filesystem::path samples{SYMBOLON_SKILL_SAMPLES};

std::string read(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

std::vector<std::string> sample_names() {
    std::vector<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator(samples / "requests")) {
        names.push_back(entry.path().stem().string());
    }
    return names;
}

/// What the identity server says about the tokens in the samples.
HttpResponse user_info(const FetchRequest& request) {
    EXPECT_EQ(request.url, "https://auth.example.com/oauth2/userInfo");
    const std::string& bearer = request.headers.front().second;
    if (bearer == "Bearer token-of-anna") return {200, {}, R"({"sub":"1","phone_number":"+15555550123"})"};
    if (bearer == "Bearer token-without-phone") return {200, {}, R"({"sub":"1"})"};
    if (bearer == "Bearer token-revoked") return {401, {}, R"({"error":"invalid_token"})"};
    throw FetchError("connection refused");
}

json::object answer_to(const std::string& sample) {
    const auto skill = phone_skill::make({.skill_ids = {"amzn1.ask.skill.11111111-2222-3333-4444-555555555555"},
                                          .userinfo_url = "https://auth.example.com/oauth2/userInfo",
                                          .fetch = user_info});
    return skill.invoke(json::parse(read(samples / "requests" / (sample + ".json"))).as_object());
}

class PhoneSkillSample : public ::testing::TestWithParam<std::string> {};

TEST_P(PhoneSkillSample, answers_as_in_the_sample) {
    const auto path = samples / "responses" / (GetParam() + ".json");
    const auto answer = answer_to(GetParam());
    if (std::getenv("SYMBOLON_UPDATE_GOLDEN") != nullptr) std::ofstream(path) << json::serialize(answer) << '\n';
    EXPECT_EQ(json::parse(read(path)), answer);
}

INSTANTIATE_TEST_SUITE_P(Samples, PhoneSkillSample, ::testing::ValuesIn(sample_names()),
                         [](const auto& parameter) { return parameter.param; });

std::string card_of(const json::object& answer) {
    const auto* card = answer.at("response").as_object().if_contains("card");
    return card == nullptr ? "none" : std::string(card->at("type").as_string());
}
std::string speech_of(const json::object& answer) {
    return std::string(answer.at("response").at("outputSpeech").at("ssml").as_string());
}

TEST(PhoneSkill, sends_the_link_card_and_ends_the_session_without_a_token) {
    for (const auto* sample : {"launch_unlinked", "launch_empty_token", "phone_number_revoked"}) {
        const auto answer = answer_to(sample);
        EXPECT_EQ(card_of(answer), "LinkAccount") << sample;
        EXPECT_EQ(answer.at("response").at("shouldEndSession"), true) << sample;
    }
}

TEST(PhoneSkill, says_the_number_digit_by_digit) {
    for (const auto* sample : {"launch_linked", "phone_number_linked"}) {
        const auto answer = answer_to(sample);
        EXPECT_NE(speech_of(answer).find(R"(<say-as interpret-as="digits">15555550123</say-as>)"), std::string::npos);
        EXPECT_EQ(card_of(answer), "none") << "nothing of the number may stay in the app";
    }
}

TEST(PhoneSkill, keeps_the_link_when_the_identity_server_is_down) {
    EXPECT_EQ(card_of(answer_to("phone_number_server_down")), "none");
}

}  // namespace
}  // namespace symbolon::skill
