#pragma once

#include "oauth/house.hpp"
#include "oauth/registration_tokens.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include <string>

namespace symbolon::oauth {

using boost::json::array;
using boost::json::object;

/// Clients that register themselves at the house's pool.
class Registration : public House {
protected:
    std::string initial_token(std::chrono::seconds life = std::chrono::hours(1)) {
        return make_initial_access_token(*sealer, random, pool_id, clock.now() + life);
    }
    static object metadata() {
        return {
            {"client_name", "Lamp"}, {"redirect_uris", array{"https://lamp.example/cb"}}, {"scope", "openid email"}};
    }
    net::Response send_to(net::Method method, const std::string& query, const std::string& token,
                          const std::string& body = {}) {
        net::Request request;
        request.method = method;
        request.path = "/" + pool_id.str() + "/oauth2/register";
        request.query = query;
        if (!token.empty()) request.headers.add("Authorization", "Bearer " + token);
        request.headers.add("Content-Type", "application/json");
        request.body = body;
        return send(std::move(request));
    }
    void set_registration(const directory::DcrConfigurationType& dcr) {
        write([&](db::Transaction& tx) {
            auto in = directory::Pools(tx).get(pool_id);
            in.settings.DcrConfiguration = dcr;
            directory::Pools(tx).save(in);
        });
        catalog->forget(pool_id);
    }
    net::Response enrol(const object& said, const std::string& token) {
        return send_to(net::Method::post, "", token, boost::json::serialize(said));
    }
    object enrolled(const object& said = metadata()) {
        const auto answer = enrol(said, initial_token());
        EXPECT_EQ(answer.status, 201) << answer.body;
        return json_of(answer);
    }
    static std::string query_of(const object& client) { return "client_id=" + text(client, "client_id"); }
    static std::string token_of(const object& client) { return text(client, "registration_access_token"); }
    std::string error_of(const object& said) { return text(json_of(enrol(said, initial_token())), "error"); }
};

}  // namespace symbolon::oauth
