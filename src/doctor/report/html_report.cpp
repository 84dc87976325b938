#include "base/markup.hpp"
#include "doctor/report/report.hpp"

namespace symbolon::doctor {

namespace {

constexpr std::string_view style = R"(
:root{color-scheme:light dark;--line:#8884;--error:#c0262d;--warning:#a15c00;--info:#1f6f8b;--right:#1d7a3a}
@media(prefers-color-scheme:dark){:root{--error:#ff7b7b;--warning:#ffb454;--info:#6cc7e6;--right:#6fd08c}}
body{font:1rem/1.5 system-ui,sans-serif;margin:2rem auto;max-width:58rem;padding:0 1rem}
h1{font-size:1.5rem;margin:0}h2{font-size:1.15rem;margin:2rem 0 .5rem}
.verdict{font-size:1.15rem;font-weight:600}.error{color:var(--error)}.warning{color:var(--warning)}
.info{color:var(--info)}.right{color:var(--right)}
article{border:1px solid var(--line);border-left:.35rem solid currentColor;border-radius:.4rem;margin:.8rem 0;padding:.7rem 1rem}
article>*{color:CanvasText}article h3{font-size:1rem;margin:0}
pre{font-size:.8rem;overflow-x:auto;white-space:pre-wrap;overflow-wrap:anywhere;margin:.4rem 0}
table{border-collapse:collapse;width:100%}td,th{border-bottom:1px solid var(--line);padding:.3rem .6rem .3rem 0;text-align:left;vertical-align:top}
code{white-space:nowrap}.badge{font-size:.8rem;font-weight:700;text-transform:uppercase}
@media print{article{break-inside:avoid}}
)";

std::string tag(const char* name, std::string_view content) {
    return "<" + std::string(name) + ">" + escape_html(content) + "</" + name + ">";
}

std::string article(const Finding& finding, const std::vector<Platform>& platforms) {
    const auto severity = std::string(to_text(finding.severity));
    std::string out = "<article class=\"" + severity + "\"><h3><span class=\"badge " + severity + "\">" + severity +
                      "</span> <code>" + std::string(finding.check->id) + "</code> " +
                      escape_html(finding.check->title) + "</h3>" + tag("p", finding.outcome.summary);
    std::string lines;
    for (const auto& line : finding.outcome.evidence) lines += escape_html(line) + "\n";
    if (!lines.empty()) out += "<details open><summary>What was seen</summary><pre>" + lines + "</pre></details>";
    std::string weighs;
    for (const auto platform : platforms) {
        const auto weight = finding.check->severities.of(platform, finding.outcome.grade);
        if (weight == Severity::none) continue;
        weighs += (weighs.empty() ? "" : ", ") + std::string(to_text(platform)) + ": " + std::string(to_text(weight));
    }
    return out + "<p><strong>What to do.</strong> " + escape_html(finding.check->remedy) + "</p>" + tag("p", weighs) +
           "</article>\n";
}

std::string table(const std::vector<const Finding*>& findings, Outcome::Kind kind) {
    std::string rows;
    for (const auto* finding : findings) {
        if (finding->outcome.kind != kind) continue;
        rows += "<tr><td><code>" + std::string(finding->check->id) + "</code></td><td>" +
                escape_html(finding->check->title) + "</td><td>" + escape_html(finding->outcome.summary) +
                "</td></tr>\n";
    }
    if (rows.empty()) return "<p>None.</p>";
    return "<table><thead><tr><th>Check</th><th>What is right</th><th>What was seen</th></tr></thead><tbody>" + rows +
           "</tbody></table>";
}

}  // namespace

std::string to_html(const Report& report) {
    const auto findings = by_importance(report);
    std::string failures, advice;
    for (const auto* finding : findings) {
        if (finding->outcome.kind == Outcome::Kind::failed) failures += article(*finding, report.platforms);
    }
    for (const auto& line : report.advice) advice += tag("li", line);
    const auto* mood = report.examined() && report.fit() ? "right" : "error";
    return "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>Account linking: " +
           escape_html(report.authorization_url) +
           "</title><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><style>" +
           std::string(style) + "</style></head><body><h1>Will account linking work?</h1>" + "<p><code>" +
           escape_html(report.authorization_url) + "</code><br><code>" + escape_html(report.token_url) + "</code><br>" +
           to_iso8601(report.began) + "</p><p class=\"verdict " + mood + "\">" + escape_html(verdict(report)) +
           "</p><h2>Findings</h2>" + (failures.empty() ? "<p>None.</p>" : failures) +
           (advice.empty() ? "" : "<h2>Worth a look</h2><ul>" + advice + "</ul>") + "<h2>Not examined</h2>" +
           table(findings, Outcome::Kind::not_examined) + "<h2>Right</h2>" + table(findings, Outcome::Kind::passed) +
           "</body></html>\n";
}

}  // namespace symbolon::doctor
