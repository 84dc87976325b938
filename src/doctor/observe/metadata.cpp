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
constexpr std::size_t most_unanswered_requests = 2;  ///< requests without an answer, each of which waits to its limit

std::string without_slash(std::string path) {
    while (path.ends_with('/')) path.pop_back();
    return path;
}

/// Asks for documents, until the server has left several requests without an answer.
class Asker {
public:
    Asker(Http& http, Metadata& found) : http_(http), found_(found) {}

    std::optional<json::object> ask(const std::string& url) {
        if (unanswered_ >= most_unanswered_requests) return std::nullopt;
        HttpRequest request;
        request.url = url;
        request.headers.add("Accept", "application/json");
        try {
            const auto answer = http_.send(request);
            found_.asked.push_back("GET " + url + " → HTTP " + std::to_string(answer.status));
            found_.answered = true;
            return answer.status == 200 ? parse_object(answer.body) : std::nullopt;
        } catch (const net::ClientError& e) {
            found_.asked.push_back("GET " + url + ": " + e.detail);
            ++unanswered_;
            return std::nullopt;
        }
    }

private:
    Http& http_;
    Metadata& found_;
    std::size_t unanswered_ = 0;
};

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

/// The issuer of the first document below the authorization URL; "" when there is none.
std::string find_issuer(Asker& asker, const Url& authorization) {
    const auto folders = folders_of(authorization.path);
    std::vector<std::string> places;
    for (const auto& folder : folders) places.push_back(folder + std::string(openid_document));
    for (const auto& folder : folders) places.push_back(std::string(oauth_document) + folder);
    for (const auto& place : places) {
        auto issuer = member(asker.ask(authorization.origin() + place), "issuer");
        if (!issuer.empty()) return issuer;
    }
    return {};
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
    Asker asker(http, out);
    if (out.issuer.empty() && authorization) out.issuer = find_issuer(asker, *authorization);
    const auto issuer = parse_url(out.issuer);
    if (!issuer) return out;
    // An issuer on another host is asked only where the person has named it.
    if (subject.issuer.empty() && authorization && issuer->origin() != authorization->origin()) {
        out.asked.push_back("The issuer " + out.issuer + " is another host; name it with --issuer to have it asked.");
        return out;
    }
    const auto path = without_slash(issuer->path);
    out.oauth = asker.ask(issuer->origin() + std::string(oauth_document) + path);
    out.openid = asker.ask(issuer->origin() + path + std::string(openid_document));
    return out;
}

}  // namespace symbolon::doctor
