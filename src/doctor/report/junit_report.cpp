#include "base/markup.hpp"
#include "doctor/report/report.hpp"

namespace symbolon::doctor {

namespace {

bool is_failure(const Finding& finding) {
    return finding.severity == Severity::error || finding.severity == Severity::warning;
}

std::string evidence_of(const Finding& finding) {
    std::string out = finding.outcome.summary + "\n";
    for (const auto& line : finding.outcome.evidence) out += line + "\n";
    return out + std::string(finding.check->remedy) + "\n";
}

}  // namespace

std::string to_junit(const Report& report) {
    std::size_t failures = 0;
    std::string cases;
    for (const auto& finding : report.findings) {
        cases += "  <testcase classname=\"doctor\" name=\"" + std::string(finding.check->id) + " " +
                 escape_html(finding.check->title) + "\"";
        if (is_failure(finding)) {
            ++failures;
            cases += "><failure type=\"" + std::string(to_text(finding.severity)) + "\" message=\"" +
                     escape_html(finding.outcome.summary) + "\">" + escape_html(evidence_of(finding)) +
                     "</failure></testcase>\n";
        } else if (finding.outcome.kind == Outcome::Kind::not_examined) {
            cases += "><skipped message=\"" + escape_html(finding.outcome.summary) + "\"/></testcase>\n";
        } else {
            cases += "/>\n";
        }
    }
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuite name=\"symbolon doctor\" tests=\"" +
           std::to_string(report.findings.size()) + "\" failures=\"" + std::to_string(failures) + "\" skipped=\"" +
           std::to_string(report.count(Outcome::Kind::not_examined)) + "\" timestamp=\"" + to_iso8601(report.began) +
           "\">\n" + cases + "</testsuite>\n";
}

}  // namespace symbolon::doctor
