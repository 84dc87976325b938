// SIGHUP: what a running server reads again.
#include "app/identity_server.hpp"

#include "base/error.hpp"
#include "base/log.hpp"
#include "net/client.hpp"
#include "temporary_folder.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

namespace symbolon::app {
namespace {

class Reload : public testing::Test {
protected:
    Reload() {
        log::set_level(log::Level::error);
        options.data = folder.path();
        options.listen = {"127.0.0.1:0"};
        options.log_level = "error";
        options.threads = 1;
    }
    std::string write(const std::string& name, const std::string& content) {
        const auto path = folder.path() + "/" + name;
        std::ofstream(path, std::ios::binary) << content;
        return path;
    }
    /// The status of a pool's keys: 404 while there is no such pool.
    static int status_of_pool(const IdentityServer& server, const std::string& pool) {
        net::Client client(1);
        net::ClientRequest request;
        request.url = server.urls().front() + "/" + pool + "/.well-known/jwks.json";
        return client.send_now(request).status;
    }
    static std::string pool(const std::string& id) { return "  - {Id: " + id + ", PoolName: p}\n"; }

    TemporaryFolder folder;
    ServeOptions options;
};

TEST_F(Reload, makes_what_the_bootstrap_file_has_more_of) {
    options.bootstrap = write("pools.yaml", "UserPools:\n" + pool("us-east-1_First0001"));
    IdentityServer server(options);
    server.start();
    EXPECT_EQ(status_of_pool(server, "us-east-1_First0001"), 200);
    EXPECT_EQ(status_of_pool(server, "us-east-1_Second001"), 404);
    write("pools.yaml", "UserPools:\n" + pool("us-east-1_First0001") + pool("us-east-1_Second001"));
    server.reload(options);
    EXPECT_EQ(status_of_pool(server, "us-east-1_Second001"), 200);
    const auto lines = [&] {
        std::ifstream in(folder.path() + "/audit.log");
        return std::count(std::istreambuf_iterator<char>(in), {}, '\n');
    };
    const auto before = lines();
    EXPECT_GT(before, 0);
    server.reload(options);
    EXPECT_EQ(lines(), before) << "the same file asks for nothing";
    server.stop();
}

TEST_F(Reload, what_cannot_be_read_keeps_nothing_else_from_it) {
    options.bootstrap = write("pools.yaml", "UserPools: []\n");
    options.hooks = write("hooks.yaml", "hooks: {}\n");
    IdentityServer server(options);
    server.start();
    write("hooks.yaml", "hooks: {f: {url: 'not an address', secret: short}}\n");
    write("pools.yaml", "UserPools:\n" + pool("us-east-1_First0001"));
    std::filesystem::remove(folder.path() + "/audit.log");
    server.reload(options);
    EXPECT_EQ(status_of_pool(server, "us-east-1_First0001"), 200);
    EXPECT_TRUE(std::filesystem::exists(folder.path() + "/audit.log"));
    server.stop();
}

}  // namespace
}  // namespace symbolon::app
