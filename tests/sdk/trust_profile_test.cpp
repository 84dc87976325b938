#include "symbolon/skill/trust_profile.hpp"

#include <gtest/gtest.h>

#include <functional>
#include <stdexcept>

namespace symbolon::skill {
namespace {

using namespace std::chrono_literals;

TrustRules good() {
    auto rules = TrustRules::at("http://127.0.0.1:8500/chain");
    rules.names = {"echo-api.assistant.test"};
    rules.roots_pem = {"-----BEGIN CERTIFICATE-----"};
    return rules;
}

TEST(TrustProfile, reads_where_chains_lie_from_a_url) {
    const auto rules = good();
    EXPECT_EQ(rules.scheme, "http");
    EXPECT_EQ(rules.hosts, std::vector<std::string>{"127.0.0.1"});
    EXPECT_EQ(rules.ports, std::vector<std::uint16_t>{8500});
    EXPECT_EQ(rules.path_prefix, "/chain/") << "without the slash /chainsaw would be in the folder";
    EXPECT_THROW(TrustRules::at("127.0.0.1:8500"), std::invalid_argument);
}

TEST(TrustProfile, a_local_one_is_not_the_platforms) {
    EXPECT_FALSE(TrustProfile::local(good()).is_amazon());
    EXPECT_TRUE(TrustProfile::amazon().is_amazon());
    EXPECT_TRUE(TrustProfile::amazon().rules().roots_pem.empty()) << "the system's roots, no others";
}

TEST(TrustProfile, a_local_one_is_refused_unless_it_is_complete_and_apart_from_the_platform) {
    const std::vector<std::function<void(TrustRules&)>> mistakes{
        [](TrustRules& rules) { rules.hosts.clear(); },
        [](TrustRules& rules) { rules.ports.clear(); },
        [](TrustRules& rules) { rules.names.clear(); },
        [](TrustRules& rules) { rules.roots_pem.clear(); },
        [](TrustRules& rules) { rules.path_prefix = ""; },
        [](TrustRules& rules) { rules.path_prefix = "/chain"; },
        [](TrustRules& rules) { rules.tolerance = 151s; },
        [](TrustRules& rules) { rules.tolerance = -1s; },
        [](TrustRules& rules) { rules.hosts.push_back("S3.amazonaws.com"); },
        [](TrustRules& rules) { rules.names.push_back("Echo-API.amazon.com"); },
    };
    for (std::size_t i = 0; i < mistakes.size(); ++i) {
        auto rules = good();
        mistakes[i](rules);
        EXPECT_THROW(TrustProfile::local(rules), std::invalid_argument) << i;
    }
    EXPECT_NO_THROW(TrustProfile::local(good()));
}

}  // namespace
}  // namespace symbolon::skill
