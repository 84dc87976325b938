// A call of the directory that is refused leaves everything as it was, however much it had written.

#include "directory/clients.hpp"
#include "directory/domains.hpp"
#include "directory/resource_servers.hpp"
#include "storage/directory_fixture.hpp"

#include <gtest/gtest.h>

#include <string>

namespace symbolon::storage {
namespace {

using namespace symbolon::directory;

class Atomicity : public DirectoryTest {
protected:
    template <class F>
    Errc refused(F closure) {
        return refusal_of([&] { write(closure); });
    }
    std::string id_of(const Pool& pool, const std::string& login) {
        const auto user = read([&](db::Transaction& tx) { return Users(tx).find_by_login(pool, login); });
        return user ? user->id.str() : "";
    }
    void verify_email(const Pool& pool, const std::string& id, const std::string& email, bool force = false) {
        write([&](db::Transaction& tx) {
            User user = Users(tx).find(pool.id, UserId(id)).value();
            user.attributes["email"] = email;
            user.attributes["email_verified"] = "true";
            Users(tx).save(pool, user, force);
        });
    }
};

TEST_P(Atomicity, a_user_whose_second_name_is_taken_does_not_keep_the_first) {
    const Pool pool = create_pool("us-east-1_a", SignInWith::alias);
    create_user(pool, "id-1", "alice");
    verify_email(pool, "id-1", "a@example.com");
    User user = make_user(pool, "id-2", "bob");
    user.attributes = {{"email", "a@example.com"}, {"email_verified", "true"}};
    EXPECT_EQ(refused([&](db::Transaction& tx) { Users(tx).create(pool, user); }), Errc::alias_exists);
    EXPECT_EQ(id_of(pool, "bob"), "");
    EXPECT_FALSE(read([&](db::Transaction& tx) { return Users(tx).find(pool.id, UserId("id-2")); }));
    EXPECT_NO_THROW(create_user(pool, "id-3", "bob"));
}

TEST_P(Atomicity, a_user_who_may_not_have_a_new_name_keeps_the_old_one) {
    const Pool pool = create_pool("us-east-1_a", SignInWith::alias);
    create_user(pool, "id-1", "alice");
    create_user(pool, "id-2", "bob");
    verify_email(pool, "id-1", "a@example.com");
    verify_email(pool, "id-2", "b@example.com");
    EXPECT_EQ(refusal_of([&] { verify_email(pool, "id-2", "a@example.com"); }), Errc::alias_exists);
    EXPECT_EQ(id_of(pool, "b@example.com"), "id-2");
    EXPECT_EQ(id_of(pool, "a@example.com"), "id-1");
}

TEST_P(Atomicity, an_alias_that_was_taken_by_force_in_vain_is_still_its_owners) {
    const Pool pool = create_pool("us-east-1_a", SignInWith::alias);
    create_user(pool, "id-1", "alice");
    verify_email(pool, "id-1", "a@example.com");
    User user = make_user(pool, "id-2", "bob");
    user.attributes = {{"email", "a@example.com"}, {"email_verified", "true"}};
    EXPECT_EQ(refused([&](db::Transaction& tx) {
                  Users(tx).create(pool, user, true);
                  throw Error(Errc::limit_exceeded);
              }),
              Errc::limit_exceeded);
    EXPECT_EQ(id_of(pool, "a@example.com"), "id-1");
    EXPECT_EQ(read([&](db::Transaction& tx) { return Users(tx).find(pool.id, UserId("id-1"))->version; }), 1);
}

TEST_P(Atomicity, a_domain_that_a_pool_may_not_have_stays_free) {
    const Pool pool = create_pool("us-east-1_a");
    write([&](db::Transaction& tx) { Domains(tx).create({.domain = "first", .pool_id = pool.id}); });
    EXPECT_EQ(refused([&](db::Transaction& tx) { Domains(tx).create({.domain = "second", .pool_id = pool.id}); }),
              Errc::invalid_parameter);
    EXPECT_FALSE(read([](db::Transaction& tx) { return Domains(tx).find("second"); }));
    EXPECT_EQ(read([&](db::Transaction& tx) { return Pools(tx).get(pool.id).domain; }), "first");
}

TEST_P(Atomicity, a_pool_that_may_not_be_erased_keeps_all_that_is_in_it) {
    const Pool pool = create_pool("us-east-1_a");
    create_user(pool, "id-1", "alice");
    Client client;
    client.pool_id = pool.id;
    client.id = ClientId("c");
    write([&](db::Transaction& tx) {
        Clients(tx, sealer_).create(client);
        Domains(tx).create({.domain = "mine", .pool_id = pool.id});
    });
    EXPECT_EQ(refused([&](db::Transaction& tx) {
                  Domains(tx).erase("mine", pool.id);
                  Pools(tx).erase(pool.id);
                  throw Error(Errc::limit_exceeded);
              }),
              Errc::limit_exceeded);
    EXPECT_EQ(id_of(pool, "alice"), "id-1");
    EXPECT_TRUE(read([&](db::Transaction& tx) { return Clients(tx, sealer_).find(ClientId("c")); }));
    EXPECT_EQ(read([&](db::Transaction& tx) { return Pools(tx).get(pool.id).domain; }), "mine");
}

INSTANTIATE_TEST_SUITE_P(Engines, Atomicity, engines(), engine_name);

}  // namespace
}  // namespace symbolon::storage
