// Groups, identity providers and what ties users to them go with a pool from one database to another.
#include "directory/clients.hpp"
#include "directory/groups.hpp"
#include "directory/identity_providers.hpp"
#include "directory/linked_identities.hpp"
#include "directory/pool_certificates.hpp"
#include "directory/transfer/export_pool.hpp"
#include "directory/transfer/import_pool.hpp"
#include "storage/directory_fixture.hpp"

#include <gtest/gtest.h>
#include <boost/describe/class.hpp>

#include <cstddef>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace symbolon::storage {
namespace {

using namespace symbolon::directory;
using Lines = std::vector<std::string>;

constexpr int bonded_users = 1200;  // more than a step of the import
constexpr int linked_user = 1100;

std::string sub(int number) {
    return "user-" + std::to_string(10000 + number);
}

const ExternalIdentity identity{"Partner", std::string(ExternalIdentity::subject), "s1"};

class BondsTransfer : public DirectoryTest {
protected:
    void SetUp() override {
        const Pool pool = create_pool(id.str());
        write([&](db::Transaction& tx) {
            Client client;
            client.pool_id = id;
            client.id = ClientId("client1");
            client.name = "Skill";
            client.secret = ClientSecret("first");
            client.created = client.modified = noon;
            client.sso_session = ClientSSOSessionConfigType{7};
            Clients(tx, sealer_).create(client);
            Clients(tx, sealer_).add_secret(client, ClientSecret("second"), noon);
            Groups(tx).create(group("gone", "g0"));
            Groups(tx).create(group("staff", "g1"));
            for (int i = 0; i < bonded_users; ++i) {
                Users(tx).create(pool, make_user(pool, sub(i), "u" + std::to_string(i)));
                Groups(tx).add(group("staff", "g1"), UserId(sub(i)));
            }
            Groups(tx).add(group("gone", "g0"), UserId(sub(0)));
            Groups(tx).erase(id, "gone");
            IdentityProviders(tx, sealer_).create(provider());
            LinkedIdentities(tx).add(id, identity, UserId(sub(linked_user)), noon);
            PoolCertificates(tx, sealer_).create(id, {Bytes{1}, Bytes{2}}, noon);
        });
    }
    Group group(const std::string& name, const std::string& group_id) const {
        Group group;
        group.pool_id = id;
        group.name = name;
        group.id = group_id;
        group.precedence = 3;
        group.role_arn = "arn:aws:iam::000000000000:role/staff";
        group.created = group.modified = noon;
        return group;
    }
    IdentityProvider provider() const {
        IdentityProvider provider;
        provider.pool_id = id;
        provider.name = "Partner";
        provider.type = IdentityProviderTypeType::OIDC;
        provider.details = {{"client_secret", "theirs"}};
        provider.identifiers = {"partner.example"};
        provider.created = provider.modified = noon;
        return provider;
    }
    Lines export_lines() {
        Lines lines;
        run(transfer::export_pool(
            database(), sealer_, id, [&](const std::string& line) { lines.push_back(line); },
            [](std::int64_t, std::string_view) {}));
        return lines;
    }
    void import_lines(const Lines& lines, std::size_t readable = SIZE_MAX) {
        std::size_t next = 0;
        const auto read_line = [&]() -> std::optional<std::string> {
            if (next == readable) throw std::runtime_error("interrupted");
            if (next == lines.size()) return std::nullopt;
            return lines[next++];
        };
        run(transfer::import_pool(*target, other_sealer, claimant, read_line, [](std::int64_t, std::string_view) {}));
    }
    template <class F>
    auto read_target(F closure) {
        return run(target->read(std::move(closure)));
    }
    std::int64_t rows() {
        constexpr std::string_view sql = R"sql(
            SELECT (SELECT COUNT(*) FROM group_members) + (SELECT COUNT(*) FROM groups_of_users)
                 + (SELECT COUNT(*) FROM linked_identities) + (SELECT COUNT(*) FROM identities_of_users) AS rows
        )sql";
        return read_target([&](db::Transaction& tx) { return tx.row<Count>(sql)->rows; });
    }
    void expect_everything() {
        EXPECT_EQ(rows(), 2 * bonded_users + 2);
        read_target([&](db::Transaction& tx) {
            for (const int number : {0, 999, 1000, bonded_users - 1}) {
                const auto groups = Groups(tx).of_user(id, UserId(sub(number)));
                EXPECT_EQ(groups.size(), 1U) << number;
                if (groups.empty()) continue;
                EXPECT_EQ(groups[0].name, "staff");
                EXPECT_EQ(groups[0].precedence, 3);
                EXPECT_EQ(groups[0].role_arn, "arn:aws:iam::000000000000:role/staff");
            }
            EXPECT_EQ(Groups(tx).members(group("staff", "g1"), UserId(), 10).size(), 10U);
            EXPECT_EQ(Groups(tx).list(id, "", 10).size(), 1U);
            EXPECT_EQ(LinkedIdentities(tx).find_owner(id, identity), UserId(sub(linked_user)));
            IdentityProviders providers(tx, other_sealer);
            EXPECT_EQ(providers.get(id, "Partner").details.at("client_secret"), "theirs");
            EXPECT_TRUE(providers.find_by_identifier(id, "partner.example"));
            const auto client = Clients(tx, other_sealer).get(id, ClientId("client1"));
            EXPECT_TRUE(client.has_secret("first") && client.has_secret("second"));
            EXPECT_TRUE(client.sso_session && client.sso_session->MaxValidityMinutes == 7);
            EXPECT_EQ(PoolCertificates(tx, other_sealer).find_with_key(id)->key, Bytes{2});
            return 0;
        });
    }

    const PoolId id{"us-east-1_moves"};
    ManualClock clock{noon};
    Claimant claimant{clock, NodeId("a process")};
    std::unique_ptr<db::Database> target = GetParam().open_fresh();
    crypto::Sealer other_sealer{Bytes(32, 9), random_};
};

TEST_P(BondsTransfer, bring_groups_providers_and_those_who_belong_to_them) {
    import_lines(export_lines());
    expect_everything();
}

TEST_P(BondsTransfer, are_gone_on_with_after_an_interruption) {
    const auto lines = export_lines();
    EXPECT_THROW(import_lines(lines, 1100), std::runtime_error);
    EXPECT_GT(rows(), 0);
    clock.advance(Claim::lease);
    import_lines(lines);
    expect_everything();
}

TEST_P(BondsTransfer, leave_nothing_when_they_are_discarded) {
    EXPECT_THROW(import_lines(export_lines(), 1100), std::runtime_error);
    clock.advance(Claim::lease);
    EXPECT_TRUE(run(transfer::discard_import(*target, claimant, id)));
    EXPECT_EQ(rows(), 0);
}

INSTANTIATE_TEST_SUITE_P(Engines, BondsTransfer, engines(), engine_name);

}  // namespace
}  // namespace symbolon::storage
