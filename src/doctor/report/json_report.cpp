#include "doctor/report/report.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

namespace symbolon::doctor {

namespace json = boost::json;

std::string to_json(const Report& report) {
    json::array findings;
    for (const auto& finding : report.findings) {
        json::object severities;
        for (const auto platform : report.platforms) {
            severities[to_text(platform)] = to_text(finding.outcome.kind == Outcome::Kind::failed
                                                        ? finding.check->severities.of(platform, finding.outcome.grade)
                                                        : Severity::none);
        }
        json::array evidence;
        for (const auto& line : finding.outcome.evidence) evidence.emplace_back(line);
        findings.push_back(json::object{{"id", finding.check->id},
                                        {"title", finding.check->title},
                                        {"outcome", to_text(finding.outcome.kind)},
                                        {"severity", to_text(finding.severity)},
                                        {"platforms", severities},
                                        {"summary", finding.outcome.summary},
                                        {"evidence", evidence},
                                        {"remedy", finding.check->remedy}});
    }
    json::array platforms, advice;
    for (const auto platform : report.platforms) platforms.emplace_back(to_text(platform));
    for (const auto& line : report.advice) advice.emplace_back(line);
    const json::object counts{{"errors", report.count(Severity::error)},
                              {"warnings", report.count(Severity::warning)},
                              {"notes", report.count(Severity::info)},
                              {"passed", report.count(Outcome::Kind::passed)},
                              {"not_examined", report.count(Outcome::Kind::not_examined)}};
    return json::serialize(json::object{{"authorization_url", report.authorization_url},
                                        {"token_url", report.token_url},
                                        {"platforms", platforms},
                                        {"began", to_iso8601(report.began)},
                                        {"ended", to_iso8601(report.ended)},
                                        {"examined", report.examined()},
                                        {"fit", report.examined() && report.fit()},
                                        {"counts", counts},
                                        {"findings", findings},
                                        {"advice", advice}}) +
           "\n";
}

}  // namespace symbolon::doctor
