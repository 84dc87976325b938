#include "voice/assistant.hpp"

#include "doctor/transport/curl_http.hpp"
#include "doctor/transport/sockets.hpp"
#include "net/respond.hpp"
#include "net/router.hpp"
#include "voice/clock/lab_clock.hpp"
#include "voice/doctor/doctor_screens.hpp"
#include "voice/events/skill_events.hpp"
#include "voice/faults/skill_faults.hpp"
#include "voice/identity.hpp"
#include "voice/lab/lab.hpp"
#include "voice/linking/journey.hpp"
#include "voice/log/exchange_log.hpp"
#include "voice/platforms/platform_doors.hpp"
#include "voice/rest/lab_rest.hpp"
#include "voice/rest/rest.hpp"
#include "voice/screens/assets.hpp"
#include "voice/screens/screens.hpp"
#include "voice/screens/tap_screens.hpp"
#include "voice/smart_home/home.hpp"
#include "voice/store.hpp"
#include "voice/talk/conversation.hpp"
#include "voice/talk/delivery.hpp"

#include <utility>

namespace symbolon::voice {

namespace json = boost::json;

namespace {

std::string chain_url(const Assistant::Parts& parts, const std::string& base_url) {
    return parts.signing.chain_url.empty() ? base_url + std::string(chain_path) : parts.signing.chain_url;
}

/// Links age by the lab's clock; what goes to skills and certificates follow the real one.
Assistant::Parts with_clock(const Assistant::Parts& parts, const Clock& clock) {
    return {parts.db, parts.sealer, parts.random, clock, parts.client, parts.patience, parts.signing};
}

}  // namespace

struct Assistant::Impl {
    Parts parts;
    Identity identity;
    RequestSigner signer;
    LabClock lab_clock;
    Journey journey;
    PlatformDoors doors;
    Lab lab;
    LabRest lab_rest;
    Delivery delivery;
    SkillEvents events;
    SmartHome home;
    Conversation conversation;
    Rest rest;
    Screens screens;
    doctor::CurlHttp doctor_http{"", {}};
    doctor::SocketNetwork doctor_network{"", {}, parts.clock};
    DoctorDesk doctor_desk{{doctor_http, doctor_network, parts.clock, parts.random}};
    DoctorScreens doctor_screens;
    TapScreens tap_screens;
    net::Router router;

    Impl(Parts parts_, const std::string& base_url, Beside beside)
        : parts(parts_),
          identity(load_identity(parts)),
          signer{chain_url(parts, base_url), parts.signing.certificate_name, identity.authority.root_pem},
          lab_clock(parts.clock),
          journey(with_clock(parts, lab_clock), identity, base_url),
          doors(with_clock(parts, lab_clock), identity, journey, base_url),
          lab(with_clock(parts, lab_clock), identity, lab_clock, doors.streamlined(), base_url),
          lab_rest(identity, journey, lab),
          delivery(parts, identity, signer.chain_url),
          events(parts, delivery, base_url),
          home(parts, delivery, journey),
          conversation(parts, {delivery, journey, events}, base_url),
          rest(parts, identity, {journey, conversation, home}, base_url),
          screens(parts, identity, {journey, conversation, home, events, lab}, base_url, beside),
          doctor_screens(parts, identity, doctor_desk, signer.chain_url, base_url, beside),
          tap_screens(parts, identity, base_url, std::move(beside)) {
        journey.hooks.event = [this](LinkEvent event) { return tell(std::move(event)); };
        journey.hooks.accept_grant = [this](std::string skill_id, std::string account, std::string code) {
            return home.accept_grant(std::move(skill_id), std::move(account), std::move(code));
        };
        journey.hooks.gateway_event = [this](json::object event, std::string skill_id, std::string account) {
            return home.take_event(std::move(event), std::move(skill_id), std::move(account));
        };
        doors.add_routes(router);
        lab_rest.add_routes(router);
        rest.add_routes(router);
        screens.add_routes(router);
        doctor_screens.add_routes(router);
        tap_screens.add_routes(router);
    }

    /// The skill hears of it; a smart home is looked at once its account is linked.
    Task<void> tell(LinkEvent event) {
        co_await events.take(event);
        if (event.kind != LinkEvent::Kind::account_linked) co_return;
        co_await home.discover_after_link(event.skill_id, event.account);
    }

    /// The chain that requests are signed with, or one of those that prove nothing (FI-11).
    net::Response chain(std::string_view path) const {
        const auto& authority = identity.authority;
        net::Response response;
        response.body = authority.chain_pem();
        if (path == other_name_path) response.body = authority.other_name_pem + authority.root_pem;
        if (path == expired_path) response.body = authority.expired_pem + authority.root_pem;
        response.headers.set("Content-Type", "application/x-pem-file");
        return response;
    }
};

Assistant::Assistant(Parts parts, std::string base_url, Beside beside)
    : impl_(std::make_unique<Impl>(parts, base_url, std::move(beside))) {}
Assistant::~Assistant() = default;

Task<net::Response> Assistant::serve(net::Request request) {
    if (request.path == chain_path || request.path == other_name_path || request.path == expired_path) {
        co_return impl_->chain(request.path);
    }
    if (request.path == "/healthz") co_return net::text(200, "ok\n");
    if (auto asset = find_screen_asset(request.path)) co_return std::move(*asset);
    if (auto answer = impl_->doctor_desk.serve(request)) co_return std::move(*answer);
    if (auto answer = impl_->router.find(request, request.path)) co_return co_await std::move(*answer);
    co_return net::text(404, "Nothing is here.\n");
}

Task<Assistant::Progress> Assistant::progress(std::string skill_id) {
    constexpr int most_looked_at = 20;
    const auto work = [&](db::Transaction& tx) {
        Progress out;
        const auto enablement = Store(tx, impl_->parts.sealer).find_enablement(skill_id);
        out.linked = enablement && enablement->status == LinkStatus::linked;
        for (const auto& exchange : ExchangeLog(tx, impl_->parts.sealer).list(skill_id, most_looked_at)) {
            const bool answered =
                exchange.status == 200 && exchange.failure.empty() && exchange.type.ends_with("Request");
            if (!answered) continue;
            out.asked = true;
            out.answered_with_token = exchange.with_token;
            break;
        }
        return out;
    };
    co_return co_await impl_->parts.db.read(work);
}

void Assistant::show_tap(const TapLog& log, TapPlace place) {
    impl_->tap_screens.show(log, std::move(place));
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
