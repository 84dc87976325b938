#include "pages/detours.hpp"

#include <utility>

namespace symbolon::pages {

namespace {

Task<net::Response> to_confirmation(Flow& flow, Visit visit, std::string login) {
    const auto delivery =
        co_await flow.sign_up.resend(visit.site.pool, visit.authorization.client, login, visit.caller());
    Carried carried;
    carried.step = "confirm";
    carried.login = std::move(login);
    carried.destination = delivery.destination;
    carried.medium = delivery.medium;
    carried.resend_ms = next_resend(visit);
    co_return go_to(flow, visit, "/confirm", carried);
}

Task<net::Response> to_recovery(Flow& flow, Visit visit, std::string login) {
    const auto delivery =
        co_await flow.recovery.forgot(visit.site.pool, visit.authorization.client, login, visit.caller());
    Carried carried;
    carried.step = "reset";
    carried.login = login;
    carried.shown_as = std::move(login);
    carried.destination = delivery.destination;
    carried.resend_ms = next_resend(visit);
    co_return go_to(flow, visit, "/confirmForgotPassword", carried);
}

}  // namespace

bool has_detour(Errc code) {
    return code == Errc::user_not_confirmed || code == Errc::password_reset_required;
}

Task<net::Response> take_detour(Flow& flow, Visit visit, std::string login, Errc code) {
    if (code == Errc::user_not_confirmed) co_return co_await to_confirmation(flow, std::move(visit), std::move(login));
    co_return co_await to_recovery(flow, std::move(visit), std::move(login));
}

}  // namespace symbolon::pages
