#include "app/private_files.hpp"

#include "app/credentials.hpp"
#include "app/master_key.hpp"
#include "base/error.hpp"
#include "crypto/random.hpp"
#include "temporary_folder.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>

namespace symbolon::app {
namespace {

class PrivateFiles : public testing::Test {
protected:
    static unsigned mode_of(const std::string& path) {
        struct stat status{};
        EXPECT_EQ(::stat(path.c_str(), &status), 0);
        return status.st_mode & 0777U;
    }

    TemporaryFolder temporary;
    const std::string& folder = temporary.path();
    crypto::SystemRandom random;
};

TEST_F(PrivateFiles, keys_are_made_once_and_only_for_their_owner) {
    const auto key = load_master_key(folder, random);
    EXPECT_EQ(key.size(), 32U);
    EXPECT_EQ(mode_of(folder + "/master.key"), 0600U);
    EXPECT_EQ(load_master_key(folder, random), key);
    const auto access = load_access_key(folder, random);
    EXPECT_EQ(mode_of(folder + "/credentials"), 0600U);
    EXPECT_EQ(load_access_key(folder, random).secret, access.secret);
    EXPECT_EQ(load_access_key(folder, random).id, access.id);
}

TEST_F(PrivateFiles, a_key_that_others_can_read_is_refused) {
    load_master_key(folder, random);
    ::chmod((folder + "/master.key").c_str(), 0644);
    EXPECT_THROW(load_master_key(folder, random), Error);
}

TEST_F(PrivateFiles, a_short_or_malformed_key_is_refused) {
    for (const auto* text : {"", "abcd\n", "zz", "00112233445566778899aabbccddeeff\n"}) {
        write_private_file(folder + "/master.key", text);
        EXPECT_THROW(load_master_key(folder, random), Error) << text;
    }
    ::setenv("SYMBOLON_MASTER_KEY", "changeme", 1);
    EXPECT_THROW(load_master_key(folder, random), Error);
    ::unsetenv("SYMBOLON_MASTER_KEY");
}

TEST_F(PrivateFiles, a_link_in_the_place_of_a_new_file_is_not_followed) {
    const auto target = folder + "/elsewhere";
    ASSERT_EQ(::symlink(target.c_str(), (folder + "/secret.new").c_str()), 0);
    EXPECT_THROW(write_private_file(folder + "/secret", "x"), Error);
    EXPECT_FALSE(std::filesystem::exists(target));
}

}  // namespace
}  // namespace symbolon::app
