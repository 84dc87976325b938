#include "voice/linking/look_ahead.hpp"

#include "voice/redaction.hpp"

#include <boost/url/parse.hpp>
#include <boost/url/url.hpp>

#include <chrono>
#include <optional>
#include <utility>

namespace symbolon::voice {

namespace {

constexpr int most_hops = 10;
constexpr std::chrono::seconds hop_limit{5};
constexpr std::string_view agent_of_servers = "Apache-HttpClient/4.5 (Java/11)";
constexpr std::string_view agent_of_phone =
    "Mozilla/5.0 (Linux; Android 14; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/126.0 Mobile";

/// Where a Location leads, seen from the page that sent it; nothing for what is no web address.
std::optional<std::string> resolve(const std::string& base, std::string_view location) {
    const auto from = boost::urls::parse_uri(base);
    const auto to = boost::urls::parse_uri_reference(location);
    if (!from || !to) return std::nullopt;
    boost::urls::url out;
    if (!boost::urls::resolve(*from, *to, out)) return std::nullopt;
    if (out.scheme() != "http" && out.scheme() != "https") return std::nullopt;
    return std::string(out.buffer());
}

bool is_page(const net::ClientResponse& response) {
    const auto type = net::to_lower(response.headers.find("Content-Type").value_or(""));
    return response.status == 200 && type.starts_with("text/html");
}

net::ClientRequest visit(const std::string& url, Visitor visitor) {
    net::ClientRequest request;
    request.url = url;
    request.limit = hop_limit;
    request.headers.add("Accept", "text/html,application/xhtml+xml;q=0.9,*/*;q=0.8");
    request.headers.add("User-Agent",
                        std::string(visitor == Visitor::platform_servers ? agent_of_servers : agent_of_phone));
    return request;
}

}  // namespace

std::string LookAhead::told(const Explanation& explanation) const {
    std::string out;
    for (const auto& hop : hops) out += (out.empty() ? "" : "\n") + hop;
    if (ok) return out;
    return out + "\n" + problem + " " + std::string(explanation.text) + " " + std::string(explanation.advice);
}

Task<LookAhead> look_ahead_as(net::Client& client, std::string url, Visitor visitor) {
    LookAhead out;
    for (int hop = 0; hop < most_hops; ++hop) {
        net::ClientResponse response;
        try {
            auto request = visit(url, visitor);
            response = co_await client.send(std::move(request));
        } catch (const net::ClientError& e) {
            out.problem = "No answer: " + e.detail + ".";
            co_return out;
        }
        out.hops.push_back(std::to_string(response.status) + " " + redacted_url(url));
        const auto location = response.headers.find("Location");
        if (response.status < 300 || response.status >= 400 || !location) {
            out.ok = is_page(response);
            if (!out.ok) out.problem = "The way ends with HTTP " + std::to_string(response.status) + ", not at a page.";
            co_return out;
        }
        const auto next = resolve(url, *location);
        if (!next) {
            out.problem = "The way leads out of the web.";
            co_return out;
        }
        url = *next;
    }
    out.problem = "There are more than ten redirects.";
    co_return out;
}

}  // namespace symbolon::voice
