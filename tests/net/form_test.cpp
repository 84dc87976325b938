#include "net/form.hpp"

#include "base/error.hpp"

#include <gtest/gtest.h>

using namespace symbolon;
using symbolon::net::Form;

TEST(Form, decodes_names_and_values) {
    const auto form = Form::parse("a=1&b+c=%2B+%C3%A9&d&e=x=y&&f=");
    EXPECT_EQ(form.find("a"), "1");
    EXPECT_EQ(form.find("b c"), "+ é");
    EXPECT_EQ(form.find("e"), "x=y");
    EXPECT_EQ(form.count("d"), 1U);
    EXPECT_EQ(form.count("f"), 1U);
}

TEST(Form, counts_an_empty_value_as_absent) {
    const auto form = Form::parse("scope=&scope=openid");
    EXPECT_EQ(form.find("scope"), std::nullopt);
    EXPECT_EQ(form.get("scope"), "");
    EXPECT_EQ(form.count("scope"), 2U);
}

TEST(Form, refuses_what_is_ambiguous) {
    for (const auto* text : {"a=%", "a=%4", "a=%zz", "%=1", "a=%00", "%00=a", "a=%FF", "a=%C0%AF", "a=%ED%A0%80"}) {
        EXPECT_THROW(Form::parse(text), Error) << text;
    }
}

TEST(Form, has_a_limited_number_of_fields) {
    EXPECT_NO_THROW(Form::parse("a&b&c", 3));
    EXPECT_THROW(Form::parse("a&b&c&d", 3), Error);
}

TEST(Form, reads_what_it_writes) {
    Form form;
    form.add("redirect_uri", "https://a.example/cb?x=1&y=2");
    form.add("state", "a b+c%d=é\n");
    form.add("state", "");
    EXPECT_EQ(form.encode(),
              "redirect_uri=https%3A%2F%2Fa.example%2Fcb%3Fx%3D1%26y%3D2&state=a+b%2Bc%25d%3D%C3%A9%0A&state=");
    const auto again = Form::parse(form.encode());
    EXPECT_TRUE(std::equal(form.begin(), form.end(), again.begin(), again.end()));
}

TEST(Form, set_replaces_and_remove_removes_every_field_of_the_name) {
    auto form = Form::parse("a=1&b=2&a=3");
    form.set("a", "4");
    EXPECT_EQ(form.encode(), "b=2&a=4");
    form.remove("b");
    form.remove("a");
    EXPECT_TRUE(form.empty());
}
