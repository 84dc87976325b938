#include "doctor/report/report.hpp"

#include <algorithm>

namespace symbolon::doctor {

namespace {

int rank(const Finding& finding) {
    switch (finding.outcome.kind) {
        case Outcome::Kind::failed:
            return 3 - static_cast<int>(finding.severity);
        case Outcome::Kind::not_examined:
            return 4;
        case Outcome::Kind::passed:
            return 5;
    }
    return 6;
}

std::string counted(std::size_t count, const char* what) {
    return std::to_string(count) + " " + what + (count == 1 ? "" : "s");
}

}  // namespace

std::vector<const Finding*> by_importance(const Report& report) {
    std::vector<const Finding*> out;
    for (const auto& finding : report.findings) out.push_back(&finding);
    std::stable_sort(out.begin(), out.end(), [](const Finding* a, const Finding* b) { return rank(*a) < rank(*b); });
    return out;
}

std::string_view to_text(Outcome::Kind kind) {
    switch (kind) {
        case Outcome::Kind::passed:
            return "passed";
        case Outcome::Kind::failed:
            return "failed";
        case Outcome::Kind::not_examined:
            return "not examined";
    }
    return "";
}

std::string verdict(const Report& report) {
    std::string out = !report.examined() ? "Could not be examined" : report.fit() ? "Fit" : "Unfit";
    return out + ": " + counted(report.count(Severity::error), "error") + ", " +
           counted(report.count(Severity::warning), "warning") + ", " + counted(report.count(Severity::info), "note") +
           "; " + std::to_string(report.count(Outcome::Kind::passed)) + " right, " +
           std::to_string(report.count(Outcome::Kind::not_examined)) + " not examined.";
}

std::string to_markdown_table() {
    std::string out =
        "| id | what is right | A | S | P | G | T | stage | what to do otherwise |\n"
        "| --- | --- | --- | --- | --- | --- | --- | --- | --- |\n";
    const auto stage = [](Stage at) {
        switch (at) {
            case Stage::probes:
                return "probe";
            case Stage::sign_in:
                return "sign-in";
            case Stage::refresh:
                return "refresh";
            case Stage::reuse:
                return "reuse";
            case Stage::farewell:
                return "end";
        }
        return "";
    };
    for (const auto& check : catalogue()) {
        out += "| " + std::string(check.id) + " | " + std::string(check.title) + " |";
        for (const auto platform : all_platforms) out += " " + check.severities.column(platform) + " |";
        std::string remedy(check.remedy);
        for (std::size_t at = 0; (at = remedy.find('<', at)) != std::string::npos; at += 4)
            remedy.replace(at, 1, "&lt;");
        out += " " + std::string(stage(check.stage)) + " | " + remedy + " |\n";
    }
    return out;
}

}  // namespace symbolon::doctor
