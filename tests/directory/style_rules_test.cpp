#include "directory/style_rules.hpp"

#include "base/error.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <string>

namespace symbolon::directory {
namespace {

std::string refusal(std::string_view css) {
    try {
        check_style(css);
    } catch (const Error& error) {
        EXPECT_EQ(error.code, Errc::invalid_parameter);
        return error.message;
    }
    return {};
}

TEST(StyleRules, accept_rules_for_the_classes_of_the_pages) {
    for (const auto* css : {"", "  \n", ".logo-customizable { max-width: 60%; max-height: 30%; }",
                            ".submitButton-customizable:hover{color:#fff;background-color:#2a7bb7}",
                            ".label-customizable,\n.errorMessage-customizable { font-weight: 300 }",
                            "/* a note */ .banner-customizable { padding: 25px 0px 25px 0px; /* { */ }",
                            ".inputField-customizable { font-family: \"Open Sans\", 'Arial'; }",
                            ".passwordCheck-notValid-customizable { color: #DF3312; }"})
        EXPECT_EQ(refusal(css), "") << css;
}

TEST(StyleRules, refuse_what_could_load_run_or_read_something) {
    for (const auto* css :
         {"@import 'https://evil.example/a.css';", ".logo-customizable { background: url(https://evil.example) }",
          ".logo-customizable { background: URL (x); background-image: uRl(x) }",
          ".logo-customizable { background: u\\72l(x) }", ".logo-customizable { width: expression(alert(1)) }",
          ".logo-customizable { background: image-set('a.png' 1x) }", ".logo-customizable { behavior: x }",
          ".logo-customizable { -moz-binding: x }", ".logo-customizable { --x: 1 }",
          "</style><script>alert(1)</script>", ".logo-customizable { color: red</style> }",
          ".logo-customizable { content: attr(value) }", "@media print { .logo-customizable { color: red } }"})
        EXPECT_NE(refusal(css), "") << css;
}

TEST(StyleRules, accept_what_styles_are_made_of) {
    for (const auto* declaration :
         {"background: linear-gradient(90deg, #fff 0%, rgba(0,0,0,.5))", "width: calc((100% - 2px) / 2)",
          "-webkit-box-shadow: 0 1px 2px #000", "transition: color 0.2s cubic-bezier(0.2, 0.8, 0.2, 1)",
          "border-radius: 4px !important", "z-index: 2", "font: 12px/1.5 'Open Sans', sans-serif"})
        EXPECT_EQ(refusal(".banner-customizable { " + std::string(declaration) + " }"), "") << declaration;
}

TEST(StyleRules, refuse_properties_and_functions_that_nobody_needs) {
    for (const auto* declaration :
         {"content: 'x'", "src: x", "animation: x", "mask: x", "border-image: -webkit-image-set('a' 1x)",
          "background: -moz-element(a)", "background: image(a)", "color: var(--x)", "color: env(x)",
          "background: cross-fade(a, b)", "colour: red", "max: paint(x)"})
        EXPECT_NE(refusal(".banner-customizable { " + std::string(declaration) + " }"), "") << declaration;
}

TEST(StyleRules, refuse_what_a_browser_would_read_on_from) {
    for (const auto* css :
         {".logo-customizable { color: rgb(1 } .label-customizable { color: ) }", ".logo-customizable { color: a) }",
          ".logo-customizable { font-family: \"a\nb\" }", ".logo-customizable { font-family: 'a\"' b' \" }",
          ".logo-customizable { color: [ }", ".logo-customizable { color: a:b }"})
        EXPECT_NE(refusal(css), "") << css;
}

TEST(StyleRules, refuse_other_selectors_and_broken_rules) {
    for (const auto* css :
         {"body { color: red }", "* { color: red }", ".other { color: red }",
          ".logo-customizable .label-customizable { color: red }", ".logo-customizable::after { color: red }",
          ".logo-customizable[a] { color: red }", ".logo-customizable", ".logo-customizable {",
          ".logo-customizable { color }", ".logo-customizable { color: }", "/* no end",
          ".logo-customizable { content: \"}", ".logo-customizable{a:\"} .label-customizable{b:\";c:d}",
          ".logo-cust/**/omizable { color: red }", "} .logo-customizable { color: red }"})
        EXPECT_NE(refusal(css), "") << css;
}

TEST(StyleRules, know_a_comment_from_a_string_that_looks_like_one) {
    EXPECT_NE(
        refusal(".logo-customizable{font-family:\"/*\"} body{background:url(x)} .label-customizable{font:\"*/\"}"), "");
    EXPECT_EQ(refusal(".logo-customizable{font-family:\"/*\"}"), "");
    EXPECT_EQ(refusal("/* it's */ .logo-customizable{color:red} /* isn't it */"), "");
}

TEST(StyleRules, say_on_which_line) {
    EXPECT_TRUE(refusal(".logo-customizable {\n color: red;\n}\n/* two\nlines */\nbody { }")
                    .starts_with("Invalid CSS: line 6: "))
        << refusal(".logo-customizable {\n color: red;\n}\n/* two\nlines */\nbody { }");
}

TEST(StyleRules, take_time_that_grows_with_the_text) {  // attack row 44
    std::string comments;
    while (comments.size() < 131'000) comments += "/**/";
    std::string selectors;
    while (selectors.size() < 131'000) selectors += ".a,";
    std::string rules;
    while (rules.size() < 131'000) rules += ".logo-customizable{color:red}";
    const auto began = std::chrono::steady_clock::now();
    for (const auto& css : {comments, selectors, rules, std::string(131'000, '{'), std::string(131'000, '"')})
        refusal(css);
    EXPECT_LT(std::chrono::steady_clock::now() - began, std::chrono::seconds(2));
}

}  // namespace
}  // namespace symbolon::directory
