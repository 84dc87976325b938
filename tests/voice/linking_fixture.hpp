#pragma once

#include "house.hpp"
#include "partner.hpp"
#include "voice/linking/link_log.hpp"
#include "voice/store.hpp"

#include <gtest/gtest.h>
#include <boost/json/object.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace symbolon::voice::test {

/// A skill whose accounts are linked with the partner's token endpoint, and the browser of one person.
class LinkingFixture : public testing::Test {
protected:
    static constexpr std::string_view secret = "the+client/secret";

    LinkingFixture();

    /// Configures account linking anew: the tutorial's, with members laid over.
    void configure(const boost::json::object& changes = {});
    net::Response get(const std::string& target);
    /// POSTs a form of the assistant's pages, with the browser's token.
    net::Response post(const std::string& target, std::string form);

    /// Chooses how the assistant behaves towards the skill.
    void behave(std::string_view knob, std::string_view choice);
    /// The link's log, the latest first.
    std::vector<LinkLogLine> log();
    /// Whether a line of it says so.
    bool log_tells(std::string_view text);

    /// Follows the card's link to the authorization server.
    std::string begin();
    /// As begin(); the state that was sent.
    std::string begin_state();
    /// The authorization server sends the browser back.
    net::Response come_back(const std::string& query);
    /// The whole journey, with whatever the token endpoint answers.
    net::Response link();
    /// Fails the test unless the journey ends with a link.
    void must_link();

    /// Says something to the skill; the user that the skill was told of.
    boost::json::object say();
    /// As say(); the access token, "" when there was none.
    std::string spoken_token();
    std::optional<Enablement> stored();
    net::Response app_page() { return get("/app/skills/" + skill); }

    House house;
    Partner partner;
    Assistant* assistant = &house.assistant;  ///< whom the browser asks
    std::string skill;
    std::string cookie;
};

/// A parameter of a URL's query; "" when absent.
std::string parameter_of(const std::string& url, std::string_view name);

}  // namespace symbolon::voice::test
