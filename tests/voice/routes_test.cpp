// Attack row 38: every route of the assistant, without what it asks for.
#include "linking_fixture.hpp"

#include "voice/clock/lab_clock.hpp"
#include "voice/lab/lab.hpp"
#include "voice/linking/journey.hpp"
#include "voice/platforms/platform.hpp"
#include "voice/platforms/platform_doors.hpp"
#include "voice/rest/rest.hpp"
#include "voice/screens/screens.hpp"
#include "voice/talk/conversation.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace symbolon::voice {
namespace {

struct Route {
    net::Method method;
    std::string target;
};

/// A header field of a browser that tells where a form comes from.
struct Said {
    std::string name, value;
};

/// The assistant's own tables, with names put into the patterns.
class Routes : public test::LinkingFixture {
protected:
    static std::string fill(std::string pattern, std::string_view name, const std::string& value) {
        if (const auto at = pattern.find(name); at != std::string::npos) pattern.replace(at, name.size(), value);
        return pattern;
    }
    std::vector<Route> read(const net::Router& router) const {
        std::vector<Route> out;
        for (const auto& line : router.list()) {
            const auto space = line.find(' ');
            auto target = fill(line.substr(space + 1), "{skillId}", skill);
            target = fill(fill(target, "{stage}", "development"), "{locale}", "en-US");
            target = fill(fill(fill(target, "{number}", "1"), "{account}", "main"), "{simulationId}", "none");
            EXPECT_EQ(target.find('{'), std::string::npos) << target;
            out.push_back({net::to_method(line.substr(0, space)), std::move(target)});
        }
        return out;
    }
    /// Where servers send the browser back to: the state proves these, not the form's token.
    bool is_redirect(const std::string& target) const {
        return std::ranges::any_of(platforms(), [&](const Platform& platform) {
            return redirect_path(platform, identity.vendor_id) == target;
        });
    }
    std::vector<Route> rest_routes() {
        Rest rest(parts, identity, {journey, conversation, home}, "http://127.0.0.1:1");
        net::Router router;
        rest.add_routes(router);
        return read(router);
    }
    std::vector<Route> page_routes() {
        Screens screens(parts, identity, {journey, conversation, home, events, lab}, "http://127.0.0.1:1", {});
        net::Router router;
        screens.add_routes(router);
        return read(router);
    }

    const Assistant::Parts parts{*house.db, house.sealer, house.random, house.clock, house.client};
    const Identity identity = load_identity(parts);
    Journey journey{parts, identity, "http://127.0.0.1:1"};
    LabClock lab_clock{house.clock};
    PlatformDoors doors{parts, identity, journey, "http://127.0.0.1:1"};
    Lab lab{parts, identity, lab_clock, doors.streamlined(), "http://127.0.0.1:1"};
    Delivery delivery{parts, identity, "http://127.0.0.1:1/chain.pem"};
    SkillEvents events{parts, delivery, "http://127.0.0.1:1"};
    SmartHome home{parts, delivery, journey};
    Conversation conversation{parts, {delivery, journey, events}, "http://127.0.0.1:1"};
};

TEST_F(Routes, of_the_api_want_the_bearer_token_in_its_header) {
    const auto routes = rest_routes();
    EXPECT_GE(routes.size(), 31U);
    const auto token = house.assistant.access_token();
    const std::vector<std::string> credentials{"",
                                               "Bearer ",
                                               "Bearer another",
                                               "Basic " + token,
                                               token,
                                               "Bearer " + token.substr(0, token.size() - 1),
                                               "Bearer " + token + "x"};
    for (const auto& [method, target] : routes) {
        for (const auto& credential : credentials) {
            net::Headers headers;
            if (!credential.empty()) headers.add("Authorization", credential);
            const auto answer = test::send(house.assistant, method, target + "?access_token=" + token,
                                           "access_token=" + token, headers);
            EXPECT_EQ(answer.status, 401) << net::to_text(method) << " " << target << " with '" << credential << "'";
            EXPECT_EQ(answer.body.find(skill), std::string::npos);
        }
    }
    EXPECT_EQ(house.rest(net::Method::get, "/v1/skills").body.find(skill) == std::string::npos, false)
        << "and nothing was deleted";
}

TEST_F(Routes, of_the_api_have_no_second_spelling) {
    for (const auto& [method, target] : rest_routes()) {
        auto encoded = target;
        encoded.replace(4, 1, fmt::format("%{:02x}", static_cast<unsigned>(encoded[4])));
        for (const auto& other :
             {encoded, "/" + target, target + "/", "/x/.." + target, target + "%00", target + "%2f"}) {
            const auto answer = test::send(house.assistant, method, other, "{}", {});
            EXPECT_TRUE(answer.status == 404 || answer.status == 401 || answer.status == 405)
                << net::to_text(method) << " " << other << ": " << answer.status;
        }
    }
}

TEST_F(Routes, of_the_pages_take_no_form_without_the_token_of_its_browser) {
    must_link();
    get("/");
    int forms = 0;
    for (const auto& [method, target] : page_routes()) {
        if (method != net::Method::post || is_redirect(target)) continue;
        ++forms;
        const auto refused = [&](const std::string& body, const std::string& jar, const Said& said) {
            net::Headers headers;
            if (!jar.empty()) headers.add("Cookie", "assistant-browser=" + jar);
            if (!said.name.empty()) headers.add(said.name, said.value);
            const auto answer = test::send(house.assistant, net::Method::post, target, body, std::move(headers));
            EXPECT_EQ(answer.status, 403) << target << " " << body << " " << jar << " " << said.value;
        };
        const std::string everything = "remove=true&unlink=true&utterance=open";
        refused(everything, cookie, {});
        refused(everything + "&_csrf=", cookie, {});
        refused(everything + "&_csrf=11111111-1111-4111-8111-111111111111", cookie, {});
        refused(everything + "&_csrf=" + cookie, "", {});
        // Another server on this machine gets the same cookies, so it knows the token.
        for (const Said& elsewhere :
             {Said{"Sec-Fetch-Site", "cross-site"}, Said{"Sec-Fetch-Site", "same-site"},
              Said{"Origin", "http://127.0.0.1:2"}, Said{"Origin", "null"}, Said{"Origin", "https://evil.example"}}) {
            refused(everything + "&_csrf=" + cookie, cookie, elsewhere);
        }
    }
    EXPECT_EQ(forms, 15);
    EXPECT_EQ(stored()->status, LinkStatus::linked);
    EXPECT_TRUE(partner.skill_requests().empty());
}

TEST_F(Routes, of_the_pages_take_the_forms_of_their_own_origin) {
    must_link();
    get("/");
    for (const Said& said : {Said{"Origin", "http://127.0.0.1:1"}, Said{"Sec-Fetch-Site", "same-origin"}}) {
        net::Headers headers;
        headers.add("Cookie", "assistant-browser=" + cookie);
        headers.add(said.name, said.value);
        const auto answer = test::send(house.assistant, net::Method::post, "/app/skills/" + skill + "/unlink",
                                       "unlink=true&_csrf=" + cookie, std::move(headers));
        EXPECT_EQ(answer.status, 303) << said.name;
    }
}

TEST_F(Routes, of_the_redirect_urls_do_nothing_without_a_state) {
    for (const auto& [method, target] : page_routes()) {
        if (!is_redirect(target)) continue;
        const auto answer =
            test::send(house.assistant, method, target + "?code=c&access_token=t", "access_token=t", {});
        EXPECT_EQ(answer.status, 400) << target;
    }
    EXPECT_FALSE(stored());
    EXPECT_TRUE(partner.token_requests().empty());
}

}  // namespace
}  // namespace symbolon::voice
