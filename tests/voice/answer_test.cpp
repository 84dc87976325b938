#include "voice/talk/answer.hpp"

#include "voice/screens/apl_tree.hpp"

#include <boost/json/parse.hpp>

#include <gtest/gtest.h>

namespace symbolon::voice {
namespace {

std::string problem(const std::string& response) {
    return read_answer(R"({"version":"1.0","response":)" + response + "}", true).problem;
}

TEST(Answer, what_the_platform_refuses_is_named) {
    const std::string long_text(8001, 'a');
    const std::vector<std::pair<std::string, std::string>> refused{
        {R"({"outputSpeech":{"type":"Text","text":"x"}})", "outputSpeech.type must be PlainText or SSML"},
        {R"({"outputSpeech":{"type":"PlainText","text":")" + long_text + R"("}})",
         "outputSpeech is longer than 8000 characters"},
        {R"({"outputSpeech":{"type":"SSML","ssml":"Hello"}})",
         "its SSML is not well-formed: there is text outside <speak>"},
        {R"({"outputSpeech":{"type":"SSML","ssml":"<speak><p>Hello</speak>"}})",
         "its SSML is not well-formed: </speak> closes nothing"},
        {R"({"reprompt":{"outputSpeech":{"type":"SSML","ssml":"<speak>"}}})",
         "reprompt: its SSML is not well-formed: <speak> is not closed"},
        {R"({"card":{"type":"Fancy"}})", "the card's type is none of the platform's"},
        {R"({"card":{"type":"Standard","image":{"smallImageUrl":"http://x"}}})", "an image's URL must be https"},
        {R"({"card":{"type":"AskForPermissionsConsent"}})", "the card asks for no permissions"},
        {R"({"directives":{}})", "directives must be a list"},
        {R"({"directives":[{}]})", "a directive has no type"},
        {R"({"directives":[{"type":"Dialog.ElicitSlot"}]})", "Dialog.ElicitSlot names no slotToElicit"},
        {R"({"directives":[{"type":"AudioPlayer.Play","audioItem":{"stream":{"url":"http://x"}}}]})",
         "the stream's URL must be https"},
        {R"({"directives":[{"type":"VideoApp.Launch"}],"shouldEndSession":true})",
         "shouldEndSession must not stand beside VideoApp.Launch"},
        {R"({"shouldEndSession":"no"})", "shouldEndSession must be true or false"}};
    for (const auto& [response, why] : refused) EXPECT_EQ(problem(response), why) << response;
    EXPECT_EQ(problem(R"({"outputSpeech":{"type":"SSML","ssml":"<speak>Hi <break time='1s'/></speak>"},
        "card":{"type":"LinkAccount"},"directives":[],"shouldEndSession":null})"),
              "");
}

TEST(Answer, events_and_ended_sessions_need_no_envelope) {
    EXPECT_EQ(read_answer("", false).problem, "");
    EXPECT_EQ(read_answer("<html>", false).problem, "");
    EXPECT_NE(read_answer("", true).problem, "");
}

TEST(Answer, a_session_goes_on_when_the_skill_says_so_or_asks) {
    const auto keeps = [](const char* response) {
        return read_answer(std::string(R"({"response":)") + response + "}", true).keeps_session();
    };
    EXPECT_TRUE(keeps(R"({"shouldEndSession":false})"));
    EXPECT_FALSE(keeps(R"({"shouldEndSession":true})"));
    EXPECT_FALSE(keeps("{}"));
    EXPECT_TRUE(keeps(R"({"directives":[{"type":"Dialog.Delegate"}]})"));
    EXPECT_FALSE(keeps(R"({"directives":[{"type":"Dialog.UpdateDynamicEntities"}]})"));
}

TEST(Speech, markup_is_heard_as_words_and_sounds) {
    const auto pieces =
        hear_ssml(R"(<speak>Tom &amp; <sub alias="Jerry">J.</sub> <audio src="https://x/a.mp3"/> <p>Bye.</p></speak>)");
    ASSERT_EQ(pieces.size(), 3U);
    EXPECT_EQ(pieces[0].text, "Tom & Jerry");
    EXPECT_EQ(pieces[1].audio_url, "https://x/a.mp3");
    EXPECT_EQ(pieces[2].text, "Bye.");
}

TEST(Speech, broken_markup_is_survived) {
    for (const auto* ssml :
         {"<", "<speak", "</", "<audio src=", "<audio src='", "<sub alias>", "< >", "<speak><<<>>>"}) {
        hear_ssml(ssml);
        EXPECT_NE(ssml_problem(ssml), "") << ssml;
    }
}

TEST(Apl, a_document_is_a_tree_of_what_it_shows) {
    const auto directive = boost::json::parse(R"({"type":"Alexa.Presentation.APL.RenderDocument",
        "datasources":{"page":{"title":"Pizza <b>menu</b>","items":[1]}},
        "document":{"mainTemplate":{"parameters":["payload"],"items":[{"type":"Container","items":[
            {"type":"Text","text":"${payload.page.title}"},
            {"type":"Image","source":"https://x/${payload.page.none}.png"}]}]}}})");
    const auto lines = apl_tree(directive.as_object());
    ASSERT_EQ(lines.size(), 3U);
    EXPECT_EQ(lines[0].type, "Container");
    EXPECT_EQ(lines[1].depth, 1U);
    EXPECT_EQ(lines[1].text, "Pizza menu");
    EXPECT_EQ(lines[2].text, "https://x/${payload.page.none}.png");
}

TEST(Apl, deep_and_odd_documents_come_to_an_end) {
    std::string items = R"({"type":"Text","text":"deep"})";
    for (int depth = 0; depth < 25; ++depth) items = R"({"type":"Frame","item":)" + items + "}";
    const auto directive = R"({"document":{"mainTemplate":{"item":)" + items + "}}}";
    EXPECT_LE(apl_tree(boost::json::parse(directive).as_object()).size(), 13U);
    EXPECT_TRUE(apl_tree(boost::json::parse(R"({"document":{"mainTemplate":7}})").as_object()).empty());
}

}  // namespace
}  // namespace symbolon::voice
