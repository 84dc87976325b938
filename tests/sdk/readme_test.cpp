#include "symbolon/skill/skill.hpp"

#include <gtest/gtest.h>

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>

symbolon::skill::Skill coffee_skill();  // readme_example.cpp

namespace symbolon::skill {
namespace {

std::string read(const char* path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

TEST(Readme, shows_the_example_that_is_compiled_here) {
    const std::string example = read(SYMBOLON_README_EXAMPLE);
    ASSERT_FALSE(example.empty());
    EXPECT_NE(read(SYMBOLON_SDK_README).find("```cpp\n" + example + "```\n"), std::string::npos);
}

TEST(Readme, example_is_a_whole_skill_in_less_than_forty_lines) {
    const std::string example = read(SYMBOLON_README_EXAMPLE);
    EXPECT_LT(std::ranges::count(example, '\n'), 40);
}

TEST(Readme, example_works) {
    const auto answer_to = [](std::string_view request) {
        auto envelope = json::parse(R"({"context":{"System":{"application":{"applicationId":
            "amzn1.ask.skill.2f1a6f0e-5f5b-4f0e-9d7c-0d9f6b2f7a11"}}}})")
                            .as_object();
        envelope["request"] = json::parse(json::string_view(request.data(), request.size()));
        return coffee_skill().invoke(envelope).at("response");
    };
    EXPECT_EQ(answer_to(R"({"type":"LaunchRequest"})").at("shouldEndSession"), false);
    EXPECT_EQ(answer_to(R"({"type":"IntentRequest","intent":{"name":"OrderIntent"}})").at("card").at("type"),
              "LinkAccount");
    EXPECT_EQ(answer_to(R"({"type":"Tomorrow"})").at("outputSpeech").at("ssml"),
              "<speak>Sorry, something went wrong.</speak>");
}

}  // namespace
}  // namespace symbolon::skill
