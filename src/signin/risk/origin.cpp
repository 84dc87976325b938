#include "signin/risk/origin.hpp"

#include "base/encoding.hpp"
#include "base/ip_address.hpp"
#include "crypto/hash.hpp"

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>

#include <algorithm>
#include <array>
#include <optional>

namespace symbolon::signin {
namespace {

namespace json = boost::json;

constexpr std::size_t longest_fingerprint = 16384;
constexpr std::size_t longest_user_agent = 512;
constexpr std::size_t longest_name = 100;

/// What stands in a user agent, and what it is. The first that fits counts: later ones claim to be those before them.
struct Trace {
    std::string_view mark;
    std::string_view name;
};
constexpr std::array browsers{
    Trace{"Edg/", "Edge"},
    Trace{"EdgA/", "Edge"},
    Trace{"EdgiOS/", "Edge"},
    Trace{"OPR/", "Opera"},
    Trace{"SamsungBrowser/", "Samsung Internet"},
    Trace{"Firefox/", "Firefox"},
    Trace{"FxiOS/", "Firefox"},
    Trace{"CriOS/", "Chrome"},
    Trace{"Chrome/", "Chrome"},
    Trace{"Version/", "Safari"},
};
constexpr std::array systems{
    Trace{"Windows NT ", "Windows"}, Trace{"iPhone OS ", "iOS"},  Trace{"iPad", "iPadOS"}, Trace{"Android ", "Android"},
    Trace{"Mac OS X", "macOS"},      Trace{"CrOS ", "Chrome OS"}, Trace{"Linux", "Linux"},
};

/// A name, and the major version after its mark; nothing for "Windows NT 10.0", which says 10 of 11 as well.
struct Named {
    std::string_view name = "Other";
    std::string version = {};

    std::string text() const { return std::string(name) + (version.empty() ? "" : " " + version); }
};

template <std::size_t size>
Named find_named(std::string_view user_agent, const std::array<Trace, size>& traces) {
    for (const auto& trace : traces) {
        const auto at = user_agent.find(trace.mark);
        if (at == std::string_view::npos) continue;
        const auto rest = user_agent.substr(at + trace.mark.size());
        const auto digits = std::min(rest.find_first_not_of("0123456789"), std::size_t{4});
        return {trace.name, std::string(rest.substr(0, digits))};
    }
    return {};
}

bool is_plain(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return c >= 0x20 && c < 0x7F; });
}

std::optional<json::object> parse_object(std::string_view text) {
    json::parse_options options;
    options.max_depth = 8;
    json::error_code failure;
    auto value = json::parse(json::string_view(text.data(), text.size()), failure, {}, options);
    if (failure || !value.is_object()) return std::nullopt;
    return std::move(value.get_object());
}

/// A short text of printable ASCII; "" for anything else.
std::string plain_member(const json::object& in, std::string_view name, std::size_t longest) {
    const auto* value = in.if_contains(name);
    const auto* text = value ? value->if_string() : nullptr;
    if (!text || text->size() > longest || !is_plain(*text)) return {};
    return std::string(*text);
}

std::optional<json::object> open_fingerprint(std::string_view encoded, const PoolId& pool) {
    if (encoded.empty() || encoded.size() > longest_fingerprint) return std::nullopt;
    const auto plain = parse_base64(encoded);
    if (!plain) return std::nullopt;
    const auto outer = parse_object(text_of(*plain));
    const auto* payload = outer ? outer->if_contains("payload") : nullptr;
    if (!payload || !payload->is_string()) return std::nullopt;
    const auto inner = parse_object(payload->get_string());
    if (!inner || plain_member(*inner, "userPoolId", 55) != pool.str()) return std::nullopt;
    const auto* context = inner->if_contains("contextData");
    if (!context || !context->is_object()) return std::nullopt;
    return context->get_object();
}

/// Browser and system without their versions, which change by themselves.
std::string device_of(std::string_view user_agent) {
    if (user_agent.empty()) return {};
    return std::string(find_named(user_agent, browsers).name) + "|" + std::string(find_named(user_agent, systems).name);
}

}  // namespace

std::string name_device(std::string_view user_agent) {
    if (user_agent.empty()) return {};
    return find_named(user_agent, browsers).text() + ", " + find_named(user_agent, systems).text();
}

std::string network_of(std::string_view address) {
    const auto parsed = IpAddress::parse(address);
    if (!parsed) return {};
    if (parsed->is_v4()) return parsed->to_string();
    auto bytes = parsed->bytes();
    std::fill(bytes.begin() + 8, bytes.end(), std::uint8_t{0});
    return IpAddress::from_v6(bytes).to_string() + "/64";
}

Origin origin_of(const Caller& caller, const PoolId& pool) {
    Origin origin;
    if (caller.speaks_for_another) return origin;
    if (const auto address = IpAddress::parse(caller.address)) origin.address = address->to_string();
    std::string user_agent = caller.user_agent.substr(0, longest_user_agent);
    std::string id;
    if (const auto fingerprint = open_fingerprint(caller.fingerprint, pool)) {
        if (auto given = plain_member(*fingerprint, "UserAgent", longest_user_agent); !given.empty())
            user_agent = std::move(given);
        id = plain_member(*fingerprint, "DeviceId", longest_name);
        origin.device_name = plain_member(*fingerprint, "DeviceName", longest_name);
        origin.timezone = plain_member(*fingerprint, "ClientTimezone", longest_name);
    }
    if (origin.device_name.empty()) origin.device_name = name_device(user_agent);
    // Hashed: it is only ever compared.
    origin.device = id.empty() ? device_of(user_agent) : "id:" + to_base64url(crypto::sha256(id)).substr(0, 22);
    return origin;
}

}  // namespace symbolon::signin
