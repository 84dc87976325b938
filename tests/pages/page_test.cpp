#include "pages/page.hpp"

#include "pages/assets.hpp"
#include "pages/pages.hpp"
#include "pages/refusals.hpp"

#include <gtest/gtest.h>

namespace symbolon::pages {
namespace {

Visit visit(std::string redirect_uri) {
    Visit out;
    out.language = &languages().front();
    out.browser = "11111111-1111-4111-8111-111111111111";
    out.site.url = "https://id.example/linking";
    out.path = "/error";
    out.authorization.redirect_uri = std::move(redirect_uri);
    return out;
}

std::string policy(std::string redirect_uri) {
    const auto response = error_page(visit(std::move(redirect_uri)), 400, "error_title", "error_text", "");
    return std::string(response.headers.find("Content-Security-Policy").value_or(""));
}

TEST(PagePolicy, forms_may_end_at_the_clients_redirect_and_its_sibling_hosts) {
    EXPECT_TRUE(policy("https://layla.amazon.com/api/skill/link/M1")
                    .ends_with("form-action 'self' https://layla.amazon.com https://*.amazon.com"));
    EXPECT_TRUE(policy("http://127.0.0.1:8500/cb").ends_with("form-action 'self' http://127.0.0.1:8500"));
    EXPECT_TRUE(policy("https://client.example/cb").ends_with("form-action 'self' https://client.example"));
    EXPECT_TRUE(policy("com.example.app:/cb").ends_with("form-action 'self' com.example.app:"));
}

TEST(PagePolicy, nothing_of_a_redirect_uri_can_add_a_directive) {
    for (const auto* hostile : {"https://a.example/;script-src *", "https://a.example,b/", "https://a.example' x"}) {
        EXPECT_TRUE(policy(hostile).ends_with("form-action 'self'")) << hostile;
    }
}

TEST(Page, has_neither_inline_code_nor_a_foreign_address) {
    const auto response = error_page(visit(""), 400, "error_title", "error_text", "<b>detail</b>");
    EXPECT_EQ(response.body.find("<b>detail"), std::string::npos);
    EXPECT_EQ(response.body.find(" style="), std::string::npos);
    EXPECT_EQ(response.body.find("onclick"), std::string::npos);
    EXPECT_EQ(response.headers.find("Cache-Control"), "no-store");
    EXPECT_EQ(response.headers.find("Referrer-Policy"), "no-referrer");
}

TEST(Page, assets_are_the_programs_own_files) {
    EXPECT_TRUE(find_asset("/assets/pages.css"));
    for (const auto* path :
         {"/assets/", "/assets/../templates/head.mustache", "/assets/pages.css/", "/assets/%70ages.css"}) {
        EXPECT_FALSE(find_asset(path)) << path;
    }
}

TEST(PageRefusals, do_not_tell_an_unknown_account_from_a_wrong_password) {
    EXPECT_EQ(shown(Errc::user_not_found).text, shown(Errc::not_authorized).text);
}

TEST(PageRefusals, have_a_text_in_every_language) {
    for (int code = 0; code <= static_cast<int>(Errc::internal); ++code) {
        const auto key = shown(static_cast<Errc>(code)).text;
        for (const auto& language : languages()) EXPECT_NO_THROW(language.text(key)) << key;
    }
}

TEST(PageRefusals, do_not_blame_the_person_for_an_outage) {
    EXPECT_EQ(shown(Errc::unavailable).status, 503);
    EXPECT_EQ(shown(Errc::code_mismatch).status, 400);
    EXPECT_EQ(shown_at_resend(Errc::unavailable).status, 503);
    EXPECT_EQ(shown_at_resend(Errc::unavailable).text, shown(Errc::unavailable).text);
    EXPECT_EQ(shown_at_resend(Errc::limit_exceeded).status, 400);
}

TEST(PagesInAnOutage, say_so_without_a_pool_and_keep_their_style) {
    const Error outage{Errc::unavailable};
    const auto page = Pages::refuse({}, {}, "/login", outage);
    EXPECT_EQ(page.status, 503);
    EXPECT_TRUE(page.headers.find("Content-Type").value_or("").starts_with("text/html"));
    EXPECT_EQ(Pages::refuse({}, {}, "/assets/pages.css", outage).status, 200);
    for (const auto* path : {"/login", "/signedOut", "/assets/pages.css"}) EXPECT_TRUE(Pages::knows(path)) << path;
    for (const auto* path : {"/", "/oauth2/token", "/domain/login"}) EXPECT_FALSE(Pages::knows(path)) << path;
}

}  // namespace
}  // namespace symbolon::pages
