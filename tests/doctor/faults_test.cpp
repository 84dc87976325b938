#include "world.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace symbolon::doctor::test {
namespace {

std::vector<std::string> failed_ids(const Report& report) {
    std::vector<std::string> out;
    for (const auto& finding : report.findings) {
        if (finding.outcome.kind == Outcome::Kind::failed)
            out.push_back(std::string(finding.check->id) + ": " + finding.outcome.summary);
    }
    return out;
}

TEST(Doctor, finds_nothing_in_a_healthy_world_and_leaves_nothing_out) {
    World world;
    const auto report = examine(world, world.subject());
    EXPECT_EQ(report.findings.size(), catalogue().size());
    for (const auto& finding : report.findings) {
        EXPECT_EQ(finding.outcome.kind, Outcome::Kind::passed) << finding.check->id << ": " << finding.outcome.summary;
    }
    EXPECT_TRUE(report.examined());
    EXPECT_TRUE(report.fit());
}

/// Servers that are as they should be, in ways that a hasty check takes for faults.
class Healthy : public testing::TestWithParam<const char*> {};

TEST_P(Healthy, is_not_found_ill) {
    World world{GetParam()};
    EXPECT_EQ(failed_ids(examine(world, world.subject())), std::vector<std::string>{});
}

INSTANTIATE_TEST_SUITE_P(Worlds, Healthy,
                         testing::Values("codes of a minute", "a captcha in the form", "a policy that has moved"),
                         [](const auto& parameter) {
                             std::string name = parameter.param;
                             std::replace(name.begin(), name.end(), ' ', '_');
                             return name;
                         });

/// The one fault that is found in this world.
std::string only_fault(World& world, Report& report) {
    report = examine(world, world.subject());
    const auto found = failed_ids(report);
    EXPECT_EQ(found.size(), 1u) << testing::PrintToString(found);
    return found.empty() ? "" : found.front().substr(0, found.front().find(':'));
}

TEST(Doctor, tells_of_a_wall_that_keeps_everybody_out_once) {
    World world{"AL-NET-003!"};
    Report report;
    EXPECT_EQ(only_fault(world, report), "AL-NET-003");
}

TEST(Doctor, wants_an_answer_that_alexa_understands_during_an_outage) {
    World world{"AL-SKL-006!"};
    Report report;
    EXPECT_EQ(only_fault(world, report), "AL-SKL-006");
}

TEST(Doctor, finds_a_server_unfit_whose_certificate_keeps_clients_out) {
    World world{"a chain that clients refuse"};
    Report report;
    EXPECT_EQ(only_fault(world, report), "AL-TLS-003");
    EXPECT_TRUE(report.examined());
    EXPECT_FALSE(report.fit());
}

TEST(Doctor, finds_a_server_unfit_that_speaks_no_tls) {
    World world{"no TLS"};
    Report report;
    EXPECT_EQ(only_fault(world, report), "AL-TLS-006");
    EXPECT_TRUE(report.examined());
    EXPECT_FALSE(report.fit());
}

TEST(Doctor, tells_of_a_token_endpoint_that_does_not_answer_once_and_soon_lets_it_be) {
    World world{"a silent token endpoint"};
    Report report;
    EXPECT_EQ(only_fault(world, report), "AL-TOK-013");
    EXPECT_EQ(world.unanswered, 3) << "a GET and two calls";
}

TEST(Doctor, does_not_say_what_is_wrong_with_a_server_that_is_not_there) {
    World world{"nobody listens"};
    const auto report = examine(world, world.subject());
    for (const auto& failed : failed_ids(report)) {
        const auto id = failed.substr(0, failed.find(':'));
        EXPECT_TRUE(id == "AL-NET-002" || id == "AL-AUZ-001" || id == "AL-TOK-013") << failed;
    }
    EXPECT_FALSE(report.examined());
}

TEST(Doctor, does_not_take_two_wrong_paths_for_swapped_ones) {
    World world{"wrong paths"};
    for (const auto& failed : failed_ids(examine(world, world.subject())))
        EXPECT_FALSE(failed.starts_with("AL-CFG-002"));
}

TEST(Doctor, shakes_hands_once_for_all_checks_that_look_at_it) {
    World world;
    examine(world, world.subject());
    EXPECT_EQ(world.handshakes, 2) << "as usual, and as old clients do";
}

class Faults : public testing::TestWithParam<std::size_t> {
protected:
    const Check& check() const { return catalogue()[GetParam()]; }
};

/// The heart of it: no check without a server that fails it, and every such server is found by its check alone.
TEST_P(Faults, are_found_by_their_check_alone) {
    World world{std::string(check().id)};
    const auto report = examine(world, world.subject());
    const auto found = failed_ids(report);
    ASSERT_EQ(found.size(), 1u) << testing::PrintToString(found);
    EXPECT_TRUE(found.front().starts_with(std::string(check().id) + ":")) << found.front();
}

struct Case {
    const char* fault;  ///< of World; "!" is the other case
    Grade grade;
};

class Grades : public testing::TestWithParam<Case> {};

TEST_P(Grades, tell_the_mild_case_from_the_severe_one) {
    World world{GetParam().fault};
    const auto report = examine(world, world.subject());
    const std::string_view id = std::string_view(GetParam().fault).substr(0, std::string_view("AL-TLS-000").size());
    ASSERT_EQ(failed_ids(report).size(), 1u) << testing::PrintToString(failed_ids(report));
    for (const auto& finding : report.findings) {
        if (finding.outcome.kind != Outcome::Kind::failed) continue;
        EXPECT_EQ(finding.check->id, id);
        EXPECT_EQ(finding.outcome.grade, GetParam().grade) << finding.outcome.summary;
    }
}

INSTANTIATE_TEST_SUITE_P(Cases, Grades,
                         testing::Values(Case{"AL-TLS-005", Grade::mild}, Case{"AL-TLS-005!", Grade::severe},
                                         Case{"AL-TOK-001", Grade::mild}, Case{"AL-TOK-001!", Grade::severe},
                                         Case{"AL-TOK-013", Grade::severe}, Case{"AL-TOK-013!", Grade::mild},
                                         Case{"AL-TOK-014", Grade::mild}, Case{"AL-TOK-014!", Grade::severe},
                                         Case{"AL-REF-004", Grade::mild}, Case{"AL-REF-004!", Grade::severe},
                                         Case{"AL-REF-005", Grade::mild}, Case{"AL-REF-005!", Grade::severe},
                                         Case{"AL-CFG-001", Grade::severe}, Case{"AL-CFG-001!", Grade::mild}),
                         [](const auto& parameter) {
                             std::string name = parameter.param.fault;
                             std::erase(name, '-');
                             return name.ends_with('!') ? name.substr(0, name.size() - 1) + "_other_case" : name;
                         });

std::vector<std::size_t> all_checks() {
    std::vector<std::size_t> out(catalogue().size());
    for (std::size_t at = 0; at < out.size(); ++at) out[at] = at;
    return out;
}

std::string name_of(const testing::TestParamInfo<std::size_t>& info) {
    std::string out(catalogue()[info.param].id);
    std::replace(out.begin(), out.end(), '-', '_');
    return out;
}

INSTANTIATE_TEST_SUITE_P(Catalogue, Faults, testing::ValuesIn(all_checks()), name_of);

}  // namespace
}  // namespace symbolon::doctor::test
