// Identity providers, identities that are linked to users, certificates and secrets (cognito-api.md §4.9, §5.10).
#include "directory/identity_providers.hpp"

#include "directory/clients.hpp"
#include "directory/linked_identities.hpp"
#include "directory/pool_certificates.hpp"
#include "storage/directory_fixture.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace symbolon::storage {
namespace {

using namespace symbolon::directory;

struct StoredRow {
    Bytes sealed_details;
    std::string settings;
};
BOOST_DESCRIBE_STRUCT(StoredRow, (), (sealed_details, settings))

class ProvidersStore : public DirectoryTest {
protected:
    IdentityProvider make(const std::string& name, std::vector<std::string> identifiers = {}) const {
        IdentityProvider provider;
        provider.pool_id = pool_.id;
        provider.name = name;
        provider.type = IdentityProviderTypeType::OIDC;
        provider.details = {{"client_secret", "a provider's secret"}, {"oidc_issuer", "https://op.example"}};
        provider.attribute_mapping = {{"username", "sub"}, {"email", "mail"}};
        provider.identifiers = std::move(identifiers);
        provider.created = provider.modified = noon;
        return provider;
    }
    void create(const IdentityProvider& provider) {
        write([&](db::Transaction& tx) { IdentityProviders(tx, sealer_).create(provider); });
    }
    Errc create_refusal(const IdentityProvider& provider) {
        return refusal_of([&] { create(provider); });
    }
    std::optional<IdentityProvider> find(const std::string& name) {
        return read([&](db::Transaction& tx) { return IdentityProviders(tx, sealer_).find(pool_.id, name); });
    }
    std::string identified(const std::string& identifier) {
        const auto found = read([&](db::Transaction& tx) {
            return IdentityProviders(tx, sealer_).find_by_identifier(pool_.id, identifier);
        });
        return found ? found->name : "";
    }

    Pool pool_ = create_pool("us-east-1_a");
};

TEST_P(ProvidersStore, keep_what_they_are_given_and_seal_how_they_are_reached) {
    create(make("Partner", {"partner.example"}));
    const auto found = find("Partner");
    ASSERT_TRUE(found);
    EXPECT_EQ(found->details.at("client_secret"), "a provider's secret");
    EXPECT_EQ(found->attribute_mapping.at("email"), "mail");
    EXPECT_EQ(found->identifiers, (std::vector<std::string>{"partner.example"}));
    constexpr std::string_view sql = "SELECT sealed_details, settings FROM identity_providers WHERE name = 'Partner'";
    const auto row = read([&](db::Transaction& tx) { return tx.row<StoredRow>(sql); });
    ASSERT_TRUE(row);
    EXPECT_EQ(text_of(row->sealed_details).find("secret"), std::string_view::npos);
    EXPECT_EQ(row->settings.find("secret"), std::string::npos);
}

TEST_P(ProvidersStore, differ_by_more_than_the_case_of_their_names) {
    create(make("Partner"));
    EXPECT_EQ(create_refusal(make("Partner")), Errc::provider_exists);
    EXPECT_EQ(create_refusal(make("PARTNER")), Errc::provider_exists);
    EXPECT_FALSE(find("partner")) << "but they are called as they are";
    create(make("Another"));
    const auto names = read([&](db::Transaction& tx) { return IdentityProviders(tx, sealer_).list_names(pool_.id); });
    EXPECT_EQ(names, (std::vector<std::string>{"Another", "Partner"}));
}

TEST_P(ProvidersStore, have_their_identifiers_for_themselves) {
    create(make("One", {"one.example", "uno"}));
    EXPECT_EQ(identified("ONE.example"), "One");
    EXPECT_EQ(create_refusal(make("Two", {"two.example", "Uno"})), Errc::provider_exists);
    EXPECT_FALSE(find("Two")) << "nothing of a refused one stays";
    EXPECT_EQ(identified("two.example"), "");

    auto one = make("One", {"one.example"});
    write([&](db::Transaction& tx) { IdentityProviders(tx, sealer_).save(one); });
    EXPECT_EQ(identified("uno"), "");
    create(make("Two", {"uno"}));
    EXPECT_EQ(identified("uno"), "Two");
    one.identifiers = {"uno"};
    EXPECT_EQ(refusal_of([&] { write([&](db::Transaction& tx) { IdentityProviders(tx, sealer_).save(one); }); }),
              Errc::provider_exists);
    EXPECT_EQ(identified("one.example"), "One");
    write([&](db::Transaction& tx) { IdentityProviders(tx, sealer_).erase(pool_.id, "Two"); });
    EXPECT_EQ(identified("uno"), "");
}

TEST_P(ProvidersStore, are_of_one_pool) {
    create(make("One", {"one.example"}));
    const auto other = create_pool("us-east-1_b");
    read([&](db::Transaction& tx) {
        IdentityProviders providers(tx, sealer_);
        EXPECT_FALSE(providers.find(other.id, "One"));
        EXPECT_FALSE(providers.find_by_identifier(other.id, "one.example"));
        EXPECT_TRUE(providers.list(other.id, "", 10).empty());
        EXPECT_TRUE(providers.list_names(other.id).empty());
        return 0;
    });
}

INSTANTIATE_TEST_SUITE_P(Engines, ProvidersStore, engines(), engine_name);

class LinksStore : public DirectoryTest {
protected:
    static ExternalIdentity at(const std::string& provider, const std::string& value) {
        return {provider, std::string(ExternalIdentity::subject), value};
    }
    void add(const ExternalIdentity& identity, const User& user) {
        write([&](db::Transaction& tx) { LinkedIdentities(tx).add(pool_.id, identity, user.id, noon); });
    }
    Errc add_refusal(const ExternalIdentity& identity, const User& user) {
        return refusal_of([&] { add(identity, user); });
    }
    std::string owner(const ExternalIdentity& identity) {
        const auto found =
            read([&](db::Transaction& tx) { return LinkedIdentities(tx).find_owner(pool_.id, identity); });
        return found ? found->str() : "";
    }
    std::size_t links_of(const User& user) {
        return read([&](db::Transaction& tx) { return LinkedIdentities(tx).of_user(pool_.id, user.id).size(); });
    }

    Pool pool_ = create_pool("us-east-1_a");
    User ann_ = create_user(pool_, "id-1", "ann");
    User bob_ = create_user(pool_, "id-2", "bob");
};

TEST_P(LinksStore, lead_from_an_identity_to_one_user) {
    add(at("Partner", "s1"), ann_);
    EXPECT_EQ(owner(at("Partner", "s1")), "id-1");
    EXPECT_EQ(owner(at("Partner", "S1")), "") << "subjects are compared byte for byte";
    EXPECT_EQ(owner(at("Other", "s1")), "");
    EXPECT_EQ(owner({"Partner", "email", "s1"}), "");
    EXPECT_EQ(add_refusal(at("Partner", "s1"), ann_), Errc::invalid_parameter);
    EXPECT_EQ(add_refusal(at("Partner", "s1"), bob_), Errc::alias_exists);
    EXPECT_EQ(links_of(bob_), 0U);
    const auto was =
        write([&](db::Transaction& tx) { return LinkedIdentities(tx).remove(pool_.id, at("Partner", "s1")); });
    EXPECT_EQ(was, ann_.id);
    EXPECT_EQ(owner(at("Partner", "s1")), "");
    EXPECT_EQ(links_of(ann_), 0U);
}

TEST_P(LinksStore, are_five_of_a_user_at_most) {
    for (int i = 0; i < 5; ++i) add(at("Partner", std::to_string(i)), ann_);
    EXPECT_EQ(add_refusal(at("Partner", "5"), ann_), Errc::limit_exceeded);
    EXPECT_EQ(owner(at("Partner", "5")), "");
    EXPECT_EQ(links_of(ann_), 5U);
}

TEST_P(LinksStore, end_with_the_user) {
    add(at("Partner", "s1"), ann_);
    add(at("Partner", "s2"), bob_);
    write([&](db::Transaction& tx) { Users(tx).erase(pool_, ann_.id); });
    EXPECT_EQ(owner(at("Partner", "s1")), "");
    EXPECT_EQ(owner(at("Partner", "s2")), "id-2");
    EXPECT_EQ(links_of(ann_), 0U);
}

INSTANTIATE_TEST_SUITE_P(Engines, LinksStore, engines(), engine_name);

class CertificatesStore : public DirectoryTest {};

TEST_P(CertificatesStore, of_a_pool_are_made_once) {
    const auto pool = create_pool("us-east-1_a");
    const auto create = [&](Bytes certificate, Bytes key) {
        return write([&](db::Transaction& tx) {
            return PoolCertificates(tx, sealer_).create(pool.id, {certificate, key}, noon);
        });
    };
    EXPECT_FALSE(read([&](db::Transaction& tx) { return PoolCertificates(tx, sealer_).find(pool.id); }));
    EXPECT_EQ(create(Bytes{1}, Bytes{2}), Bytes{1});
    EXPECT_EQ(create(Bytes{3}, Bytes{4}), Bytes{1}) << "whoever comes later gets the first";
    const auto kept = read([&](db::Transaction& tx) { return PoolCertificates(tx, sealer_).find_with_key(pool.id); });
    ASSERT_TRUE(kept);
    EXPECT_EQ(kept->key, Bytes{2});
    write([&](db::Transaction& tx) { Pools(tx).erase(pool.id); });
    EXPECT_FALSE(read([&](db::Transaction& tx) { return PoolCertificates(tx, sealer_).find(pool.id); }));
}

INSTANTIATE_TEST_SUITE_P(Engines, CertificatesStore, engines(), engine_name);

class SecretsStore : public DirectoryTest {
protected:
    Client load() {
        return read([&](db::Transaction& tx) { return Clients(tx, sealer_).get(pool_.id, ClientId("c1")); });
    }
    std::string add(std::string_view secret, Instant now = noon) {
        return write([&](db::Transaction& tx) {
            Clients clients(tx, sealer_);
            return clients.add_secret(clients.get(pool_.id, ClientId("c1")), ClientSecret(secret), now).id;
        });
    }
    void erase(const std::string& id) {
        write([&](db::Transaction& tx) {
            Clients clients(tx, sealer_);
            clients.erase_secret(clients.get(pool_.id, ClientId("c1")), id);
        });
    }
    void create(std::string_view secret) {
        Client client;
        client.pool_id = pool_.id;
        client.id = ClientId("c1");
        client.name = "client";
        client.secret = ClientSecret(secret);
        client.created = client.modified = noon;
        write([&](db::Transaction& tx) { Clients(tx, sealer_).create(client); });
    }

    Pool pool_ = create_pool("us-east-1_a");
};

TEST_P(SecretsStore, of_a_client_are_two_at_most_and_each_is_accepted) {
    create("first");
    const auto id = add("second");
    EXPECT_NE(id, secret_id_of(ClientId("c1"), noon)) << "made in one second, but not called alike";
    EXPECT_TRUE(load().has_secret("first"));
    EXPECT_TRUE(load().has_secret("second"));
    EXPECT_FALSE(load().has_secret("third"));
    EXPECT_FALSE(load().has_secret(""));
    EXPECT_EQ(refusal_of([&] { add("third"); }), Errc::limit_exceeded);
}

TEST_P(SecretsStore, can_be_replaced_one_after_the_other) {
    create("first");
    add("second", noon + std::chrono::hours(1));
    erase(secret_id_of(ClientId("c1"), noon));
    EXPECT_FALSE(load().has_secret("first"));
    EXPECT_TRUE(load().has_secret("second"));
    EXPECT_TRUE(load().is_confidential());
    EXPECT_EQ(load().oldest_secret(), "second");
    add("third", noon + std::chrono::hours(2));
    EXPECT_EQ(load().added_secrets.size(), 2U);
    erase(load().added_secrets[0].id);
    EXPECT_EQ(load().oldest_secret(), "third");
    EXPECT_EQ(refusal_of([&] { erase(load().added_secrets[0].id); }), Errc::invalid_parameter) << "the last one";
    EXPECT_EQ(refusal_of([&] { erase("c1--0"); }), Errc::resource_not_found);
}

TEST_P(SecretsStore, are_not_given_to_public_clients_nor_twice) {
    create("");
    EXPECT_EQ(refusal_of([&] { add("a secret"); }), Errc::invalid_parameter);
    EXPECT_FALSE(load().is_confidential());
    write([&](db::Transaction& tx) { Clients(tx, sealer_).erase(pool_.id, ClientId("c1")); });
    create("first");
    EXPECT_EQ(refusal_of([&] { add("first"); }), Errc::invalid_parameter);
}

TEST_P(SecretsStore, go_with_the_client) {
    create("first");
    add("second");
    write([&](db::Transaction& tx) { Clients(tx, sealer_).erase(pool_.id, ClientId("c1")); });
    create("other");
    EXPECT_FALSE(load().has_secret("second"));
}

INSTANTIATE_TEST_SUITE_P(Engines, SecretsStore, engines(), engine_name);

}  // namespace
}  // namespace symbolon::storage
