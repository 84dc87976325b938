#include "doctor/html.hpp"
#include "doctor/redaction.hpp"
#include "doctor/url.hpp"

#include <gtest/gtest.h>

namespace symbolon::doctor::test {
namespace {

TEST(Url, is_read_in_its_parts) {
    const auto url = parse_url("HTTPS://ID.Example:8443/a/b?x=1#y");
    ASSERT_TRUE(url);
    EXPECT_EQ(url->origin(), "https://id.example:8443");
    EXPECT_EQ(url->host, "id.example");
    EXPECT_EQ(url->port, 8443);
    EXPECT_EQ(url->path, "/a/b");
    EXPECT_EQ(url->query, "x=1");
    EXPECT_EQ(url->fragment, "y");
    EXPECT_EQ(parse_url("https://[::1]:1/")->host, "::1");
}

TEST(Url, of_another_kind_is_none) {
    for (const auto* text :
         {"", "ftp://a/", "https://", "https://u@h/", "https://h:0/", "https://h:99999/", "javascript:1"})
        EXPECT_FALSE(parse_url(text)) << text;
}

TEST(Url, references_are_resolved_as_browsers_do) {
    const auto base = *parse_url("https://h/a/b?q");
    EXPECT_EQ(resolve_url(base, "c")->text(), "https://h/a/c");
    EXPECT_EQ(resolve_url(base, "../c?d")->text(), "https://h/c?d");
    EXPECT_EQ(resolve_url(base, "../../../c")->text(), "https://h/c");
    EXPECT_EQ(resolve_url(base, "/c")->text(), "https://h/c");
    EXPECT_EQ(resolve_url(base, "//g/c")->text(), "https://g/c");
    EXPECT_EQ(resolve_url(base, "?z")->text(), "https://h/a/b?z");
    EXPECT_FALSE(resolve_url(base, "javascript:alert(1)"));
    EXPECT_FALSE(resolve_url(base, "myapp://back"));
}

TEST(Page, is_read_as_tolerantly_as_browsers_do) {
    const auto page =
        parse_page("<P>a<!-- <b> --><INPUT name=x value='1&amp;2' disabled><script>if(a<b)'</p>'</script><i");
    EXPECT_EQ(page.find_all("input").size(), 1u);
    EXPECT_EQ(page.find_all("input").front()->get("value"), "1&2");
    EXPECT_TRUE(page.find_all("b").empty());
    ASSERT_EQ(page.scripts.size(), 1u);
    EXPECT_EQ(page.scripts.front(), "if(a<b)'</p>'");
}

TEST(Page, has_forms_with_their_fields_and_buttons) {
    const auto forms = forms_of(parse_page(
        "<form method=post action=/go><input type=hidden name=h value=1><input name=user><input type=password name=p>"
        "<button name=d value=yes>Allow</button><button type=button>Show</button></form><form><input "
        "name=otp></form>"));
    ASSERT_EQ(forms.size(), 2u);
    EXPECT_EQ(forms[0].method, "POST");
    EXPECT_EQ(forms[0].action, "/go");
    EXPECT_EQ(forms[0].fields.size(), 3u);
    EXPECT_TRUE(forms[0].has_type("password"));
    ASSERT_EQ(forms[0].buttons.size(), 1u);
    EXPECT_EQ(forms[0].buttons[0].label, "Allow");
    EXPECT_EQ(forms[0].code_field(), nullptr);
    ASSERT_NE(forms[1].code_field(), nullptr);
}

TEST(Page, of_endless_tags_is_bounded) {
    std::string html;
    for (int count = 0; count < 200000; ++count) html += "<a>";
    EXPECT_LE(parse_page(html).tags.size(), 20000u);
}

TEST(Page, of_any_bytes_is_read_to_its_end) {
    for (const std::string html : {"<", "</", "<a =", "<a x='", "<!--", "<script>", "<a / / =>"}) parse_page(html);
}

TEST(Redaction, leaves_kind_length_and_the_beginning_of_a_hash) {
    Redaction redaction;
    redaction.remember("the+secret/value", "access_token");
    const auto text = redaction.clean("a the+secret/value b the%2Bsecret%2Fvalue");
    EXPECT_EQ(text.find("secret/value"), std::string::npos);
    EXPECT_EQ(text.find("secret%2F"), std::string::npos);
    EXPECT_NE(text.find("[access_token, 16 bytes, "), std::string::npos) << text;
}

TEST(Redaction, takes_the_longer_of_two_secrets_whole) {
    Redaction redaction;
    redaction.remember("secret", "short");
    redaction.remember("secretsecret", "long");
    EXPECT_EQ(redaction.clean("secretsecret").find("[long"), 0u);
}

TEST(Redaction, makes_text_harmless_for_a_terminal) {
    const Redaction redaction;
    EXPECT_EQ(redaction.clean("a\x1b[31m\nb"), "a [31m b");
    EXPECT_LT(redaction.clean(std::string(100000, 'x')).size(), 2000u);
}

}  // namespace
}  // namespace symbolon::doctor::test
