#include "signin/proof.hpp"

#include "signin/house.hpp"

namespace symbolon::signin {
namespace {

using namespace std::chrono_literals;

class ProofTest : public House {
protected:
    ProofTest() : jane_id(add_user(jane)), john_id(add_user(john)) {}

    std::string make(Stage step = Stage::sms_code, std::string_view browser = "browser-a") {
        const ProofBinding binding{*pool, *client, step, browser};
        return SealedProof(binding, *user(jane_id), "nonce-1", clock.now() + 3min, {.password = true}).seal(sealer);
    }
    /// What opening says: nothing when it opens.
    std::optional<SealedProof::Fault> open(std::string_view session, const directory::Pool& in,
                                           const directory::Client& at, Stage step = Stage::sms_code,
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
    EXPECT_EQ(open(session, *pool, *client, Stage::sms_code, "browser-a", std::string(jane)), std::nullopt);
    EXPECT_EQ(open(session, *pool, *client, Stage::sms_code, "browser-a", jane_id.str()), std::nullopt);
}

TEST_F(ProofTest, does_not_open_in_another_pool_client_step_or_browser_nor_for_another_user) {
    const std::string session = make();
    const auto invalid = SealedProof::Fault::invalid;
    auto other_pool = *pool;
    other_pool.id = PoolId("us-east-1_Other0000");
    const auto other_client = make_client(pool->id, "client22222222222222222222");
    EXPECT_EQ(open(session, other_pool, *client), invalid);
    EXPECT_EQ(open(session, *pool, *other_client), invalid);
    EXPECT_EQ(open(session, *pool, *client, Stage::new_password), invalid);
    EXPECT_EQ(open(session, *pool, *client, Stage::mfa_setup), invalid);
    EXPECT_EQ(open(session, *pool, *client, Stage::sms_code, "browser-b"), invalid);
    EXPECT_EQ(open(session, *pool, *client, Stage::sms_code, ""), invalid);
    EXPECT_EQ(open(session, *pool, *client, Stage::sms_code, "browser-a", std::string(john)), invalid);
    EXPECT_EQ(open(session, *pool, *client, Stage::sms_code, "browser-a", std::string(nobody)), invalid);
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
            const auto opening =
                SealedProof::open(tx, sealer, {*pool, *client, Stage::sms_code, "browser-a"}, session, {}, clock.now());
            const auto* opened = std::get_if<SealedProof::Opened>(&opening);
            return opened && opened->proof.spend(tx, clock.now(), 3min);
        }));
    };
    EXPECT_TRUE(spend());
    EXPECT_FALSE(spend());
    EXPECT_EQ(open(session), SealedProof::Fault::used);
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
