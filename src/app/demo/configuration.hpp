#pragma once

#include "net/client.hpp"

#include <boost/json/value.hpp>

#include <string>
#include <vector>

namespace symbolon::app {

/// Makes the tutorial's configuration the way its reader would: through the JSON API of the identity server and the
/// REST API of the assistant. What is there already is kept.
class DemoConfiguration {
public:
    struct Server {
        std::string url;
        std::string region;
        std::string access_key_id;
        std::string secret_access_key;
    };
    struct Assistant {
        std::string url;
        std::string vendor_id;
        std::string access_token;
    };
    DemoConfiguration(net::Client& client, Server server, Assistant assistant);

    struct Made {
        std::string pool_id;
        std::string client_id;
        std::string domain_url;  ///< where the hosted pages and the OAuth endpoints are
        std::string skill_id;
    };
    /// Steps 1 to 3: pool, client, domain; skill, account linking, callback URLs. Blocks. Fails: Error{unavailable}.
    Made make();
    /// Tells the assistant where the skill listens. Blocks. Fails: Error{unavailable}.
    void set_endpoint(const std::string& skill_id, const std::string& url);

private:
    struct AppClient {
        std::string id;
        std::string secret;
    };
    boost::json::value api(const std::string& operation, const boost::json::value& body);
    std::string make_pool();
    AppClient make_client(const std::string& pool_id);
    std::string make_skill();
    std::vector<std::string> link_skill(const Made& made, const AppClient& app_client);
    void allow_callbacks(const Made& made, const std::vector<std::string>& redirect_urls);

    net::Client& client_;
    Server server_;
    Assistant assistant_;
};

}  // namespace symbolon::app
