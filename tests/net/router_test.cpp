#include "net/router.hpp"

#include "base/run.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

using namespace symbolon;
using namespace symbolon::net;

namespace {

/// Answers with its name and the parameters.
RouteHandler named(std::string name) {
    return [name](Request, PathParameters parameters) -> Task<Response> {
        Response response;
        response.body = name;
        for (const auto& [key, value] : parameters) response.body += ' ' + key + '=' + value;
        co_return response;
    };
}

std::string ask(const Router& router, Method method, const std::string& path) {
    Request request;
    request.method = method;
    request.path = path;
    auto answer = router.find(request, request.path);
    if (!answer) return "none";
    const auto response = run(std::move(*answer));
    return response.status == 405 ? "405 " + std::string(*response.headers.find("Allow")) : response.body;
}

}  // namespace

TEST(Router, matches_literals_and_names) {
    Router router;
    router.add(Method::get, "/", named("root"));
    router.add(Method::get, "/{pool}/oauth2/token", named("token"));
    router.add(Method::get, "/assets/{file...}", named("file"));
    EXPECT_EQ(ask(router, Method::get, "/"), "root");
    EXPECT_EQ(ask(router, Method::get, "/us-east-1_a/oauth2/token"), "token pool=us-east-1_a");
    EXPECT_EQ(ask(router, Method::get, "/assets/css/a%20b.css"), "file file=css/a b.css");
    EXPECT_EQ(ask(router, Method::get, "/assets/"), "file file=");
    for (const auto* path : {"", "x", "//oauth2/token", "/p/oauth2/token/", "/p/oauth2", "/p/oauth2/TOKEN", "/assets",
                             "/p/oauth2/%74oken"}) {
        EXPECT_EQ(ask(router, Method::get, path), "none") << path;
    }
}

TEST(Router, never_lets_an_encoded_slash_or_nul_into_a_name) {
    Router router;
    router.add(Method::get, "/a/{x}", named("one"));
    router.add(Method::get, "/b/{x...}", named("rest"));
    for (const auto* path : {"/a/x%2fy", "/a/x%2Fy", "/a/%00", "/a/%", "/a/%zz", "/b/x%2Fy", "/b/x/%00"}) {
        EXPECT_EQ(ask(router, Method::get, path), "none") << path;
        EXPECT_FALSE(router.knows(path)) << path;
    }
    EXPECT_EQ(ask(router, Method::get, "/a/x%25y"), "one x=x%y");
}

TEST(Router, prefers_the_most_literal_pattern_whatever_the_order) {
    Router router;
    router.add(Method::get, "/{rest...}", named("rest"));
    router.add(Method::get, "/{a}/{b}", named("names"));
    router.add(Method::get, "/{a}/x", named("right"));
    router.add(Method::get, "/p/{b}", named("left"));
    router.add(Method::get, "/p/x", named("both"));
    EXPECT_EQ(ask(router, Method::get, "/p/x"), "both");
    EXPECT_EQ(ask(router, Method::get, "/p/y"), "left b=y");
    EXPECT_EQ(ask(router, Method::get, "/q/x"), "right a=q");
    EXPECT_EQ(ask(router, Method::get, "/q/y"), "names a=q b=y");
    EXPECT_EQ(ask(router, Method::get, "/q/y/z"), "rest rest=q/y/z");
}

TEST(Router, answers_405_with_the_methods_that_would_fit) {
    Router router;
    router.add(Method::get, "/a", named("get"));
    router.add(Method::post, "/a", named("post"));
    router.add(Method::delete_, "/{x}", named("delete"));
    EXPECT_EQ(ask(router, Method::put, "/a"), "405 GET, HEAD, POST, DELETE");
    EXPECT_EQ(ask(router, Method::delete_, "/a"), "delete x=a") << "the most literal one that has the method";
    EXPECT_EQ(ask(router, Method::other, "/b"), "405 DELETE");
    EXPECT_EQ(ask(router, Method::put, "/a/b"), "none");
}

TEST(Router, serves_head_by_get) {
    Router router;
    router.add(Method::get, "/a", named("get"));
    EXPECT_EQ(ask(router, Method::head, "/a"), "get");
}

TEST(Router, leaves_a_request_alone_that_no_route_takes) {
    Router router;
    router.add(Method::get, "/a", named("get"));
    Request request;
    request.method = Method::get;
    request.path = "/b";
    request.body = "a body long enough to be moved and not copied";
    EXPECT_FALSE(router.find(std::move(request), "/b"));
    EXPECT_EQ(request.body, "a body long enough to be moved and not copied");  // NOLINT(bugprone-use-after-move)
}

TEST(Router, refuses_patterns_that_cannot_be_meant) {
    Router router;
    router.add(Method::get, "/a", named("get"));
    for (const auto* pattern : {"", "a", "/a", "/{x", "/{}", "/{...}", "/{x...}/y"}) {
        EXPECT_THROW(router.add(Method::get, pattern, named("x")), std::logic_error) << pattern;
    }
    EXPECT_EQ(router.list(), std::vector<std::string>{"GET /a"});
}
