// Single logout with SAML providers, from the logout endpoint to the provider and back, and from the provider
// (SAML Profiles §4.4, oauth-and-hosted-ui.md §1.7).

#include "directory/logout_notices.hpp"
#include "federation/saml/logout_messages.hpp"
#include "federation/saml/requests.hpp"
#include "federation/saml/saml_house.hpp"

#include <functional>
#include <optional>
#include <utility>
#include <vector>

namespace symbolon::federation::saml {
namespace {

using oauth::location;
using oauth::parameter_of;

constexpr std::string_view issuer = "https://saml.example/idp";
constexpr std::string_view place = "https://id.example/us-east-1_OkPool123/saml2/logout";

std::string slo(std::string_view binding, std::string_view more = " ResponseLocation=\"https://saml.example/done\"") {
    return "<md:SingleLogoutService Binding=\"urn:oasis:names:tc:SAML:2.0:bindings:" + std::string(binding) +
           "\" Location=\"https://saml.example/slo\"" + std::string(more) + "/>";
}

/// What a provider says about a logout: every part can be something else.
struct LogoutMessage {
    std::string name = "LogoutRequest";
    std::string id = "_l1";
    std::string version = "2.0";
    std::string destination = std::string(place);
    std::string from = std::string(issuer);
    std::string in_response_to = {};
    std::string attributes = {};
    std::string extensions = {};
    std::string content = "<saml:NameID>jane</saml:NameID><samlp:SessionIndex>s1</samlp:SessionIndex>";
    Instant issued = noon;
    std::size_t key = 0;

    std::string text() const {
        return "<samlp:" + name +
               " xmlns:samlp=\"urn:oasis:names:tc:SAML:2.0:protocol\" "
               "xmlns:saml=\"urn:oasis:names:tc:SAML:2.0:assertion\" ID=\"" +
               id + "\" Version=\"" + version + "\" IssueInstant=\"" + time_text(issued) + "\" Destination=\"" +
               destination + "\"" + (in_response_to.empty() ? "" : " InResponseTo=\"" + in_response_to + "\"") +
               attributes + "><saml:Issuer>" + from + "</saml:Issuer>" + extensions + content + "</samlp:" + name + ">";
    }
    std::string signed_text() const {
        return Message::without_declaration(sign_root(text(), id, test_key(key).to_der()));
    }
    /// The query by which an address brings it.
    std::string query(const std::string& relay_state) const {
        const auto parameter = name == "LogoutRequest" ? request_parameter : response_parameter;
        const auto url = redirect_url("https://x/", parameter, text(), relay_state, test_key(key).to_der());
        return url.substr(url.find('?') + 1);
    }
};

LogoutMessage success(const std::string& request_id) {
    LogoutMessage message;
    message.name = "LogoutResponse";
    message.in_response_to = request_id;
    message.content =
        "<samlp:Status><samlp:StatusCode Value=\"urn:oasis:names:tc:SAML:2.0:status:Success\"/></samlp:Status>";
    return message;
}

std::string url_of(std::string_view path, const std::string& query) {
    return std::string(path) + "?" + query;
}

/// The message that an address of ours brings.
RedirectMessage sent(const std::string& url, std::string_view parameter) {
    const auto message = read_redirect(url.substr(url.find('?') + 1), parameter);
    EXPECT_TRUE(message) << url;
    return message.value_or(RedirectMessage{});
}

class SamlLogout : public SamlSignIn {
protected:
    SamlLogout() {
        change("MetadataFile", idp_metadata("HTTP-Redirect", "false", slo("HTTP-Redirect")));
        change("IDPSignout", "true");
        give_certificate();
        change_client(web, [](directory::ClientSettings& settings) {
            settings.LogoutURLs = List<directory::shape::RedirectUrl, 0, 100>{"https://ok.example/bye"};
        });
        extend_client(web, [](auto& e) { e.backchannel_logout_uri = "https://rp.example/logout"; });
    }
    /// A browser in which a person signed in with the provider, and the client got its tokens: the session's cookie.
    std::string sign_in(const std::string& index = "s1", const std::string& assertion_id = "_a1",
                        const std::string& name_id = "jane") {
        const auto journey = go();
        auto message = answer_to(journey);
        message.session = index.empty() ? "" : " SessionIndex=\"" + index + "\"";
        message.assertion_id = assertion_id;
        message.name_id = name_id;
        const auto arrival = post_response(journey, message.with_signed_assertion());
        id_claims(arrival);
        return "cognito=" + cookie_of(arrival, "cognito");
    }
    bool is_signed_in(const std::string& cookie) {
        const auto answer = authorize({{"prompt", "none"}}, {{"Cookie", cookie}});
        return !parameter_of(location(answer), "code").empty();
    }
    std::size_t notices() {
        return write([&](db::Transaction& tx) { return directory::list_notices(tx, pool_id, 100).size(); });
    }
    net::Response sign_out(const std::string& cookie) {
        return get("/logout?" + oauth::encode({{"client_id", web.str()}, {"logout_uri", "https://ok.example/bye"}}),
                   {{"Cookie", cookie}});
    }
    /// A browser that is at the provider to sign out.
    struct Away {
        net::Response departure;
        std::string cookie;  ///< it comes back with
        std::string state;
        std::string request_id;
    };
    Away leave() {
        const auto way = location(sign_out(sign_in("s1", "_b" + std::to_string(++left_))));
        Away away;
        away.departure = get(way.substr(std::string(pool_url).size()));
        away.cookie = "csrf-state=" + cookie_of(away.departure, "csrf-state");
        away.state = parameter_of(location(away.departure), "RelayState");
        const auto document = Document::parse(sent(location(away.departure), request_parameter).text);
        if (document) away.request_id = document->root().attribute("ID").value_or("");
        return away;
    }
    net::Response post_answer(const Away& away, const std::string& text) {
        return post("/saml2/logout", Pairs{{"SAMLResponse", to_base64(bytes_of(text))}, {"RelayState", away.state}},
                    {{"Cookie", away.cookie}});
    }
    net::Response post_request(const std::string& text, const std::string& relay_state = "r1") {
        return post("/saml2/logout", Pairs{{"SAMLRequest", to_base64(bytes_of(text))}, {"RelayState", relay_state}});
    }
    int left_ = 0;
    static bool is_refused(const net::Response& answer) {
        return location(answer).starts_with(std::string(pool_url) + "/error?");
    }
};

TEST_F(SamlLogout, goes_on_to_the_provider_and_back_to_where_the_client_wanted) {
    const auto cookie = sign_in();
    ASSERT_TRUE(is_signed_in(cookie));
    const auto way = location(sign_out(cookie));
    EXPECT_TRUE(way.starts_with(std::string(pool_url) + "/logout/provider?leaving=")) << way;
    EXPECT_FALSE(is_signed_in(cookie)) << "whatever the provider does";
    EXPECT_EQ(notices(), 1U);

    const auto departure = get(way.substr(std::string(pool_url).size()));
    const auto url = location(departure);
    EXPECT_TRUE(url.starts_with("https://saml.example/slo?SAMLRequest=")) << url;
    const auto message = sent(url, request_parameter);
    EXPECT_TRUE(is_signed_by(message, {certificate(1)}));
    const auto document = Document::parse(message.text);
    ASSERT_TRUE(document);
    const auto root = document->root();
    EXPECT_TRUE(root.is(ns::protocol, "LogoutRequest"));
    EXPECT_EQ(root.attribute("Destination"), "https://saml.example/slo");
    EXPECT_EQ(root.only_child(ns::assertion, "Issuer")->text(), "urn:amazon:cognito:sp:" + pool_id.str());
    EXPECT_EQ(root.only_child(ns::assertion, "NameID")->text(), "jane");
    EXPECT_EQ(root.only_child(ns::protocol, "SessionIndex")->text(), "s1");

    Away away{departure, "csrf-state=" + cookie_of(departure, "csrf-state"), parameter_of(url, "RelayState"),
              root.attribute("ID").value_or("")};
    const auto answer = success(away.request_id).signed_text();
    EXPECT_EQ(location(post_answer(away, answer)), "https://ok.example/bye");
    EXPECT_TRUE(location(post_answer(away, answer)).ends_with("/error?error=Invalid+state")) << "once";
}

TEST_F(SamlLogout, the_answer_may_come_in_the_address) {
    const auto away = leave();
    const auto query = success(away.request_id).query(away.state);
    EXPECT_EQ(location(get(url_of("/saml2/logout", query), {{"Cookie", away.cookie}})), "https://ok.example/bye");
}

TEST_F(SamlLogout, a_provider_that_could_not_sign_the_person_out_is_no_reason_to_stay) {
    const auto away = leave();
    auto message = success(away.request_id);
    message.content =
        "<samlp:Status><samlp:StatusCode Value=\"urn:oasis:names:tc:SAML:2.0:status:Responder\"/></samlp:Status>";
    EXPECT_EQ(location(post_answer(away, message.signed_text())), "https://ok.example/bye");
}

TEST_F(SamlLogout, an_answer_is_the_providers_to_this_request) {
    using Change = std::function<void(LogoutMessage&)>;
    const std::vector<std::pair<const char*, Change>> wrong{
        {"another key", [](LogoutMessage& m) { m.key = 1; }},
        {"another request", [](LogoutMessage& m) { m.in_response_to = "_other"; }},
        {"no request", [](LogoutMessage& m) { m.in_response_to.clear(); }},
        {"another place", [](LogoutMessage& m) { m.destination = "https://evil.example/saml2/logout"; }},
        {"another issuer", [](LogoutMessage& m) { m.from = "https://evil.example/idp"; }},
        {"too old", [](LogoutMessage& m) { m.issued = noon - std::chrono::minutes(6); }},
        {"of tomorrow", [](LogoutMessage& m) { m.issued = noon + std::chrono::seconds(61); }},
        {"a request", [](LogoutMessage& m) { m.name = "LogoutRequest"; }},
        {"SAML 1.1", [](LogoutMessage& m) { m.version = "1.1"; }},
        {"no status", [](LogoutMessage& m) { m.content.clear(); }},
    };
    for (const auto& [what, change_it] : wrong) {
        const auto away = leave();
        auto message = success(away.request_id);
        change_it(message);
        EXPECT_TRUE(is_refused(post_answer(away, message.signed_text()))) << what;
    }
    const auto away = leave();
    EXPECT_TRUE(is_refused(post_answer(away, success(away.request_id).text()))) << "not signed";
}

TEST_F(SamlLogout, a_signed_address_cannot_be_changed) {
    using Change = std::function<std::string(std::string, const Away&)>;
    const std::vector<std::pair<const char*, Change>> wrong{
        {"without signature", [](std::string q, const Away&) { return q.substr(0, q.find("&Signature=")); }},
        {"an older algorithm", [](std::string q, const Away&) { return replaced(q, "rsa-sha256", "rsa-sha1"); }},
        {"another message before",
         [](std::string q, const Away& a) { return success(a.request_id).query("x").substr(0, 30) + "&" + q; }},
        {"a second spelling", [](std::string q, const Away&) { return q + "&%53AMLResponse=x"; }},
        {"both kinds", [](std::string q, const Away&) { return q + "&SAMLRequest=x"; }},
    };
    for (const auto& [what, change_it] : wrong) {
        const auto away = leave();
        const auto query = change_it(success(away.request_id).query(away.state), away);
        const auto answer = get(url_of("/saml2/logout", query), {{"Cookie", away.cookie}});
        EXPECT_TRUE(is_refused(answer)) << what << location(answer);
    }
    const auto away = leave();
    const auto query = success(away.request_id).query("of somebody else");
    const auto forged = replaced(query, "of%20somebody%20else", away.state);
    EXPECT_TRUE(is_refused(get(url_of("/saml2/logout", forged), {{"Cookie", away.cookie}})));
}

TEST_F(SamlLogout, the_way_back_is_of_the_browser_that_left_and_lasts_five_minutes) {
    auto away = leave();
    const auto answer = success(away.request_id).signed_text();
    const auto own = away.cookie;
    away.cookie = "csrf-state=" + std::string(43, 'x');
    EXPECT_TRUE(location(post_answer(away, answer)).ends_with("/error?error=Invalid+state"));
    away.cookie = own;
    clock.advance(std::chrono::minutes(5));
    EXPECT_TRUE(location(post_answer(away, answer)).ends_with("/error?error=Invalid+state"));
}

TEST_F(SamlLogout, ways_in_and_out_are_not_exchanged) {
    const auto away = leave();
    Journey out;
    out.state = away.state;
    out.cookie = away.cookie;
    EXPECT_TRUE(
        location(post_response(out, Message{}.with_signed_assertion())).ends_with("/error?error=Invalid+state"));
    const auto in = go();
    const Away arrival{in.departure, in.cookie, in.state, answer_to(in).request_id};
    EXPECT_TRUE(is_refused(post_answer(arrival, success(arrival.request_id).signed_text())));
}

TEST_F(SamlLogout, a_provider_that_cannot_be_asked_holds_nobody_up) {
    change("MetadataFile", idp_metadata());  // it has no such service
    const auto way = location(sign_out(sign_in()));
    EXPECT_EQ(location(get(way.substr(std::string(pool_url).size()))), "https://ok.example/bye");
    change("IDPSignout", "false");
    EXPECT_EQ(location(sign_out(sign_in("s1", "_a2"))), "https://ok.example/bye") << "it is not asked";
}

TEST_F(SamlLogout, by_form_where_there_is_no_other_way) {
    change("MetadataFile", idp_metadata("HTTP-Redirect", "false", slo("HTTP-POST")));
    const auto way = location(sign_out(sign_in()));
    const auto departure = get(way.substr(std::string(pool_url).size()));
    EXPECT_EQ(departure.status, 200);
    EXPECT_NE(departure.body.find("action=\"https://saml.example/slo\""), std::string::npos);
    const auto begin = departure.body.find("name=\"SAMLRequest\" value=\"") + 26;
    const auto message = parse_base64(departure.body.substr(begin, departure.body.find('"', begin) - begin));
    ASSERT_TRUE(message);
    const auto document = Document::parse(text_of(*message));
    ASSERT_TRUE(document);
    EXPECT_TRUE(signed_part(*document, document->root(), {certificate(1)}));
}

TEST_F(SamlLogout, by_the_provider_ends_the_sessions_that_it_names) {
    const auto jane = sign_in("s1", "_a1"), elsewhere = sign_in("s2", "_a2"), john = sign_in("s1", "_a3", "john");
    const auto answer = post_request(LogoutMessage{}.signed_text(), "r 1");
    EXPECT_FALSE(is_signed_in(jane));
    EXPECT_TRUE(is_signed_in(elsewhere));
    EXPECT_TRUE(is_signed_in(john));
    EXPECT_EQ(notices(), 1U) << "apps hear of it";

    const auto url = location(answer);
    EXPECT_TRUE(url.starts_with("https://saml.example/done?SAMLResponse=")) << url;
    EXPECT_EQ(parameter_of(url, "RelayState"), "r 1");
    const auto message = sent(url, response_parameter);
    EXPECT_TRUE(is_signed_by(message, {certificate(1)}));
    const auto document = Document::parse(message.text);
    ASSERT_TRUE(document);
    EXPECT_TRUE(document->root().is(ns::protocol, "LogoutResponse"));
    EXPECT_EQ(document->root().attribute("InResponseTo"), "_l1");
    EXPECT_EQ(document->root().attribute("Destination"), "https://saml.example/done");

    auto all = LogoutMessage{};
    all.id = "_l2";
    all.content = "<saml:NameID>jane</saml:NameID>";
    EXPECT_FALSE(location(get(url_of("/saml2/logout", all.query("")))).empty());
    EXPECT_FALSE(is_signed_in(elsewhere)) << "without an index all of them";
    EXPECT_TRUE(is_signed_in(john));
}

TEST_F(SamlLogout, by_the_provider_takes_the_browser_by_the_apps_and_its_cookie_away) {
    extend_client(web, [](auto& e) { e.frontchannel_logout_uri = "https://front.example/bye"; });
    const auto cookie = sign_in();
    const auto answer = get(url_of("/saml2/logout", LogoutMessage{}.query("r1")), {{"Cookie", cookie}});
    EXPECT_TRUE(location(answer).starts_with(std::string(pool_url) + "/logout/apps?leaving=")) << location(answer);
    EXPECT_EQ(cookie_of(answer, "cognito"), "");
    bool is_cleared = false;
    for (const auto value : answer.headers.find_all("Set-Cookie")) is_cleared |= value.starts_with("cognito=;");
    EXPECT_TRUE(is_cleared);
}

// Attack classes 28 and 47: forged, replayed, wrapped.
TEST_F(SamlLogout, a_request_that_is_not_the_providers_ends_nothing) {
    const auto cookie = sign_in();
    using Change = std::function<void(LogoutMessage&)>;
    const std::vector<std::pair<const char*, Change>> wrong{
        {"another key", [](LogoutMessage& m) { m.key = 1; }},
        {"another issuer", [](LogoutMessage& m) { m.from = "https://evil.example/idp"; }},
        {"no issuer", [](LogoutMessage& m) { m.from.clear(); }},
        {"another place",
         [](LogoutMessage& m) { m.destination = "https://id.example/us-east-1_Foreign12/saml2/logout"; }},
        {"no place", [](LogoutMessage& m) { m.destination.clear(); }},
        {"too old", [](LogoutMessage& m) { m.issued = noon - std::chrono::minutes(6); }},
        {"of tomorrow", [](LogoutMessage& m) { m.issued = noon + std::chrono::seconds(61); }},
        {"expired", [](LogoutMessage& m) { m.attributes = " NotOnOrAfter=\"2027-01-15T07:58:59Z\""; }},
        {"two names", [](LogoutMessage& m) { m.content += "<saml:NameID>john</saml:NameID>"; }},
        {"no name", [](LogoutMessage& m) { m.content = "<samlp:SessionIndex>s1</samlp:SessionIndex>"; }},
        {"half a name", [](LogoutMessage& m) { m.content = "<saml:NameID>jane<saml:x/>.evil</saml:NameID>"; }},
        {"an answer", [](LogoutMessage& m) { m.name = "LogoutResponse"; }},
        {"what cannot be decrypted", [](LogoutMessage& m) { m.content = "<saml:EncryptedID/>"; }},
    };
    for (const auto& [what, change_it] : wrong) {
        LogoutMessage message;
        change_it(message);
        EXPECT_TRUE(is_refused(post_request(message.signed_text()))) << what;
        if (message.name != "LogoutRequest") continue;
        EXPECT_TRUE(is_refused(get(url_of("/saml2/logout", message.query("r1"))))) << what;
    }
    EXPECT_TRUE(is_refused(post_request(LogoutMessage{}.text()))) << "not signed";
    EXPECT_TRUE(is_refused(post_request("<!--c-->" + LogoutMessage{}.signed_text()))) << "a comment";
    EXPECT_TRUE(is_refused(post_request("x")));
    EXPECT_TRUE(is_refused(post("/saml2/logout", Pairs{{"RelayState", "x"}})));
    EXPECT_TRUE(is_signed_in(cookie));
    EXPECT_EQ(notices(), 0U);
}

TEST_F(SamlLogout, a_request_is_taken_once) {
    sign_in();
    EXPECT_FALSE(is_refused(post_request(LogoutMessage{}.signed_text())));
    const auto again = sign_in("s1", "_a2");
    EXPECT_TRUE(is_refused(post_request(LogoutMessage{}.signed_text())));
    EXPECT_TRUE(is_refused(get(url_of("/saml2/logout", LogoutMessage{}.query("r1"))))) << "by the other way, too";
    EXPECT_TRUE(is_signed_in(again));
}

// The request was used up in one transaction, and the sessions ended in the next: a server that died between the two
// had refused the provider's second try, and kept the person signed in.
TEST_F(SamlLogout, a_request_is_used_up_with_what_it_ends) {
    const auto cookie = sign_in();
    const SamlParameters parameters{{}, to_base64(bytes_of(LogoutMessage{}.signed_text())), "r1"};
    run(federation->accept_sign_out(pool(), std::string(pool_url), parameters));
    EXPECT_TRUE(is_signed_in(cookie));
    EXPECT_FALSE(is_refused(post_request(LogoutMessage{}.signed_text())));
    EXPECT_FALSE(is_signed_in(cookie));
    EXPECT_TRUE(is_refused(post_request(LogoutMessage{}.signed_text())));
}

// The signature in the address was over another RelayState than the form's, which was answered.
TEST_F(SamlLogout, a_form_without_a_message_has_none) {
    const auto cookie = sign_in();
    const auto answer =
        post(url_of("/saml2/logout", LogoutMessage{}.query("r1")), Pairs{{"SAMLRequest", ""}, {"RelayState", "r2"}});
    EXPECT_TRUE(is_refused(answer)) << location(answer);
    EXPECT_TRUE(is_signed_in(cookie));
}

// A signature that holds, about somebody who signs themselves out, within a message that names another.
TEST_F(SamlLogout, what_is_wrapped_around_a_signed_request_is_not_looked_at) {
    const auto jane = sign_in(), mallory = sign_in("m1", "_a2", "mallory");
    LogoutMessage honest;
    honest.id = "_mine";
    honest.content = "<saml:NameID>mallory</saml:NameID>";
    const auto inner = honest.signed_text();
    LogoutMessage evil;
    evil.extensions = "<samlp:Extensions>" + inner + "</samlp:Extensions>";
    EXPECT_TRUE(is_refused(post_request(evil.text())));
    const auto signature = element(inner, "ds:Signature");
    evil.extensions = signature + "<samlp:Extensions>" + replaced(inner, signature, "") + "</samlp:Extensions>";
    EXPECT_TRUE(is_refused(post_request(evil.text())));
    evil.id = "_mine";
    EXPECT_TRUE(is_refused(post_request(evil.text())));
    evil.extensions = replaced(signature, "</ds:Signature>",
                               "<ds:Object>" + replaced(inner, signature, "") + "</ds:Object></ds:Signature>");
    EXPECT_TRUE(is_refused(post_request(evil.text())));
    EXPECT_TRUE(is_signed_in(jane));
    EXPECT_TRUE(is_signed_in(mallory));
}

TEST_F(SamlLogout, only_providers_that_are_set_to_it_sign_anybody_out) {
    const auto cookie = sign_in();
    change("IDPSignout", "false");
    EXPECT_TRUE(is_refused(post_request(LogoutMessage{}.signed_text())));
    EXPECT_TRUE(is_signed_in(cookie));
}

TEST_F(SamlLogout, our_metadata_names_the_place) {
    const auto body = get("/saml2/metadata").body;
    for (const auto* binding : {"HTTP-Redirect", "HTTP-POST"})
        EXPECT_NE(body.find("<md:SingleLogoutService Binding=\"urn:oasis:names:tc:SAML:2.0:bindings:" +
                            std::string(binding) + "\" Location=\"" + std::string(place) + "\"/>"),
                  std::string::npos)
            << body;
}

TEST_F(SamlLogout, nobody_makes_up_a_way_to_the_provider) {
    for (const auto* path : {"/logout/provider", "/logout/provider?leaving=x"})
        EXPECT_TRUE(location(get(path)).ends_with("/error?error=Invalid+state"));
}

}  // namespace
}  // namespace symbolon::federation::saml
