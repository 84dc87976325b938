#include "doctor/doctor.hpp"

#include "doctor/products.hpp"

#include <algorithm>
#include <exception>

namespace symbolon::doctor {

namespace {

/// Rows that concern one of the platforms, in the order in which they run.
std::vector<const Check*> to_run(const std::vector<Platform>& platforms) {
    std::vector<const Check*> out;
    for (const auto& check : catalogue()) {
        const auto worst =
            std::max(check.severities.worst(platforms, Grade::mild), check.severities.worst(platforms, Grade::severe));
        if (worst != Severity::none) out.push_back(&check);
    }
    std::stable_sort(out.begin(), out.end(), [](const Check* a, const Check* b) { return a->stage < b->stage; });
    return out;
}

Outcome run(const Check& check, Examination& examination) {
    try {
        return check.run(examination);
    } catch (const NotExamined& e) {
        return {Outcome::Kind::not_examined, Grade::mild, e.reason, {}};
    } catch (const std::exception& e) {  // no answer, or one that could not be read as what it should be
        return {Outcome::Kind::not_examined, Grade::mild, std::string("The check came to no verdict: ") + e.what(), {}};
    }
}

void clean(Outcome& outcome, const Redaction& redaction) {
    outcome.summary = redaction.clean(outcome.summary);
    for (auto& line : outcome.evidence) {
        if (!line.starts_with("-----BEGIN CERTIFICATE-----")) line = redaction.clean(line);
    }
}

}  // namespace

std::size_t Report::count(Outcome::Kind kind) const {
    return static_cast<std::size_t>(std::count_if(
        findings.begin(), findings.end(), [&](const Finding& finding) { return finding.outcome.kind == kind; }));
}

std::size_t Report::count(Severity severity) const {
    return static_cast<std::size_t>(std::count_if(
        findings.begin(), findings.end(), [&](const Finding& finding) { return finding.severity == severity; }));
}

Report examine(const Examination::Parts& parts, const Progress& progress) {
    check_subject(parts.subject);
    Examination examination(parts);
    Report report;
    report.platforms = parts.subject.platforms;
    report.began = parts.clock.now();
    const auto checks = to_run(parts.subject.platforms);
    for (const auto* check : checks) {
        Finding finding{check, run(*check, examination), Severity::none};
        clean(finding.outcome, examination.redaction());
        if (finding.outcome.kind == Outcome::Kind::failed)
            finding.severity = check->severities.worst(parts.subject.platforms, finding.outcome.grade);
        report.findings.push_back(std::move(finding));
        if (progress) progress(report.findings.back(), report.findings.size(), checks.size());
    }
    // Secrets that came to be known later stand in evidence that was taken before.
    for (auto& finding : report.findings) clean(finding.outcome, examination.redaction());
    std::sort(report.findings.begin(), report.findings.end(),
              [](const Finding& a, const Finding& b) { return a.check < b.check; });
    report.authorization_url = examination.redaction().clean(parts.subject.authorization_url);
    report.token_url = examination.redaction().clean(parts.subject.token_url);
    report.advice = advice_for(examination);
    report.reached = examination.reached();
    report.ended = parts.clock.now();
    return report;
}

}  // namespace symbolon::doctor
