#pragma once

#include "inbox.hpp"
#include "load.hpp"
#include "machine.hpp"
#include "net/client.hpp"
#include "process.hpp"

#include <boost/json/value.hpp>

#include <memory>
#include <string>
#include <vector>

namespace symbolon::bench {

/// A server with the tutorial's configuration: user names are phone numbers, a code by SMS at every sign-in, a
/// confidential client for the code flow, and a public one for sign-ins over the API. Its data folder lives as long as
/// this object; the server can be started and stopped over it.
class Deployment {
public:
    struct Settings {
        std::string binary;         ///< the server's
        std::string database = {};  ///< URL; "": SQLite in the temporary folder
        std::size_t processes = 1;  ///< that serve, over one database
        std::size_t threads = 1;    ///< of each; more than its cores let waits for the disk overlap
        std::string folder = {};    ///< is kept; "": a temporary one
    };
    Deployment(Settings settings, Cores cores);
    ~Deployment();
    Deployment(const Deployment&) = delete;
    Deployment& operator=(const Deployment&) = delete;

    void set_processes(std::size_t count) { settings_.processes = count; }  ///< from the next start on
    void set_threads(std::size_t count) { settings_.threads = count; }      ///< from the next start on
    /// Starts the server and waits until it serves.
    void start();
    void stop();
    Process& process() { return *processes_.front(); }
    Target target() const;
    const Cores& cores() const { return cores_; }

    /// Makes pool, clients and one user for each phone number, all with the same password.
    void configure(std::size_t users);
    struct Client {
        std::string id, secret;
    };
    /// What configure makes.
    struct Configuration {
        std::string pool_id;
        Client skill, api_client;
    };
    const Configuration& configuration() const { return configuration_; }
    /// A configuration of another database, when this one holds its pool and users with these phone numbers already.
    void adopt(Configuration configuration, std::vector<std::string> phone_numbers);

    /// Another pool, for sign-ins by SRP alone: without a second factor, everybody with the same password.
    struct SrpPool {
        std::string id, client_id;
        std::vector<std::string> usernames;
    };
    SrpPool make_srp_pool(std::size_t users);

    /// A confidential client for client_credentials, and the resource server that its scope is of.
    Client make_machine();

    /// `symbolon admin …` over this deployment's data, to be run by a shell.
    std::string admin_command(const std::string& arguments) const;
    /// The fields of a signed call of the JSON API.
    Fields signed_fields(const std::string& operation, const std::string& body) const;

    const Client& skill() const { return configuration_.skill; }
    const Client& api_client() const { return configuration_.api_client; }
    const std::vector<std::string>& phone_numbers() const { return phone_numbers_; }
    const std::string& password() const { return password_; }
    std::string url() const { return "http://" + host(); }
    const std::string& pool_id() const { return configuration_.pool_id; }
    std::string host() const { return "127.0.0.1:" + std::to_string(ports_.front()); }
    const std::string& folder() const { return folder_; }  ///< with the data and what was sent
    Inbox& inbox() { return inbox_; }
    net::Client& http() { return http_; }

    static constexpr std::string_view redirect_uri = "https://skill.example/linked";

private:
    /// Whether the server has a core to itself: not beside others of its kind or a database server.
    bool has_a_core() const { return settings_.processes == 1 && settings_.database.empty(); }
    boost::json::value api(const std::string& operation, const boost::json::value& body);
    Client make_client(const boost::json::object& settings);

    Settings settings_;
    Cores cores_;
    std::string folder_;
    net::Client http_;
    Inbox inbox_;
    std::vector<std::unique_ptr<Process>> processes_;
    std::vector<std::uint16_t> ports_;
    Configuration configuration_;
    std::vector<std::string> phone_numbers_;
    std::string password_ = "Correct-Horse-9";
};

}  // namespace symbolon::bench
