// What SRP checks passwords by, and what users did, go with a pool from one database to another.
#include "base/encoding.hpp"
#include "directory/auth_events.hpp"
#include "directory/consents.hpp"
#include "directory/srp_verifiers.hpp"
#include "directory/transfer/export_pool.hpp"
#include "directory/transfer/import_pool.hpp"
#include "storage/directory_fixture.hpp"

#include <gtest/gtest.h>
#include <boost/describe/class.hpp>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace symbolon::storage {
namespace {

using namespace symbolon::directory;
namespace srp = crypto::srp;
using MovedLines = std::vector<std::string>;

struct LeftRow {
    std::int64_t remaining = 0;
};
BOOST_DESCRIBE_STRUCT(LeftRow, (), (remaining))

class HistoryTransfer : public DirectoryTest {
protected:
    void SetUp() override {
        const Pool pool = create_pool(id.str());
        jane = with_hash(create_user(pool, "jane-id", "jane"), "$argon2id$v=19$m=64,t=1,p=1$c29tZXNhbHQ$" + hash);
        john = create_user(pool, "john-id", "john");
        write([&](db::Transaction& tx) {
            Users(tx).save(pool, jane);
            SrpVerifiers(tx, sealer_).save(jane, {Bytes(16, 7), srp::VerifierValue(value)});
            SrpVerifiers(tx, sealer_).save(john, {Bytes(16, 8), srp::VerifierValue(value)});  // of no password
            for (int i = 0; i < 3; ++i) AuthEvents(tx).put(event(i));
            Consents(tx).put(id, jane.id, {ClientId("client1"), {"openid", "phone"}, noon});
        });
        jane = *read([&](db::Transaction& tx) { return Users(tx).find(id, jane.id); });
    }
    static User with_hash(User user, const std::string& given) {
        user.password_hash = given;
        return user;
    }
    AuthEvent event(int number) const {
        AuthEvent made{.pool_id = id, .user_id = jane.id, .id = "0190000" + std::to_string(number), .details = {}};
        made.details.EventType = EventType::SignIn;
        made.details.CreationDate.instant = noon + std::chrono::seconds(number);
        made.details.EventResponse = EventResponseType::Pass;
        made.details.ChallengeResponses = {{EventChallengeName::Password, EventChallengeResponse::Success}};
        made.details.EventContextData.IpAddress = "192.0.2.1";
        if (number == 1) made.device = "a device";
        return made;
    }
    MovedLines export_from(db::Database& from, const crypto::Sealer& sealer) {
        MovedLines lines;
        run(transfer::export_pool(
            from, sealer, id, [&](const std::string& line) { lines.push_back(line); },
            [](std::int64_t, std::string_view) {}));
        return lines;
    }
    void import_lines(const MovedLines& lines) {
        std::size_t next = 0;
        const auto read_line = [&]() -> std::optional<std::string> {
            if (next == lines.size()) return std::nullopt;
            return lines[next++];
        };
        run(transfer::import_pool(*target, other_sealer, claimant, read_line, [](std::int64_t, std::string_view) {}));
    }
    std::int64_t left(std::string_view count) {
        return run(target->read([&](db::Transaction& tx) { return tx.row<LeftRow>(count)->remaining; }));
    }

    const PoolId id{"us-east-1_moves"};
    const std::string hash = std::string(43, 'A');
    const std::string value = std::string(383, 'v') + '\0';
    User jane, john;
    ManualClock clock{noon};
    Claimant claimant{clock, NodeId("a process")};
    std::unique_ptr<db::Database> target = GetParam().open_fresh();
    crypto::Sealer other_sealer{Bytes(32, 9), random_};
};

TEST_P(HistoryTransfer, people_prove_their_password_by_srp_at_once) {
    import_lines(export_from(database(), sealer_));
    run(target->read([&](db::Transaction& tx) {
        const auto moved = Users(tx).find(id, jane.id);
        const auto verifier = SrpVerifiers(tx, other_sealer).find(*moved);
        ASSERT_TRUE(verifier);
        EXPECT_EQ(verifier->salt, Bytes(16, 7));
        EXPECT_EQ(verifier->value.reveal(), value);
        EXPECT_FALSE(SrpVerifiers(tx, other_sealer).find(with_hash(*moved, "another"))) << "it is of that password";
    }));
}

TEST_P(HistoryTransfer, what_they_did_and_allowed_is_there) {
    const auto lines = export_from(database(), sealer_);
    import_lines(lines);
    run(target->read([&](db::Transaction& tx) {
        const auto events = AuthEvents(tx).list(id, jane.id, {}, 100);
        ASSERT_EQ(events.size(), 3U);
        EXPECT_EQ(events[0].id, "01900002");
        EXPECT_EQ(events[1].device, "a device");
        EXPECT_EQ(events[2].details.CreationDate.instant, noon);
        EXPECT_EQ(events[2].details.EventContextData.IpAddress, "192.0.2.1");
        EXPECT_EQ(events[2].details.ChallengeResponses.size(), 1U);
        const auto consent = Consents(tx).find(id, jane.id, ClientId("client1"));
        ASSERT_TRUE(consent);
        EXPECT_EQ(consent->scopes, (std::vector<std::string>{"openid", "phone"}));
        EXPECT_EQ(consent->given, noon);
        EXPECT_TRUE(AuthEvents(tx).list(id, john.id, {}, 100).empty());
    }));
    EXPECT_EQ(export_from(*target, other_sealer), lines) << "nothing is lost on the way";
}

TEST_P(HistoryTransfer, an_import_that_is_given_up_leaves_none_of_it) {
    auto lines = export_from(database(), sealer_);
    lines.pop_back();
    EXPECT_THROW(import_lines(lines), Error);
    run(transfer::discard_import(*target, claimant, id));
    EXPECT_EQ(left("SELECT COUNT(*) AS remaining FROM srp_verifiers"), 0);
    EXPECT_EQ(left("SELECT COUNT(*) AS remaining FROM auth_events"), 0);
    EXPECT_EQ(left("SELECT COUNT(*) AS remaining FROM consents"), 0);
}

TEST_P(HistoryTransfer, a_verifier_that_cannot_be_one_is_refused) {
    for (const std::size_t salt : {std::size_t{0}, std::size_t{256}}) {
        auto lines = export_from(database(), sealer_);
        for (auto& line : lines) {
            const auto at = line.find(to_base64(Bytes(16, 7)));
            if (at != std::string::npos) line.replace(at, to_base64(Bytes(16, 7)).size(), to_base64(Bytes(salt, 7)));
        }
        EXPECT_THROW(import_lines(lines), Error);
        run(transfer::discard_import(*target, claimant, id));
    }
}

INSTANTIATE_TEST_SUITE_P(Engines, HistoryTransfer, engines(), engine_name);

}  // namespace
}  // namespace symbolon::storage
