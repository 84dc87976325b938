#include "oauth/house.hpp"

#include "directory/domains.hpp"
#include "oauth/endpoints.hpp"

namespace symbolon::oauth {
namespace {

class SiteOf : public House {
protected:
    std::optional<Sites::Found> find(Sites& in, const std::string& host, const std::string& path) {
        return run(in.find(host, path));
    }
    void add_custom_domain() {
        write([&](db::Transaction& tx) {
            directory::Domains(tx).create(
                {"auth.ok.example", pool_id, directory::DomainKind::custom, 1, "", clock.now()});
        });
        catalog->forget(pool_id);
    }
};

TEST_F(SiteOf, a_pools_own_path) {
    const auto found = find(*sites, "id.example", "/" + pool_id.str() + "/oauth2/token");
    ASSERT_TRUE(found);
    EXPECT_EQ(found->path, "/oauth2/token");
    EXPECT_EQ(found->site.pool->id, pool_id);
    EXPECT_EQ(found->site.url, pool_url);
    EXPECT_EQ(found->site.issuer, pool_url);
    EXPECT_EQ(found->site.endpoints_url, "https://id.example/ok-domain");
    EXPECT_EQ(found->site.cookie_path, "/" + pool_id.str());
    EXPECT_TRUE(found->site.secure);
}

TEST_F(SiteOf, a_domain_as_a_path) {
    const auto found = find(*sites, "id.example", "/ok-domain");
    ASSERT_TRUE(found);
    EXPECT_EQ(found->path, "/");
    EXPECT_EQ(found->site.url, "https://id.example/ok-domain");
    EXPECT_EQ(found->site.issuer, pool_url);
    EXPECT_EQ(found->site.cookie_path, "/ok-domain");
}

TEST_F(SiteOf, paths_that_name_no_pool_are_nobodys) {
    for (const char* path : {"", "/", "/nobody/login", "/us-east-1_nobody/login", "//ok-domain/login",
                             "/OK-DOMAIN/login", "/ok%2ddomain/login", "login", "/healthz"}) {
        EXPECT_FALSE(find(*sites, "id.example", path)) << path;
    }
}

TEST_F(SiteOf, a_custom_domain_is_found_by_its_host_and_advertised) {
    add_custom_domain();
    const auto found = find(*sites, "auth.ok.example:443", "/oauth2/token");
    ASSERT_TRUE(found);
    EXPECT_EQ(found->path, "/oauth2/token");
    EXPECT_EQ(found->site.url, "https://auth.ok.example");
    EXPECT_EQ(found->site.endpoints_url, "https://auth.ok.example");
    EXPECT_EQ(found->site.issuer, pool_url) << "the issuer is the same wherever it is asked for";
    EXPECT_EQ(found->site.cookie_path, "/");
}

TEST_F(SiteOf, a_domain_is_found_by_the_host_pattern_and_no_longer_by_path) {
    Sites by_host(*catalog, {"http://id.example:8400", "{domain}.auth.example"});
    const auto found = find(by_host, "ok-domain.auth.example:8400", "/login");
    ASSERT_TRUE(found);
    EXPECT_EQ(found->site.url, "http://ok-domain.auth.example:8400");
    EXPECT_EQ(found->site.endpoints_url, "http://ok-domain.auth.example:8400");
    EXPECT_EQ(found->site.cookie_path, "/");
    EXPECT_FALSE(found->site.secure);
    EXPECT_FALSE(find(by_host, "id.example:8400", "/ok-domain/login"));
    EXPECT_TRUE(find(by_host, "id.example:8400", "/" + pool_id.str() + "/login"));
    for (const char* host : {".auth.example", "auth.example", "x.ok-domain.auth.example",
                             "ok-domain.auth.example.evil.com", "ok-domainxauth.example"}) {
        EXPECT_FALSE(find(by_host, host, "/login")) << host;
    }
}

// Attack class 31: a host that is not configured changes nothing in the links.
TEST_F(SiteOf, links_hold_configured_names_only) {
    for (const char* host : {"evil.example", "id.example.evil.com", "id.example:99999", "127.0.0.1:8400", "[::1]:8400",
                             "localhost", "", "a@id.example", "id.example\r\nx"}) {
        const auto found = find(*sites, host, "/ok-domain/login");
        ASSERT_TRUE(found) << host;
        EXPECT_EQ(found->site.url, "https://id.example/ok-domain") << host;
    }
}

TEST_F(SiteOf, a_base_url_below_a_path_keeps_it_in_links_and_cookies) {
    Sites below(*catalog, {"https://id.example/auth", ""});
    const auto found = find(below, "id.example", "/ok-domain/login");
    ASSERT_TRUE(found);
    EXPECT_EQ(found->site.url, "https://id.example/auth/ok-domain");
    EXPECT_EQ(found->site.cookie_path, "/auth/ok-domain");
    EXPECT_EQ(found->site.issuer, "https://id.example/auth/" + pool_id.str());
}

TEST_F(SiteOf, a_path_alone_says_what_it_may_be_for) {
    Sites below(*catalog, {"https://id.example/auth", ""});
    const auto [at_host, in_path] = below.guess("/anything/oauth2/token");
    EXPECT_EQ(at_host.path, "/anything/oauth2/token");
    EXPECT_EQ(at_host.site.url, "");
    EXPECT_EQ(in_path.path, "/oauth2/token");
    EXPECT_EQ(in_path.site.url, "https://id.example/auth/anything");
    EXPECT_EQ(in_path.site.cookie_path, "/auth/anything");
    EXPECT_TRUE(at_host.site.secure && in_path.site.secure);
    for (const char* path : {"", "/", "/login", "login"}) EXPECT_EQ(below.guess(path)[1].path, path);
}

TEST_F(SiteOf, nobody_could_look_up_is_refused_at_every_endpoint_of_programs) {
    const Error outage{Errc::unavailable};
    for (const char* path :
         {"/oauth2/token", "/oauth2/userInfo", "/oauth2/revoke", "/oauth2/introspect", "/oauth2/register"}) {
        const auto guessed = sites->guess("/anything" + std::string(path));
        net::Request request;
        request.path = "/anything" + std::string(path);
        request.headers.add("Authorization", "Bearer x");
        EXPECT_EQ(Endpoints::refuse(guessed[0].site, request, path, outage).status, 503) << path;
    }
}

}  // namespace
}  // namespace symbolon::oauth
