#include "doctor/report/report.hpp"

#include <algorithm>

namespace symbolon::doctor {

namespace {

constexpr std::size_t most_evidence = 6;  ///< lines of a finding

/// Breaks at spaces. Every line begins with `indent`.
std::string wrap(std::string_view text, const std::string& indent, std::size_t width) {
    std::string out, line = indent;
    const auto room = std::max<std::size_t>(width, indent.size() + 20);
    while (!text.empty()) {
        const auto word = text.substr(0, text.find(' '));
        text.remove_prefix(word.size() == text.size() ? word.size() : word.size() + 1);
        if (line.size() > indent.size() && line.size() + 1 + word.size() > room) {
            out += line + "\n";
            line = indent;
        }
        if (line.size() > indent.size()) line += ' ';
        line += word;
    }
    return out + line + "\n";
}

struct Colours {
    bool on;
    std::string paint(const char* code, const std::string& text) const {
        return on ? std::string("\x1b[") + code + "m" + text + "\x1b[0m" : text;
    }
};

const char* colour_of(Severity severity) {
    switch (severity) {
        case Severity::error:
            return "1;31";
        case Severity::warning:
            return "1;33";
        case Severity::info:
        case Severity::none:
            return "1;36";
    }
    return "0";
}

std::string failed_text(const Finding& finding, const Colours& colours, std::size_t width) {
    const auto head = std::string(to_text(finding.severity));
    std::string out = colours.paint(colour_of(finding.severity), head + std::string(9 - head.size(), ' ')) +
                      std::string(finding.check->id) + "  " + std::string(finding.check->title) + "\n";
    out += wrap(finding.outcome.summary, "         ", width);
    std::size_t shown = 0;
    for (const auto& line : finding.outcome.evidence) {
        if (line.starts_with("-----BEGIN")) continue;  // the other reports have it
        if (++shown > most_evidence) break;
        out += wrap("· " + line, "           ", width);
    }
    return out + wrap("→ " + std::string(finding.check->remedy), "         ", width) + "\n";
}

}  // namespace

std::string to_terminal(const Report& report, bool colours_on, std::size_t width) {
    const Colours colours{colours_on};
    std::string out = "\nSymbolon doctor: " + report.authorization_url + "\n\n";
    std::string passed_ids;
    for (const auto* finding : by_importance(report)) {
        switch (finding->outcome.kind) {
            case Outcome::Kind::failed:
                out += failed_text(*finding, colours, width);
                break;
            case Outcome::Kind::not_examined:
                out += colours.paint("2", "not seen ") + std::string(finding->check->id) + "  " +
                       std::string(finding->check->title) + "\n" + wrap(finding->outcome.summary, "         ", width);
                break;
            case Outcome::Kind::passed:
                passed_ids += (passed_ids.empty() ? "" : " ") + std::string(finding->check->id);
                break;
        }
    }
    if (!passed_ids.empty()) out += "\n" + colours.paint("32", "right") + "\n" + wrap(passed_ids, "         ", width);
    if (!report.advice.empty()) out += "\n";
    for (const auto& line : report.advice) out += wrap(line, "  ", width);
    const auto* colour = report.examined() && report.fit() ? "1;32" : "1;31";
    return out + "\n" + colours.paint(colour, verdict(report)) + "\n";
}

}  // namespace symbolon::doctor
