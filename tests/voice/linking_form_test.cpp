// The account-linking form of a skill's page, when something in it cannot be saved.
#include "linking_fixture.hpp"

#include "net/form.hpp"

#include <utility>
#include <vector>

namespace symbolon::voice {
namespace {

using Fields = std::vector<std::pair<std::string, std::string>>;

class LinkingFormPage : public test::LinkingFixture {
protected:
    net::Response save(const Fields& changes) {
        net::Form form;
        form.add("type", "AUTH_CODE");
        form.add("authorizationUrl", "https://id.example/authorize");
        form.add("accessTokenUrl", "https://id.example/token");
        form.add("clientId", "changed-client");
        form.add("scopes", "openid");
        for (const auto& [name, value] : changes) form.set(name, value);
        return post("/skills/" + skill + "/accountLinking", form.encode());
    }
    /// The element with that id, from '<' to its '>'.
    static std::string element(const std::string& page, const std::string& id) {
        const auto at = page.find(" id=\"" + id + "\"");
        if (at == std::string::npos) return {};
        const auto begin = page.rfind('<', at);
        return page.substr(begin, page.find('>', at) - begin + 1);
    }
    std::string saved_client() {
        return get("/skills/" + skill).body.find("changed-client") == std::string::npos ? "the-client"
                                                                                        : "changed-client";
    }
};

struct Case {
    const char* field;
    std::string value;
    const char* problem;  ///< id of the sentence
    const char* text;
};

TEST_F(LinkingFormPage, says_at_each_field_what_is_wrong_with_it) {
    std::string many;
    for (int i = 0; i < 16; ++i) many += "entry" + std::to_string(i) + " ";
    const std::vector<Case> cases{
        {"authorizationUrl", "javascript:alert(1)", "authorizationUrl-problem", "Must be an http or https URL"},
        {"accessTokenUrl", "", "accessTokenUrl-problem", "Must be an http or https URL"},
        {"clientId", "", "clientId-problem", "Must have 1 to 255 characters."},
        {"scopes", many, "scopes-problem", "May have at most 15 entries."},
        {"domains", many, "domains-problem", "May have at most 15 entries."},
        {"defaultTokenExpirationInSeconds", "an hour", "expiration-problem", "Must be a whole number of seconds."},
        {"defaultTokenExpirationInSeconds", "-1", "expiration-problem", "Must not be negative."}};
    for (const auto& wrong : cases) {
        const auto answer = save({{wrong.field, wrong.value}});
        EXPECT_EQ(answer.status, 400) << wrong.field;
        const auto field = element(answer.body, wrong.field);
        EXPECT_NE(field.find("aria-invalid=\"true\""), std::string::npos) << field;
        EXPECT_NE(field.find(std::string("aria-describedby=\"") + wrong.problem), std::string::npos) << field;
        const auto sentence = answer.body.find(std::string(" id=\"") + wrong.problem + "\"");
        ASSERT_NE(sentence, std::string::npos) << wrong.field;
        EXPECT_NE(answer.body.find(wrong.text, sentence), std::string::npos) << wrong.field;
        EXPECT_NE(answer.body.find("role=\"alert\""), std::string::npos) << "and it is announced";
    }
    EXPECT_EQ(saved_client(), "the-client");
}

TEST_F(LinkingFormPage, shows_every_problem_at_once_and_what_was_typed) {
    const auto answer = save({{"authorizationUrl", "nowhere"}, {"defaultTokenExpirationInSeconds", "soon"}});
    for (const char* field : {"authorizationUrl", "defaultTokenExpirationInSeconds"}) {
        EXPECT_NE(element(answer.body, field).find("aria-invalid"), std::string::npos) << field;
    }
    EXPECT_EQ(element(answer.body, "clientId").find("aria-invalid"), std::string::npos);
    for (const char* typed : {"value=\"nowhere\"", "value=\"soon\"", "value=\"changed-client\""}) {
        EXPECT_NE(answer.body.find(typed), std::string::npos) << typed;
    }
}

TEST_F(LinkingFormPage, refused_is_not_shown_as_if_it_were_stored) {
    post("/skills/" + skill + "/accountLinking", "remove=true");
    const auto answer = save({{"clientSecret", "typed-secret"}, {"clientId", ""}});
    EXPECT_EQ(answer.status, 400);
    EXPECT_EQ(answer.body.find("typed-secret"), std::string::npos);
    EXPECT_EQ(answer.body.find("placeholder=\"Stored\""), std::string::npos);
    EXPECT_EQ(answer.body.find("Remove account linking"), std::string::npos);
}

TEST_F(LinkingFormPage, in_order_is_saved_and_describes_no_problem) {
    EXPECT_EQ(save({{"defaultTokenExpirationInSeconds", "3600"}}).status, 303);
    EXPECT_EQ(saved_client(), "changed-client");
    const auto page = get("/skills/" + skill);
    EXPECT_EQ(page.body.find("-problem"), std::string::npos);
    EXPECT_EQ(page.body.find("aria-invalid"), std::string::npos);
}

}  // namespace
}  // namespace symbolon::voice
