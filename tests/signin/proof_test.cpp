#include "signin/proof.hpp"

#include "signin/house.hpp"

namespace symbolon::signin {
namespace {

using namespace std::chrono_literals;

class ProofTest : public House {
protected:
    ProofTest() : jane_id(add_user(jane)), john_id(add_user(john)) {}

    std::string make(ChallengeKind step = ChallengeKind::sms_mfa, std::string_view browser = "browser-a") {
        const ProofBinding binding{*pool, *client, step, browser};
        return SealedProof(binding, subject(jane), "nonce-1", clock.now() + 3min, progress()).seal(sealer);
    }
    static Progress progress() {
        Progress made;
        made.given.password = true;
        return made;
    }
    Subject subject(std::string_view login) {
        return run(db->read([&](db::Transaction& tx) { return find_subject(tx, sealer, *pool, login); }));
    }
    /// What opening says: nothing when it opens.
    std::optional<SealedProof::Fault> open(std::string_view session, const directory::Pool& in,
                                           const directory::Client& at, ChallengeKind step = ChallengeKind::sms_mfa,
                                           std::string_view browser = "browser-a",
                                           std::optional<std::string> login = std::nullopt) {
        return run(db->write([&](db::Transaction& tx) -> std::optional<SealedProof::Fault> {
            const auto opening = SealedProof::open(tx, sealer, {in, at, step, browser}, session, login, clock.now());
            if (const auto* fault = std::get_if<SealedProof::Fault>(&opening)) return *fault;
            EXPECT_EQ(std::get<SealedProof::Opened>(opening).user.id, jane_id);
            EXPECT_TRUE(std::get<SealedProof::Opened>(opening).proof.given().password);
            EXPECT_FALSE(std::get<SealedProof::Opened>(opening).proof.given().sms_code);
            return std::nullopt;
        }));
    }
    std::optional<SealedProof::Fault> open(std::string_view session) { return open(session, *pool, *client); }

    const UserId jane_id;
    const UserId john_id;
};

TEST_F(ProofTest, opens_where_it_was_made) {
    const std::string session = make();
    EXPECT_GE(session.size(), 20U);
    EXPECT_LE(session.size(), 2048U);
    EXPECT_EQ(open(session), std::nullopt);
    EXPECT_EQ(open(session, *pool, *client, ChallengeKind::sms_mfa, "browser-a", std::string(jane)), std::nullopt);
    EXPECT_EQ(open(session, *pool, *client, ChallengeKind::sms_mfa, "browser-a", jane_id.str()), std::nullopt);
}

TEST_F(ProofTest, does_not_open_in_another_pool_client_step_or_browser_nor_for_another_user) {
    const std::string session = make();
    const auto invalid = SealedProof::Fault::invalid;
    auto other_pool = *pool;
    other_pool.id = PoolId("us-east-1_Other0000");
    const auto other_client = make_client(pool->id, "client22222222222222222222");
    EXPECT_EQ(open(session, other_pool, *client), invalid);
    EXPECT_EQ(open(session, *pool, *other_client), invalid);
    EXPECT_EQ(open(session, *pool, *client, ChallengeKind::new_password_required), invalid);
    EXPECT_EQ(open(session, *pool, *client, ChallengeKind::mfa_setup), invalid);
    EXPECT_EQ(open(session, *pool, *client, ChallengeKind::sms_mfa, "browser-b"), invalid);
    EXPECT_EQ(open(session, *pool, *client, ChallengeKind::sms_mfa, ""), invalid);
    EXPECT_EQ(open(session, *pool, *client, ChallengeKind::sms_mfa, "browser-a", std::string(john)), invalid);
    EXPECT_EQ(open(session, *pool, *client, ChallengeKind::sms_mfa, "browser-a", std::string(nobody)), invalid);
}

TEST_F(ProofTest, dies_with_its_client_though_another_gets_the_id) {
    const std::string session = make();
    change_client([](directory::Client& made_again) { made_again.created += 1ms; });
    EXPECT_EQ(open(session), SealedProof::Fault::invalid);
}

// Before the database is asked whose it is, so by what was sealed alone.
TEST_F(ProofTest, is_of_one_pool_client_step_and_browser) {
    const std::string session = make();
    const auto is_of = [&](const directory::Pool& in, const directory::Client& at, ChallengeKind step,
                           std::string_view browser) {
        return SealedProof::is_of(sealer, {in, at, step, browser}, session);
    };
    auto other_pool = *pool;
    other_pool.id = PoolId("us-east-1_Other0000");
    const auto other_client = make_client(pool->id, "client22222222222222222222");
    EXPECT_TRUE(is_of(*pool, *client, ChallengeKind::sms_mfa, "browser-a"));
    EXPECT_FALSE(is_of(other_pool, *client, ChallengeKind::sms_mfa, "browser-a"));
    EXPECT_FALSE(is_of(*pool, *other_client, ChallengeKind::sms_mfa, "browser-a"));
    EXPECT_FALSE(is_of(*pool, *client, ChallengeKind::email_mfa, "browser-a"));
    EXPECT_FALSE(is_of(*pool, *client, ChallengeKind::sms_mfa, "browser-b"));
}

TEST_F(ProofTest, does_not_open_when_changed_cut_or_made_up) {
    const std::string session = make();
    const auto invalid = SealedProof::Fault::invalid;
    for (std::size_t i = 0; i < session.size(); i += 7) {
        std::string changed = session;
        changed[i] = changed[i] == 'A' ? 'B' : 'A';
        EXPECT_EQ(open(changed), invalid) << i;
    }
    EXPECT_EQ(open(session.substr(1)), invalid);
    EXPECT_EQ(open(session.substr(0, session.size() - 1)), invalid);
    EXPECT_EQ(open(session + "A"), invalid);
    EXPECT_EQ(open(""), invalid);
    EXPECT_EQ(open("true"), invalid);
    EXPECT_EQ(open(std::string(3000, 'A')), invalid);
}

TEST_F(ProofTest, opens_up_to_its_last_millisecond) {
    const std::string session = make();
    clock.advance(3min - 1ms);
    EXPECT_EQ(open(session), std::nullopt);
    clock.advance(1ms);
    EXPECT_EQ(open(session), SealedProof::Fault::expired);
}

TEST_F(ProofTest, is_spent_once) {
    const std::string session = make();
    const auto spend = [&] {
        return run(db->write([&](db::Transaction& tx) {
            const auto opening = SealedProof::open(tx, sealer, {*pool, *client, ChallengeKind::sms_mfa, "browser-a"},
                                                   session, {}, clock.now());
            const auto* opened = std::get_if<SealedProof::Opened>(&opening);
            return opened && opened->proof.spend(tx, clock.now(), 3min);
        }));
    };
    EXPECT_TRUE(spend());
    EXPECT_FALSE(spend());
    EXPECT_EQ(open(session), SealedProof::Fault::used);
}

TEST_F(ProofTest, keeps_all_that_a_sign_in_remembers) {
    Progress made;
    made.flow = Flow::custom;
    made.given = {.password = true, .first_code = false, .passkey = true, .software_token = true, .device = true};
    made.device_key = "us-east-1_11111111-2222-4333-8444-555555555555";
    made.srp_a = "QQ";
    made.srp_b = "Qg";
    made.results = {{.name = "SRP_A", .passed = true}, {.name = "CUSTOM_CHALLENGE", .passed = false, .metadata = "m"}};
    made.private_parameters = {{"answer", "\"42\""}};
    made.challenge_metadata = "more";
    made.event = "01890000-0000-7000-8000-000000000000";
    made.risk =
        Risk{.level = directory::RiskLevelType::Medium, .compromised = true, .action = RiskAction::second_factor};
    const ProofBinding binding{*pool, *client, ChallengeKind::custom_challenge, ""};
    const auto session = SealedProof(binding, subject(jane), "nonce-2", clock.now() + 3min, made).seal(sealer);
    run(db->read([&](db::Transaction& tx) {
        const auto opening = SealedProof::open(tx, sealer, binding, session, std::nullopt, clock.now());
        const auto& found = std::get<SealedProof::Opened>(opening).proof.progress();
        EXPECT_EQ(found.flow, made.flow);
        EXPECT_EQ(found.given, made.given);
        EXPECT_EQ(found.device_key, made.device_key);
        EXPECT_EQ(found.srp_a, made.srp_a);
        EXPECT_EQ(found.srp_b, made.srp_b);
        ASSERT_EQ(found.results.size(), 2U);
        EXPECT_EQ(found.results[0].name, "SRP_A");
        EXPECT_TRUE(found.results[0].passed);
        EXPECT_EQ(found.results[1].metadata, "m");
        EXPECT_FALSE(found.results[1].passed);
        EXPECT_EQ(found.private_parameters, made.private_parameters);
        EXPECT_EQ(found.challenge_metadata, "more");
        EXPECT_EQ(found.event, made.event);
        EXPECT_EQ(found.risk, made.risk);
    }));
}

TEST_F(ProofTest, more_than_a_session_can_hold_is_refused) {
    Progress made;
    made.private_parameters = {{"answer", std::string(2000, 'x')}};
    const ProofBinding binding{*pool, *client, ChallengeKind::custom_challenge, ""};
    const SealedProof proof(binding, subject(jane), "nonce-3", clock.now() + 3min, made);
    EXPECT_EQ(refusal_of([&] { proof.seal(sealer); }).code, Errc::hook_answer_invalid);
}

// Attack class 33.
TEST_F(ProofTest, of_nobody_looks_like_one_of_somebody_and_opens_nothing) {
    const ProofBinding binding{*pool, *client, ChallengeKind::sms_otp, "browser-a"};
    const auto seal = [&](std::string_view login) {
        return SealedProof(binding, subject(login), "nonce-4", clock.now() + 3min, {}).seal(sealer);
    };
    const auto session = seal(nobody);
    EXPECT_EQ(session.size(), seal(jane).size());
    EXPECT_EQ(open(session, *pool, *client, ChallengeKind::sms_otp), SealedProof::Fault::invalid);
    const auto name = subject(nobody).username;
    EXPECT_EQ(name.size(), jane_id.str().size());
    run(db->read([&](db::Transaction& tx) {
        for (const std::string& login : {std::string(nobody), std::string("+1 415 555 0177"), name}) {
            const auto opening = SealedProof::open_any(tx, sealer, binding, session, login, clock.now());
            ASSERT_TRUE(std::holds_alternative<SealedProof::OpenedAny>(opening)) << login;
            EXPECT_FALSE(std::get<SealedProof::OpenedAny>(opening).subject.user);
        }
        const auto other = SealedProof::open_any(tx, sealer, binding, session, std::string(jane), clock.now());
        EXPECT_TRUE(std::holds_alternative<SealedProof::Fault>(other));
    }));
}

TEST_F(ProofTest, dies_with_the_password_and_with_the_user) {
    const std::string session = make();
    const std::string before = user(jane_id)->password_hash;
    run(administration.set_password(pool, std::string(jane), Password("Another-Horse-8"), true));
    EXPECT_EQ(open(session), SealedProof::Fault::invalid);
    change_user(jane, [&](directory::User& changed) { changed.password_hash = before; });
    EXPECT_EQ(open(session), std::nullopt);
    run(administration.erase(pool, std::string(jane)));
    EXPECT_EQ(open(session), SealedProof::Fault::invalid);
}

}  // namespace
}  // namespace symbolon::signin
