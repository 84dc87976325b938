// Linking by voice, and Login with Amazon as a maker's own server (voice-account-linking.md §2.10).
#include "voice/platforms/voice_forward.hpp"

#include "linking_fixture.hpp"

#include "base/encoding.hpp"
#include "net/test_server.hpp"

#include <gtest/gtest.h>
#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <chrono>
#include <memory>
#include <regex>
#include <string>
#include <vector>

namespace symbolon::voice {
namespace {

namespace json = boost::json;
using test::parameter_of;

const Connection link_task{
    "connection://AMAZON.AskForAccountLinking/1", "t", {{"@type", "AskForAccountLinking"}, {"@version", "1"}}};

VoiceForward begun(const std::string& locale = "en-US") {
    return {link_task, "Ride hailer", locale, "123456"};
}

TEST(VoiceForwardDialog, asks_for_consent_and_then_for_the_code_of_a_text) {
    using Step = VoiceForward::Step;
    auto linking = begun();
    EXPECT_NE(linking.question().find("Ride hailer permission"), std::string::npos);
    EXPECT_EQ(linking.text_message(), "");
    linking.hear("what?");
    EXPECT_EQ(linking.step(), Step::consent);
    linking.hear("I approve");
    EXPECT_EQ(linking.step(), Step::code);
    EXPECT_NE(linking.text_message().find("123456"), std::string::npos);
    EXPECT_EQ(linking.question().find("123456"), std::string::npos);
    linking.hear("my code is 1 2 3 4 5 7");
    EXPECT_EQ(linking.step(), Step::code);
    linking.hear("my code is one two three four five six");
    EXPECT_EQ(linking.step(), Step::approved);
    EXPECT_EQ(linking.text_message(), "");
}

TEST(VoiceForwardDialog, ends_with_a_no_with_silence_and_with_three_wrong_codes) {
    using Step = VoiceForward::Step;
    for (const auto* no : {"no", "stop", "cancel", "exit"}) {
        auto linking = begun();
        linking.hear(no);
        EXPECT_EQ(linking.step(), Step::denied) << no;
    }
    auto german = begun("de-DE");
    german.hear("nein");
    EXPECT_EQ(german.step(), Step::denied);
    auto silent = begun();
    silent.hear_nothing();
    EXPECT_EQ(silent.step(), Step::consent);
    silent.hear_nothing();
    EXPECT_EQ(silent.step(), Step::denied);
    auto guessing = begun();
    guessing.hear("yes");
    for (const auto* code : {"000000", "111111", "yes"}) guessing.hear(code);
    EXPECT_EQ(guessing.step(), Step::not_proven);
}

TEST(VoiceForwardDialog, is_held_in_the_language_of_the_person) {
    using Step = VoiceForward::Step;
    struct Dialog {
        std::string locale, consent, approval, unclear, code, wrong, spoken, text;
    };
    const std::vector<Dialog> dialogs{
        {"de-AT", "Darf Ride hailer", "Ich stimme zu", "Das habe ich nicht verstanden. Um dein Konto", "Mein Code ist",
         "Das ist nicht der Code. Um", "mein Code ist eins zwei drei vier fünf sechs", "123456 ist dein Code"},
        {"fr-FR", "Autorisez-vous Ride hailer", "J'accepte", "Je n'ai pas compris. Pour", "Mon code est",
         "Ce n'est pas le bon code. Pour", "mon code est un deux trois quatre cinq six", "123456 est votre code"},
        {"es-MX", "Das permiso a Ride hailer", "Acepto", "No te he entendido. Para", "Mi código es",
         "Ese no es el código. Para", "mi código es uno dos tres cuatro cinco seis", "123456 es tu código"},
        {"it-IT", "Autorizzi Ride hailer", "Accetto", "Non ho capito. Per", "Il mio codice è",
         "Non è il codice giusto. Per", "il mio codice è uno due tre quattro cinque sei", "123456 è il tuo codice"},
        {"pt-BR", "Você autoriza Ride hailer", "Eu autorizo", "Não entendi. Para", "Meu código é",
         "Esse não é o código. Para", "meu código é um dois três quatro cinco seis", "123456 é o seu código"},
        {"ja-JP", "Do you give Ride hailer", "I approve", "I did not get that. To", "My code is",
         "That is not the code. To", "my code is one two three four five six", "123456 is your code"}};
    for (const auto& told : dialogs) {
        auto linking = begun(told.locale);
        EXPECT_NE(linking.question().find(told.consent), std::string::npos) << linking.question();
        EXPECT_NE(linking.question().find("\"" + told.approval + "\""), std::string::npos) << linking.question();
        linking.hear("pizza");
        EXPECT_TRUE(linking.question().starts_with(told.unclear)) << linking.question();
        linking.hear(told.approval);
        ASSERT_EQ(linking.step(), Step::code) << told.locale;
        EXPECT_NE(linking.question().find("\"" + told.code + "\""), std::string::npos) << linking.question();
        EXPECT_TRUE(linking.text_message().starts_with(told.text)) << linking.text_message();
        EXPECT_NE(linking.text_message().find("Ride hailer"), std::string::npos) << linking.text_message();
        linking.hear("pizza");
        EXPECT_TRUE(linking.question().starts_with(told.wrong)) << linking.question();
        linking.hear(told.spoken);
        EXPECT_EQ(linking.step(), Step::approved) << told.locale;
    }
}

/// The assistant on a socket of its own, since it is the server that the skill's accounts are of; and a skill that
/// gives the platform a task as soon as it is opened.
class VoiceForwardLinking : public test::LinkingFixture {
protected:
    VoiceForwardLinking() {
        own = std::make_unique<Assistant>(
            Assistant::Parts{*house.db, house.sealer, house.random, house.clock, house.client}, server.url());
        assistant = own.get();
        partner.put_at("/voice", [this](const net::Request& request) { return answer(request); });
        const json::object endpoint{{"uri", partner.url_of("/voice")}};
        const json::object manifest{{"apis", {{"custom", {{"endpoint", endpoint}}}}}};
        house.rest(net::Method::put, "/v1/skills/" + skill + "/stages/development/manifest",
                   json::serialize(json::object{{"manifest", manifest}}));
        const auto given = house.rest(net::Method::get, "/v1/skills/" + skill + "/credentials");
        credentials = json::parse(given.body).at("skillMessagingCredentials").as_object();
        configure_amazon();
        become(true, "ann@example.test");
    }

    void configure_amazon(const json::object& changes = {}) {
        json::object request{{"authorizationUrl", server.url() + "/ap/oa"},
                             {"accessTokenUrl", server.url() + "/auth/o2/token"},
                             {"clientId", credentials.at("clientId")},
                             {"clientSecret", credentials.at("clientSecret")},
                             {"scopes", {"profile"}},
                             {"voiceForwardAccountLinking", "ENABLED"}};
        for (const auto& [name, value] : changes) request[name] = value;
        configure(request);
    }
    void become(bool recognized, const std::string& email) {
        const json::object body{{"name", "Ann"}, {"recognized", recognized}, {"email", email}};
        EXPECT_EQ(house.rest(net::Method::put, "/v1/accounts/main", json::serialize(json::value(body))).status, 200);
    }

    net::Response answer(const net::Request& request) {
        const auto asked = json::parse(request.body);
        const auto type = std::string(asked.at_pointer("/request/type").as_string());
        const json::object directive{{"type", "Connections.StartConnection"},
                                     {"uri", uri},
                                     {"onCompletion", completion},
                                     {"input", {{"@type", "AskForAccountLinking"}, {"@version", "1"}}},
                                     {"token", "link-1"}};
        json::object response{{"shouldEndSession", true}};
        if (type == "LaunchRequest" || insists) response = {{"directives", json::array{directive}}};
        return test::json_answer(json::serialize(json::object{{"version", "1.0"}, {"response", response}}));
    }

    void tell(const std::string& utterance) {
        EXPECT_EQ(post("/app/skills/" + skill + "/ask", "utterance=" + percent_encode(utterance)).status, 303);
    }
    std::string page() { return app_page().body; }
    /// The code of the text on the app's page.
    std::string texted_code() {
        std::smatch found;
        const auto body = page();
        return std::regex_search(body, found, std::regex("(\\d{6}) is your code")) ? found[1].str() : std::string{};
    }
    json::value last() { return json::parse(partner.requests_at("/voice").back().body); }
    std::string last(std::string_view pointer) {
        boost::system::error_code absent;
        const auto request = last();
        const auto* found = request.find_pointer(pointer, absent);
        return found != nullptr && found->is_string() ? std::string(found->as_string()) : std::string{};
    }
    std::string status() {
        EXPECT_EQ(last("/request/type"), "SessionResumedRequest");
        EXPECT_EQ(last("/request/cause/token"), "link-1");
        return last("/request/cause/status/code") + " " + last("/request/cause/result/status");
    }

    std::string uri = link_task.uri;
    std::string completion = "RESUME_SESSION";
    bool insists = false;
    json::object credentials;
    std::unique_ptr<Assistant> own;
    TestServer server{[this](net::Request request) { return own->serve(std::move(request)); },
                      {.drain_limit = std::chrono::milliseconds(0)}};
};

TEST_F(VoiceForwardLinking, links_by_consent_and_code_and_goes_on_with_the_skill) {
    tell("open");
    const auto session = last("/session/sessionId");
    EXPECT_NE(page().find("permission to access your name"), std::string::npos);
    EXPECT_EQ(texted_code(), "");
    tell("I approve");
    const auto code = texted_code();
    ASSERT_EQ(code.size(), 6U) << page();
    EXPECT_EQ(partner.requests_at("/voice").size(), 1U) << "the platform speaks, not the skill";
    tell("my code is " + code);
    EXPECT_EQ(status(), "200 LINKED");
    EXPECT_EQ(last("/session/sessionId"), session);
    const auto token = last("/context/System/user/accessToken");
    EXPECT_TRUE(token.starts_with("Atza|")) << token;
    EXPECT_EQ(stored()->status, LinkStatus::linked);
    const auto profile = house.ask(net::Method::get, "/user/profile", "", token);
    EXPECT_EQ(profile.status, 200);
    const auto told = json::parse(profile.body);
    EXPECT_EQ(told.at("name").as_string(), "Ann");
    EXPECT_EQ(told.at("email").as_string(), "ann@example.test");
    EXPECT_EQ(house.rest(net::Method::get, "/v1/skills/" + skill + "/exchanges").body.find(code), std::string::npos);
}

TEST_F(VoiceForwardLinking, tells_the_skill_of_a_no_and_of_silence) {
    tell("open");
    tell("no");
    EXPECT_EQ(status(), "200 DENIED");
    tell("open");
    for (int i = 0; i < 2; ++i) EXPECT_EQ(post("/app/skills/" + skill + "/ask", "silence=true").status, 303);
    EXPECT_EQ(status(), "200 DENIED");
    EXPECT_NE(stored()->status, LinkStatus::linked);
}

TEST_F(VoiceForwardLinking, BR12_time_without_a_word_is_silence_to_the_platforms_question) {
    behave("BR-12", "platform");
    tell("open");
    house.clock.advance(std::chrono::seconds(8));
    EXPECT_NE(page().find("I did not get that."), std::string::npos);
    EXPECT_EQ(last("/request/type"), "LaunchRequest");
    house.clock.advance(std::chrono::seconds(8));
    EXPECT_EQ(page().find("Listening"), std::string::npos);
    EXPECT_EQ(status(), "200 DENIED");
}

TEST_F(VoiceForwardLinking, BR12_a_skill_that_insists_is_told_once_however_long_nobody_was_there) {
    behave("BR-12", "platform");
    insists = true;
    tell("open");
    house.clock.advance(std::chrono::hours(24));
    EXPECT_NE(page().find("Listening"), std::string::npos);
    EXPECT_EQ(partner.requests_at("/voice").size(), 2U);
    tell("no");
    EXPECT_EQ(status(), "200 DENIED");
}

TEST_F(VoiceForwardLinking, is_for_those_whose_voice_and_address_are_known) {
    become(false, "ann@example.test");
    tell("open");
    EXPECT_EQ(status(), "200 USER_REQUIREMENTS_NOT_MET");
    become(true, "");
    tell("open");
    EXPECT_EQ(status(), "200 USER_REQUIREMENTS_NOT_MET");
    become(true, "ann@example.test");
    tell("open");
    tell("yes");
    for (int i = 0; i < 3; ++i) tell("my code is 12");
    EXPECT_EQ(status(), "200 USER_REQUIREMENTS_NOT_MET");
}

TEST_F(VoiceForwardLinking, is_refused_where_the_skill_is_not_set_up_for_it) {
    configure_amazon({{"voiceForwardAccountLinking", "DISABLED"}});
    tell("open");
    EXPECT_EQ(status(), "403 ");
    configure_amazon({{"accessTokenUrl", partner.token_url()}});
    tell("open");
    EXPECT_EQ(status(), "403 ") << "accounts of another server than Login with Amazon";
    configure_amazon();
    uri = "connection://AMAZON.PrintPDF/1";
    tell("open");
    EXPECT_EQ(status(), "404 ");
}

TEST_F(VoiceForwardLinking, says_that_it_failed_when_the_skills_client_is_wrong) {
    configure_amazon({{"clientSecret", "another"}});
    tell("open");
    tell("yes");
    tell(texted_code());
    EXPECT_EQ(status(), "500 ");
    EXPECT_NE(stored()->status, LinkStatus::linked);
    EXPECT_TRUE(log_tells("invalid_client"));
}

TEST_F(VoiceForwardLinking, a_skill_that_wants_to_hear_of_errors_alone_hears_of_errors_alone) {
    completion = "SEND_ERRORS_ONLY";
    become(false, "");
    tell("open");
    EXPECT_EQ(last("/request/type"), "LaunchRequest");
    uri = "connection://AMAZON.PrintPDF/1";
    tell("open");
    EXPECT_EQ(status(), "404 ");
}

TEST_F(VoiceForwardLinking, a_skill_that_gives_tasks_for_ever_comes_to_an_end) {
    insists = true;
    uri = "connection://AMAZON.PrintPDF/1";
    tell("open");
    EXPECT_LE(partner.requests_at("/voice").size(), 5U);
}

class AmazonAccounts : public VoiceForwardLinking {
protected:
    std::string location(const net::Response& response) {
        EXPECT_EQ(response.status, 302) << response.body;
        return std::string(response.headers.find("Location").value_or(""));
    }
    std::string path_of(const std::string& url) { return url.substr(server.url().size()); }
};

TEST_F(AmazonAccounts, are_linked_in_the_browser_as_well) {
    const auto asked = path_of(begin());
    const auto consent = get(asked);
    EXPECT_EQ(consent.status, 200);
    EXPECT_NE(consent.body.find("wants to know the name"), std::string::npos);
    const auto back = path_of(location(get(asked + "&answer=allow&_csrf=" + cookie)));
    const auto result = get(back);
    EXPECT_NE(result.body.find("has been successfully linked"), std::string::npos) << result.body;
    EXPECT_TRUE(stored()->access_token.starts_with("Atza|"));
}

TEST_F(AmazonAccounts, are_of_who_sits_at_the_browser) {
    house.rest(net::Method::put, "/v1/accounts/eva", R"({"name":"Eva","email":"eva@example.test"})");
    const auto asked = path_of(begin());
    net::Headers headers;
    headers.add("Cookie", "assistant-browser=" + cookie + "; assistant-account=eva");
    const auto target = asked + "&answer=allow&_csrf=" + cookie;
    const auto url = location(test::send(*assistant, net::Method::get, target, {}, std::move(headers)));
    net::Form form;
    form.add("grant_type", "authorization_code");
    form.add("code", parameter_of(url, "code"));
    form.add("redirect_uri", parameter_of(asked, "redirect_uri"));
    form.add("client_id", std::string(credentials.at("clientId").as_string()));
    form.add("client_secret", std::string(credentials.at("clientSecret").as_string()));
    const auto tokens = house.ask(net::Method::post, "/auth/o2/token", form.encode());
    ASSERT_EQ(tokens.status, 200) << tokens.body;
    const std::string token(json::parse(tokens.body).at("access_token").as_string());
    EXPECT_NE(house.ask(net::Method::get, "/user/profile", "", token).body.find("eva@example.test"), std::string::npos);
}

TEST_F(AmazonAccounts, send_nobody_elsewhere_and_tell_nothing_to_other_tokens) {
    const auto asked = path_of(begin());
    const auto with = [&](const std::string& name, const std::string& value) {
        const auto mark = asked.find('?') + 1;
        auto query = net::Form::parse(std::string_view(asked).substr(mark));
        query.remove(name);
        query.add(name, value);
        return get(asked.substr(0, mark) + query.encode() + "&answer=allow&_csrf=" + cookie);
    };
    EXPECT_EQ(with("redirect_uri", "https://evil.example/").status, 400);
    EXPECT_EQ(with("client_id", "another").status, 400);
    EXPECT_EQ(with("scope", "alexa::skills:account_linking").status, 400) << "that goes to apps' redirect URLs";
    EXPECT_EQ(parameter_of(location(with("response_type", "token")), "error"), "unsupported_response_type");
    EXPECT_EQ(with("scope", "profile payments").status, 400) << "no purpose, no redirect URL of it";
    for (const auto& token : {std::string(), std::string("Atza|x"), own->access_token()}) {
        EXPECT_EQ(house.ask(net::Method::get, "/user/profile", "", token).status, 400) << token;
    }
}

}  // namespace
}  // namespace symbolon::voice
