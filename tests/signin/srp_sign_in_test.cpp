// USER_SRP_AUTH (cognito-api.md §3.4), with a client's side of its own.
#include "directory/clients.hpp"
#include "directory/srp_verifiers.hpp"
#include "signin/house.hpp"
#include "signin/srp_person.hpp"

#include <atomic>
#include <thread>

namespace symbolon::signin {
namespace {

using namespace std::chrono_literals;
using Mfa = directory::UserPoolMfaType;

class SrpSignIn : public House {
protected:
    SrpSignIn() {
        require_mfa(Mfa::OFF);
        store_client();
    }
    /// Stored, since the pool's clients say whether verifiers are made.
    void store_client() {
        run(db->write([&](db::Transaction& tx) { directory::Clients(tx, sealer).create(*client); }));
        catalog.forget(pool->id);
    }
    Challenge begin(std::string_view login = jane, const SrpPerson& person = right) {
        return std::get<Challenge>(run(sign_in.begin_srp(pool, client, std::string(login), person.a(), caller)));
    }
    SrpClaim claim(const Challenge& asked, const SrpPerson& person = right) {
        return person.claim(*pool, asked, clock.now());
    }
    Outcome answer_claim(const SrpClaim& claim) { return run(sign_in.with_verifier(pool, client, claim, caller)); }
    Refused claim_refusal(const SrpClaim& claim) {
        return refusal_of([&] { answer_claim(claim); });
    }
    std::optional<crypto::srp::Verifier> verifier(std::string_view login = jane) {
        return run(db->read([&](db::Transaction& tx) {
            return directory::SrpVerifiers(tx, sealer).find(directory::Users(tx).get_by_login(*pool, login));
        }));
    }

    static inline const SrpPerson right{std::string(good)};
    static inline const SrpPerson wrong{std::string(bad)};
};

TEST_F(SrpSignIn, a_right_proof_signs_in) {
    const auto id = add_user();
    const auto asked = begin("+1 (415) 555-0123");
    EXPECT_EQ(asked.kind, ChallengeKind::password_verifier);
    EXPECT_EQ(asked.username, id.str());
    EXPECT_EQ(asked.session, "") << "the secret block stands for it";
    ASSERT_TRUE(asked.srp);
    EXPECT_EQ(asked.srp->salt.find_first_not_of("0123456789abcdef"), std::string::npos);
    const auto outcome = answer_claim(claim(asked));
    ASSERT_TRUE(is_signed_in(outcome));
    EXPECT_EQ(std::get<SignedIn>(outcome).user_id, id);
    EXPECT_EQ(std::get<SignedIn>(outcome).ending, Ending::authentication);
}

TEST_F(SrpSignIn, a_second_factor_follows) {
    add_user();
    require_mfa(Mfa::ON);
    clock.advance(1s);  // messages are in order of their time
    const auto asked = std::get<Challenge>(answer_claim(claim(begin())));
    EXPECT_EQ(asked.kind, ChallengeKind::sms_mfa);
    EXPECT_TRUE(is_signed_in(answer(asked, last_code())));
}

TEST_F(SrpSignIn, a_temporary_password_leads_to_an_own_one) {
    NewUser request;
    request.username = jane;
    request.temporary_password = Password(good);
    run(administration.create_user(pool, std::move(request)));
    const auto asked = std::get<Challenge>(answer_claim(claim(begin())));
    ASSERT_EQ(asked.kind, ChallengeKind::new_password_required);
    const auto outcome = run(
        sign_in.with_new_password(pool, client, asked.session, std::nullopt, Password("Another-Horse-8"), {}, caller));
    ASSERT_TRUE(is_signed_in(outcome));
    EXPECT_EQ(std::get<SignedIn>(outcome).ending, Ending::new_password_challenge);
    const SrpPerson changed("Another-Horse-8");
    EXPECT_TRUE(is_signed_in(answer_claim(claim(begin(jane, changed), changed)))) << "it has a verifier, too";
}

TEST_F(SrpSignIn, every_way_to_set_a_password_gives_it_a_verifier) {
    const auto id = add_user();
    EXPECT_TRUE(verifier());
    run(administration.set_password(pool, std::string(jane), Password("Another-Horse-8"), true));
    const SrpPerson second("Another-Horse-8");
    EXPECT_TRUE(is_signed_in(answer_claim(claim(begin(jane, second), second))));
    run(recovery.change(pool, id, Password("Another-Horse-8"), Password("Another-Horse-9"), client->id, caller));
    const SrpPerson third("Another-Horse-9");
    EXPECT_TRUE(is_signed_in(answer_claim(claim(begin(jane, third), third))));
    clock.advance(1s);
    run(recovery.forgot(pool, client, std::string(jane), caller));
    run(recovery.confirm(pool, client, std::string(jane), OneTimeCode(last_code()), Password(good), caller));
    EXPECT_TRUE(is_signed_in(answer_claim(claim(begin()))));
    EXPECT_EQ(claim_refusal(claim(begin(jane, third), third)), wrong_password) << "the former one is none";
}

TEST_F(SrpSignIn, without_a_client_that_allows_it_there_are_no_verifiers) {
    change_client([](directory::Client& changed) {
        changed.settings.ExplicitAuthFlows =
            List<directory::ExplicitAuthFlowsType>{directory::ExplicitAuthFlowsType::ALLOW_USER_PASSWORD_AUTH};
    });
    run(db->write([&](db::Transaction& tx) { directory::Clients(tx, sealer).save(*client); }));
    catalog.forget(pool->id);
    add_user();
    EXPECT_FALSE(verifier());
}

TEST_F(SrpSignIn, who_has_no_verifier_gets_one_with_the_first_right_password) {
    add_user();
    run(db->write([&](db::Transaction& tx) {
        directory::SrpVerifiers(tx, sealer).erase(pool->id, directory::Users(tx).get_by_login(*pool, jane).id);
    }));
    EXPECT_EQ(claim_refusal(claim(begin())), wrong_password);
    EXPECT_EQ(refusal_of([&] { enter(jane, bad); }), wrong_password);
    EXPECT_FALSE(verifier());
    EXPECT_TRUE(is_signed_in(enter(jane, good)));
    EXPECT_TRUE(is_signed_in(answer_claim(claim(begin()))));
}

TEST_F(SrpSignIn, a_hash_that_was_replaced_elsewhere_takes_the_verifier_with_it) {
    add_user();
    const auto asked = begin();
    change_user(jane, [&](directory::User& changed) { changed.password_hash = hasher.hash_now(Password(bad)); });
    EXPECT_FALSE(verifier());
    EXPECT_EQ(claim_refusal(claim(asked)), invalid_session) << "and what began with it";
    EXPECT_EQ(claim_refusal(claim(begin())), wrong_password) << "a former password opens nothing";
}

TEST_F(SrpSignIn, a_wrong_proof_uses_the_challenge_up) {
    add_user();
    const auto asked = begin();
    EXPECT_EQ(claim_refusal(claim(asked, wrong)), wrong_password);
    EXPECT_EQ(claim_refusal(claim(asked)), used_session);
}

// Attack class 55.
TEST_F(SrpSignIn, a_proof_works_once) {
    add_user();
    const auto shown = claim(begin());
    EXPECT_TRUE(is_signed_in(answer_claim(shown)));
    EXPECT_EQ(claim_refusal(shown), used_session);
}

TEST_F(SrpSignIn, a_proof_is_of_one_challenge) {
    add_user();
    const auto first = begin();
    const auto second = begin();
    auto mixed = claim(first);
    mixed.secret_block = second.srp->secret_block;
    EXPECT_EQ(claim_refusal(mixed), wrong_password);
    EXPECT_TRUE(is_signed_in(answer_claim(claim(first))));
}

TEST_F(SrpSignIn, a_challenge_is_of_one_user_client_browser_and_step) {
    add_user();
    add_user(john);
    auto shown = claim(begin());
    shown.login = john;
    EXPECT_EQ(claim_refusal(shown), invalid_session);
    shown.login = nobody;
    EXPECT_EQ(claim_refusal(shown), invalid_session);
    shown.login = jane;
    const auto own = client;
    client = make_client(pool->id, "client22222222222222222222");
    EXPECT_EQ(claim_refusal(shown), invalid_session);
    client = own;
    caller.browser = "browser-b";
    EXPECT_EQ(claim_refusal(shown), invalid_session);
    caller.browser = "browser-a";
    EXPECT_EQ(refusal_of([&] { run(sign_in.with_device_verifier(pool, client, shown, caller)); }), invalid_session);
    EXPECT_TRUE(is_signed_in(answer_claim(shown)));
}

TEST_F(SrpSignIn, what_is_no_secret_block_of_ours_is_refused) {
    add_user();
    const auto asked = begin();
    auto shown = claim(asked);
    for (const std::string& block : {std::string(), std::string("no base64"), to_base64(Bytes(900, 1)),
                                     std::string(5000, 'A'), shown.secret_block.substr(4)}) {
        shown.secret_block = block;
        EXPECT_EQ(claim_refusal(shown), invalid_session) << block.substr(0, 20);
    }
    shown = claim(asked);
    shown.session = "another session, which is none";
    EXPECT_EQ(claim_refusal(shown), invalid_session);
    shown = claim(asked);
    shown.signature = "no base64";
    EXPECT_EQ(claim_refusal(shown), wrong_password);
}

// Attack class 55: A = 0, N, 2N and what is no number.
TEST_F(SrpSignIn, public_values_that_no_client_sends_are_refused) {
    add_user();
    const std::string n =
        to_hex(crypto::srp::Client::pad(std::string(768, 'f')));  // above N, as N itself is among those of srp_test
    for (const std::string& a : {std::string("0"), std::string("00"), std::string(768, '0'), std::string("1"),
                                 std::string("12"), std::string("xyz"), std::string(), n, std::string(4000, 'a')}) {
        EXPECT_EQ(refusal_of([&] { run(sign_in.begin_srp(pool, client, std::string(jane), a, caller)); }).code,
                  Errc::invalid_parameter)
            << a.substr(0, 20);
    }
}

TEST_F(SrpSignIn, a_proof_is_of_about_now) {
    add_user();
    for (const auto skew : {-6min, 6min}) {
        const auto asked = begin();
        EXPECT_EQ(claim_refusal(right.claim(*pool, asked, clock.now() + skew)), wrong_password);
    }
    clock.advance(20min);  // forgets the failures
    const auto asked = begin();
    EXPECT_TRUE(is_signed_in(answer_claim(right.claim(*pool, asked, clock.now() - 4min))));
    auto shown = claim(begin());
    shown.timestamp = "2026-11-03T08:05:09Z";
    EXPECT_EQ(claim_refusal(shown).code, Errc::invalid_parameter);
    const auto late = begin();
    clock.advance(3min);
    EXPECT_EQ(claim_refusal(claim(late)), expired_session);
}

TEST_F(SrpSignIn, wrong_proofs_lock_as_wrong_passwords_do_and_together_with_them) {
    add_user();
    const auto kept = begin();
    for (int i = 0; i < 3; ++i) EXPECT_EQ(claim_refusal(claim(begin(), wrong)), wrong_password);
    for (int i = 0; i < 2; ++i) EXPECT_EQ(refusal_of([&] { enter(jane, bad); }), wrong_password);
    EXPECT_EQ(refusal_of([&] { begin(); }), locked);
    EXPECT_EQ(claim_refusal(claim(kept)), locked) << "the right one, too";
    EXPECT_EQ(refusal_of([&] { enter(jane, good); }), locked);
    clock.advance(1s);
    EXPECT_TRUE(is_signed_in(answer_claim(claim(kept)))) << "a lock uses nothing up";
    EXPECT_EQ(claim_refusal(claim(begin(), wrong)), wrong_password) << "a right proof forgets the wrong ones";
    EXPECT_NO_THROW(begin());
}

// Attack class 33: the same questions, answers and counters for who does not exist.
TEST_F(SrpSignIn, nobody_is_asked_as_somebody_is) {
    add_user();
    const auto known = begin(jane, wrong);
    const auto unknown = begin(nobody, wrong);
    EXPECT_EQ(unknown.kind, known.kind);
    EXPECT_EQ(unknown.username.size(), known.username.size());
    EXPECT_NE(unknown.username, nobody);
    EXPECT_EQ(unknown.srp->secret_block.size(), known.srp->secret_block.size());
    EXPECT_LE(unknown.srp->salt.size(), 32U);
    EXPECT_GE(unknown.srp->salt.size(), 28U);
    EXPECT_EQ(begin("+1 415 555 0177").srp->salt, unknown.srp->salt) << "always the same";
    EXPECT_EQ(begin(jane).srp->salt, known.srp->salt);
    EXPECT_EQ(begin("+1 415 555 0177").username, unknown.username);
    EXPECT_NE(begin(nobody).srp->b, unknown.srp->b);

    for (const auto& asked : {known, unknown}) {
        EXPECT_EQ(claim_refusal(claim(asked, wrong)), wrong_password);
        EXPECT_EQ(claim_refusal(claim(asked, wrong)), used_session);
    }
    auto named = claim(begin(nobody), wrong);
    named.login = nobody;
    EXPECT_EQ(claim_refusal(named), wrong_password) << "by the number that was typed, too";
    auto known_named = claim(begin(jane), wrong);
    known_named.login = jane;
    EXPECT_EQ(claim_refusal(known_named), wrong_password);

    for (int i = 0; i < 3; ++i) {
        EXPECT_EQ(claim_refusal(claim(begin(jane), wrong)), wrong_password);
        EXPECT_EQ(claim_refusal(claim(begin(nobody), wrong)), wrong_password);
    }
    EXPECT_EQ(refusal_of([&] { begin(jane); }), locked);
    EXPECT_EQ(refusal_of([&] { begin(nobody); }), locked);
}

TEST_F(SrpSignIn, where_users_are_shown_nobody_is_told) {
    hide_users(false);
    EXPECT_EQ(refusal_of([&] { begin(nobody); }), (Refused{Errc::user_not_found, "User does not exist."}));
}

TEST_F(SrpSignIn, who_is_disabled_looks_like_nobody_or_is_told) {
    add_user();
    change_user(jane, [](directory::User& changed) { changed.enabled = false; });
    EXPECT_EQ(claim_refusal(claim(begin())), wrong_password);
    hide_users(false);
    EXPECT_EQ(refusal_of([&] { begin(); }), (Refused{Errc::not_authorized, "User is disabled."}));
}

TEST_F(SrpSignIn, a_status_is_told_with_the_right_proof_only) {
    add_user();
    change_user(jane, [](directory::User& changed) { changed.status = directory::UserStatus::UNCONFIRMED; });
    EXPECT_EQ(claim_refusal(claim(begin(), wrong)), wrong_password);
    EXPECT_EQ(claim_refusal(claim(begin())), (Refused{Errc::user_not_confirmed, "User is not confirmed."}));
}

TEST_F(SrpSignIn, a_device_that_is_gone_is_told_to_who_knows_the_password_and_uses_nothing_up) {
    change_pool([](directory::Pool& changed) { changed.settings.DeviceConfiguration.emplace(); });
    add_user();
    caller.device_key = "us-east-1_11111111-2222-4333-8444-555555555555";
    EXPECT_EQ(claim_refusal(claim(begin(), wrong)), wrong_password);
    const auto shown = claim(begin());
    EXPECT_EQ(claim_refusal(shown), (Refused{Errc::resource_not_found, "Device does not exist."}));
    caller.device_key.clear();
    EXPECT_TRUE(is_signed_in(answer_claim(shown))) << "the client repeats the very same claim";
}

// Attack class 19.
TEST_F(SrpSignIn, of_parallel_claims_on_one_challenge_one_is_judged) {
    add_user();
    const auto asked = begin();
    const auto good_claim = claim(asked);
    const auto bad_claim = claim(asked, wrong);
    std::atomic<int> entered = 0;
    std::atomic<int> judged_wrong = 0;
    std::vector<std::thread> callers;
    for (int i = 0; i < 8; ++i) {
        callers.emplace_back([&, i] {
            const auto refused = refusal_of([&] {
                answer_claim(i % 2 == 0 ? good_claim : bad_claim);
                ++entered;
            });
            if (refused == wrong_password) ++judged_wrong;
        });
    }
    for (auto& one : callers) one.join();
    EXPECT_EQ(entered + judged_wrong, 1);
}

TEST_F(SrpSignIn, a_hash_of_another_system_becomes_ours_and_gets_a_verifier) {
    add_user();
    change_user(jane, [](directory::User& changed) {
        changed.password_hash = "$2b$04$CCCCCCCCCCCCCCCCCCCCC.m65cb65/mUCIk5iSh759DCb9.yc6hzW";
    });
    EXPECT_FALSE(verifier());
    EXPECT_TRUE(is_signed_in(enter(jane, good)));
    EXPECT_TRUE(is_signed_in(answer_claim(claim(begin()))));
}

}  // namespace
}  // namespace symbolon::signin
