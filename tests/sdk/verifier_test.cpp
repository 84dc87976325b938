#include "symbolon/skill/verifier.hpp"

#include "sdk/platform.hpp"

#include <gtest/gtest.h>

#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

#include <stdlib.h>  // setenv
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <string>
#include <utility>

namespace symbolon::skill::testing {
namespace {

using namespace std::chrono_literals;

/// Makes one certificate the system's only root for as long as it lives.
class SystemRoot {
public:
    explicit SystemRoot(const std::string& root_pem) {
        std::ofstream(path_) << root_pem;
        ::setenv("SSL_CERT_FILE", path_.c_str(), 1);
    }
    ~SystemRoot() {
        ::unsetenv("SSL_CERT_FILE");
        std::filesystem::remove(path_);
    }
    SystemRoot(const SystemRoot&) = delete;

private:
    std::string path_ = ::testing::TempDir() + "symbolon-skill-root-" + std::to_string(::getpid()) + ".pem";
};

constexpr std::string_view amazon_url = "https://s3.amazonaws.com/echo.api/echo-api-cert.pem";

class VerifierTest : public ::testing::Test {
protected:
    Platform platform;

    VerifierOptions options() {
        return {.skill_ids = {std::string(skill_id)},
                .trust = {platform.profile()},
                .fetch = platform.fetch(),
                .now = platform.clock()};
    }
    json::object sent_at(Time at, std::string_view type = "LaunchRequest") {
        auto envelope = platform.envelope();
        envelope["request"].as_object()["timestamp"] = to_iso(at);
        envelope["request"].as_object()["type"] = type;
        return envelope;
    }
};

TEST_F(VerifierTest, accepts_the_genuine_request_and_returns_its_envelope) {
    Verifier verifier(options());
    const auto envelope = platform.envelope();
    EXPECT_EQ(verifier.verify(platform.sign(envelope)), envelope);
}

TEST_F(VerifierTest, finds_headers_whatever_their_case) {
    Verifier verifier(options());
    auto request = platform.sign(platform.envelope());
    for (auto& [name, value] : request.headers) {
        if (name == "SignatureCertChainUrl") name = "signaturecertchainurl";
        if (name == "Signature-256") name = "SIGNATURE-256";
    }
    EXPECT_NO_THROW(verifier.verify(request));
}

TEST_F(VerifierTest, needs_no_legacy_signature) {
    Verifier verifier(options());
    auto request = platform.sign(platform.envelope());
    remove_header(request, "Signature");
    EXPECT_NO_THROW(verifier.verify(request));
}

TEST_F(VerifierTest, believes_the_older_header_alone_only_when_told_to) {
    auto request = platform.sign(platform.envelope());
    set_header(request, "Signature", sign_sha1(trusted_authority().leaf_key_pem, request.body));
    remove_header(request, "Signature-256");
    EXPECT_THROW(Verifier(options()).verify(request), VerificationError);
    auto older = options();
    older.accept_sha1 = true;
    EXPECT_NO_THROW(Verifier(std::move(older)).verify(request));
}

TEST_F(VerifierTest, resolves_dots_in_the_chain_url_and_fetches_what_it_checked) {
    Verifier verifier(options());
    auto request = platform.sign(platform.envelope());
    set_header(request, "SignatureCertChainUrl", "HTTPS://Chains.Assistant.TEST:443/echo.api/../echo.api/./chain.pem");
    EXPECT_NO_THROW(verifier.verify(request));
    EXPECT_EQ(platform.fetched, std::vector{std::string(chain_url)});
}

TEST_F(VerifierTest, fetches_a_chain_once) {
    Verifier verifier(options());
    for (int i = 0; i < 3; ++i) verifier.verify(platform.sign(platform.envelope()));
    EXPECT_EQ(platform.fetched.size(), 1U);
}

TEST_F(VerifierTest, does_not_use_a_kept_chain_after_it_expired) {
    Verifier verifier(options());
    verifier.verify(platform.sign(platform.envelope()));
    platform.now = noon() + std::chrono::years{1} + 1s;
    EXPECT_THROW(verifier.verify(platform.sign(platform.envelope())), VerificationError);
    EXPECT_EQ(platform.fetched.size(), 2U);
}

TEST_F(VerifierTest, fetches_the_renewed_chain_when_the_kept_one_expired) {
    const auto renewed = crypto::x509::make_local_authority(chain_name, noon(), noon() + std::chrono::years{3});
    platform.roots.push_back(renewed.root_pem);
    Verifier verifier(options());
    verifier.verify(platform.sign(platform.envelope()));
    platform.now = noon() + std::chrono::years{2};
    platform.published[std::string(chain_url)] = {200, {}, renewed.chain_pem()};
    const auto request = platform.sign_with(renewed, json::serialize(platform.envelope()));
    EXPECT_NO_THROW(verifier.verify(request));
}

TEST_F(VerifierTest, does_not_keep_a_chain_that_it_refused) {
    Verifier verifier(options());
    platform.published[std::string(chain_url)] = {200, {}, "rubbish"};
    EXPECT_THROW(verifier.verify(platform.sign(platform.envelope())), VerificationError);
    platform.published[std::string(chain_url)] = {200, {}, trusted_authority().chain_pem()};
    EXPECT_NO_THROW(verifier.verify(platform.sign(platform.envelope())));
}

TEST_F(VerifierTest, fetches_nothing_for_a_url_that_it_refuses) {
    Verifier verifier(options());
    auto request = platform.sign(platform.envelope());
    set_header(request, "SignatureCertChainUrl", "https://evil.example/echo.api/chain.pem");
    EXPECT_THROW(verifier.verify(request), VerificationError);
    EXPECT_TRUE(platform.fetched.empty());
}

TEST_F(VerifierTest, tolerates_150_seconds_either_way) {
    Verifier verifier(options());
    EXPECT_NO_THROW(verifier.verify(platform.sign(sent_at(platform.now - 150s))));
    EXPECT_NO_THROW(verifier.verify(platform.sign(sent_at(platform.now + 150s))));
}

TEST_F(VerifierTest, tolerates_an_hour_for_each_of_the_five_skill_events) {
    Verifier verifier(options());
    for (const auto* type :
         {"AlexaSkillEvent.SkillEnabled", "AlexaSkillEvent.SkillDisabled", "AlexaSkillEvent.SkillPermissionAccepted",
          "AlexaSkillEvent.SkillPermissionChanged", "AlexaSkillEvent.SkillAccountLinked"}) {
        EXPECT_NO_THROW(verifier.verify(platform.sign(sent_at(platform.now - 3600s, type)))) << type;
    }
}

TEST_F(VerifierTest, a_profile_may_lower_the_tolerance) {
    auto rules = platform.profile().rules();
    rules.tolerance = 10s;
    auto strict = options();
    strict.trust = {TrustProfile::local(rules)};
    Verifier verifier(std::move(strict));
    EXPECT_NO_THROW(verifier.verify(platform.sign(sent_at(platform.now - 10s))));
    EXPECT_THROW(verifier.verify(platform.sign(sent_at(platform.now - 11s))), VerificationError);
}

TEST_F(VerifierTest, refuses_a_request_that_it_has_seen_for_as_long_as_its_timestamp_is_good) {
    Verifier verifier(options());
    const auto request = platform.sign(sent_at(platform.now + 150s));
    verifier.verify(request);
    for (const auto later : {0s, 150s, 300s}) {
        platform.now = noon() + later;
        EXPECT_THROW(verifier.verify(request), VerificationError) << later.count();
    }
}

TEST_F(VerifierTest, refuses_a_seen_request_id_in_another_body) {
    Verifier verifier(options());
    auto envelope = platform.envelope();
    verifier.verify(platform.sign(envelope));
    envelope["version"] = "1.1";
    EXPECT_THROW(verifier.verify(platform.sign(envelope)), VerificationError);
}

TEST_F(VerifierTest, refuses_rather_than_forgets_when_it_cannot_remember_more) {
    auto small = options();
    small.max_remembered = 2;
    Verifier verifier(std::move(small));
    const auto first = platform.sign(platform.envelope());
    verifier.verify(first);
    verifier.verify(platform.sign(platform.envelope()));
    EXPECT_THROW(verifier.verify(platform.sign(platform.envelope())), VerificationError);
    EXPECT_THROW(verifier.verify(first), VerificationError);
    platform.now += 151s;
    EXPECT_NO_THROW(verifier.verify(platform.sign(platform.envelope())));
}

TEST_F(VerifierTest, a_forged_request_does_not_use_up_the_id_of_a_genuine_one) {
    Verifier verifier(options());
    const auto genuine = platform.sign(platform.envelope());
    auto forged = genuine;
    forged.body += ' ';
    EXPECT_THROW(verifier.verify(forged), VerificationError);
    EXPECT_NO_THROW(verifier.verify(genuine));
}

TEST_F(VerifierTest, lets_only_events_be_delivered_again) {
    Verifier verifier(options());
    const auto event = platform.sign(sent_at(platform.now, "AlexaSkillEvent.SkillDisabled"));
    const auto event_id = Verifier::find_event_id(verifier.verify(event));
    ASSERT_TRUE(event_id);
    verifier.allow_redelivery(*event_id);
    EXPECT_NO_THROW(verifier.verify(event));
    const auto launch = platform.sign(platform.envelope());
    EXPECT_FALSE(Verifier::find_event_id(verifier.verify(launch)));
    EXPECT_THROW(verifier.verify(launch), VerificationError);
}

TEST_F(VerifierTest, the_platforms_profile_trusts_the_systems_roots_and_not_those_of_a_local_one) {
    const auto amazon_like = crypto::x509::make_local_authority("echo-api.amazon.com", noon() - 24h, noon() + 24h);
    platform.published[std::string(amazon_url)] = {200, {}, amazon_like.chain_pem()};
    platform.roots.push_back(amazon_like.root_pem);
    auto both = options();
    both.trust.push_back(TrustProfile::amazon());
    Verifier verifier(std::move(both));
    auto request = platform.sign_with(amazon_like, json::serialize(platform.envelope()));
    set_header(request, "SignatureCertChainUrl", std::string(amazon_url));
    EXPECT_THROW(verifier.verify(request), VerificationError);
    EXPECT_EQ(platform.fetched.size(), 1U) << "it must have failed at the chain, not at the URL";

    const SystemRoot system(amazon_like.root_pem);
    EXPECT_NO_THROW(verifier.verify(request));
}

TEST_F(VerifierTest, a_local_profile_does_not_trust_the_systems_roots) {
    const auto stranger = crypto::x509::make_local_authority(chain_name, noon() - 24h, noon() + 24h);
    const SystemRoot system(stranger.root_pem);
    platform.published[std::string(chain_url)] = {200, {}, stranger.chain_pem()};
    Verifier verifier(options());
    EXPECT_THROW(verifier.verify(platform.sign_with(stranger, json::serialize(platform.envelope()))),
                 VerificationError);
}

TEST_F(VerifierTest, trusts_the_platform_alone_by_default) {
    const VerifierOptions defaults{.skill_ids = {std::string(skill_id)}};
    ASSERT_EQ(defaults.trust.size(), 1U);
    EXPECT_TRUE(defaults.trust.front().is_amazon());
}

TEST_F(VerifierTest, is_not_made_without_a_skill_id_or_a_profile) {
    auto nobody = options();
    nobody.skill_ids.clear();
    EXPECT_THROW(Verifier{std::move(nobody)}, std::invalid_argument);
    auto nothing = options();
    nothing.trust.clear();
    EXPECT_THROW(Verifier{std::move(nothing)}, std::invalid_argument);
}

}  // namespace
}  // namespace symbolon::skill::testing
