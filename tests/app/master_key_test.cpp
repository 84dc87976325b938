#include "app/master_key.hpp"

#include "../crypto/test_keys.hpp"
#include "app/admin/backup.hpp"
#include "app/admin/store.hpp"
#include "app/identity_server.hpp"
#include "base/error.hpp"
#include "base/run.hpp"
#include "directory/signing_keys.hpp"
#include "temporary_folder.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <string>

namespace symbolon::app {
namespace {

/// A data folder of a server with a pool, and what becomes of its master key.
class MasterKey : public testing::Test {
protected:
    MasterKey() {
        options.data = admin.data = folder.path();
        options.listen = {"127.0.0.1:0"};
        options.log_level = admin.log_level = "error";
        options.threads = 1;
        Store store(admin);
        run(store.db->write([&](db::Transaction& tx) {
            directory::SigningKeys(tx, store.sealer)
                .create(PoolId("us-east-1_Pool00001"), test_key(0), test_key(1), {});
        }));
    }
    std::string key_file() const { return folder.path() + "/master.key"; }
    /// What a server says that starts here; "" when it does.
    std::string refusal() const {
        try {
            const IdentityServer server(options);
        } catch (const Error& error) {
            return error.message;
        }
        return {};
    }

    TemporaryFolder folder;
    ServeOptions options;
    AdminOptions admin;
};

TEST_F(MasterKey, of_the_database_opens_it) {
    EXPECT_EQ(refusal(), "");
}

TEST_F(MasterKey, that_was_lost_is_not_replaced_silently) {
    std::filesystem::rename(key_file(), folder.path() + "/kept.key");
    EXPECT_NE(refusal().find("master key is not the one"), std::string::npos) << refusal();
    EXPECT_NE(refusal(), "") << "the second time, too: one was made";
    EXPECT_THROW(Store{admin}, Error) << "commands notice as well";
    std::filesystem::rename(folder.path() + "/kept.key", key_file());
    EXPECT_EQ(refusal(), "") << "nothing was written under the other one";
}

TEST(Restore, of_a_folder_that_is_no_backup_says_so) {
    const TemporaryFolder folder;
    AdminOptions options;
    options.file = folder.path() + "/nothing";
    options.data = folder.path() + "/data";
    try {
        restore(options);
        FAIL() << "it was restored";
    } catch (const Error& error) {
        EXPECT_NE(error.message.find("holds no backup"), std::string::npos) << error.message;
    }
    EXPECT_FALSE(std::filesystem::exists(options.data));
}

}  // namespace
}  // namespace symbolon::app
