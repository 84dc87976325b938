#include "symbolon/skill/response_builder.hpp"

#include <gtest/gtest.h>

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>

#include <string>
#include <utility>

namespace symbolon::skill {
namespace {

/// What is sent; read back and written again it is the same.
json::value wire(const ResponseBuilder& builder) {
    const auto sent = builder.build().to_json();
    EXPECT_EQ(Response::parse(sent).to_json(), sent);
    return sent;
}

StandardCard standard(std::string small, std::string large = {}) {
    return {.title = "T", .text = "C", .image = CardImage{std::move(small), std::move(large)}};
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
    const auto card = [](const ResponseBuilder& builder) { return wire(builder).at("card"); };
    EXPECT_EQ(card(ResponseBuilder{}.simple_card("T", "C")),
              json::parse(R"({"type":"Simple","title":"T","content":"C"})"));
    EXPECT_EQ(card(ResponseBuilder{}.standard_card({.title = "T", .text = "C"})),
              json::parse(R"({"type":"Standard","title":"T","text":"C"})"));
    EXPECT_EQ(card(ResponseBuilder{}.standard_card(standard("https://s", "https://l"))),
              json::parse(R"({"type":"Standard","title":"T","text":"C",
                              "image":{"smallImageUrl":"https://s","largeImageUrl":"https://l"}})"));
    EXPECT_EQ(card(ResponseBuilder{}.link_account_card()), json::parse(R"({"type":"LinkAccount"})"));
    EXPECT_EQ(card(ResponseBuilder{}.permissions_card({"alexa::profile:email:read"})),
              json::parse(R"({"type":"AskForPermissionsConsent","permissions":["alexa::profile:email:read"]})"));
}

TEST(ResponseBuilder, never_ends_the_session_when_a_video_is_launched) {
    const video_app::Launch launch{.video_item = {.source = "https://v"}};
    for (const auto& builder :
         {ResponseBuilder{}.directive(launch).reprompt("?"), ResponseBuilder{}.end_session().directive(launch),
          ResponseBuilder{}.end_session().directive(json::object{{"type", "VideoApp.Launch"}})}) {
        EXPECT_FALSE(builder.build().should_end_session);
    }
    EXPECT_TRUE(ResponseBuilder{}.directive(audio_player::Stop{}).end_session().build().should_end_session);
}

TEST(ResponseBuilder, keeps_directives_in_order) {
    EXPECT_EQ(wire(ResponseBuilder{}.directive(json::object{{"type", "A"}}).directive(json::object{{"type", "B"}})),
              json::parse(R"({"directives":[{"type":"A"},{"type":"B"}]})"));
}

TEST(ResponseBuilder, makes_directives_out_of_types) {
    const auto only = [](const ResponseBuilder& builder) { return wire(builder).at("directives").at(0); };
    EXPECT_EQ(
        only(ResponseBuilder{}.directive(audio_player::Play{
            .play_behavior = audio_player::PlayBehavior::replace_all,
            .audio_item = audio_player::AudioItem{.stream = audio_player::Stream{.url = "https://a", .token = "t"}}})),
        json::parse(R"({"type":"AudioPlayer.Play","playBehavior":"REPLACE_ALL","audioItem":{"stream":{
                              "url":"https://a","token":"t","offsetInMilliseconds":0}}})"));
    EXPECT_EQ(
        only(ResponseBuilder{}.directive(dialog::UpdateDynamicEntities{
            .types = {{.name = "Drink",
                       .values = {{.id = "FW", .name = {.value = "flat white", .synonyms = {"small latte"}}}}}}})),
        json::parse(R"({"type":"Dialog.UpdateDynamicEntities","updateBehavior":"REPLACE","types":[{"name":"Drink",
                              "values":[{"id":"FW","name":{"value":"flat white","synonyms":["small latte"]}}]}]})"));
    EXPECT_EQ(only(ResponseBuilder{}.directive(display::Hint{.hint = display::TextField{.text = "say coffee"}})),
              json::parse(R"({"type":"Hint","hint":{"type":"PlainText","text":"say coffee"}})"));
}

TEST(ResponseBuilder, asks_within_a_dialog) {
    EXPECT_EQ(wire(ResponseBuilder{}.elicit("size", "Small or large?")), json::parse(R"({
        "outputSpeech": {"type": "SSML", "ssml": "<speak>Small or large?</speak>"},
        "reprompt": {"outputSpeech": {"type": "SSML", "ssml": "<speak>Small or large?</speak>"}},
        "directives": [{"type": "Dialog.ElicitSlot", "slotToElicit": "size"}], "shouldEndSession": false})"));
    EXPECT_EQ(wire(ResponseBuilder{}.confirm("size", "Large?")).at("directives"),
              json::parse(R"([{"type":"Dialog.ConfirmSlot","slotToConfirm":"size"}])"));
    EXPECT_EQ(wire(ResponseBuilder{}.confirm_intent("Order it?")).at("directives"),
              json::parse(R"([{"type":"Dialog.ConfirmIntent"}])"));
    const Intent updated{.name = "Order", .slots = {{"size", {.name = "size", .value = "large"}}}};
    EXPECT_EQ(wire(ResponseBuilder{}.delegate(updated)), json::parse(R"({"shouldEndSession": false, "directives": [
        {"type":"Dialog.Delegate","updatedIntent":{"name":"Order","slots":{"size":{"name":"size","value":"large"}}}}]})"));
}

TEST(ResponseBuilder, says_whether_an_intent_can_be_fulfilled) {
    CanFulfillIntent answer{.can_fulfill = CanFulfill::maybe,
                            .slots = {{"drink", {.can_understand = CanFulfill::yes, .can_fulfill = CanFulfill::no}}}};
    EXPECT_EQ(wire(ResponseBuilder{}.can_fulfill(answer)), json::parse(R"({"canFulfillIntent": {"canFulfill": "MAYBE",
        "slots": {"drink": {"canUnderstand": "YES", "canFulfill": "NO"}}}})"));
}

TEST(Response, gets_no_member_by_being_read) {
    for (const auto* text : {R"({"outputSpeech": {}, "reprompt": {}, "card": {}, "directives": [{}]})",
                             R"({"directives": [{"type": "Dialog.UpdateDynamicEntities"}, {"type": "Hint", "hint": {}},
                                 {"type": "AudioPlayer.Play", "audioItem": {"metadata": {}}},
                                 {"type": "Alexa.Presentation.HTML.Start"},
                                 {"type": "Alexa.Presentation.APL.SendIndexListData"}]})"}) {
        const auto response = json::parse(text).as_object();
        EXPECT_EQ(Response::parse(response).to_json(), response);
    }
}

TEST(Response, keeps_what_it_does_not_know) {
    const auto odd = json::parse(R"({"outputSpeech": {"type": "Song", "notes": [1], "playBehavior": "LATER"}, "x": 1,
        "card": {"type": "Tomorrow", "a": {}}, "directives": [{"type": "A", "b": null}, {}], "reprompt": {"directives": 7},
        "shouldEndSession": "no", "canFulfillIntent": {"canFulfill": "PERHAPS"}, "apiResponse": null})")
                         .as_object();
    EXPECT_EQ(Response::parse(odd).to_json(), odd);
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
    const auto play = [](std::string url, std::string token) {
        const audio_player::Stream stream{.url = std::move(url), .token = std::move(token)};
        return ResponseBuilder{}.directive(audio_player::Play{.audio_item = audio_player::AudioItem{.stream = stream}});
    };
    EXPECT_NO_THROW(wire(play("https://a", "t")));
    EXPECT_THROW(wire(play("http://a", "t")), InvalidResponse);
    EXPECT_THROW(wire(play("https://" + std::string(7993, 'x'), "t")), InvalidResponse);
    EXPECT_THROW(wire(play("https://a", "")), InvalidResponse);
    EXPECT_THROW(wire(play("https://a", std::string(1025, 't'))), InvalidResponse);
    EXPECT_THROW(wire(ResponseBuilder{}.standard_card(standard("http://s"))), InvalidResponse);
    EXPECT_THROW(wire(ResponseBuilder{}.standard_card(standard("https://" + std::string(1993, 'x')))), InvalidResponse);
}

}  // namespace
}  // namespace symbolon::skill
