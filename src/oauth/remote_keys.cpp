#include "oauth/remote_keys.hpp"

#include "base/log.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/parse_options.hpp>
#include <boost/system/error_code.hpp>

#include <utility>

namespace symbolon::oauth {
namespace {

constexpr std::chrono::milliseconds limit{5000};

std::optional<KeySet> parse(const std::string& body) {
    boost::json::parse_options options;
    options.max_depth = 8;
    boost::system::error_code failure;
    const auto document = boost::json::parse(body, failure, {}, options);
    if (failure) return std::nullopt;
    return parse_key_set(document);
}

net::ClientRequest make_request(std::string url) {
    net::ClientRequest request;
    request.url = std::move(url);
    request.headers.add("Accept", "application/jwk-set+json, application/json");
    request.limit = limit;
    request.max_body = RemoteKeys::max_size;
    return request;
}

}  // namespace

Task<std::shared_ptr<const KeySet>> RemoteKeys::find(std::string url) {
    auto known = recent_.find(url, clock_.now());
    if (!known || (known->failed && clock_.now() - known->at >= pause)) known = co_await read(std::move(url));
    co_return std::shared_ptr<const KeySet>(known, &known->keys);
}

Task<std::shared_ptr<const KeySet>> RemoteKeys::find(std::string url, crypto::jose::ParsedJwt token) {
    auto known = co_await find(url);
    if (may_have_key_of(*known, token)) co_return known;
    const auto last = recent_.find(url, clock_.now());
    if (last && clock_.now() - last->at < pause) co_return known;
    const auto fresh = co_await read(std::move(url));
    co_return std::shared_ptr<const KeySet>(fresh, &fresh->keys);
}

Task<std::shared_ptr<const RemoteKeys::Read>> RemoteKeys::read(std::string url) {
    const auto generation = recent_.generation();
    auto fresh = std::make_shared<Read>();
    fresh->at = clock_.now();
    fresh->failed = true;
    std::string why = "not a set of keys";
    try {
        auto request = make_request(url);
        const auto answer = co_await fetcher_.fetch(std::move(request));
        auto keys = answer.status == 200 ? parse(answer.body) : std::nullopt;
        if (answer.status != 200) why = "status " + std::to_string(answer.status);
        fresh->failed = !keys;
        if (keys) fresh->keys = std::move(*keys);
    } catch (const net::ClientError& error) {
        why = error.detail;
    }
    if (fresh->failed) log::warning("keys not read", {{"url", url}, {"detail", why}});
    recent_.keep(url, fresh, fresh->at, generation);
    co_return fresh;
}

}  // namespace symbolon::oauth
