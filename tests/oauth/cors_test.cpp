#include "oauth/house.hpp"

namespace symbolon::oauth {
namespace {

class Cors : public House {
protected:
    net::Response ask(net::Method method, const std::string& path) {
        net::Request request;
        request.method = method;
        request.path = "/" + pool_id.str() + path;
        request.headers.add("Origin", "https://evil.example");
        request.headers.add("Access-Control-Request-Method", "POST");
        return send(request);
    }
};

constexpr const char* allowed = "Access-Control-Allow-Origin";

// Attack class 46: the origin is never reflected, and credentials are never allowed.
TEST_F(Cors, any_origin_may_read_the_machine_endpoints) {
    for (const char* path : {"/oauth2/token", "/oauth2/revoke", "/oauth2/userInfo", "/.well-known/jwks.json",
                             "/.well-known/openid-configuration"}) {
        for (const auto method : {net::Method::options, net::Method::get, net::Method::post}) {
            const auto answer = ask(method, path);
            EXPECT_EQ(header(answer, allowed), "*") << path;
            EXPECT_EQ(header(answer, "Access-Control-Allow-Credentials"), "") << path;
        }
        EXPECT_EQ(ask(net::Method::options, path).status, 204);
        EXPECT_NE(header(ask(net::Method::options, path), "Access-Control-Allow-Headers").find("Authorization"),
                  std::string::npos);
    }
}

TEST_F(Cors, no_origin_may_read_what_browsers_visit) {
    for (const char* path : {"/oauth2/authorize", "/authorize", "/logout"}) {
        for (const auto method : {net::Method::options, net::Method::get, net::Method::post}) {
            EXPECT_EQ(header(ask(method, path), allowed), "") << path;
        }
        EXPECT_EQ(ask(net::Method::options, path).status, 405);
    }
}

TEST_F(Cors, methods_that_are_not_served_are_405_with_allow) {
    EXPECT_EQ(ask(net::Method::get, "/oauth2/token").status, 405);
    EXPECT_EQ(header(ask(net::Method::get, "/oauth2/token"), "Allow"), "POST");
    EXPECT_EQ(ask(net::Method::get, "/oauth2/revoke").status, 405);
    EXPECT_EQ(ask(net::Method::post, "/.well-known/jwks.json").status, 405);
    EXPECT_EQ(ask(net::Method::put, "/oauth2/userInfo").status, 405);
    EXPECT_EQ(ask(net::Method::delete_, "/oauth2/authorize").status, 405);
    EXPECT_EQ(ask(net::Method::other, "/logout").status, 405);
}

TEST_F(Cors, paths_match_byte_for_byte) {
    for (const char* path : {"/oauth2/userinfo", "/oauth2/token/", "/oauth2//token", "/oauth2/%74oken", "/OAUTH2/token",
                             "/oauth2/Introspect", "/oauth2/register/"}) {
        EXPECT_FALSE(endpoints->knows(path)) << path;
    }
}

}  // namespace
}  // namespace symbolon::oauth
