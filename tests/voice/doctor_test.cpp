#include "doctor/person/browser_person.hpp"
#include "linking_fixture.hpp"
#include "net/test_server.hpp"

#include <gtest/gtest.h>

namespace symbolon::voice::test {
namespace {

/// A skill whose authorization server answers, but has no page to sign in.
class DoctorPage : public LinkingFixture {
protected:
    DoctorPage() { configure({{"authorizationUrl", partner.token_url()}}); }

    std::string page() { return get("/skills/" + skill + "/doctor").body; }
    /// Waits for the examination's end.
    std::string finished_page() {
        std::string text = page();
        while (text.find("Examining:") != std::string::npos) text = page();
        return text;
    }
};

TEST_F(DoctorPage, says_which_redirect_uri_to_register) {
    EXPECT_NE(page().find("/doctor/callback"), std::string::npos);
}

TEST_F(DoctorPage, examines_the_server_of_the_skill_and_shows_what_was_found) {
    const auto begun = post("/skills/" + skill + "/doctor", "platform=alexa&vendor_id=M1");
    EXPECT_EQ(begun.status, 303) << begun.body;
    const auto text = finished_page();
    EXPECT_NE(text.find("Unfit"), std::string::npos) << text;
    EXPECT_NE(text.find("AL-TLS-001"), std::string::npos);
    EXPECT_EQ(text.find(secret), std::string::npos);
    const auto report = get("/skills/" + skill + "/doctor/report");
    EXPECT_EQ(report.status, 200);
    EXPECT_NE(report.body.find("AL-TLS-001"), std::string::npos);
    EXPECT_EQ(report.body.find(secret), std::string::npos);
    EXPECT_NE(report.headers.find("Content-Security-Policy").value_or("").find("default-src 'none'"),
              std::string_view::npos);
}

TEST_F(DoctorPage, does_not_begin_for_a_form_of_another_page) {
    net::Headers headers;
    headers.add("Cookie", "assistant-browser=" + cookie);
    const auto answer =
        send(*assistant, net::Method::post, "/skills/" + skill + "/doctor", "_csrf=wrong&platform=alexa", headers);
    EXPECT_EQ(answer.status, 403);
}

TEST_F(DoctorPage, of_no_skill_is_not_found) {
    EXPECT_EQ(get("/skills/amzn1.ask.skill.none/doctor").status, 404);
    EXPECT_EQ(get("/skills/" + skill + "/doctor/report").status, 404);
}

}  // namespace
}  // namespace symbolon::voice::test
