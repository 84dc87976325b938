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
    Deployment(std::string binary, Cores cores);
    ~Deployment();
    Deployment(const Deployment&) = delete;
    Deployment& operator=(const Deployment&) = delete;

    /// Starts the server and waits until it serves.
    void start();
    void stop();
    Process& process() { return *process_; }
    Target target() const { return {port_, process_->pid(), cores_.are_apart()}; }
    const Cores& cores() const { return cores_; }

    /// Makes pool, domain, clients and one user for each phone number, all with the same password.
    void configure(std::size_t users);

    struct Client {
        std::string id, secret;
    };
    const Client& skill() const { return skill_; }
    const Client& api_client() const { return api_client_; }
    const std::vector<std::string>& phone_numbers() const { return phone_numbers_; }
    const std::string& password() const { return password_; }
    std::string url() const { return "http://127.0.0.1:" + std::to_string(port_); }
    const std::string& pool_id() const { return pool_id_; }
    std::string host() const { return "127.0.0.1:" + std::to_string(port_); }
    const std::string& folder() const { return folder_; }  ///< temporary
    Inbox& inbox() { return inbox_; }
    net::Client& http() { return http_; }

    static constexpr std::string_view redirect_uri = "https://skill.example/linked";

private:
    boost::json::value api(const std::string& operation, const boost::json::value& body);
    Client make_client(const boost::json::object& settings);

    std::string binary_;
    Cores cores_;
    std::string folder_;
    net::Client http_;
    Inbox inbox_;
    std::unique_ptr<Process> process_;
    std::uint16_t port_ = 0;
    std::string pool_id_;
    Client skill_, api_client_;
    std::vector<std::string> phone_numbers_;
    std::string password_ = "Correct-Horse-9";
};

}  // namespace symbolon::bench
