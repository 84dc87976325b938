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
