#include "doctor/observe/metadata.hpp"

#include "doctor/observe/token_endpoint.hpp"
#include "doctor/url.hpp"

#include <boost/json/array.hpp>

#include <algorithm>
#include <array>

namespace symbolon::doctor {

namespace json = boost::json;

namespace {

constexpr std::string_view oauth_document = "/.well-known/oauth-authorization-server";
constexpr std::string_view openid_document = "/.well-known/openid-configuration";
constexpr std::size_t max_folders = 5;

std::string without_slash(std::string path) {
    while (path.ends_with('/')) path.pop_back();
    return path;
}

std::optional<json::object> ask(Http& http, const std::string& url, std::vector<std::string>& asked) {
    HttpRequest request;
    request.url = url;
    request.headers.add("Accept", "application/json");
    try {
        const auto answer = http.send(request);
        asked.push_back("GET " + url + " → HTTP " + std::to_string(answer.status));
        if (answer.status != 200) return std::nullopt;
        return parse_object(answer.body);
    } catch (const net::ClientError& e) {
        asked.push_back("GET " + url + ": " + e.detail);
        return std::nullopt;
    }
}

std::string member(const std::optional<json::object>& document, std::string_view name) {
    const auto* found = document ? document->if_contains(name) : nullptr;
    return found != nullptr && found->is_string() ? std::string(found->get_string()) : std::string{};
}

/// "/a/b/authorize" → "/a/b", "/a", "".
std::vector<std::string> folders_of(std::string path) {
    std::vector<std::string> out;
    while (out.size() < max_folders && !path.empty()) {
        path = path.substr(0, path.rfind('/'));
        out.push_back(path);
    }
    return out;
}

void find_issuer(Http& http, const Url& authorization, Metadata& out) {
    for (const auto& folder : folders_of(authorization.path)) {
        const auto found = ask(http, authorization.origin() + folder + std::string(openid_document), out.asked);
        out.issuer = member(found, "issuer");
        if (!out.issuer.empty()) return;
    }
    for (const auto& folder : folders_of(authorization.path)) {
        const auto found = ask(http, authorization.origin() + std::string(oauth_document) + folder, out.asked);
        out.issuer = member(found, "issuer");
        if (!out.issuer.empty()) return;
    }
}

}  // namespace

std::string Metadata::text(std::string_view name) const {
    auto found = member(oauth, name);
    return found.empty() ? member(openid, name) : found;
}

std::optional<bool> Metadata::lists(std::string_view name, std::string_view text) const {
    for (const auto* document : {&oauth, &openid}) {
        const auto* list = *document ? (*document)->if_contains(name) : nullptr;
        if (list == nullptr || !list->is_array()) continue;
        const auto& items = list->get_array();
        return std::any_of(items.begin(), items.end(),
                           [&](const json::value& item) { return item.is_string() && item.get_string() == text; });
    }
    return std::nullopt;
}

Metadata find_metadata(Http& http, const Subject& subject) {
    Metadata out;
    const auto authorization = parse_url(subject.authorization_url);
    out.issuer = subject.issuer;
    if (out.issuer.empty() && authorization) find_issuer(http, *authorization, out);
    const auto issuer = parse_url(out.issuer);
    if (!issuer) return out;
    // An issuer on another host is asked only where the person has named it.
    if (subject.issuer.empty() && authorization && issuer->origin() != authorization->origin()) {
        out.asked.push_back("The issuer " + out.issuer + " is another host; name it with --issuer to have it asked.");
        return out;
    }
    const auto path = without_slash(issuer->path);
    out.oauth = ask(http, issuer->origin() + std::string(oauth_document) + path, out.asked);
    out.openid = ask(http, issuer->origin() + path + std::string(openid_document), out.asked);
    return out;
}

}  // namespace symbolon::doctor
