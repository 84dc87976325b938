#include "pages/languages.hpp"

#include <gtest/gtest.h>

namespace symbolon::pages {
namespace {

std::string chosen(std::string_view query, std::string accept, std::string cookie = {}) {
    net::Request request;
    if (!accept.empty()) request.headers.add("Accept-Language", std::move(accept));
    if (!cookie.empty()) request.headers.add("Cookie", "lang=" + cookie);
    return choose_language(request, net::Form::parse(query)).code;
}

TEST(Languages, are_chosen_in_the_order_of_who_said_so) {
    EXPECT_EQ(chosen("ui_locales=fr+de&lang=es", "de", "de"), "fr");
    EXPECT_EQ(chosen("lang=es", "de", "fr"), "es");
    EXPECT_EQ(chosen("", "de", "fr"), "fr");
    EXPECT_EQ(chosen("", "de-AT,de;q=0.9,en;q=0.8"), "de");
    EXPECT_EQ(chosen("", "xx, fr;q=0.5"), "fr");
    EXPECT_EQ(chosen("", ""), "en");
    EXPECT_EQ(chosen("lang=../../etc/passwd", "\xFF\xFE"), "en");
}

TEST(Languages, all_have_the_same_texts) {
    const auto& english = languages().front();
    ASSERT_EQ(english.code, "en");
    EXPECT_GE(languages().size(), 4U);
    for (const auto& language : languages()) {
        EXPECT_EQ(language.texts.size(), english.texts.size()) << language.code;
        for (const auto& [key, text] : english.texts)
            EXPECT_TRUE(language.texts.contains(key)) << language.code << " " << key;
    }
}

TEST(Languages, know_the_countries_of_the_picker) {
    for (const auto& language : languages()) EXPECT_TRUE(language.countries.contains("DE")) << language.code;
}

}  // namespace
}  // namespace symbolon::pages
