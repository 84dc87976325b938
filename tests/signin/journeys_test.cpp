#include "signin/house.hpp"

#include <array>
#include <random>

namespace symbolon::signin {
namespace {

using namespace std::chrono_literals;
using directory::UserStatus;

/// Two people and a stranger who does everything in any order: gives right and wrong passwords, answers any session
/// that was ever given out with any code that was ever sent, asks for resets and uses their codes for anybody. The
/// watcher knows only what was given, not how it is checked.
class Journeys : public House {
public:
    struct Person {
        std::string login;
        UserId id;
        std::string password;  ///< what signs in now
        bool temporary = false;
        std::vector<std::string> recovery_codes = {};  ///< the live one is the last
        bool recovery_live = false;
    };
    struct Session {
        std::size_t owner = 0;
        ChallengeKind kind{};
        std::string text;
        std::string code = {};      ///< of an SMS challenge
        std::string password = {};  ///< with which it was begun
        bool used = false;
    };

    Journeys() {
        services.limits = {.tries_per_code = 1000000,
                           .mfa_guesses_per_hour = 1000000,
                           .confirmations_per_hour = 1000000,
                           .recovery_guesses_per_hour = 1000000,
                           .password_changes_per_hour = 1000000,
                           .resends_per_hour = 1000000,
                           .recoveries_per_hour = 1000000,
                           .sends_per_destination = 1000000,
                           .mfa_sends_per_destination = 1000000,
                           .sends_per_client_address = 1000000,
                           .sends_per_pool = 1000000};
        for (const auto login : {jane, john}) {
            people.push_back({std::string(login), add_user(login), std::string(good)});
        }
    }

    std::size_t pick(std::size_t count) { return chance() % count; }
    std::string new_password() { return "Journey-" + std::to_string(++passwords); }
    std::string any_code() { return codes.empty() || pick(4) == 0 ? "999999" : codes[pick(codes.size())]; }

    void note(std::size_t owner, const Challenge& given) {
        Session session{owner, given.kind, given.session, "", people[owner].password};
        if (given.delivery) codes.push_back(session.code = last_code());
        sessions_given.push_back(std::move(session));
    }

    void try_password();
    void try_code();
    void try_new_password();
    void try_forgot();
    void try_recover();
    void force_temporary();
    void check_everything();

    std::mt19937 chance{7};
    int passwords = 0;
    int arrivals = 0;
    int own_passwords = 0;
    int recoveries = 0;
    std::vector<Person> people;
    std::vector<Session> sessions_given;
    std::vector<std::string> codes;
};

void Journeys::try_password() {
    const auto who = pick(people.size());
    const std::string password = pick(4) == 0 ? std::string(bad) : people[pick(people.size())].password;
    try {
        const auto outcome = enter(people[who].login, password);
        ASSERT_EQ(password, people[who].password);
        ASSERT_FALSE(is_signed_in(outcome)) << "a code is required";
        const auto& given = std::get<Challenge>(outcome);
        ASSERT_EQ(given.kind, people[who].temporary ? ChallengeKind::new_password_required : ChallengeKind::sms_mfa);
        note(who, given);
    } catch (const Error&) {
        ASSERT_NE(password, people[who].password);
    }
}

void Journeys::try_code() {
    if (sessions_given.empty()) return;
    auto& session = sessions_given[pick(sessions_given.size())];
    const std::string code = pick(2) == 0 ? session.code : any_code();
    const auto& named = people[pick(people.size())];
    try {
        const auto outcome =
            run(sign_in.with_sms_code(pool, client, session.text, named.login, OneTimeCode(code), caller));
        ASSERT_TRUE(is_signed_in(outcome));
        ASSERT_EQ(session.kind, ChallengeKind::sms_mfa);
        ASSERT_FALSE(session.used);
        ASSERT_EQ(code, session.code);
        ASSERT_EQ(named.id, people[session.owner].id);
        ASSERT_EQ(std::get<SignedIn>(outcome).user_id, people[session.owner].id);
        ASSERT_EQ(session.password, people[session.owner].password) << "begun with a password that is no longer one";
        session.used = true;
        ++arrivals;
    } catch (const Error&) {  // most of what a stranger tries
    }
}

void Journeys::try_new_password() {
    if (sessions_given.empty()) return;
    auto& session = sessions_given[pick(sessions_given.size())];
    auto& owner = people[session.owner];
    const auto password = new_password();
    const auto& named = people[pick(people.size())];
    try {
        const auto outcome =
            run(sign_in.with_new_password(pool, client, session.text, named.login, Password(password), {}, caller));
        ASSERT_EQ(session.kind, ChallengeKind::new_password_required);
        ASSERT_FALSE(session.used);
        ASSERT_TRUE(owner.temporary);
        ASSERT_EQ(named.id, owner.id);
        ASSERT_EQ(session.password, owner.password);
        session.used = true;
        owner.password = password;
        owner.temporary = false;
        ++own_passwords;
        ASSERT_FALSE(is_signed_in(outcome)) << "the code is still due";
        const auto id = session.owner;
        note(id, std::get<Challenge>(outcome));
    } catch (const Error&) {
    }
}

void Journeys::try_forgot() {
    auto& who = people[pick(people.size())];
    try {
        run(recovery.forgot(pool, client, who.login, caller));
        ASSERT_FALSE(who.temporary);
        who.recovery_codes.push_back(last_code());
        who.recovery_live = true;
        codes.push_back(last_code());
    } catch (const Error&) {
        ASSERT_TRUE(who.temporary);
    }
}

void Journeys::try_recover() {
    auto& who = people[pick(people.size())];
    const std::string code =
        pick(2) == 0 && !who.recovery_codes.empty() ? who.recovery_codes[pick(who.recovery_codes.size())] : any_code();
    const auto password = new_password();
    try {
        run(recovery.confirm(pool, client, who.login, OneTimeCode(code), Password(password), caller));
        ASSERT_TRUE(who.recovery_live);
        ASSERT_EQ(code, who.recovery_codes.back());
        who.recovery_live = false;
        who.password = password;
        ++recoveries;
    } catch (const Error&) {
    }
}

void Journeys::force_temporary() {
    if (pick(6) != 0) return;
    auto& who = people[pick(people.size())];
    who.password = new_password();
    who.temporary = true;
    who.recovery_live = false;
    run(administration.set_password(pool, who.login, Password(who.password), false));
}

/// Whatever was tried: the password is the one that a proof set.
void Journeys::check_everything() {
    for (const auto& who : people) {
        const auto stored = user(who.id);
        ASSERT_TRUE(stored);
        ASSERT_TRUE(hasher.verify_now(Password(who.password), stored->password_hash));
        ASSERT_EQ(stored->status, who.temporary ? UserStatus::FORCE_CHANGE_PASSWORD : UserStatus::CONFIRMED);
    }
}

// Attack classes 22, 24, 25, 30.
TEST_F(Journeys, no_order_of_moves_signs_in_or_sets_a_password_without_the_proofs_of_that_user) {
    using Move = void (Journeys::*)();
    constexpr std::array<Move, 12> moves{
        &Journeys::try_password, &Journeys::try_password, &Journeys::try_password,     &Journeys::try_code,
        &Journeys::try_code,     &Journeys::try_code,     &Journeys::try_new_password, &Journeys::try_new_password,
        &Journeys::try_forgot,   &Journeys::try_recover,  &Journeys::try_recover,      &Journeys::force_temporary};
    for (int i = 0; i < 1500; ++i) {
        (this->*moves.at(pick(moves.size())))();
        if (HasFatalFailure()) FAIL() << "at move " << i;
        if (i % 10 == 9) check_everything();
        if (HasFatalFailure()) FAIL() << "in the ten moves up to " << i;
        // A stranger prefers what is new; and time passes, so that locks end.
        if (sessions_given.size() > 5) sessions_given.erase(sessions_given.begin());
        if (codes.size() > 5) codes.erase(codes.begin());
        clock.advance(i % 3 == 0 ? 20s : 1s);
    }
    EXPECT_GT(arrivals, 10) << "the walks do arrive";
    EXPECT_GT(own_passwords, 5);
    EXPECT_GT(recoveries, 5);
}

}  // namespace
}  // namespace symbolon::signin
