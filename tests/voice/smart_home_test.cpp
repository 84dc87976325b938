#include "linking_fixture.hpp"

#include "base/run.hpp"
#include "voice/smart_home/capabilities.hpp"
#include "voice/smart_home/home.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <gtest/gtest.h>

namespace symbolon::voice {
namespace {

namespace json = boost::json;

json::object lamp() {
    return json::parse(R"({"endpointId":"lamp-1","manufacturerName":"Lights","friendlyName":"Kitchen lamp",
        "description":"A lamp","displayCategories":["LIGHT"],"cookie":{"room":"kitchen"},"capabilities":[
            {"type":"AlexaInterface","interface":"Alexa","version":"3"},
            {"type":"AlexaInterface","interface":"Alexa.PowerController","version":"3",
             "properties":{"supported":[{"name":"powerState"}],"retrievable":true}},
            {"type":"AlexaInterface","interface":"Alexa.BrightnessController","version":"3",
             "properties":{"supported":[{"name":"brightness"}],"retrievable":true}}]})")
        .as_object();
}

json::object property(const char* interface, const char* name, json::value value) {
    return {{"namespace", interface},
            {"name", name},
            {"value", std::move(value)},
            {"timeOfSample", "2026-11-25T10:30:00Z"},
            {"uncertaintyInMilliseconds", 500}};
}

/// A smart-home skill with one lamp, which answers as it should unless told otherwise.
class Home : public test::LinkingFixture {
protected:
    Home() {
        partner.put_at("/home", [this](const net::Request& request) {
            return test::json_answer(json::serialize(answer(json::parse(request.body).at("directive"))));
        });
        const json::object manifest{{"apis", {{"smartHome", {{"endpoint", {{"uri", partner.url_of("/home")}}}}}}}};
        house.rest(net::Method::put, "/v1/skills/" + skill + "/stages/development/manifest",
                   json::serialize(json::object{{"manifest", manifest}}));
    }

    json::object answer(const json::value& directive) {
        const auto& asked = directive.at("header").as_object();
        const std::string name(asked.at("name").as_string());
        json::object header{{"namespace", "Alexa"}, {"name", "Response"}, {"payloadVersion", "3"}, {"messageId", "m"}};
        if (const auto* token = asked.if_contains("correlationToken")) header["correlationToken"] = *token;
        json::object payload;
        json::array properties;
        if (name == "Discover") {
            header["namespace"] = "Alexa.Discovery";
            header["name"] = "Discover.Response";
            payload["endpoints"] = json::array{endpoint};
        } else if (name == "AcceptGrant") {
            header["namespace"] = "Alexa.Authorization";
            header["name"] = "AcceptGrant.Response";
        } else {
            if (name == "TurnOn" || name == "TurnOff") power = name == "TurnOn" ? "ON" : "OFF";
            if (name == "ReportState") header["name"] = "StateReport";
            properties.push_back(property("Alexa.PowerController", "powerState", json::value(power)));
        }
        if (!refuses.empty()) {
            header["name"] = "ErrorResponse";
            payload = {{"type", refuses}, {"message", "no"}};
            properties.clear();
        }
        return {{"event", {{"header", header}, {"payload", payload}}}, {"context", {{"properties", properties}}}};
    }

    std::string devices_page() { return get("/skills/" + skill + "/devices").body; }
    void discover() { EXPECT_EQ(post("/skills/" + skill + "/devices/discover", "go=true").status, 303); }
    net::Response send(const std::string& form) {
        return post("/skills/" + skill + "/devices/send", "endpointId=lamp-1&" + form);
    }
    json::value last_directive() { return json::parse(partner.requests_at("/home").back().body).at("directive"); }

    json::object endpoint = lamp();
    std::string power = "OFF";
    std::string refuses;
};

TEST_F(Home, devices_are_discovered_with_the_persons_token) {
    must_link();
    discover();
    EXPECT_EQ(last_directive().at_pointer("/payload/scope/token").as_string(), "access-1");
    const auto page = devices_page();
    EXPECT_NE(page.find("Kitchen lamp"), std::string::npos);
    EXPECT_NE(page.find("Turn on"), std::string::npos);
    EXPECT_NE(page.find("Brightness"), std::string::npos);
    EXPECT_EQ(house.rest(net::Method::get, "/v1/skills/" + skill + "/exchanges").body.find("access-1"),
              std::string::npos);
}

TEST_F(Home, what_is_discovered_again_keeps_its_state) {
    must_link();
    send("interface=Alexa.PowerController&directive=TurnOn");
    discover();
    EXPECT_NE(devices_page().find("<dd>ON</dd>"), std::string::npos) << devices_page();
    endpoint["endpointId"] = "lamp-2";
    discover();
    EXPECT_EQ(devices_page().find("<dd>ON</dd>"), std::string::npos) << "another lamp";
}

TEST_F(Home, a_link_brings_the_devices_by_itself) {
    must_link();
    EXPECT_NE(devices_page().find("Kitchen lamp"), std::string::npos);
}

TEST_F(Home, a_skill_that_cannot_be_discovered_is_linked_all_the_same) {
    refuses = "INTERNAL_ERROR";
    must_link();
    EXPECT_EQ(devices_page().find("Kitchen lamp"), std::string::npos);
    EXPECT_EQ(stored()->status, LinkStatus::linked);
}

TEST_F(Home, who_is_not_linked_gets_no_directive) {
    EXPECT_EQ(post("/skills/" + skill + "/devices/discover", "go=true").status, 400);
    EXPECT_TRUE(partner.requests_at("/home").empty());
}

TEST_F(Home, a_directive_names_the_device_and_its_state_is_shown) {
    must_link();
    discover();
    EXPECT_EQ(send("interface=Alexa.PowerController&directive=TurnOn").status, 303);
    const auto directive = last_directive();
    EXPECT_EQ(directive.at_pointer("/header/namespace").as_string(), "Alexa.PowerController");
    EXPECT_EQ(directive.at_pointer("/endpoint/endpointId").as_string(), "lamp-1");
    EXPECT_EQ(directive.at_pointer("/endpoint/cookie/room").as_string(), "kitchen");
    EXPECT_EQ(directive.at_pointer("/endpoint/scope/token").as_string(), "access-1");
    EXPECT_NE(devices_page().find(">ON<"), std::string::npos);
    send("interface=Alexa.BrightnessController&directive=SetBrightness&value=40");
    EXPECT_EQ(last_directive().at_pointer("/payload/brightness").as_int64(), 40);
    send("interface=Alexa&directive=ReportState");
    EXPECT_EQ(last_directive().at_pointer("/header/name").as_string(), "ReportState");
}

TEST_F(Home, can_be_driven_through_the_api) {
    must_link();
    const auto base = "/v1/skills/" + skill;
    EXPECT_EQ(house.rest(net::Method::post, base + "/devices/discover").status, 200);
    const auto sent = house.rest(net::Method::post, base + "/directives",
                                 R"({"endpointId":"lamp-1","namespace":"Alexa.PowerController","name":"TurnOn"})");
    EXPECT_EQ(json::parse(sent.body).at("status").as_int64(), 200) << sent.body;
    const auto devices = json::parse(house.rest(net::Method::get, base + "/devices").body);
    EXPECT_EQ(devices.at_pointer("/devices/0/endpoint/endpointId").as_string(), "lamp-1");
    EXPECT_EQ(devices.at_pointer("/devices/0/properties/0/value").as_string(), "ON");
    EXPECT_EQ(house.rest(net::Method::post, base + "/directives", R"({"endpointId":"lamp-1"})").status, 400);
    EXPECT_EQ(house.rest(net::Method::get, base + "/devices?account=nobody").body, R"({"devices":[]})");
}

TEST_F(Home, what_is_no_directive_or_no_value_is_not_sent) {
    must_link();
    discover();
    const auto before = partner.requests_at("/home").size();
    EXPECT_EQ(send("interface=Alexa.PowerController&directive=Explode").status, 400);
    EXPECT_EQ(send("interface=Alexa.BrightnessController&directive=SetBrightness&value=101").status, 400);
    EXPECT_EQ(send("interface=Alexa.BrightnessController&directive=SetBrightness&value=nan").status, 400);
    EXPECT_EQ(
        post("/skills/" + skill + "/devices/send", "endpointId=none&interface=Alexa.PowerController&directive=TurnOn")
            .status,
        404);
    EXPECT_EQ(partner.requests_at("/home").size(), before);
}

TEST_F(Home, an_error_is_shown_and_what_it_does_to_the_link) {
    must_link();
    discover();
    refuses = "EXPIRED_AUTHORIZATION_CREDENTIAL";
    const auto answer = send("interface=Alexa.PowerController&directive=TurnOn");
    EXPECT_NE(answer.headers.find("Location")->find("failed"), std::string::npos);
    const auto page = get("/skills/" + skill + "/devices?failed=true").body;
    EXPECT_NE(page.find("EXPIRED_AUTHORIZATION_CREDENTIAL"), std::string::npos);
    EXPECT_NE(page.find("link again"), std::string::npos);
}

TEST_F(Home, devices_that_the_platform_would_refuse_are_not_taken) {
    must_link();
    endpoint.erase("displayCategories");
    endpoint["friendlyName"] = "Another lamp";
    discover();
    EXPECT_NE(get("/skills/" + skill + "/devices?failed=true").body.find("displayCategories is empty"),
              std::string::npos);
    EXPECT_EQ(devices_page().find("Another lamp"), std::string::npos);
}

/// The parts themselves, beside the assistant's pages.
class HomeParts : public Home {
protected:
    const Assistant::Parts parts{*house.db, house.sealer, house.random, house.clock, house.client};
    const Identity identity = load_identity(parts);
    Journey journey{parts, identity, "http://127.0.0.1:1"};
    Delivery delivery{parts, identity, "http://127.0.0.1:1/chain.pem"};
    SmartHome home{parts, delivery, journey};

    void report(const json::object& event) { run(home.take_event(event, skill, "main")); }
    static json::object change(json::value brightness) {
        const json::object header{
            {"namespace", "Alexa"}, {"name", "ChangeReport"}, {"payloadVersion", "3"}, {"messageId", "m"}};
        const json::array properties{property("Alexa.BrightnessController", "brightness", std::move(brightness))};
        const json::object payload{{"change", {{"cause", {{"type", "APP_INTERACTION"}}}, {"properties", properties}}}};
        return {{"event", {{"header", header}, {"endpoint", {{"endpointId", "lamp-1"}}}, {"payload", payload}}}};
    }
};

TEST_F(HomeParts, a_grant_is_handed_over_and_a_refusal_is_told) {
    must_link();
    EXPECT_FALSE(run(home.accept_grant(skill, "main", "the-code")));
    EXPECT_EQ(last_directive().at_pointer("/payload/grant/code").as_string(), "the-code");
    EXPECT_EQ(last_directive().at_pointer("/payload/grantee/token").as_string(), "access-1");
    EXPECT_EQ(house.rest(net::Method::get, "/v1/skills/" + skill + "/exchanges").body.find("the-code"),
              std::string::npos);
    refuses = "ACCEPT_GRANT_FAILED";
    const auto problem = run(home.accept_grant(skill, "main", "the-code"));
    ASSERT_TRUE(problem);
    EXPECT_NE(problem->find("ACCEPT_GRANT_FAILED"), std::string::npos);
}

TEST_F(HomeParts, what_skills_report_by_themselves_changes_the_devices) {
    must_link();
    discover();
    report(change(73));
    EXPECT_NE(devices_page().find(">73<"), std::string::npos);
    auto second = lamp();
    second["endpointId"] = "lamp-2";
    second["friendlyName"] = "Hall lamp";
    const auto about = [&](const char* name) {
        const json::object header{
            {"namespace", "Alexa.Discovery"}, {"name", name}, {"payloadVersion", "3"}, {"messageId", "m"}};
        return json::object{{"event", {{"header", header}, {"payload", {{"endpoints", json::array{second}}}}}}};
    };
    report(about("AddOrUpdateReport"));
    EXPECT_NE(devices_page().find("Hall lamp"), std::string::npos);
    report(about("DeleteReport"));
    EXPECT_EQ(devices_page().find("Hall lamp"), std::string::npos);
}

TEST_F(HomeParts, a_report_that_is_wrong_changes_nothing_and_is_in_the_log) {
    must_link();
    discover();
    report(change(730));
    report({});
    report(json::parse(R"({"event":{"header":{"namespace":"Alexa"},"payload":7}})").as_object());
    EXPECT_EQ(devices_page().find(">730<"), std::string::npos);
    EXPECT_NE(get("/skills/" + skill + "/log").body.find("ChangeReport"), std::string::npos);
}

TEST(SmartHomeMessages, what_an_answer_must_be) {
    const DirectiveHead head{"id", "correlation", "token"};
    const auto asked = endpoint_directive(head, lamp(), "Alexa.PowerController", "TurnOn", "", {});
    const auto problem = [&](const char* header, const char* rest) {
        const auto body = std::string(R"({"event":{"header":)") + header + R"(,"payload":{}})" + rest + "}";
        return read_smart_home_answer(body, asked).problem;
    };
    constexpr auto good =
        R"({"namespace":"Alexa","name":"Response","payloadVersion":"3","messageId":"m","correlationToken":"correlation"})";
    EXPECT_EQ(problem(good, ""), "");
    EXPECT_NE(problem(R"({"namespace":"Alexa","name":"Response","payloadVersion":"2","messageId":"m"})", ""), "");
    EXPECT_EQ(problem(R"({"namespace":"Alexa","name":"Response","payloadVersion":"3","messageId":"m"})", ""),
              "it does not echo the correlationToken");
    EXPECT_NE(problem(good, R"(,"context":{"properties":[{"namespace":"Alexa.PowerController","name":"powerState"}]})"),
              "");
    EXPECT_NE(problem(good, R"(,"context":{"properties":[{"namespace":"Alexa.PowerController","name":"powerState",
        "value":"YES","timeOfSample":"2026-11-25T10:30:00Z","uncertaintyInMilliseconds":0}]})"),
              "");
    EXPECT_NE(read_smart_home_answer("<html>", asked).problem, "");
}

TEST(SmartHomeControls, make_payloads_of_what_is_typed) {
    const auto payload = [](std::string_view interface, std::string_view directive, const std::string& typed) {
        const auto made = payload_of(*find_control(interface, directive), typed);
        return made ? json::serialize(*made) : "-";
    };
    EXPECT_EQ(payload("Alexa.PowerController", "TurnOn", ""), "{}");
    EXPECT_EQ(payload("Alexa.BrightnessController", "SetBrightness", "40"), R"({"brightness":40})");
    EXPECT_EQ(payload("Alexa.ThermostatController", "SetTargetTemperature", "21.5"),
              R"({"targetSetpoint":{"value":2.15E1,"scale":"CELSIUS"}})");
    EXPECT_EQ(payload("Alexa.ColorController", "SetColor", "#00ff00"),
              R"({"color":{"hue":120,"saturation":1E0,"brightness":1E0}})");
    EXPECT_EQ(payload("Alexa.ColorController", "SetColor", "green"), "-");
    EXPECT_EQ(payload("Alexa.Speaker", "SetMute", "true"), R"({"mute":true})");
    EXPECT_EQ(find_control("Alexa.PowerController", "SetBrightness"), nullptr);
}

}  // namespace
}  // namespace symbolon::voice
