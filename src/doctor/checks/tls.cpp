#include "doctor/checks/checks.hpp"

#include "doctor/examination.hpp"

#include <algorithm>
#include <functional>
#include <set>

namespace symbolon::doctor::checks {

namespace {

struct Endpoint {
    std::string host;
    std::uint16_t port = 0;

    std::string text() const { return host + ":" + std::to_string(port); }
    friend bool operator<(const Endpoint& a, const Endpoint& b) { return a.text() < b.text(); }
};

std::vector<Url> urls(Examination& e) {
    std::vector<Url> out;
    for (const auto* text : {&e.subject().authorization_url, &e.subject().token_url}) {
        if (auto url = parse_url(*text)) out.push_back(std::move(*url));
    }
    return out;
}

/// Shakes hands with every host of the two URLs. `look` returns what is wrong with one of them, "" if nothing.
Outcome look_at_handshakes(Examination& e, TlsOffer offer, const char* good,
                           const std::function<std::string(const TlsReport&)>& look) {
    std::set<Endpoint> endpoints;
    for (const auto& url : urls(e)) {
        if (url.scheme == "https") endpoints.insert({url.host, url.port});
    }
    if (endpoints.empty()) throw NotExamined{"No URL is https; AL-TLS-001 tells."};
    std::vector<std::string> seen, wrong;
    for (const auto& endpoint : endpoints) {
        const auto& report = e.handshake(endpoint.host, endpoint.port, offer);
        if (!report.connected || (!report.problem.empty() && offer == TlsOffer::usual))
            throw NotExamined{"No handshake with " + endpoint.text() + ": " + report.problem};
        const auto problem = report.problem.empty() ? look(report) : report.problem;
        seen.push_back(endpoint.text() + ": " + report.version + " " + report.cipher + ", " + report.key +
                       ", issued by " + report.issuer + ", until " + to_iso8601(report.not_after));
        if (!problem.empty()) wrong.push_back(endpoint.text() + ": " + problem);
        if (!problem.empty() && !report.chain_pem.empty()) seen.push_back(report.chain_pem);
    }
    if (wrong.empty()) return passed(good, std::move(seen));
    return failed(wrong.front(), std::move(seen));
}

constexpr std::chrono::days days_left{14};

}  // namespace

Outcome uses_https(Examination& e) {
    for (const auto& url : urls(e)) {
        if (url.scheme != "https") return failed(url.place() + " is not https.");
    }
    return passed("Both URLs are https.");
}

Outcome uses_port_443(Examination& e) {
    for (const auto& url : urls(e)) {
        if (url.scheme != "https") throw NotExamined{"AL-TLS-001 tells."};
        if (url.port != 443) return failed(url.origin() + " is not on port 443.");
    }
    return passed("Both URLs are on port 443.");
}

Outcome chain_is_trusted(Examination& e) {
    return look_at_handshakes(e, TlsOffer::usual, "The chain leads to a trusted root.", [](const TlsReport& report) {
        return report.chain_problem.empty()
                   ? std::string{}
                   : report.chain_problem + " (" + std::to_string(report.sent) + " certificates were sent)";
    });
}

Outcome name_is_in_san(Examination& e) {
    return look_at_handshakes(e, TlsOffer::usual, "The certificate names the host.", [](const TlsReport& report) {
        if (report.name_in_san) return std::string{};
        std::string names;
        for (const auto& name : report.names) names += " " + name;
        return "the host is none of the certificate's alternative names:" +
               (names.empty() ? " (there are none)" : names);
    });
}

Outcome certificate_lasts(Examination& e) {
    bool expired = false;
    auto out = look_at_handshakes(e, TlsOffer::usual, "The certificate lasts.", [&](const TlsReport& report) {
        if (report.not_after < e.now() || report.not_before > e.now()) {
            expired = true;
            return "the certificate is valid from " + to_iso8601(report.not_before) + " to " +
                   to_iso8601(report.not_after);
        }
        if (report.not_after - e.now() < days_left) return "the certificate ends at " + to_iso8601(report.not_after);
        return std::string{};
    });
    if (!expired) out.grade = Grade::mild;
    return out;
}

Outcome handshake_is_common(Examination& e) {
    return look_at_handshakes(e, TlsOffer::modest, "TLS 1.2 with ECDHE and AES-GCM is offered.",
                              [](const TlsReport& report) {
                                  return report.warned_of_name ? std::string(
                                                                     "the server does not know its name "
                                                                     "(alert unrecognized_name)")
                                                               : std::string{};
                              });
}

Outcome issuer_is_usable(Examination& e) {
    return look_at_handshakes(
        e, TlsOffer::usual, "The issuer is not one that documentation excludes.", [](const TlsReport& report) {
            return report.issuer.find("Let's Encrypt") == std::string::npos ? std::string{}
                                                                            : "the issuer is " + report.issuer;
        });
}

Outcome key_is_common(Examination& e) {
    return look_at_handshakes(e, TlsOffer::usual, "The keys are of a common kind.",
                              [](const TlsReport& report) -> std::string {
                                  if (!report.key.starts_with("RSA") && report.key != "EC P-256")
                                      return "the key is " + report.key;
                                  if (report.root.starts_with("EC")) return "the root's key is " + report.root;
                                  return {};
                              });
}

}  // namespace symbolon::doctor::checks
