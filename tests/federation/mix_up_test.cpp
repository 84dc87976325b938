#include "federation/journey.hpp"

// One provider's answer is never taken for another's (RFC 9700 §4.4, RFC 9207).
namespace symbolon::federation {
namespace {

using oauth::location;
using oauth::parameter_of;

class MixUp : public Travels {
protected:
    std::string told(Pairs answer) {
        return parameter_of(location(come_back(leave(), std::move(answer))), "error_description");
    }
};

constexpr std::string_view mixed_up = "The answer is of another identity provider";

TEST_F(MixUp, an_answer_that_names_another_issuer) {
    EXPECT_EQ(told({{"iss", "https://evil.example"}}), mixed_up);
    EXPECT_EQ(told({{"iss", "https://evil.example"}, {"code", ""}, {"error", "access_denied"}}), mixed_up);
    EXPECT_TRUE(provider.token_requests.empty());
    EXPECT_EQ(told({{"iss", std::string(FakeProvider::issuer)}}), "");
}

TEST_F(MixUp, an_answer_that_names_nobody_though_its_provider_does) {
    provider.publish({{"authorization_response_iss_parameter_supported", true}});
    EXPECT_EQ(told({}), mixed_up);
    EXPECT_TRUE(provider.token_requests.empty());
}

TEST_F(MixUp, the_code_goes_to_the_provider_that_the_browser_was_sent_to) {
    auto evil = corp();
    evil.name = "Evil";
    evil.details["oidc_issuer"] = "https://evil.example";
    evil.identifiers.clear();
    add_provider(evil);
    allow_providers({"COGNITO", "Corp", "Evil"});
    const auto arrival = come_back(leave());
    EXPECT_NE(parameter_of(location(arrival), "code"), "");
    for (const auto& url : fetcher.asked) EXPECT_FALSE(url.starts_with("https://evil.example")) << url;
}

}  // namespace
}  // namespace symbolon::federation
