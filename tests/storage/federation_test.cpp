// Journeys to identity providers, and the profiles of people who came from one (oauth-and-hosted-ui.md §4).
#include "base/encoding.hpp"
#include "directory/cleaning.hpp"
#include "directory/federation_requests.hpp"
#include "directory/linked_identities.hpp"
#include "storage/directory_fixture.hpp"
#include "storage/parallel.hpp"

#include <gtest/gtest.h>
#include <boost/describe/class.hpp>

#include <atomic>
#include <string>

namespace symbolon::storage {
namespace {

using namespace std::chrono_literals;
using namespace symbolon::directory;

struct SealedProviderRow {
    Bytes sealed_details;
};
BOOST_DESCRIBE_STRUCT(SealedProviderRow, (), (sealed_details))

class JourneysStore : public DirectoryTest {
protected:
    static FederationRequest journey() {
        return {.provider = "Corp",
                .browser = "browser",
                .callback = "https://id.example/cb",
                .query = "client_id=1&state=%C3%A9",
                .nonce = "a nonce",
                .verifier = "a verifier",
                .saml_id = "_1",
                .expires = noon + 5min};
    }
    void create(const std::string& handle) {
        write([&](db::Transaction& tx) { FederationRequests(tx, sealer_).create(pool_a, handle, journey()); });
    }
    std::optional<FederationRequest> find(const std::string& handle, const PoolId& pool = pool_a) {
        return read([&](db::Transaction& tx) { return FederationRequests(tx, sealer_).find(pool, handle); });
    }
    bool use(const std::string& handle, const PoolId& pool = pool_a) {
        return write([&](db::Transaction& tx) { return FederationRequests(tx, sealer_).use(pool, handle); });
    }
};

TEST_P(JourneysStore, keeps_a_journey_and_seals_it) {
    create("handle");
    const auto found = find("handle");
    ASSERT_TRUE(found);
    EXPECT_EQ(found->provider, "Corp");
    EXPECT_EQ(found->browser, "browser");
    EXPECT_EQ(found->callback, "https://id.example/cb");
    EXPECT_EQ(found->query, "client_id=1&state=%C3%A9");
    EXPECT_EQ(found->nonce, "a nonce");
    EXPECT_EQ(found->verifier, "a verifier");
    EXPECT_EQ(found->saml_id, "_1");
    EXPECT_EQ(found->expires, noon + 5min);
    const auto row = read([&](db::Transaction& tx) {
        return tx.row<SealedProviderRow>("SELECT sealed_details FROM federation_requests WHERE pool_id = $1", pool_a);
    });
    EXPECT_EQ(text_of(row->sealed_details).find("verifier"), std::string::npos);
}

TEST_P(JourneysStore, is_of_its_pool_and_used_once) {
    create("handle");
    EXPECT_FALSE(find("handle", pool_b));
    EXPECT_FALSE(use("handle", pool_b));
    EXPECT_FALSE(find("other"));
    EXPECT_TRUE(use("handle"));
    EXPECT_FALSE(use("handle"));
    EXPECT_FALSE(find("handle"));
}

// Attack class 28.
TEST_P(JourneysStore, lets_one_of_many_come_back) {
    create("handle");
    std::atomic<int> came = 0;
    run_in_parallel(8, [&] { came += use("handle") ? 1 : 0; });
    EXPECT_EQ(came, 1);
}

TEST_P(JourneysStore, goes_when_it_is_over) {
    create("handle");
    write([&](db::Transaction& tx) { return remove_expired(tx, noon + 5min - 1ms, 100); });
    EXPECT_TRUE(find("handle"));
    EXPECT_TRUE(read([&](db::Transaction& tx) { return any_expired(tx, noon + 5min); }));
    write([&](db::Transaction& tx) { return remove_expired(tx, noon + 5min, 100); });
    EXPECT_FALSE(find("handle"));
}

INSTANTIATE_TEST_SUITE_P(Engines, JourneysStore, engines(), engine_name);

class ProviderProfilesStore : public DirectoryTest {
protected:
    User create_profile(const Pool& pool) {
        auto user = make_user(pool, "id-1", "Corp_Person");
        user.username = "Corp_Person";
        user.status = UserStatus::EXTERNAL_PROVIDER;
        user.attributes = {
            {"email", "jane@corp.example"}, {"email_verified", "true"}, {"phone_number", "+14155550123"}};
        write([&](db::Transaction& tx) {
            IdentityProvider provider;
            provider.pool_id = pool.id;
            provider.name = "Corp";
            provider.details = {{"oidc_issuer", "https://idp.example"}};
            provider.type = IdentityProviderTypeType::OIDC;
            IdentityProviders(tx, sealer_).create(provider);
            LinkedIdentities(tx).add(pool.id, {"Corp", std::string(ExternalIdentity::subject), "Person"}, user.id,
                                     noon);
            show_identities(tx, sealer_, pool, user);
            Users(tx).create(pool, user);
        });
        return user;
    }
    std::string found(const Pool& pool, const std::string& login) {
        const auto user = read([&](db::Transaction& tx) { return Users(tx).find_by_login(pool, login); });
        return user ? user->id.str() : "";
    }
};

TEST_P(ProviderProfilesStore, are_found_by_their_name_alone_and_leave_addresses_to_their_owners) {
    for (const auto with : {SignInWith::phone_number, SignInWith::alias}) {
        const auto pool = create_pool(with == SignInWith::alias ? "us-east-1_a" : "us-east-1_b", with);
        const auto profile = create_profile(pool);
        EXPECT_TRUE(is_of_provider(profile));
        EXPECT_TRUE(has_identity_at(profile, "Corp"));
        EXPECT_FALSE(has_identity_at(profile, "Other"));
        EXPECT_EQ(found(pool, "Corp_Person"), "id-1");
        EXPECT_EQ(found(pool, "id-1"), "id-1");
        EXPECT_EQ(found(pool, "jane@corp.example"), "");
        EXPECT_EQ(found(pool, "+14155550123"), "");
        auto local = make_user(pool, "id-2", with == SignInWith::alias ? "jane" : "+14155550123");
        local.attributes["email"] = "jane@corp.example";
        local.attributes["email_verified"] = "true";
        write([&](db::Transaction& tx) { Users(tx).create(pool, local); });
        EXPECT_EQ(found(pool, with == SignInWith::alias ? "jane@corp.example" : "+14155550123"), "id-2");
        write([&](db::Transaction& tx) { Users(tx).erase(pool, profile.id); });
        EXPECT_EQ(found(pool, "Corp_Person"), "");
    }
}

TEST_P(ProviderProfilesStore, of_local_users_an_identity_is_not_the_first) {
    const auto pool = create_pool("us-east-1_a");
    create_profile(pool);
    auto local = make_user(pool, "id-2", "jane");
    write([&](db::Transaction& tx) { Users(tx).create(pool, local); });
    write([&](db::Transaction& tx) {
        link_identity(tx, sealer_, pool, local, {"Corp", std::string(ExternalIdentity::subject), "Other"}, noon);
    });
    const auto linked = read([&](db::Transaction& tx) { return Users(tx).find(pool.id, local.id); });
    EXPECT_NE(linked->attribute("identities").find("\"primary\":false"), std::string::npos);
    EXPECT_FALSE(is_of_provider(*linked));
}

INSTANTIATE_TEST_SUITE_P(Engines, ProviderProfilesStore, engines(), engine_name);

}  // namespace
}  // namespace symbolon::storage
