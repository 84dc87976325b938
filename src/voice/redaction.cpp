#include "voice/redaction.hpp"

#include "base/encoding.hpp"
#include "base/error.hpp"
#include "base/utf8.hpp"
#include "crypto/hash.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>
#include <array>
#include <optional>

namespace symbolon::voice {

namespace json = boost::json;

namespace {

constexpr std::size_t shown_hash = 8;
constexpr std::size_t most_fields = 200;

constexpr std::array<std::string_view, 24> secret_names{
    "access_token",  "refresh_token", "id_token",    "code",         "client_secret", "client_assertion",
    "assertion",     "code_verifier", "password",    "token",        "device_code",   "user_code",
    "subject_token", "actor_token",   "accesstoken", "refreshtoken", "clientsecret",  "authcode",
    "logout_token",  "samlresponse",  "newpassword", "secret",       "_csrf",         "registration_access_token"};

/// Members whose name is secret somewhere else: `code` beside `message` is an error's.
bool is_error_code(const json::object& body, std::string_view name) {
    return name == "code" && (body.contains("message") || body.contains("Message"));
}

std::optional<net::Form> parse_form(std::string_view text) {
    try {
        return net::Form::parse(text, most_fields);
    } catch (const Error&) {
        return std::nullopt;  // what is no form cannot be shown piece by piece
    }
}

std::string title_of(std::string_view page) {
    const auto lower = net::to_lower(page.substr(0, 16 * 1024));
    const auto begin = lower.find("<title>");
    const auto end = lower.find("</title>");
    if (begin == std::string::npos || end == std::string::npos || end < begin) return {};
    const auto title = page.substr(begin + 7, std::min<std::size_t>(end - begin - 7, 200));
    return " “" + replace_invalid_utf8(title) + "”";
}

std::string credentials(std::string_view value) {
    const auto space = value.find(' ');
    if (space == std::string_view::npos) return mask(value);
    const auto scheme = value.substr(0, space);
    if (!net::equal_without_case(scheme, "Basic")) return std::string(scheme) + " " + mask(value.substr(space + 1));
    const auto pair = parse_base64(value.substr(space + 1));
    if (!pair) return "Basic ‹not base64›";
    const auto text = to_string(*pair);
    const auto colon = text.find(':');
    if (colon == std::string::npos) return "Basic ‹without a colon›";
    return "Basic " + replace_invalid_utf8(text.substr(0, colon)) + ":" + mask(text.substr(colon + 1));
}

/// "name=value; attributes": the value masked.
std::string cookies(std::string_view value, char separator) {
    const auto end = value.find(separator);
    const auto equals = value.find('=');
    if (equals == std::string_view::npos || equals > end) return mask(value);
    auto out = std::string(value.substr(0, equals + 1)) + mask(value.substr(equals + 1, end - equals - 1));
    return end == std::string_view::npos ? out : out + std::string(value.substr(end));
}

std::string cookie_list(std::string_view value) {
    std::string out;
    while (!value.empty()) {
        const auto end = value.find(';');
        auto one = value.substr(0, end);
        while (one.starts_with(' ')) one.remove_prefix(1);
        out += (out.empty() ? "" : "; ") + cookies(one, ';');
        value = end == std::string_view::npos ? std::string_view{} : value.substr(end + 1);
    }
    return out;
}

}  // namespace

std::string mask(std::string_view secret) {
    if (secret.empty()) return {};
    const auto hash = to_hex(crypto::sha256(secret)).substr(0, shown_hash);
    return "‹" + std::to_string(secret.size()) + " characters, " + hash + "›";
}

bool is_secret_name(std::string_view name) {
    return std::ranges::find(secret_names, net::to_lower(name)) != secret_names.end();
}

std::string redacted_form(const net::Form& form) {
    std::string out;
    for (const auto& [name, value] : form) {
        out += (out.empty() ? "" : "&") + name + "=" + (is_secret_name(name) ? mask(value) : value);
    }
    return replace_invalid_utf8(out);
}

json::value redacted_json(json::value body) {
    if (auto* object = body.if_object()) {
        for (auto& [name, member] : *object) {
            const bool secret = is_secret_name(name) && !is_error_code(*object, name);
            if (secret && member.is_string()) {
                member = mask(member.get_string());
            } else {
                member = redacted_json(std::move(member));
            }
        }
    } else if (auto* array = body.if_array()) {
        for (auto& item : *array) item = redacted_json(std::move(item));
    }
    return body;
}

std::string redacted_url(std::string_view url) {
    const auto fragment_at = url.find('#');
    const auto fragment = fragment_at == std::string_view::npos ? std::string_view{} : url.substr(fragment_at + 1);
    const auto query_at = url.substr(0, fragment_at).find('?');
    const auto query =
        query_at == std::string_view::npos ? std::string_view{} : url.substr(0, fragment_at).substr(query_at + 1);
    std::string out(url.substr(0, std::min(query_at, fragment_at)));
    const auto add = [&](char mark, std::string_view part) {
        if (part.empty()) return;
        const auto form = parse_form(part);
        out += mark + (form ? redacted_form(*form) : mask(part));
    };
    add('?', query);
    add('#', fragment);
    return replace_invalid_utf8(out);
}

std::string redacted_field(std::string_view name, std::string_view value) {
    if (net::equal_without_case(name, "Authorization") || net::equal_without_case(name, "Proxy-Authorization"))
        return credentials(value);
    if (net::equal_without_case(name, "Cookie")) return replace_invalid_utf8(cookie_list(value));
    if (net::equal_without_case(name, "Set-Cookie")) return replace_invalid_utf8(cookies(value, ';'));
    if (net::equal_without_case(name, "DPoP")) return mask(value);
    if (net::equal_without_case(name, "Location") || net::equal_without_case(name, "Referer"))
        return redacted_url(value);
    return replace_invalid_utf8(value);
}

std::string redacted_body(std::string_view content_type, std::string_view body, std::size_t most) {
    if (body.empty()) return {};
    const auto type = net::to_lower(content_type);
    const auto told = [&](const std::string& what) {
        return "‹" + what + ", " + std::to_string(body.size()) + " bytes›";
    };
    std::string out;
    if (type.starts_with("application/x-www-form-urlencoded")) {
        const auto form = parse_form(body);
        out = form ? redacted_form(*form) : told("a form that cannot be read");
    } else if (type.starts_with("text/html")) {
        out = told("page" + title_of(body));
    } else {
        json::error_code problem;
        auto value = json::parse(body, problem);
        if (problem && !type.starts_with("text/plain")) return told("not JSON");
        out = problem ? std::string(body) : json::serialize(redacted_json(std::move(value)));
    }
    return replace_invalid_utf8(out.size() > most ? out.substr(0, most) + "…" : out);
}

}  // namespace symbolon::voice
