#include "oauth/sectors.hpp"

#include "base/error.hpp"

#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/parse_options.hpp>
#include <boost/system/error_code.hpp>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace symbolon::oauth {
namespace {

constexpr std::chrono::seconds limit{5};
constexpr std::size_t max_size = 64 * 1024;

[[noreturn]] void refuse(const char* why) {
    throw Error{Errc::oauth_invalid_client_metadata, why};
}

boost::json::array parse_list(const std::string& body) {
    boost::json::parse_options options;
    options.max_depth = 2;
    boost::system::error_code failure;
    auto document = boost::json::parse(body, failure, {}, options);
    if (failure || !document.is_array()) refuse("sector_identifier_uri: there is no list of redirect URIs.");
    return std::move(document.get_array());
}

bool lists(const boost::json::array& uris, const std::string& wanted) {
    return std::ranges::any_of(uris, [&](const auto& uri) { return uri.is_string() && uri.get_string() == wanted; });
}

Task<void> check_document(net::Fetcher& fetcher, std::string uri, std::vector<std::string> redirects) {
    if (uri.empty()) co_return;
    net::ClientRequest request;
    request.url = std::move(uri);
    request.headers.add("Accept", "application/json");
    request.limit = limit;
    request.max_body = max_size;
    std::string body;
    try {
        auto answer = co_await fetcher.fetch(std::move(request));
        if (answer.status == 200) body = std::move(answer.body);
    } catch (const net::ClientError&) {
    }
    const auto listed = parse_list(body);
    for (const auto& redirect : redirects) {
        if (!lists(listed, redirect)) refuse("sector_identifier_uri: it does not list every redirect URI.");
    }
}

}  // namespace

Task<void> check_sector(net::Fetcher& fetcher, const directory::Client& client) {
    std::vector<std::string> redirects;
    if (client.settings.CallbackURLs) {
        for (const auto& redirect : *client.settings.CallbackURLs) redirects.push_back(redirect.str());
    }
    const auto& uri = client.extensions.sector_identifier_uri;
    return check_document(fetcher, uri ? uri->str() : std::string{}, std::move(redirects));
}

}  // namespace symbolon::oauth
