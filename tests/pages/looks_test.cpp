// What an operator makes of the pages: classic customization, styles of managed login, terms; and what the pool's own
// code says to people. Spec: oauth-and-hosted-ui.md §3.4 to §3.6; cognito-api.md §6.1.
#include "pages/looks.hpp"

#include "base/encoding.hpp"
#include "directory/domains.hpp"
#include "directory/terms.hpp"
#include "directory/ui_customizations.hpp"
#include "pages/house.hpp"

#include <boost/json/parse.hpp>

#include <chrono>
#include <stdexcept>

namespace symbolon::pages {
namespace {

namespace json = boost::json;
using namespace std::string_literals;
using namespace std::chrono_literals;
using directory::AssetCategoryType;
using directory::AssetExtensionType;
using directory::ColorSchemeModeType;

const std::string png = "\x89PNG\r\n\x1A\n"s + std::string(100, 'x');
const std::string svg = "<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>";

std::string base64(const std::string& bytes) {
    return to_base64(bytes_of(bytes));
}

class LooksOfPages : public House {
protected:
    std::string login_page(const Pairs& more = {}) {
        clock.advance(2s);  // looks are remembered for a second
        return visitor.get(page("/login", more)).body;
    }
    /// The address right after `before` in a page.
    static std::string address_after(const std::string& body, const std::string& before) {
        const auto begin = body.find(before);
        if (begin == std::string::npos) return {};
        const auto rest = body.substr(begin + before.size());
        auto found = rest.substr(0, rest.find('"'));
        for (auto at = found.find("&#x2F;"); at != std::string::npos; at = found.find("&#x2F;"))
            found.replace(at, 6, "/");
        return found;
    }
    static std::string style_of(const std::string& body) {
        const auto at =
            body.find("/assets/look/") == std::string::npos ? body.find("look&#x2F;") : body.find("/assets/look/");
        if (at == std::string::npos) return {};
        const auto begin = body.rfind("href=\"", at);
        return address_after(body.substr(begin), "href=\"");
    }
    void customize(const std::string& owner, std::string_view css, const std::string& image = {}) {
        const auto content = directory::make_ui_customization(css, image);
        run(db->write(
            [&](db::Transaction& tx) { directory::UiCustomizations(tx).put(pool_id, owner, content, clock.now()); }));
    }
    void brand(std::string_view settings, std::vector<directory::AssetType> assets = {}) {
        directory::BrandingContent content;
        content.Settings = json::parse(settings);
        if (!assets.empty()) content.Assets = List<directory::AssetType, 0, 40>(std::move(assets));
        run(db->write([&](db::Transaction& tx) {
            auto domain = *directory::Domains(tx).find(site_path.substr(1));
            domain.managed_login_version = 2;
            directory::Domains(tx).save(domain);
            directory::Brandings(tx).create(pool_id, {.name = client_id.str(),
                                                      .client_id = client_id.str(),
                                                      .id = "style",
                                                      .content = content,
                                                      .created = clock.now(),
                                                      .modified = clock.now()});
        }));
        catalog.forget(pool_id);
    }
    void agree_to(const std::string& name, const std::vector<std::pair<std::string, std::string>>& links) {
        directory::TermsDocument document{.client_id = client_id.str(), .id = name};
        document.content.TermsName = name;
        for (const auto& [language, link] : links) document.content.Links.emplace(language, link);
        run(db->write([&](db::Transaction& tx) { directory::Terms(tx).create(pool_id, document); }));
    }
    static bool has(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

    Visitor visitor{*this};
};

TEST_F(LooksOfPages, are_ours_where_nobody_said_anything) {
    const auto body = login_page();
    EXPECT_EQ(style_of(body), "");
    EXPECT_TRUE(has(body, "content=\"light dark\"") && has(body, "dark.css")) << body;
}

TEST_F(LooksOfPages, have_the_style_sheet_of_the_client_else_of_the_pool) {
    customize("ALL", ".submitButton-customizable { background-color: #111111; }");
    const auto of_pool = style_of(login_page());
    ASSERT_FALSE(of_pool.empty());
    customize(client_id.str(), ".submitButton-customizable { background-color: #222222; }");
    const auto of_client = style_of(login_page());
    EXPECT_NE(of_client, of_pool);
    const auto served = visitor.get(of_client);
    EXPECT_EQ(served.status, 200) << of_client;
    EXPECT_EQ(header(served, "Content-Type"), "text/css; charset=utf-8");
    EXPECT_TRUE(has(header(served, "Cache-Control"), "immutable"));
    EXPECT_TRUE(has(served.body, "#222222"));
    const auto body = login_page();
    EXPECT_TRUE(has(body, "content=\"light\"") && !has(body, "dark.css")) << "classic styles know no dark";
    EXPECT_TRUE(has(style_of(visitor.get(std::string(site_path) + "/signedOut").body), "ALL")) << "a page of no client";
}

TEST_F(LooksOfPages, show_the_logo_and_nothing_but_a_picture) {
    customize("ALL", "", base64(png));
    const auto logo = address_after(login_page(), "logo-customizable\" src=\"");
    ASSERT_FALSE(logo.empty());
    const auto served = visitor.get(logo);
    EXPECT_EQ(served.status, 200);
    EXPECT_EQ(served.body, png);
    EXPECT_EQ(header(served, "Content-Type"), "image/png");
    EXPECT_EQ(header(served, "X-Content-Type-Options"), "nosniff");
    EXPECT_TRUE(has(header(served, "Content-Security-Policy"), "sandbox"));
}

TEST_F(LooksOfPages, are_at_their_own_addresses_alone) {
    customize("ALL", ".logo-customizable { width: 1px }");
    for (const auto* path : {"/assets/look/", "/assets/look/ALL", "/assets/look/ALL/", "/assets/look/ALL/../x",
                             "/assets/look/ALL/logo", "/assets/look/none/classic.css", "/assets/look/ALL/managed.css"})
        EXPECT_EQ(visitor.get(std::string(site_path) + path).status, 404) << path;
    EXPECT_EQ(visitor.get(std::string(site_path) + "/assets/look/ALL/classic.css").status, 200);
}

TEST_F(LooksOfPages, of_managed_login_hold_on_a_domain_of_its_version) {
    customize("ALL", ".logo-customizable { width: 1px }");
    brand(R"({"components": {"primaryButton": {"lightMode": {"defaults": {"backgroundColor": "0972d3ff"}},
              "darkMode": {"defaults": {"backgroundColor": "539fe5ff"}}}}})");
    const auto address = style_of(login_page());
    ASSERT_TRUE(has(address, "managed.css")) << address;
    const auto css = visitor.get(address).body;
    EXPECT_TRUE(has(css, ".button-primary{background:#0972d3ff}")) << css;
    EXPECT_TRUE(has(css, "@media (prefers-color-scheme:dark){\n.button-primary{background:#539fe5ff}")) << css;
    EXPECT_EQ(style_of(visitor.get(std::string(site_path) + "/signedOut").body), "") << "a page of no client";
}

TEST_F(LooksOfPages, of_managed_login_have_their_own_pictures) {
    brand(
        R"({"components": {"form": {"logo": {"enabled": true}}, "pageBackground": {"image": {"enabled": true}}}})",
        {{AssetCategoryType::FORM_LOGO, ColorSchemeModeType::LIGHT, AssetExtensionType::PNG, base64(png), {}},
         {AssetCategoryType::FORM_LOGO, ColorSchemeModeType::DARK, AssetExtensionType::SVG, base64(svg), {}},
         {AssetCategoryType::FAVICON_SVG, ColorSchemeModeType::DYNAMIC, AssetExtensionType::SVG, base64(svg), {}},
         {AssetCategoryType::PAGE_BACKGROUND, ColorSchemeModeType::DYNAMIC, AssetExtensionType::PNG, base64(png), {}}});
    const auto body = login_page();
    EXPECT_EQ(visitor.get(address_after(body, "logo-customizable\" src=\"")).body, png);
    const auto dark = visitor.get(address_after(body, "srcset=\""));
    EXPECT_EQ(dark.body, svg);
    EXPECT_EQ(header(dark, "Content-Type"), "image/svg+xml");
    EXPECT_TRUE(has(header(dark, "Content-Security-Policy"), "default-src 'none'")) << "its script runs nowhere";
    EXPECT_EQ(visitor.get(address_after(body, "rel=\"icon\" href=\"")).body, svg);
    const auto css = visitor.get(std::string(site_path) + "/assets/look/" + client_id.str() + "/managed.css").body;
    EXPECT_TRUE(has(css, ".page{background-image:url(\"PAGE_BACKGROUND-DYNAMIC?")) << css;
}

TEST_F(LooksOfPages, link_the_terms_in_the_page_s_language) {
    EXPECT_FALSE(has(visitor.get(page("/signup")).body, "class=\"consent"));
    agree_to("terms-of-use",
             {{"cognito:default", "https://client.example/terms"}, {"cognito:german", "https://client.example/agb"}});
    agree_to("privacy-policy", {{"cognito:default", "https://client.example/privacy"}});
    const auto terms_in = [&](const std::string& language) {
        clock.advance(2s);
        const auto body = visitor.get(page("/signup", {{"lang", language}})).body;
        const auto begin = body.find("class=\"consent");
        return begin == std::string::npos ? std::string() : address_after(body.substr(begin), "href=\"");
    };
    EXPECT_EQ(terms_in("de"), "https://client.example/agb");
    EXPECT_EQ(terms_in("fr"), "https://client.example/terms");
    EXPECT_TRUE(has(visitor.get(page("/signup")).body, "privacy"));
}

TEST(LinksOfTerms, fall_back_to_the_default_and_to_nothing) {
    directory::TermsLinks links;
    EXPECT_EQ(link_for(links, "en"), "");
    links.emplace("cognito:french", "https://a.example/fr");
    EXPECT_EQ(link_for(links, "en"), "");
    EXPECT_EQ(link_for(links, "fr"), "https://a.example/fr");
    links.emplace("cognito:default", "https://a.example");
    EXPECT_EQ(link_for(links, "xx"), "https://a.example");
}

TEST(ManagedStyle, takes_colours_and_lengths_and_nothing_else) {
    for (const auto* hostile :
         {R"({"components":{"form":{"lightMode":{"backgroundColor":"red;}body{x:y"}}}})",
          R"({"components":{"form":{"lightMode":{"backgroundColor":"fffffff"}}}})",
          R"({"components":{"form":{"lightMode":{"backgroundColor":7}}}})",
          R"({"components":{"form":{"lightMode":["ffffffff"]}}})", R"({"components":{"form":{"borderRadius":"8px"}}})",
          R"({"components":{"form":{"borderRadius":-1}}})", R"({"components":{"form":{"borderRadius":1e300}}})",
          R"({"components":7})", "{}"})
        EXPECT_EQ(make_managed_style(json::parse(hostile).as_object(), {}), "") << hostile;
    EXPECT_EQ(make_managed_style(json::parse(R"({"components":{"form":{"borderRadius":8.0}}})").as_object(), {}),
              ".card{border-radius:8px}\n");
}

TEST(ManagedStyle, has_one_scheme_where_the_style_says_so) {
    const auto style = [](std::string_view mode) {
        auto settings = json::parse(R"({"components":{"pageText":{"lightMode":{"headingColor":"111111ff"},
                                        "darkMode":{"headingColor":"eeeeeeff"}}}})")
                            .as_object();
        settings["categories"] = json::object{{"global", json::object{{"colorSchemeMode", mode}}}};
        EXPECT_EQ(scheme_of(settings),
                  mode == "LIGHT" ? Scheme::light : (mode == "DARK" ? Scheme::dark : Scheme::dynamic));
        return make_managed_style(settings, {});
    };
    EXPECT_EQ(style("LIGHT"), "h1{color:#111111ff}\n");
    EXPECT_EQ(style("DARK"), "h1{color:#eeeeeeff}\n");
    EXPECT_NE(style("DYNAMIC").find("@media"), std::string::npos);
}

class WordsOfHooks : public LooksOfPages {
protected:
    using Hook = std::optional<directory::shape::Arn> directory::LambdaConfigType::*;
    void refuse_with(Hook hook, const char* words) {
        change_pool([&](directory::PoolSettings& settings) {
            if (!settings.LambdaConfig) settings.LambdaConfig.emplace();
            (*settings.LambdaConfig).*hook = "arn:aws:lambda:us-east-1:000000000000:function:f";
        });
        functions.add("arn:aws:lambda:us-east-1:000000000000:function:f",
                      [words](json::object) -> json::object { throw std::runtime_error(words); });
    }
};

TEST_F(WordsOfHooks, are_shown_to_the_person_as_text) {
    refuse_with(&directory::LambdaConfigType::PreSignUp, "Only <b>friends</b> & family.");
    const auto refused =
        visitor.submit(page("/signup"), {{"username", std::string(john)}, {"password", std::string(good)}});
    EXPECT_EQ(refused.status, 400);
    EXPECT_TRUE(has(refused.body, "Only &lt;b&gt;friends")) << refused.body;
    EXPECT_FALSE(has(refused.body, "<b>")) << "never as mark-up";
    EXPECT_FALSE(has(refused.body, "PreSignUp failed")) << "which function it was is nobody's business";
    EXPECT_EQ(find_user(john), std::nullopt);
}

TEST_F(WordsOfHooks, are_shown_at_the_sign_in_too) {
    refuse_with(&directory::LambdaConfigType::PreAuthentication, "Come back at nine");
    const auto refused =
        visitor.submit(visitor.authorize(), {{"username", std::string(jane)}, {"password", std::string(good)}});
    EXPECT_EQ(refused.status, 400);
    EXPECT_TRUE(has(refused.body, "Come back at nine")) << refused.body;
}

}  // namespace
}  // namespace symbolon::pages
