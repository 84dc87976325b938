#include "symbolon/skill/response_builder.hpp"

#include "symbolon/skill/ssml.hpp"

#include <gtest/gtest.h>

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>

#include <string>
#include <utility>

namespace symbolon::skill {
namespace {

json::value wire(const ResponseBuilder& builder) {
    return builder.build().to_json();
}

TEST(Ssml, is_wrapped_exactly_once) {
    EXPECT_EQ(wrap_speak("Hi."), "<speak>Hi.</speak>");
    EXPECT_EQ(wrap_speak(" <speak> Hi. </speak>\n"), "<speak>Hi.</speak>");
    EXPECT_EQ(wrap_speak(""), "<speak></speak>");
    EXPECT_EQ(wrap_speak("<speak></speak>"), "<speak></speak>");
    EXPECT_EQ(wrap_speak("<speak>Hi."), "<speak><speak>Hi.</speak>") << "half a pair is not ours to mend";
}

TEST(Ssml, escapes_what_would_be_markup) {
    EXPECT_EQ(escape_ssml("<a b='c'> & \"d\""), "&lt;a b=&apos;c&apos;&gt; &amp; &quot;d&quot;");
    EXPECT_EQ(say_as("telephone", "<1>"), R"(<say-as interpret-as="telephone">&lt;1&gt;</say-as>)");
}

TEST(Ssml, says_digits_and_nothing_else) {
    EXPECT_EQ(say_digits("+1 (555) 55-01</say-as>"), R"(<say-as interpret-as="digits">15555501</say-as>)");
}

TEST(ResponseBuilder, is_empty_when_nothing_was_asked_for) {
    EXPECT_EQ(wire({}), json::parse("{}"));
}

TEST(ResponseBuilder, speaks) {
    EXPECT_EQ(wire(ResponseBuilder{}.speak("Hi.").end_session()), json::parse(R"({
        "outputSpeech": {"type": "SSML", "ssml": "<speak>Hi.</speak>"}, "shouldEndSession": true})"));
    EXPECT_EQ(wire(ResponseBuilder{}.speak("Hi.", PlayBehavior::replace_all)), json::parse(R"({
        "outputSpeech": {"type": "SSML", "ssml": "<speak>Hi.</speak>", "playBehavior": "REPLACE_ALL"}})"));
}

TEST(ResponseBuilder, keeps_the_session_open_for_a_reprompt) {
    EXPECT_EQ(wire(ResponseBuilder{}.speak("A?").reprompt("A or B?")), json::parse(R"({
        "outputSpeech": {"type": "SSML", "ssml": "<speak>A?</speak>"},
        "reprompt": {"outputSpeech": {"type": "SSML", "ssml": "<speak>A or B?</speak>"}},
        "shouldEndSession": false})"));
}

TEST(ResponseBuilder, makes_every_card) {
    const auto card = [](const ResponseBuilder& builder) { return builder.build().to_json().at("card"); };
    EXPECT_EQ(card(ResponseBuilder{}.simple_card("T", "C")),
              json::parse(R"({"type":"Simple","title":"T","content":"C"})"));
    EXPECT_EQ(card(ResponseBuilder{}.standard_card({"T", "C"})),
              json::parse(R"({"type":"Standard","title":"T","text":"C"})"));
    EXPECT_EQ(card(ResponseBuilder{}.standard_card({"T", "C", "https://s", "https://l"})),
              json::parse(R"({"type":"Standard","title":"T","text":"C",
                              "image":{"smallImageUrl":"https://s","largeImageUrl":"https://l"}})"));
    EXPECT_EQ(card(ResponseBuilder{}.link_account_card()), json::parse(R"({"type":"LinkAccount"})"));
    EXPECT_EQ(card(ResponseBuilder{}.permissions_card({"alexa::profile:email:read"})),
              json::parse(R"({"type":"AskForPermissionsConsent","permissions":["alexa::profile:email:read"]})"));
}

TEST(ResponseBuilder, never_ends_the_session_when_a_video_is_launched) {
    for (const auto& builder : {ResponseBuilder{}.directive({{"type", "VideoApp.Launch"}}).reprompt("?"),
                                ResponseBuilder{}.end_session().directive({{"type", "VideoApp.Launch"}})}) {
        EXPECT_FALSE(builder.build().should_end_session);
    }
    EXPECT_TRUE(ResponseBuilder{}.directive({{"type", "AudioPlayer.Stop"}}).end_session().build().should_end_session);
}

TEST(ResponseBuilder, keeps_directives_in_order) {
    EXPECT_EQ(wire(ResponseBuilder{}.directive({{"type", "A"}}).directive({{"type", "B"}})),
              json::parse(R"({"directives":[{"type":"A"},{"type":"B"}]})"));
}

TEST(ResponseBuilder, refuses_what_the_platform_would_refuse) {
    const auto speech = [](std::size_t characters) {
        std::string text;
        for (std::size_t i = 0; i < characters; ++i) text += "ü";
        return ResponseBuilder{}.speak(text).build();
    };
    EXPECT_NO_THROW(speech(8000 - 15).to_json()) << "characters are counted, not bytes";
    EXPECT_THROW(speech(8000 - 14).to_json(), InvalidResponse);
    EXPECT_THROW(wire(ResponseBuilder{}.simple_card("T", std::string(8000, 'x'))), InvalidResponse);
    EXPECT_THROW(wire(ResponseBuilder{}.standard_card({"T", "C", "http://s"})), InvalidResponse);
    EXPECT_THROW(wire(ResponseBuilder{}.standard_card({"T", "C", "https://" + std::string(1993, 'x')})),
                 InvalidResponse);
}

}  // namespace
}  // namespace symbolon::skill
