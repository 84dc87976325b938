#include "voice/assistant.hpp"

#include "net/respond.hpp"
#include "net/router.hpp"
#include "voice/identity.hpp"
#include "voice/linking/journey.hpp"
#include "voice/rest/rest.hpp"
#include "voice/screens/assets.hpp"
#include "voice/screens/screens.hpp"
#include "voice/store.hpp"
#include "voice/talk/conversation.hpp"

#include <utility>

namespace symbolon::voice {

struct Assistant::Impl {
    Parts parts;
    Identity identity;
    RequestSigner signer;
    Journey journey;
    Conversation conversation;
    Rest rest;
    Screens screens;
    net::Router router;

    Impl(Parts parts_, const std::string& base_url, Beside beside)
        : parts(parts_),
          identity(load_identity(parts)),
          signer{base_url + std::string(chain_path), std::string(certificate_name), identity.authority.root_pem},
          journey(parts, identity, base_url),
          conversation(parts, identity, journey, base_url),
          rest(parts, identity, journey, conversation, base_url),
          screens(parts, identity, journey, conversation, base_url, std::move(beside)) {
        rest.add_routes(router);
        screens.add_routes(router);
    }

    net::Response chain() const {
        net::Response response;
        response.body = identity.authority.chain_pem();
        response.headers.set("Content-Type", "application/x-pem-file");
        return response;
    }
};

Assistant::Assistant(Parts parts, std::string base_url, Beside beside)
    : impl_(std::make_unique<Impl>(parts, base_url, std::move(beside))) {}
Assistant::~Assistant() = default;

Task<net::Response> Assistant::serve(net::Request request) {
    if (request.path == chain_path) co_return impl_->chain();
    if (request.path == "/healthz") co_return net::text(200, "ok\n");
    if (auto asset = find_screen_asset(request.path)) co_return std::move(*asset);
    if (auto answer = impl_->router.find(request, request.path)) co_return co_await std::move(*answer);
    co_return net::text(404, "Nothing is here.\n");
}

Task<Assistant::Progress> Assistant::progress(std::string skill_id) {
    const auto work = [&](db::Transaction& tx) { return Store(tx, impl_->parts.sealer).find_enablement(skill_id); };
    const auto enablement = co_await impl_->parts.db.read(work);
    const auto last = impl_->conversation.last(skill_id);
    Progress out;
    out.asked = last && last->failure.empty();
    out.linked = enablement && enablement->status == LinkStatus::linked;
    out.answered_with_token = out.asked && last->with_token;
    co_return out;
}

const std::string& Assistant::access_token() const {
    return impl_->identity.access_token;
}
const std::string& Assistant::vendor_id() const {
    return impl_->identity.vendor_id;
}
const RequestSigner& Assistant::signer() const {
    return impl_->signer;
}

}  // namespace symbolon::voice
