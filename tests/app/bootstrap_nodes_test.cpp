// serve --bootstrap on every engine, also by two servers that start on one database at once.
#include "app/bootstrap/bootstrap.hpp"

#include "aws/door.hpp"
#include "base/log.hpp"
#include "base/run.hpp"
#include "crypto/password.hpp"
#include "crypto/random.hpp"
#include "directory/catalog.hpp"
#include "messaging/outbox.hpp"
#include "messaging/sink.hpp"
#include "net/fake_fetcher.hpp"
#include "oauth/client_keys.hpp"
#include "storage/engines.hpp"
#include "temporary_folder.hpp"
#include "triggers/fake_functions.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include <exception>
#include <fstream>
#include <latch>
#include <memory>
#include <string>
#include <thread>

namespace symbolon::app {
namespace {

using boost::json::object;

/// What a server is made of, as far as bootstrap is concerned. Two of them have nothing in common but the database.
class Node {
public:
    explicit Node(const std::string& url) : db_(db::open(url)) {}

    void boot(const std::string& path) {
        bootstrap(path, door_, *db_, sealer_, {clock_, directory::NodeId(random_.uuid())});
    }
    object ask(std::string operation, object request) {
        aws::ChosenIds none;
        return *run(door_.call("test", std::move(operation), std::move(request), std::move(none)));
    }

private:
    SystemClock clock_;
    crypto::SystemRandom random_;
    crypto::Sealer sealer_{Bytes(32, 7), random_};
    std::unique_ptr<db::Database> db_;
    directory::Catalog catalog_{*db_, sealer_, clock_};
    crypto::PasswordHasher hasher_{random_, 1, 1000, crypto::Argon2Cost{64, 1}};
    messaging::Outbox outbox_{
        *db_, sealer_, random_, clock_, messaging::make_sink("outbox:"), messaging::make_sink("outbox:")};
    crypto::WorkPool workers_{"key makers", 1, 16};
    triggers::FakeFunctions functions_;
    triggers::Triggers triggers_{functions_};
    signin::Services services_{*db_, catalog_, sealer_, hasher_, random_, clock_, outbox_, triggers_};
    signin::SignIn sign_in_{services_};
    signin::SignUp sign_up_{services_};
    signin::Recovery recovery_{services_};
    signin::Administration administration_{services_};
    net::FakeFetcher fetcher_;
    oauth::RemoteKeys remote_keys_{fetcher_, clock_};
    oauth::ClientKeys client_keys_{remote_keys_};
    oauth::Tokens tokens_{services_, "https://id.example", client_keys_};
    aws::Options options_{.base_url = "https://id.example"};
    aws::Door door_{{services_, tokens_, sign_in_, sign_up_, recovery_, administration_, workers_, options_}};
};

/// Without ids: two who do not wait for each other would make everything twice.
constexpr const char* file_without_ids = R"(
UserPools:
  - PoolName: shared
    UsernameAttributes: [phone_number]
    ResourceServers:
      - {Identifier: "https://api.example", Name: api, Scopes: [{ScopeName: read, ScopeDescription: Reads}]}
    Clients:
      - {ClientName: app, ExplicitAuthFlows: [ALLOW_USER_PASSWORD_AUTH]}
      - {ClientName: spa, ExplicitAuthFlows: [ALLOW_USER_PASSWORD_AUTH]}
    Domains: [{Domain: shared-domain}]
    Groups: [{GroupName: admins}]
    Users:
      - {Username: +14155550123, Password: Correct-Horse-7, Groups: [admins]}
)";

class BootstrapNodes : public testing::TestWithParam<storage::Engine> {
protected:
    BootstrapNodes() {
        log::set_level(log::Level::error);
        std::ofstream(path_, std::ios::binary) << file_without_ids;
    }
    /// Every list of what the file makes, as sizes.
    static std::string count(Node& node) {
        const auto size_of = [](const object& answer, const char* list) {
            return std::to_string(answer.at(list).as_array().size());
        };
        const auto pools = node.ask("ListUserPools", {{"MaxResults", 60}});
        const auto id = pools.at("UserPools").as_array().at(0).at("Id");
        const object pool{{"UserPoolId", id}};
        return size_of(pools, "UserPools") + " pool, " +
               size_of(node.ask("ListUserPoolClients", {{"UserPoolId", id}, {"MaxResults", 60}}), "UserPoolClients") +
               " clients, " + size_of(node.ask("ListGroups", pool), "Groups") + " group, " +
               size_of(node.ask("ListUsers", pool), "Users") + " user, " +
               size_of(node.ask("ListUsersInGroup", {{"UserPoolId", id}, {"GroupName", "admins"}}), "Users") +
               " of them in it";
    }

    TemporaryFolder folder_;
    const std::string path_ = folder_.path() + "/pools.yaml";
    const std::string url_ = GetParam().make_fresh();
    static constexpr const char* whole = "1 pool, 2 clients, 1 group, 1 user, 1 of them in it";
};

TEST_P(BootstrapNodes, makes_everything_and_then_nothing) {
    Node node(url_);
    node.boot(path_);
    EXPECT_EQ(count(node), whole);
    node.boot(path_);
    EXPECT_EQ(count(node), whole);
}

TEST_P(BootstrapNodes, two_that_start_at_once_make_one_of_each) {
    Node a(url_);
    Node b(url_);
    std::latch start(2);
    const auto boot = [&](Node& node, std::exception_ptr& failure) {
        start.arrive_and_wait();
        try {
            node.boot(path_);
        } catch (...) {  // for the thread that looks at it
            failure = std::current_exception();
        }
    };
    std::exception_ptr failed_a;
    std::exception_ptr failed_b;
    std::thread other([&] { boot(b, failed_b); });
    boot(a, failed_a);
    other.join();
    EXPECT_FALSE(failed_a);
    EXPECT_FALSE(failed_b);
    EXPECT_EQ(count(a), whole);
    EXPECT_EQ(count(b), whole);
}

INSTANTIATE_TEST_SUITE_P(Engines, BootstrapNodes, storage::engines(), storage::engine_name);

}  // namespace
}  // namespace symbolon::app
