// Commands of `symbolon admin` in the audit log, and a server that cannot write one.
#include "app/admin/admin.hpp"

#include "app/admin/store.hpp"
#include "app/identity_server.hpp"
#include "base/error.hpp"
#include "base/run.hpp"
#include "directory/access_keys.hpp"
#include "temporary_folder.hpp"

#include <gtest/gtest.h>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

namespace symbolon::app {
namespace {

using boost::json::object;
using AdminTask = AdminOptions::Task;

class Audited : public testing::Test {
protected:
    Audited() { options.data = folder.path(); }

    /// Runs a command, quietly.
    void command(AdminTask task) {
        options.task = task;
        testing::internal::CaptureStdout();
        try {
            administrate(options);
        } catch (...) {
            said = testing::internal::GetCapturedStdout();
            throw;
        }
        said = testing::internal::GetCapturedStdout();
    }
    std::string refusal(AdminTask task) {
        try {
            command(task);
        } catch (const Error& error) {
            return error.message;
        }
        return "(not refused)";
    }
    std::vector<object> lines() const {
        std::vector<object> out;
        std::ifstream in(folder.path() + "/audit.log");
        for (std::string line; std::getline(in, line);) out.push_back(boost::json::parse(line).as_object());
        return out;
    }
    object last_line() const { return lines().back(); }
    std::string make_key() {
        options.policy = "read-only";
        command(AdminTask::create_credential);
        return said.substr(std::string("aws_access_key_id = ").size(), 20);
    }

    TemporaryFolder folder;
    AdminOptions options;
    std::string said;
};

TEST_F(Audited, changes_of_credentials_name_the_key_and_who_made_them) {
    const auto id = make_key();
    const auto line = last_line();
    EXPECT_EQ(line.at("access_key_id").as_string(), "command line");
    EXPECT_EQ(line.at("operation").as_string(), "admin credentials create");
    EXPECT_EQ(line.at("key").as_string(), id);
    EXPECT_EQ(line.at("outcome").as_string(), "ok");
    EXPECT_FALSE(line.at("system_user").as_string().empty());
    options.key = id;
    for (const auto& [task, name] : {std::pair{AdminTask::disable_credential, "admin credentials disable"},
                                     std::pair{AdminTask::enable_credential, "admin credentials enable"},
                                     std::pair{AdminTask::delete_credential, "admin credentials delete"}}) {
        command(task);
        EXPECT_EQ(last_line().at("operation").as_string(), name);
        EXPECT_EQ(last_line().at("key").as_string(), id);
    }
    EXPECT_EQ(lines().size(), 4U);
}

TEST_F(Audited, no_secret_is_in_it) {
    make_key();
    const auto secret = said.substr(said.find("secret_access_key = ") + 20, 40);
    std::ifstream in(folder.path() + "/audit.log");
    const std::string text{std::istreambuf_iterator<char>(in), {}};
    EXPECT_EQ(secret.size(), 40U);
    EXPECT_EQ(text.find(secret), std::string::npos);
}

TEST_F(Audited, what_only_shows_no_secret_is_not_in_it) {
    make_key();
    command(AdminTask::list_credentials);
    EXPECT_EQ(lines().size(), 1U);
}

TEST_F(Audited, a_refused_command_is_in_it) {
    make_key();
    options.key = "AKIAUNKNOWN000000000";
    EXPECT_NE(refusal(AdminTask::disable_credential), "(not refused)");
    EXPECT_EQ(last_line().at("outcome").as_string(), "ResourceNotFoundException");
    options.pool = "us-east-1_Nobody001";
    options.file = folder.path() + "/out";
    EXPECT_NE(refusal(AdminTask::export_pool), "(not refused)");
    EXPECT_EQ(last_line().at("operation").as_string(), "admin export");
    EXPECT_EQ(last_line().at("pool").as_string(), "us-east-1_Nobody001");
}

TEST_F(Audited, what_cannot_be_written_down_is_not_done) {
    const auto id = make_key();
    options.audit_log = folder.path() + "/no such folder/audit.log";
    options.key = id;
    const auto why = refusal(AdminTask::delete_credential);
    EXPECT_EQ(why.find("The audit log cannot be opened"), 0U) << why;
    EXPECT_NE(why.find("No such file"), std::string::npos) << why;
    Store store(options);
    const auto find = [&](db::Transaction& tx) { return directory::AccessKeys(tx, store.sealer).find(id); };
    EXPECT_TRUE(run(store.db->read(find))) << "the key is there";
    options.audit_log = "off";
    command(AdminTask::delete_credential);
    EXPECT_FALSE(run(store.db->read(find)));
}

TEST(AuditOfAServer, that_cannot_be_opened_keeps_it_from_starting_and_says_why) {
    TemporaryFolder folder;
    ServeOptions options;
    options.data = folder.path();
    options.listen = {"127.0.0.1:0"};
    std::filesystem::create_directory(folder.path() + "/audit.log");
    try {
        IdentityServer server(options);
        FAIL() << "it was made";
    } catch (const Error& error) {
        EXPECT_EQ(error.code, Errc::unavailable);
        EXPECT_NE(error.message.find(folder.path() + "/audit.log: Is a directory"), std::string::npos) << error.message;
        EXPECT_NE(error.message.find("--audit-log"), std::string::npos);
    }
    options.audit_log = "off";
    EXPECT_NO_THROW(IdentityServer{options});
}

}  // namespace
}  // namespace symbolon::app
