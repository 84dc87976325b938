#include "base/error.hpp"
#include "base/shape/codec.hpp"
#include "net/respond.hpp"
#include "voice/rest/body.hpp"
#include "voice/rest/linking_request.hpp"
#include "voice/rest/rest.hpp"
#include "voice/store.hpp"

#include <boost/json/array.hpp>

#include <utility>

namespace symbolon::voice {

namespace json = boost::json;

Task<net::Response> Rest::get_linking(Request, Path path) {
    const auto skill = co_await get_skill(path.at("skillId"));
    const auto work = [&](db::Transaction& tx) { return Store(tx, parts_.sealer).find_linking(skill.id); };
    const auto linking = co_await parts_.db.read(work);
    if (!linking) throw Error(Errc::resource_not_found, "Account linking is not set up for this skill.");
    auto body = encode(linking->config);
    body.erase("reciprocalAccessTokenUrl");  // as on the platform, it is written and never read
    json::array urls;
    for (const auto& url : redirect_urls(identity_.vendor_id)) urls.emplace_back(base_url_ + url.path);
    body["assistantRedirectUrls"] = std::move(urls);
    auto response = net::json(200, body);
    response.headers.set("ETag", linking->etag);
    co_return response;
}

Task<net::Response> Rest::put_linking(Request request, Path path) {
    const auto skill = co_await get_skill(path.at("skillId"));
    const auto body = unwrap(parse_body(request), "accountLinkingRequest");
    const auto etag = "\"" + parts_.random.token(12) + "\"";
    const auto work = [&](db::Transaction& tx) {
        Store store(tx, parts_.sealer);
        const auto stored = store.find_linking(skill.id);
        check_if_match(request, stored ? stored->etag : std::string());
        auto linking = read_linking_request(body, stored);
        linking.etag = etag;
        store.save_linking(skill.id, linking);
    };
    co_await parts_.db.write(work);
    auto response = empty_answer(204);
    response.headers.set("ETag", etag);
    co_return response;
}

Task<net::Response> Rest::delete_linking(Request, Path path) {
    const auto skill = co_await get_skill(path.at("skillId"));
    const auto work = [&](db::Transaction& tx) { Store(tx, parts_.sealer).delete_linking(skill.id); };
    co_await parts_.db.write(work);
    co_return empty_answer(204);
}

Task<net::Response> Rest::get_enablement(Request, Path path) {
    const auto skill = co_await get_skill(path.at("skillId"));
    const auto work = [&](db::Transaction& tx) {
        return Store(tx, parts_.sealer).find_enablement(skill.id).has_value();
    };
    if (!co_await parts_.db.read(work)) throw Error(Errc::resource_not_found, "The skill is not enabled.");
    co_return empty_answer(204);
}

Task<net::Response> Rest::put_enablement(Request, Path path) {
    const auto skill = co_await get_skill(path.at("skillId"));
    co_await services_.journey.current(skill.id);
    co_return empty_answer(204);
}

Task<net::Response> Rest::delete_enablement(Request, Path path) {
    const auto skill = co_await get_skill(path.at("skillId"));
    co_await services_.journey.unlink(skill.id);
    co_return empty_answer(204);
}

}  // namespace symbolon::voice
