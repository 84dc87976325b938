#include "symbolon/skill/localization.hpp"

#include <gtest/gtest.h>

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>

#include <cstddef>
#include <set>
#include <stdexcept>
#include <string>
#include <vector>

namespace symbolon::skill {
namespace {

json::object table(const char* text) {
    return json::parse(text).as_object();
}

Localization texts() {
    Localization texts("en-US");
    texts.add("en-US", table(R"({"hello": "Hello {name}!", "bye": "Bye.", "only": "Only here."})"))
        .add("de", table(R"({"hello": "Hallo {name}!", "bye": "Tschüss."})"))
        .add("de-AT", table(R"({"bye": "Servus."})"))
        .add("fr-CA", table(R"({"bye": "Salut."})"));
    return texts;
}

TEST(Localization, looks_from_the_region_to_the_language_to_the_fallback) {
    const auto all = texts();
    EXPECT_EQ(all.speech("de-AT", "bye"), "Servus.");
    EXPECT_EQ(all.speech("de-AT", "hello", {{"name", "Eva"}}), "Hallo Eva!");
    EXPECT_EQ(all.speech("de-DE", "bye"), "Tschüss.");
    EXPECT_EQ(all.speech("fr-FR", "bye"), "Salut.") << "another region speaks the language better than English does";
    EXPECT_EQ(all.speech("de-DE", "only"), "Only here.");
    EXPECT_EQ(all.speech("ja-JP", "bye"), "Bye.");
    EXPECT_EQ(all.speech("", "bye"), "Bye.");
    EXPECT_THROW(all.speech("de-DE", "other"), MissingText);
}

TEST(Localization, lets_no_argument_become_markup_or_a_placeholder) {
    const auto all = texts();
    const Arguments evil{{"name", "<audio src='x'/>{name}&"}};
    EXPECT_EQ(all.speech("en-US", "hello", evil), "Hello &lt;audio src=&apos;x&apos;/&gt;{name}&amp;!");
    EXPECT_EQ(all.plain("en-US", "hello", evil), "Hello <audio src='x'/>{name}&!");
    EXPECT_THROW(all.speech("en-US", "hello"), MissingText) << "nobody should hear a placeholder";
}

TEST(Localization, keeps_markup_and_doubled_braces_of_a_text) {
    Localization all("en-US");
    all.add("en-US", table(R"({"a": "<emphasis>{{{x}}}</emphasis>", "b": "{x}{y}"})"));
    EXPECT_EQ(all.speech("en-US", "a", {{"x", "1"}}), "<emphasis>{1}</emphasis>");
    EXPECT_EQ(all.speech("en-US", "b", {{"x", "1"}, {"y", "2"}}), "12");
}

TEST(Localization, chooses_among_variants) {
    Localization all("en-US");
    all.add("en-US", table(R"({"bye": ["a", "b", "c"]})")).choose_by([](std::size_t count) { return count - 1; });
    EXPECT_EQ(all.speech("en-US", "bye"), "c");

    Localization random("en-US");
    random.add("en-US", table(R"({"bye": ["a", "b"]})"));
    std::set<std::string> said;
    for (int i = 0; i < 200 && said.size() < 2; ++i) said.insert(random.speech("en-US", "bye"));
    EXPECT_EQ(said.size(), 2U);
}

TEST(Localization, refuses_tables_that_are_wrong) {
    for (const auto* text : {R"({"a": 1})", R"({"a": []})", R"({"a": ["x", 1]})", R"({"a": "{x"})", R"({"a": "x}"})",
                             R"({"a": "{}"})", R"({"a": "{a{b}}"})"}) {
        EXPECT_THROW(Localization("en-US").add("en-US", table(text)), std::invalid_argument) << text;
    }
}

TEST(Localization, lists_what_a_table_lacks) {
    EXPECT_EQ(texts().list_gaps(),
              (std::vector<std::string>{"de only", "de-AT hello", "de-AT only", "fr-CA hello", "fr-CA only"}));
}

}  // namespace
}  // namespace symbolon::skill
