#include "linking_fixture.hpp"

#include "base/run.hpp"
#include "voice/faults/behaviours.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <utility>

namespace symbolon::voice::test {

namespace json = boost::json;

LinkingFixture::LinkingFixture() {
    partner.answer(tokens("access-1", "refresh-1"));
    const json::object endpoint{{"uri", partner.skill_url()}};
    const json::object manifest{{"apis", {{"custom", {{"endpoint", endpoint}}}}}};
    const auto made =
        house.rest(net::Method::post, "/v1/skills", json::serialize(json::object{{"manifest", manifest}}));
    skill = json::parse(made.body).at("skillId").as_string();
    configure();
}

void LinkingFixture::configure(const json::object& changes) {
    json::object request{{"type", "AUTH_CODE"},
                         {"authorizationUrl", "https://id.example/authorize"},
                         {"accessTokenUrl", partner.token_url()},
                         {"clientId", "the-client"},
                         {"clientSecret", secret},
                         {"scopes", {"openid", "phone"}}};
    for (const auto& [name, value] : changes) request[name] = value;
    const auto target = "/v1/skills/" + skill + "/stages/development/accountLinkingClient";
    const auto answer =
        house.rest(net::Method::put, target, json::serialize(json::object{{"accountLinkingRequest", request}}));
    EXPECT_EQ(answer.status, 204) << answer.body;
}

net::Response LinkingFixture::get(const std::string& target) {
    net::Headers headers;
    if (!cookie.empty()) headers.add("Cookie", "assistant-browser=" + cookie);
    auto response = send(*assistant, net::Method::get, target, {}, std::move(headers));
    const std::string_view set = response.headers.find("Set-Cookie").value_or("");
    if (const auto at = set.find("assistant-browser="); at != std::string_view::npos) {
        const auto value = set.substr(at + std::string_view("assistant-browser=").size());
        cookie = value.substr(0, value.find(';'));
    }
    return response;
}

net::Response LinkingFixture::post(const std::string& target, std::string form) {
    if (cookie.empty()) get("/");
    net::Headers headers;
    headers.add("Cookie", "assistant-browser=" + cookie);
    return send(*assistant, net::Method::post, target, "_csrf=" + cookie + "&" + std::move(form), std::move(headers));
}

void LinkingFixture::behave(std::string_view knob, std::string_view choice) {
    run(house.db->write([&](db::Transaction& tx) {
        Behaviours behaviours(tx);
        auto behaviour = behaviours.find(skill);
        behaviour.choose(knob, choice);
        behaviours.save(skill, behaviour);
    }));
}

std::vector<LinkLogLine> LinkingFixture::log() {
    return run(house.db->read([&](db::Transaction& tx) { return LinkLog(tx).list(skill, first_account); }));
}

bool LinkingFixture::log_tells(std::string_view text) {
    for (const auto& line : log()) {
        if (line.event.find(text) != std::string::npos || line.detail.find(text) != std::string::npos) return true;
    }
    return false;
}

std::string LinkingFixture::begin() {
    const auto response = get("/app/skills/" + skill + "/link");
    EXPECT_EQ(response.status, 302) << response.body;
    return std::string(response.headers.find("Location").value_or(""));
}

std::string LinkingFixture::begin_state() {
    return parameter_of(begin(), "state");
}

net::Response LinkingFixture::come_back(const std::string& query) {
    return get("/api/skill/link/" + assistant->vendor_id() + "?" + query);
}

net::Response LinkingFixture::link() {
    return come_back("code=the-code&state=" + begin_state());
}

void LinkingFixture::must_link() {
    const auto page = link();
    ASSERT_EQ(page.status, 200) << page.body;
    ASSERT_NE(page.body.find("has been successfully linked"), std::string::npos);
}

json::object LinkingFixture::say() {
    const auto before = partner.skill_requests().size();
    EXPECT_EQ(post("/app/skills/" + skill + "/ask", "utterance=open").status, 303);
    const auto requests = partner.skill_requests();
    EXPECT_EQ(requests.size(), before + 1) << "the skill was not asked";
    if (requests.empty()) return {};
    return json::value(requests.back()).at_pointer("/context/System/user").as_object();
}

std::string LinkingFixture::spoken_token() {
    const auto user = say();
    const auto* token = user.if_contains("accessToken");
    return token != nullptr ? std::string(token->as_string()) : std::string{};
}

std::optional<Enablement> LinkingFixture::stored() {
    const auto find = [&](db::Transaction& tx) { return Store(tx, house.sealer).find_enablement(skill); };
    return run(house.db->read(find));
}

std::string parameter_of(const std::string& url, std::string_view name) {
    const auto mark = url.find('?');
    return mark == std::string::npos ? std::string{}
                                     : net::Form::parse(std::string_view(url).substr(mark + 1)).get(name);
}

}  // namespace symbolon::voice::test
