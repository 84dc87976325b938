#include "directory/users.hpp"
#include "directory/browser_sessions.hpp"
#include "directory/codes.hpp"
#include "directory/grants.hpp"
#include "directory/token_status.hpp"
#include "storage/directory_fixture.hpp"

#include <gtest/gtest.h>

namespace symbolon::storage {
namespace {

using directory::MfaFactor;
using directory::Pool;
using directory::User;
using directory::Users;
using directory::UserStatus;

class UsersStore : public DirectoryTest {
protected:
    std::optional<User> find(const Pool& pool, const std::string& login) {
        return read([&](db::Transaction& tx) { return Users(tx).find_by_login(pool, login); });
    }
    std::string id_of(const Pool& pool, const std::string& login) {
        const auto user = find(pool, login);
        return user ? user->id.str() : "";
    }
    User get(const Pool& pool, const std::string& id) {
        return read([&](db::Transaction& tx) { return Users(tx).find(pool.id, UserId(id)).value(); });
    }
    void save(const Pool& pool, const User& user, bool force_alias = false) {
        write([&](db::Transaction& tx) { Users(tx).save(pool, user, force_alias); });
    }
    void set(const Pool& pool, const std::string& id, const std::string& name, const std::string& value,
             bool force_alias = false) {
        User user = get(pool, id);
        user.attributes[name] = value;
        save(pool, user, force_alias);
    }
};

TEST_P(UsersStore, gives_back_every_field) {
    const Pool pool = create_pool("us-east-1_a");
    User user = make_user(pool, "id-1", "Alice");
    user.status = UserStatus::FORCE_CHANGE_PASSWORD;
    user.enabled = false;
    user.attributes = {{"email", "a@b.c"}, {"name", "\"quoted\" \u00e9 \\"}};
    user.password_hash = "$argon2id$x";
    user.password_expires = noon + std::chrono::hours(1);
    user.mfa = {.enabled = {MfaFactor::SMS_MFA}, .preferred = MfaFactor::SMS_MFA};
    user.tokens_from = noon + std::chrono::milliseconds(1);
    user.created = noon + std::chrono::milliseconds(2);
    user.modified = noon + std::chrono::milliseconds(3);
    user.version = 4;
    write([&](db::Transaction& tx) { Users(tx).create(pool, user); });

    const User found = get(pool, "id-1");
    EXPECT_EQ(found.pool_id, pool.id);
    EXPECT_EQ(found.username, "Alice");
    EXPECT_EQ(found.status, UserStatus::FORCE_CHANGE_PASSWORD);
    EXPECT_FALSE(found.enabled);
    EXPECT_EQ(found.attributes, user.attributes);
    EXPECT_EQ(found.password_hash, user.password_hash);
    EXPECT_EQ(found.password_expires, user.password_expires);
    EXPECT_TRUE(found.mfa.has(MfaFactor::SMS_MFA));
    EXPECT_TRUE(found.mfa.preferred.has_value());
    EXPECT_EQ(found.tokens_from, user.tokens_from);
    EXPECT_EQ(found.created, user.created);
    EXPECT_EQ(found.modified, user.modified);
    EXPECT_EQ(found.version, 4);

    User changed = found;
    changed.password_expires.reset();
    changed.enabled = true;
    changed.mfa = {};
    save(pool, changed);
    const User again = get(pool, "id-1");
    EXPECT_FALSE(again.password_expires);
    EXPECT_TRUE(again.enabled);
    EXPECT_FALSE(again.mfa.has(MfaFactor::SMS_MFA));
    EXPECT_EQ(again.version, 5);
}

TEST_P(UsersStore, finds_by_user_name_then_by_sub) {
    const Pool pool = create_pool("us-east-1_a");
    create_user(pool, "id-1", "id-2");
    create_user(pool, "id-2", "bob");
    EXPECT_EQ(id_of(pool, "id-2"), "id-1") << "the user name comes first";
    EXPECT_EQ(id_of(pool, "id-1"), "id-1");
    EXPECT_EQ(id_of(pool, "bob"), "id-2");
    EXPECT_EQ(id_of(pool, "carol"), "");
    EXPECT_EQ(refusal_of([&] { read([&](db::Transaction& tx) { Users(tx).get_by_login(pool, "carol"); }); }),
              Errc::user_not_found);
}

TEST_P(UsersStore, regards_case_as_the_pool_says) {
    const Pool strict = create_pool("us-east-1_a");
    create_user(strict, "id-1", "Alice");
    EXPECT_EQ(id_of(strict, "alice"), "");
    EXPECT_NO_THROW(create_user(strict, "id-2", "alice"));

    Pool loose = make_pool("us-east-1_b");
    loose.settings.UsernameConfiguration = directory::UsernameConfigurationType{.CaseSensitive = false};
    write([&](db::Transaction& tx) { directory::Pools(tx).create(loose); });
    create_user(loose, "id-1", "Alice");
    EXPECT_EQ(id_of(loose, "aLICE"), "id-1");
    EXPECT_EQ(find(loose, "alice")->username, "Alice") << "the spelling is kept";
    EXPECT_EQ(refusal_of([&] { create_user(loose, "id-2", "ALICE"); }), Errc::username_exists);
}

TEST_P(UsersStore, lets_a_name_be_used_again_after_its_user_is_gone) {
    const Pool pool = create_pool("us-east-1_a");
    create_user(pool, "id-1", "alice");
    EXPECT_EQ(refusal_of([&] { create_user(pool, "id-2", "alice"); }), Errc::username_exists);
    write([&](db::Transaction& tx) { Users(tx).erase(pool, UserId("id-1")); });
    EXPECT_NO_THROW(create_user(pool, "id-2", "alice"));
}

TEST_P(UsersStore, keeps_a_phone_number_as_the_user_name_from_the_beginning) {
    const Pool pool = create_pool("us-east-1_a", SignInWith::phone_number);
    create_user(pool, "id-1", "+14155550123");
    EXPECT_EQ(get(pool, "id-1").username, "id-1");
    EXPECT_EQ(id_of(pool, "+14155550123"), "id-1");
    EXPECT_EQ(id_of(pool, "id-1"), "id-1");
    try {
        create_user(pool, "id-2", "+14155550123");
        FAIL() << "the same number twice";
    } catch (const Error& error) {
        EXPECT_EQ(error.code, Errc::username_exists);
        EXPECT_EQ(error.message, "An account with the given phone_number already exists.");
    }
    EXPECT_EQ(refusal_of([&] { create_user(pool, "id-3", ""); }), Errc::invalid_parameter);
}

// Attack row 32.
TEST_P(UsersStore, finds_a_number_however_it_is_typed_and_never_stores_it_twice) {
    const Pool pool = create_pool("us-east-1_a", SignInWith::phone_number);
    create_user(pool, "id-1", "+14155550123");
    for (const char* login : {"+1 (415) 555-0123", "+1415\u200b5550123", "\uff0b1415555\uff10123", " +14155550123 "}) {
        EXPECT_EQ(id_of(pool, login), "id-1") << login;
        EXPECT_EQ(refusal_of([&] { create_user(pool, "id-2", login); }), Errc::username_exists) << login;
    }
}

TEST_P(UsersStore, moves_the_login_when_the_phone_number_changes) {
    const Pool pool = create_pool("us-east-1_a", SignInWith::phone_number);
    create_user(pool, "id-1", "+14155550123");
    create_user(pool, "id-2", "+14155550124");
    EXPECT_EQ(refusal_of([&] { set(pool, "id-1", "phone_number", "+14155550124"); }), Errc::alias_exists);
    EXPECT_EQ(refusal_of([&] { set(pool, "id-1", "phone_number", "+14155550124", true); }), Errc::alias_exists)
        << "a login is never taken by force";
    EXPECT_EQ(id_of(pool, "+14155550124"), "id-2");
    set(pool, "id-1", "phone_number", "+14155550125");
    EXPECT_EQ(id_of(pool, "+14155550125"), "id-1");
    EXPECT_EQ(id_of(pool, "+14155550123"), "");
}

TEST_P(UsersStore, lets_an_alias_be_a_name_only_once_it_is_verified) {
    const Pool pool = create_pool("us-east-1_a", SignInWith::alias);
    create_user(pool, "id-1", "alice");
    create_user(pool, "id-2", "bob");
    set(pool, "id-1", "email", "a@b.c");
    set(pool, "id-2", "email", "a@b.c");
    EXPECT_EQ(id_of(pool, "a@b.c"), "");
    set(pool, "id-1", "email_verified", "true");
    EXPECT_EQ(id_of(pool, "a@B.C"), "id-1");
    try {
        set(pool, "id-2", "email_verified", "true");
        FAIL() << "the same alias twice";
    } catch (const Error& error) {
        EXPECT_EQ(error.code, Errc::alias_exists);
        EXPECT_EQ(error.message, "An account with the email already exists.");
    }
    set(pool, "id-1", "email_verified", "false");
    EXPECT_EQ(id_of(pool, "a@b.c"), "");
}

TEST_P(UsersStore, takes_an_alias_by_force_and_the_former_owner_is_unverified) {
    const Pool pool = create_pool("us-east-1_a", SignInWith::alias);
    create_user(pool, "id-1", "alice");
    create_user(pool, "id-2", "bob");
    for (const char* id : {"id-1", "id-2"}) set(pool, id, "email", "a@b.c");
    set(pool, "id-1", "email_verified", "true");
    set(pool, "id-2", "email_verified", "true", true);
    EXPECT_EQ(id_of(pool, "a@b.c"), "id-2");
    EXPECT_EQ(get(pool, "id-1").attribute("email_verified"), "false");
    EXPECT_EQ(get(pool, "id-1").attribute("email"), "a@b.c");
}

TEST_P(UsersStore, keeps_a_preferred_user_name_back_until_the_user_is_confirmed) {
    const Pool pool = create_pool("us-east-1_a", SignInWith::alias);
    User user = make_user(pool, "id-1", "alice");
    user.status = UserStatus::UNCONFIRMED;
    user.attributes["preferred_username"] = "ally";
    write([&](db::Transaction& tx) { Users(tx).create(pool, user); });
    EXPECT_EQ(id_of(pool, "ally"), "");
    User confirmed = get(pool, "id-1");
    confirmed.status = UserStatus::CONFIRMED;
    save(pool, confirmed);
    EXPECT_EQ(id_of(pool, "ally"), "id-1");
}

TEST_P(UsersStore, saves_nothing_over_a_newer_version) {
    const Pool pool = create_pool("us-east-1_a");
    create_user(pool, "id-1", "alice");
    const User stale = get(pool, "id-1");
    set(pool, "id-1", "name", "A");
    EXPECT_EQ(refusal_of([&] { save(pool, stale); }), Errc::concurrent_modification);
    EXPECT_EQ(get(pool, "id-1").attribute("name"), "A");
    EXPECT_EQ(refusal_of([&] { save(pool, make_user(pool, "id-9", "nobody")); }), Errc::user_not_found);
}

TEST_P(UsersStore, signs_out_everywhere_and_keeps_other_users_signed_in) {
    const Pool pool = create_pool("us-east-1_a");
    create_user(pool, "id-1", "alice");
    create_user(pool, "id-2", "bob");
    write([&](db::Transaction& tx) {
        for (const char* id : {"id-1", "id-2"}) {
            directory::Grant grant;
            grant.pool_id = pool.id;
            grant.id = std::string("grant-") + id;
            grant.user_id = UserId(id);
            directory::Grants(tx).create(grant);
            directory::BrowserSessions(tx).create({.pool_id = pool.id,
                                                   .hash = Bytes{std::uint8_t(id[3])},
                                                   .user_id = UserId(id),
                                                   .auth_time = noon,
                                                   .expires = noon + std::chrono::hours(1)});
        }
    });
    write([&](db::Transaction& tx) { Users(tx).sign_out_everywhere(pool.id, UserId("id-1"), noon); });
    read([&](db::Transaction& tx) {
        const auto alice = directory::find_token_status(tx, pool.id, UserId("id-1"), "grant-id-1");
        EXPECT_FALSE(alice->grant_live);
        EXPECT_EQ(alice->tokens_from, noon);
        EXPECT_FALSE(directory::BrowserSessions(tx).find(pool.id, Bytes{'1'}));
        const auto bob = directory::find_token_status(tx, pool.id, UserId("id-2"), "grant-id-2");
        EXPECT_TRUE(bob->grant_live);
        EXPECT_EQ(bob->tokens_from, Instant{});
        EXPECT_TRUE(directory::BrowserSessions(tx).find(pool.id, Bytes{'2'}));
    });
}

TEST_P(UsersStore, leaves_nothing_of_an_erased_user) {
    const Pool pool = create_pool("us-east-1_a", SignInWith::phone_number);
    create_user(pool, "id-1", "+14155550123");
    write([&](db::Transaction& tx) {
        directory::OneTimeCodes(tx, sealer_)
            .save(pool.id, UserId("id-1"), directory::CodePurpose::sign_up, "x", OneTimeCode("1"), noon);
        directory::Grant grant;
        grant.pool_id = pool.id;
        grant.id = "g";
        grant.user_id = UserId("id-1");
        directory::Grants(tx).create(grant);
        Users(tx).erase(pool, UserId("id-1"));
        EXPECT_FALSE(directory::Grants(tx).find(pool.id, "g"));
        EXPECT_FALSE(directory::find_token_status(tx, pool.id, UserId("id-1"), "g"));
        EXPECT_EQ(Users(tx).count(pool.id), 0);
    });
    EXPECT_EQ(id_of(pool, "+14155550123"), "");
}

TEST_P(UsersStore, tells_of_a_token_whether_its_grant_and_user_still_hold) {
    const Pool pool = create_pool("us-east-1_a");
    User user = create_user(pool, "id-1", "alice");
    write([&](db::Transaction& tx) {
        directory::Grant grant;
        grant.pool_id = pool.id;
        grant.id = "mine";
        grant.user_id = user.id;
        directory::Grants(tx).create(grant);
        grant.id = "another's";
        grant.user_id = UserId("id-2");
        directory::Grants(tx).create(grant);
    });
    const auto status_of = [&](const std::string& grant) {
        return read(
            [&](db::Transaction& tx) { return directory::find_token_status(tx, pool.id, user.id, grant).value(); });
    };
    EXPECT_TRUE(status_of("mine").grant_live);
    EXPECT_TRUE(status_of("mine").user_enabled);
    EXPECT_EQ(status_of("mine").user.username, "alice");
    EXPECT_FALSE(status_of("another's").grant_live);
    EXPECT_FALSE(status_of("none").grant_live);
    write([&](db::Transaction& tx) { EXPECT_TRUE(directory::Grants(tx).revoke(pool.id, "mine")); });
    EXPECT_FALSE(status_of("mine").grant_live);
    user = get(pool, "id-1");
    user.enabled = false;
    save(pool, user);
    EXPECT_FALSE(status_of("mine").user_enabled);
}

TEST_P(UsersStore, a_passwords_hash_is_renewed_only_while_it_is_the_one_that_was_checked) {
    const Pool pool = create_pool("us-east-1_a");
    User user = make_user(pool, "id-1", "Alice");
    user.password_hash = "$2b$12$old";
    write([&](db::Transaction& tx) { Users(tx).create(pool, user); });
    create_user(pool, "id-2", "Bob");
    const auto renew = [&](const User& seen, const char* renewed) {
        return write([&](db::Transaction& tx) { return Users(tx).renew_password(seen, renewed); });
    };
    const User seen = get(pool, "id-1");
    EXPECT_TRUE(renew(seen, "$argon2id$first"));
    EXPECT_FALSE(renew(seen, "$argon2id$second")) << "somebody was faster";

    const User after = get(pool, "id-1");
    EXPECT_EQ(after.password_hash, "$argon2id$first");
    EXPECT_EQ(after.modified, seen.modified) << "the user did not change";
    EXPECT_EQ(after.version, seen.version + 1);
    User late = seen;
    late.enabled = false;
    EXPECT_EQ(refusal_of([&] { save(pool, late); }), Errc::concurrent_modification) << "would bring the old one back";
    EXPECT_EQ(get(pool, "id-2").password_hash, "");
}

TEST_P(UsersStore, creates_a_user_whose_names_are_free_and_leaves_nothing_of_another) {
    const Pool pool = create_pool("us-east-1_a", SignInWith::alias);
    User alice = make_user(pool, "id-1", "Alice");
    alice.attributes = {{"email", "a@b.c"}, {"email_verified", "true"}};
    const auto create = [&](const User& user) {
        return write([&](db::Transaction& tx) { return Users(tx).create_if_free(pool, user); });
    };
    EXPECT_EQ(create(alice), "");
    EXPECT_EQ(id_of(pool, "Alice"), "id-1");
    EXPECT_EQ(id_of(pool, "a@b.c"), "id-1");

    User bob = make_user(pool, "id-2", "Bob");
    bob.attributes = alice.attributes;
    EXPECT_EQ(create(bob), "email");
    EXPECT_EQ(id_of(pool, "Bob"), "");
    EXPECT_EQ(id_of(pool, "a@b.c"), "id-1");
    EXPECT_EQ(create(make_user(pool, "id-3", "Bob")), "") << "the name was given back";
    EXPECT_EQ(create(make_user(pool, "id-4", "Alice")), "username");
    bob.username = "Robert";
    bob.attributes["email_verified"] = "false";
    EXPECT_EQ(create(bob), "") << "an address that is not verified is no name";
}

INSTANTIATE_TEST_SUITE_P(Engines, UsersStore, engines(), engine_name);

}  // namespace
}  // namespace symbolon::storage
