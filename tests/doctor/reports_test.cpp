#include "doctor/report/report.hpp"
#include "world.hpp"

#include <gtest/gtest.h>
#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>

#include <fstream>
#include <iterator>

namespace symbolon::doctor::test {
namespace {

bool has(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

std::vector<std::string> all_reports(const Report& report) {
    return {to_terminal(report, false), to_json(report), to_junit(report), to_html(report)};
}

/// Every secret that passes through a world is told to the transport of this one, and looked for in the reports.
class Listening final : public Http {
public:
    explicit Listening(World& world) : world_(world) {}

    HttpAnswer send(const HttpRequest& request) override {
        auto answer = world_.send(request);
        boost::json::error_code problem;
        const auto body = boost::json::parse(answer.body, problem);
        for (const auto* name : {"access_token", "refresh_token"}) {
            const auto* token = !problem && body.is_object() ? body.get_object().if_contains(name) : nullptr;
            if (token != nullptr && token->is_string() && token->get_string().size() > 20)
                secrets.emplace_back(token->get_string());
        }
        const auto location = answer.headers.find("Location").value_or("");
        const auto url = parse_url(location);
        const auto code = url ? parameters_of(url->query).get("code") : "";
        if (!code.empty()) secrets.push_back(code);
        return answer;
    }

    std::vector<std::string> secrets;

private:
    World& world_;
};

class Reports : public testing::TestWithParam<const char*> {};

TEST_P(Reports, hold_no_secret) {
    World world{GetParam()};
    Listening listening(world);
    const auto subject = world.subject();
    Owner owner(world);
    const auto report = doctor::examine({subject, listening, world, &owner, world.clock, world.random,
                                         [&](std::chrono::seconds time) { world.clock.advance(time); }});
    ASSERT_GT(listening.secrets.size(), 10u);
    listening.secrets.emplace_back(subject.client.secret.reveal());
    listening.secrets.emplace_back("Right-1");
    for (const auto& text : all_reports(report)) {
        for (const auto& secret : listening.secrets) EXPECT_FALSE(has(text, secret.substr(0, 12))) << secret;
    }
}

INSTANTIATE_TEST_SUITE_P(Faults, Reports,
                         testing::Values("", "AL-TOK-007", "AL-TOK-009", "AL-AUZ-010", "AL-TOK-018", "AL-REF-002",
                                         "AL-TOK-017", "AL-AUZ-013"),
                         [](const auto& parameter) {
                             std::string name = parameter.param;
                             std::erase(name, '-');
                             return name.empty() ? std::string("healthy") : name;
                         });

TEST(TerminalReport, begins_with_what_is_worst) {
    World world{"AL-TOK-012"};
    const auto text = to_terminal(examine(world, world.subject()), false);
    const auto error = text.find("AL-TOK-012"), right = text.find("AL-TLS-001");
    ASSERT_NE(error, std::string::npos);
    EXPECT_LT(error, right);
    EXPECT_TRUE(has(text, "Allow the refresh_token grant")) << text;
    EXPECT_TRUE(has(text, "Unfit: 1 error, 0 warnings")) << text;
    EXPECT_FALSE(has(text, "\x1b["));
}

TEST(TerminalReport, has_colours_where_they_are_asked_for) {
    World world{"AL-TOK-012"};
    EXPECT_TRUE(has(to_terminal(examine(world, world.subject()), true), "\x1b[1;31merror"));
}

TEST(JsonReport, tells_outcome_and_severity_by_platform) {
    World world{"AL-TOK-010"};
    const auto report = boost::json::parse(to_json(examine(world, world.subject())));
    EXPECT_FALSE(report.at("fit").as_bool());
    EXPECT_EQ(report.at("counts").at("errors").to_number<int>(), 1);
    for (const auto& finding : report.at("findings").as_array()) {
        if (finding.at("id").as_string() != "AL-TOK-010") continue;
        EXPECT_EQ(finding.at("outcome").as_string(), "failed");
        EXPECT_EQ(finding.at("platforms").at("alexa").as_string(), "warning");
        EXPECT_EQ(finding.at("platforms").at("google").as_string(), "error");
        return;
    }
    FAIL() << "the finding is missing";
}

TEST(JunitReport, counts_errors_and_warnings_as_failures) {
    World world{"AL-TOK-020"};
    const auto text = to_junit(examine(world, world.subject()));
    EXPECT_TRUE(has(text, "failures=\"1\"")) << text;
    EXPECT_TRUE(has(text, "name=\"AL-TOK-020 "));
    EXPECT_TRUE(has(text, "<failure type=\"warning\""));
}

TEST(HtmlReport, needs_nothing_else_and_escapes_what_servers_say) {
    Report report;
    report.authorization_url = "https://id.example/<script>";
    report.platforms = {Platform::alexa};
    report.reached = true;
    report.findings.push_back(
        {&catalogue().front(), failed("<img src=x>", {"\"><script>alert(1)</script>"}), Severity::error});
    const auto text = to_html(report);
    EXPECT_FALSE(has(text, "<img"));
    EXPECT_FALSE(has(text, "<script"));
    EXPECT_FALSE(has(text, "href=") || has(text, "url("));
    EXPECT_TRUE(has(text, "&lt;img src=x&gt;"));
}

TEST(Report, weighs_a_finding_for_the_chosen_platforms) {
    World world{"AL-TOK-010"};
    auto subject = world.subject();
    subject.platforms = {Platform::alexa};
    const auto report = examine(world, subject);
    EXPECT_TRUE(report.fit());
    EXPECT_EQ(report.count(Severity::warning), 1u);
    for (const auto& finding : report.findings) {
        EXPECT_NE(finding.check->severities.of(Platform::alexa, Grade::severe), Severity::none) << finding.check->id;
    }
}

TEST(Report, of_a_server_that_does_not_answer_says_that_nothing_was_examined) {
    World world{"nobody listens"};
    const auto report = examine(world, world.subject());
    EXPECT_FALSE(report.examined());
    EXPECT_TRUE(has(to_terminal(report, false), "Could not be examined"));
}

TEST(Documentation, has_the_table_of_checks_as_the_code_has_it) {
    std::ifstream in(std::string(SYMBOLON_SOURCE) + "/docs/doctor.md");
    const std::string text{std::istreambuf_iterator<char>(in), {}};
    EXPECT_TRUE(has(text, to_markdown_table())) << "docs/doctor.md must contain:\n" << to_markdown_table();
}

}  // namespace
}  // namespace symbolon::doctor::test
