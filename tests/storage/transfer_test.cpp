#include "base/encoding.hpp"
#include "crypto/test_keys.hpp"
#include "directory/clients.hpp"
#include "directory/domains.hpp"
#include "directory/password_history.hpp"
#include "directory/resource_servers.hpp"
#include "directory/signing_keys.hpp"
#include "directory/software_tokens.hpp"
#include "directory/transfer/export_pool.hpp"
#include "directory/transfer/import_pool.hpp"
#include "directory/transfer/lines.hpp"
#include "directory/transfer/records.hpp"
#include "directory/user_names.hpp"
#include "directory/web_authn_credentials.hpp"
#include "storage/directory_fixture.hpp"

#include <gtest/gtest.h>
#include <boost/describe/class.hpp>

#include <atomic>
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

namespace symbolon::storage {
namespace {

using directory::MfaFactor;
using directory::Pool;
using directory::Pools;
using directory::User;
using directory::Users;
namespace transfer = directory::transfer;

using Lines = std::vector<std::string>;

constexpr int user_count = 2100;  // more than two of the import's steps

// Users::count() is an estimate.
constexpr std::string_view count_users = "SELECT COUNT(*) AS users FROM users WHERE pool_id = $1";
struct CountRow {
    std::int64_t users = 0;
};
BOOST_DESCRIBE_STRUCT(CountRow, (), (users))

/// A pool in one database, and another database, with another master key, that it goes to.
class PoolTransfer : public DirectoryTest {
protected:
    const PoolId id{"us-east-1_moves"};

    void SetUp() override {
        const Pool pool = create_pool(id.str(), SignInWith::phone_number);
        write([&](db::Transaction& tx) {
            directory::SigningKeys(tx, sealer_).create(id, id_key, access_key, noon);
            directory::Clients(tx, sealer_)
                .create({.pool_id = id,
                         .id = ClientId("client1"),
                         .name = "Skill",
                         .settings = {},
                         .secret = ClientSecret("a secret"),
                         .created = noon,
                         .modified = noon});
            directory::Domains(tx).create({.domain = "moves", .pool_id = id, .created = noon});
            directory::ResourceServers(tx).create({id, "https://orders", "Orders", {{"read", "Read orders"}}});
        });
        write([&](db::Transaction& tx) {
            for (int i = 0; i < user_count; ++i) Users(tx).create(pool, numbered_user(pool, i));
        });
    }

    static User numbered_user(const Pool& pool, int number) {
        const auto digits = std::to_string(1000000 + number);
        User user = make_user(pool, "user-" + digits, "+1415" + digits);
        user.password_hash = "$argon2id$v=19$m=64,t=1,p=1$c29tZXNhbHQ$" + digits + std::string(36, 'A');
        user.mfa = {.enabled = {MfaFactor::SMS_MFA}, .preferred = MfaFactor::SMS_MFA};
        return user;
    }

    Lines export_lines() {
        Lines lines;
        run(transfer::export_pool(
            database(), sealer_, id, [&](const std::string& line) { lines.push_back(line); },
            [](std::int64_t, std::string_view) {}));
        return lines;
    }

    /// Stops with an exception, as a broken cable would, when `readable` lines were read.
    transfer::Imported import_lines(const Lines& lines, std::size_t readable = SIZE_MAX) {
        std::size_t next = 0;
        const auto read_line = [&]() -> std::optional<std::string> {
            if (next == readable) throw std::runtime_error("interrupted");
            if (next == lines.size()) return std::nullopt;
            return lines[next++];
        };
        return run(
            transfer::import_pool(*target, other_sealer, claimant, read_line, [](std::int64_t, std::string_view) {}));
    }

    template <class F>
    auto read_target(F closure) {
        return run(target->read(std::move(closure)));
    }
    std::optional<Pool> imported_pool() {
        return read_target([&](db::Transaction& tx) { return Pools(tx).find(id); });
    }
    std::int64_t imported_users() {
        return read_target([&](db::Transaction& tx) { return tx.row<CountRow>(count_users, id)->users; });
    }

    const crypto::jose::SigningKey id_key = test_key(0);
    const crypto::jose::SigningKey access_key = test_key(1);
    ManualClock clock{noon};
    directory::Claimant claimant{clock, directory::NodeId("a process")};
    std::unique_ptr<db::Database> target = GetParam().open_fresh();
    crypto::Sealer other_sealer{Bytes(32, 9), random_};
};

TEST_P(PoolTransfer, brings_everything_into_a_database_under_another_master_key) {
    const auto imported = import_lines(export_lines());
    EXPECT_EQ(imported.pool, id);
    EXPECT_EQ(imported.users, user_count);

    const auto pool = imported_pool();
    ASSERT_TRUE(pool);
    EXPECT_EQ(pool->name, "Pool us-east-1_moves");
    EXPECT_TRUE(pool->username_is_phone());
    EXPECT_EQ(pool->domain, "moves");
    EXPECT_EQ(pool->created, noon);
    read_target([&](db::Transaction& tx) {
        const auto client = directory::Clients(tx, other_sealer).get(id, ClientId("client1"));
        EXPECT_EQ(client.secret.reveal(), "a secret");
        const auto keys = directory::SigningKeys(tx, other_sealer).get(id, noon);
        EXPECT_EQ(keys.id_token.kid(), id_key.kid());
        EXPECT_EQ(keys.access_token.kid(), access_key.kid());
        EXPECT_EQ(directory::ResourceServers(tx).list_scopes(id), std::vector<std::string>{"https://orders/read"});
        for (const int number : {0, 999, 1000, user_count - 1}) {
            const User wanted = numbered_user(*pool, number);
            const auto user = Users(tx).find_by_login(*pool, wanted.attribute("phone_number"));
            ASSERT_TRUE(user) << number;
            EXPECT_EQ(user->id, wanted.id);
            EXPECT_EQ(user->password_hash, wanted.password_hash);
            EXPECT_EQ(user->attributes, wanted.attributes);
            EXPECT_TRUE(user->mfa.preferred.has_value());
            EXPECT_EQ(user->status, wanted.status);
        }
    });
}

TEST_P(PoolTransfer, brings_what_users_prove_themselves_with) {
    const auto pool = read([&](db::Transaction& tx) { return Pools(tx).get(id); });
    const User user = numbered_user(pool, 7);
    const directory::WebAuthnCredential passkey{.pool_id = id,
                                                .user_id = user.id,
                                                .id = {1, 2, 3},
                                                .friendly_name = "Passkey",
                                                .relying_party_id = "id.example",
                                                .attachment = "platform",
                                                .transports = {"internal"},
                                                .public_key = {4, 5, 6},
                                                .sign_count = 9,
                                                .created = noon};
    write([&](db::Transaction& tx) {
        directory::SoftwareTokens(tx, sealer_).restore(id, user.id, {directory::SoftwareTokenSecret("key"), "App", 12});
        ASSERT_TRUE(directory::WebAuthnCredentials(tx).create(passkey));
        directory::PasswordHistory(tx).restore(id, user.id, {"newer", "older"});
    });
    import_lines(export_lines());
    read_target([&](db::Transaction& tx) {
        const auto app = directory::SoftwareTokens(tx, other_sealer).find(id, user.id);
        ASSERT_TRUE(app);
        EXPECT_EQ(app->secret.reveal(), "key");
        EXPECT_EQ(app->friendly_name, "App");
        EXPECT_EQ(app->last_step, 12) << "a code that was used there is not taken here";
        const auto passkeys = directory::WebAuthnCredentials(tx).of_user(id, user.id);
        ASSERT_EQ(passkeys.size(), 1U);
        EXPECT_EQ(passkeys[0].id, passkey.id);
        EXPECT_EQ(passkeys[0].public_key, passkey.public_key);
        EXPECT_EQ(passkeys[0].sign_count, 9U);
        EXPECT_EQ(passkeys[0].transports, passkey.transports);
        const auto imported = Users(tx).find(id, user.id);
        ASSERT_TRUE(imported);
        EXPECT_EQ(directory::PasswordHistory(tx).list(*imported, 3),
                  (std::vector<std::string>{user.password_hash, "newer", "older"}));
        EXPECT_FALSE(directory::SoftwareTokens(tx, other_sealer).has(id, numbered_user(pool, 8).id));
    });
}

/// What a line-by-line import of an edited file says; the digest at its end is not reached.
TEST_P(PoolTransfer, takes_hashes_of_other_systems_and_refuses_what_is_none) {
    Lines lines = export_lines();
    lines.resize(8);
    const auto with_hash = [&](const std::string& hash) {
        const std::string name = R"("password_hash":")";
        const auto begin = lines[7].find(name) + name.size();
        lines[7].replace(begin, lines[7].find('"', begin) - begin, hash);
        std::string message;
        try {
            import_lines(lines);
        } catch (const Error& error) {
            message = error.message;
        }
        run(transfer::discard_import(*target, claimant, id));
        return message;
    };
    const std::string cut = "The file ends before its last line: it was cut.";
    EXPECT_EQ(with_hash("$2b$12$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW"), cut) << "all was read";
    EXPECT_EQ(with_hash("pbkdf2_sha256$1000$seasalt$FhlroWMXh5Nd6TSxBeHgz7rIZ3jih61kkcwqfeatGAk="), cut);
    EXPECT_EQ(with_hash(""), cut) << "a user without a password";
    EXPECT_EQ(with_hash("hunter2"),
              "Line 8: The password hash is of no scheme that is known here: Argon2, bcrypt, PBKDF2 or scrypt.");
    EXPECT_EQ(with_hash("$2b$31$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW"),
              "Line 8: The password hash costs more than is accepted of bcrypt: cost 14.");
}

TEST_P(PoolTransfer, writes_the_same_lines_again_from_where_it_was_brought) {
    const auto lines = export_lines();
    import_lines(lines);
    Lines again;
    run(transfer::export_pool(
        *target, other_sealer, id, [&](const std::string& line) { again.push_back(line); },
        [](std::int64_t, std::string_view) {}));
    EXPECT_EQ(again, lines);
}

TEST_P(PoolTransfer, shows_no_pool_before_the_end_and_goes_on_after_an_interruption) {
    const auto lines = export_lines();
    EXPECT_THROW(import_lines(lines, 1500), std::runtime_error);
    EXPECT_FALSE(imported_pool());
    EXPECT_EQ(imported_users(), 1000);

    const auto imported = import_lines(lines);
    EXPECT_EQ(imported.resumed_after, 1000);
    EXPECT_EQ(imported.users, user_count);
    EXPECT_TRUE(imported_pool());
    EXPECT_EQ(imported_users(), user_count);
}

/// Also where the former run had begun to bring the names.
TEST_P(PoolTransfer, goes_on_after_an_interruption_at_any_line) {
    const auto lines = export_lines();
    for (const std::size_t readable : {1u, 2u, 1001u, 2001u, unsigned(user_count) + 1}) {
        EXPECT_THROW(import_lines(lines, readable), std::runtime_error) << readable;
        EXPECT_FALSE(imported_pool());
    }
    run(target->write([&](db::Transaction& tx) {
        directory::UserNames(tx).insert(id, {"phone_number", "+14151000007"}, UserId("user-1000007"));
    }));
    EXPECT_EQ(import_lines(lines).users, user_count);
    EXPECT_EQ(imported_users(), user_count);
}

TEST_P(PoolTransfer, refuses_two_users_of_one_name) {
    auto lines = export_lines();
    lines.pop_back();
    lines[5].replace(lines[5].find("+14151000004"), 12, "+14151000003");
    crypto::Digest digest{};
    for (const auto& line : lines) digest = transfer::extend(digest, line);
    lines.push_back(transfer::to_line("end", transfer::EndRecord{user_count, to_base64(digest)}));
    EXPECT_EQ(refusal_of([&] { import_lines(lines); }), Errc::invalid_parameter);
    EXPECT_FALSE(imported_pool());
}

TEST_P(PoolTransfer, refuses_a_file_that_was_cut_changed_or_reordered) {
    const auto lines = export_lines();
    const auto refused = [&](const std::function<void(Lines&)>& damage) {
        auto damaged = lines;
        damage(damaged);
        const auto code = refusal_of([&] { import_lines(damaged); });
        EXPECT_FALSE(imported_pool());
        run(transfer::discard_import(*target, claimant, id));
        EXPECT_EQ(imported_users(), 0);
        return code;
    };
    EXPECT_EQ(refused([](Lines& l) { l.pop_back(); }), Errc::invalid_parameter);
    EXPECT_EQ(refused([](Lines& l) { l.erase(l.begin() + 7); }), Errc::invalid_parameter);
    EXPECT_EQ(refused([](Lines& l) { std::swap(l[5], l[6]); }), Errc::invalid_parameter);
    EXPECT_EQ(refused([](Lines& l) { l[9] = l[9].substr(0, 20); }), Errc::invalid_parameter);
    EXPECT_EQ(refused([](Lines& l) { l[9].replace(l[9].find("CONFIRMED"), 9, "ARCHIVED"); }), Errc::invalid_parameter);
    EXPECT_EQ(refused([](Lines& l) { l[9] = R"({"surprise":{}})"; }), Errc::invalid_parameter);
}

TEST_P(PoolTransfer, does_not_mix_two_files_of_one_pool) {
    const auto lines = export_lines();
    EXPECT_THROW(import_lines(lines, 1500), std::runtime_error);
    write([&](db::Transaction& tx) {
        const Pool pool = Pools(tx).get(id);
        Users(tx).erase(pool, numbered_user(pool, 3).id);
    });
    EXPECT_EQ(refusal_of([&] { import_lines(export_lines()); }), Errc::invalid_parameter);
    EXPECT_TRUE(run(transfer::discard_import(*target, claimant, id)));
    EXPECT_FALSE(run(transfer::discard_import(*target, claimant, id)));
    EXPECT_EQ(import_lines(export_lines()).users, user_count - 1);
}

TEST_P(PoolTransfer, never_overwrites_a_pool_or_a_domain) {
    const auto lines = export_lines();
    run(target->write([](db::Transaction& tx) {
        directory::Domains(tx).create({.domain = "moves", .pool_id = PoolId("us-east-1_other"), .created = noon});
    }));
    EXPECT_EQ(refusal_of([&] { import_lines(lines); }), Errc::invalid_parameter);
    EXPECT_FALSE(imported_pool());
    run(target->write([](db::Transaction& tx) { directory::Domains(tx).erase("moves", PoolId("us-east-1_other")); }));
    import_lines(lines);
    EXPECT_EQ(refusal_of([&] { import_lines(lines); }), Errc::invalid_parameter);
    EXPECT_EQ(imported_users(), user_count);
}

/// Two processes, each by its own name, at the same import.
class SharedTransfer : public PoolTransfer {
protected:
    /// Calls `meanwhile` once, when the first of `what` were stored.
    transfer::Imported import_as(const directory::Claimant& who, const Lines& file, std::string_view what = "",
                                 std::function<void()> meanwhile = {}) {
        std::size_t next = 0;
        const auto read_line = [&]() -> std::optional<std::string> {
            if (next == file.size()) return std::nullopt;
            return file[next++];
        };
        const auto progress = [&](std::int64_t, std::string_view of_what) {
            if (of_what == what && meanwhile) std::exchange(meanwhile, {})();
        };
        return run(transfer::import_pool(*target, other_sealer, who, read_line, progress));
    }

    /// The first process is suspended when it has stored the first of `what`, until it is missed and the second has
    /// done something. What the first is refused with when it goes on.
    Errc refusal_after(std::string_view what, const std::function<void()>& second_does) {
        return refusal_of([&] {
            import_as(claimant, lines, what, [&] {
                clock.advance(directory::Claim::lease);
                second_does();
            });
        });
    }

    Lines lines;
    directory::Claimant second{clock, directory::NodeId("another process")};

private:
    void SetUp() override {
        PoolTransfer::SetUp();
        lines = export_lines();
    }
};

TEST_P(SharedTransfer, is_refused_to_the_second_and_goes_on_undisturbed) {
    const auto imported = import_as(claimant, lines, "users", [&] {
        EXPECT_EQ(refusal_of([&] { import_as(second, lines); }), Errc::concurrent_modification);
        EXPECT_EQ(refusal_of([&] { run(transfer::discard_import(*target, second, id)); }),
                  Errc::concurrent_modification);
    });
    EXPECT_EQ(imported.users, user_count);
    EXPECT_EQ(imported.resumed_after, 0);
    EXPECT_EQ(imported_users(), user_count);
}

TEST_P(SharedTransfer, is_gone_on_with_by_the_second_and_the_first_does_no_harm) {
    EXPECT_EQ(refusal_after("users", [&] { EXPECT_EQ(import_as(second, lines).resumed_after, 1000); }),
              Errc::concurrent_modification);
    EXPECT_TRUE(imported_pool());
    EXPECT_EQ(imported_users(), user_count);
}

TEST_P(SharedTransfer, is_gone_on_with_among_the_names_as_well) {
    EXPECT_EQ(refusal_after("names", [&] { EXPECT_EQ(import_as(second, lines).resumed_after, user_count); }),
              Errc::concurrent_modification);
    EXPECT_TRUE(imported_pool());
    EXPECT_EQ(imported_users(), user_count);
}

TEST_P(SharedTransfer, which_was_discarded_meanwhile_brings_no_more_users) {
    EXPECT_EQ(refusal_after("users", [&] { EXPECT_TRUE(run(transfer::discard_import(*target, second, id))); }),
              Errc::concurrent_modification);
    EXPECT_FALSE(imported_pool());
    EXPECT_EQ(imported_users(), 0);
}

TEST_P(SharedTransfer, is_done_once_when_two_begin_at_the_same_time) {
    std::atomic<int> done = 0;
    const auto try_as = [&](const directory::Claimant& who) {
        try {
            import_as(who, lines);
            ++done;
        } catch (const Error& error) {
            // The other has it, or has finished already.
            EXPECT_TRUE(error.code == Errc::concurrent_modification || error.code == Errc::invalid_parameter)
                << error.message;
        }
    };
    std::thread other([&] { try_as(second); });
    try_as(claimant);
    other.join();
    EXPECT_EQ(done, 1);
    EXPECT_TRUE(imported_pool());
    EXPECT_EQ(imported_users(), user_count);
}

INSTANTIATE_TEST_SUITE_P(Engines, SharedTransfer, engines(), engine_name);
INSTANTIATE_TEST_SUITE_P(Engines, PoolTransfer, engines(), engine_name);

}  // namespace
}  // namespace symbolon::storage
