// symbolon admin credentials: access keys of administrators, made, listed, disabled and deleted on the server's data.
#include "app/admin/credentials.hpp"

#include "app/admin/store.hpp"
#include "app/options.hpp"
#include "base/error.hpp"
#include "base/run.hpp"
#include "directory/access_keys.hpp"
#include "directory/pool_rules.hpp"
#include "directory/pools.hpp"
#include "temporary_folder.hpp"

#include <gtest/gtest.h>

#include <functional>
#include <string>

namespace symbolon::app {
namespace {

class Credentials : public testing::Test {
protected:
    Credentials() { options.data = folder.path(); }

    /// What the command says on standard output.
    static std::string said(const std::function<void()>& command) {
        testing::internal::CaptureStdout();
        command();
        return testing::internal::GetCapturedStdout();
    }
    /// Makes a key; returns its id.
    std::string create(const std::string& policy) {
        options.policy = policy;
        const auto text = said([&] { create_credential(options); });
        const std::string begin = "aws_access_key_id = ";
        EXPECT_TRUE(text.starts_with(begin)) << text;
        const auto id = text.substr(begin.size(), 20);
        EXPECT_EQ(text.substr(begin.size() + 20, 25), "\naws_secret_access_key = ");
        const auto secret = text.substr(begin.size() + 45, 40);
        const auto key = find(id);
        EXPECT_TRUE(key && key->secret.reveal() == secret);
        return id;
    }
    std::optional<directory::AccessKey> find(const std::string& id) {
        Store store(options);
        const auto work = [&](db::Transaction& tx) { return directory::AccessKeys(tx, store.sealer).find(id); };
        return run(store.db->read(work));
    }
    std::string list() {
        return said([&] { list_credentials(options); });
    }
    static std::string refusal(const std::function<void()>& command) {
        try {
            command();
        } catch (const Error& error) {
            return error.message;
        }
        return "(not refused)";
    }

    TemporaryFolder folder;
    AdminOptions options;
};

TEST_F(Credentials, a_key_s_secret_is_shown_when_it_is_made_and_never_again) {
    const auto id = create("read-only");
    const std::string secret(find(id)->secret.reveal());
    const auto listed = list();
    EXPECT_TRUE(listed.starts_with(id + "  enabled   ")) << listed;
    EXPECT_NE(listed.find("read-only"), std::string::npos);
    EXPECT_EQ(listed.find(secret), std::string::npos);
    EXPECT_EQ(listed.find(secret.substr(36)), std::string::npos);
}

TEST_F(Credentials, a_key_is_disabled_enabled_and_deleted) {
    options.key = create("full");
    EXPECT_EQ(said([&] { set_credential_enabled(options, false); }), options.key + " is disabled.\n");
    EXPECT_FALSE(find(options.key)->enabled);
    EXPECT_NE(list().find("disabled"), std::string::npos);
    EXPECT_EQ(said([&] { set_credential_enabled(options, true); }), options.key + " is enabled.\n");
    EXPECT_TRUE(find(options.key)->enabled);
    EXPECT_EQ(said([&] { delete_credential(options); }), options.key + " is deleted.\n");
    EXPECT_FALSE(find(options.key));
    EXPECT_EQ(list(), "");
}

TEST_F(Credentials, what_is_not_there_is_said) {
    options.key = "AKIANOBODY";
    EXPECT_EQ(refusal([&] { set_credential_enabled(options, false); }), "There is no access key AKIANOBODY.");
    EXPECT_EQ(refusal([&] { delete_credential(options); }), "There is no access key AKIANOBODY.");
    options.data += "/nowhere";
    EXPECT_EQ(refusal([&] { list_credentials(options); }), "There is no folder " + options.data + ".");
}

TEST_F(Credentials, a_policy_is_one_of_three_and_names_a_pool_that_is_there) {
    for (const char* policy : {"", "all", "Full", "pool:", "pool:x"}) {
        options.policy = policy;
        EXPECT_EQ(refusal([&] { create_credential(options); }), "--policy is full, read-only or pool:<pool id>.");
    }
    options.policy = "pool:us-east-1_Aaaaaaaaa";
    EXPECT_EQ(refusal([&] { create_credential(options); }), "User pool us-east-1_Aaaaaaaaa does not exist.");
    directory::Pool pool;
    pool.id = PoolId("us-east-1_Aaaaaaaaa");
    directory::apply_defaults(pool.settings);
    {
        Store store(options);
        const auto work = [&](db::Transaction& tx) { directory::Pools(tx).create(pool); };
        run(store.db->write(work));
    }
    EXPECT_EQ(find(create("pool:us-east-1_Aaaaaaaaa"))->policy.pool, pool.id);
}

TEST_F(Credentials, the_command_line_says_which) {
    const auto parse = [](std::vector<const char*> words) {
        words.insert(words.begin(), {"symbolon", "admin", "credentials"});
        return parse_command_line(static_cast<int>(words.size()), words.data());
    };
    using Task = AdminOptions::Task;
    const auto made = parse({"create", "--policy", "read-only", "--data", "here"});
    EXPECT_EQ(made.admin.task, Task::create_credential);
    EXPECT_EQ(made.admin.policy, "read-only");
    EXPECT_EQ(made.admin.data, "here");
    EXPECT_EQ(parse({"list"}).admin.task, Task::list_credentials);
    EXPECT_EQ(parse({"disable", "AKIA1"}).admin.task, Task::disable_credential);
    EXPECT_EQ(parse({"enable", "AKIA1"}).admin.task, Task::enable_credential);
    const auto deleted = parse({"delete", "AKIA1"});
    EXPECT_EQ(deleted.admin.task, Task::delete_credential);
    EXPECT_EQ(deleted.admin.key, "AKIA1");
    EXPECT_EQ(parse({"delete"}).command, CommandLine::Command::done);
    EXPECT_EQ(parse({"create"}).command, CommandLine::Command::done);
    EXPECT_EQ(parse({}).command, CommandLine::Command::done);
}

}  // namespace
}  // namespace symbolon::app
