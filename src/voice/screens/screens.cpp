#include "voice/screens/screens.hpp"

#include "base/error.hpp"
#include "base/log.hpp"
#include "net/respond.hpp"
#include "voice/log/exchange_log.hpp"
#include "voice/models/model_store.hpp"
#include "voice/platforms/platform.hpp"
#include "voice/store.hpp"

#include <utility>

namespace symbolon::voice {

namespace {

constexpr int most_exchanges = 50;

int status_of(Errc code) {
    switch (code) {
        case Errc::resource_not_found:
            return 404;
        case Errc::access_denied:
            return 403;
        case Errc::invalid_parameter:
        case Errc::invalid_json:
        case Errc::limit_exceeded:
            return 400;
        default:
            return 500;
    }
}

}  // namespace

Screens::Screens(const Assistant::Parts& parts, const Identity& identity, Services services, std::string base_url,
                 Beside beside)
    : parts_(parts),
      identity_(identity),
      services_(services),
      base_url_(std::move(base_url)),
      beside_(std::move(beside)) {}

void Screens::add(net::Router& router, net::Method method, std::string pattern, Handler handler) {
    router.add(method, std::move(pattern), [this, handler](net::Request request, net::PathParameters path) {
        return guarded(handler, std::move(request), std::move(path));
    });
}

void Screens::add_routes(net::Router& router) {
    using net::Method;
    const std::string skill = "/skills/{skillId}";
    const std::string app = "/app/skills/{skillId}";
    add(router, Method::get, "/", &Screens::skills);
    add(router, Method::post, "/skills", &Screens::make_skill);
    add(router, Method::get, skill, &Screens::skill);
    add(router, Method::post, skill + "/accountLinking", &Screens::save_skill);
    add(router, Method::post, skill + "/ask", &Screens::ask_console);
    add(router, Method::get, skill + "/model", &Screens::model);
    add(router, Method::post, skill + "/model", &Screens::save_model);
    add(router, Method::post, skill + "/manifest", &Screens::save_manifest);
    add(router, Method::get, skill + "/lab", &Screens::lab);
    add(router, Method::post, skill + "/lab", &Screens::change_lab);
    add(router, Method::get, skill + "/log", &Screens::log);
    add(router, Method::get, skill + "/log/{number}", &Screens::exchange);
    add(router, Method::post, skill + "/log/{number}/replay", &Screens::replay);
    add(router, Method::get, skill + "/fixture", &Screens::fixture);
    add(router, Method::get, skill + "/devices", &Screens::devices);
    add(router, Method::post, skill + "/devices/discover", &Screens::discover);
    add(router, Method::post, skill + "/devices/send", &Screens::send_directive);
    add(router, Method::get, app, &Screens::app);
    add(router, Method::post, app + "/ask", &Screens::ask_app);
    add(router, Method::post, app + "/permissions", &Screens::save_permissions);
    add(router, Method::get, app + "/link", &Screens::begin_linking);
    add(router, Method::post, app + "/unlink", &Screens::unlink);
    add(router, Method::get, app + "/google", &Screens::google);
    add(router, Method::post, app + "/google", &Screens::link_with_google);
    add(router, Method::get, "/people", &Screens::people);
    add(router, Method::post, "/people", &Screens::save_person);
    add(router, Method::post, "/people/choose", &Screens::choose_person);
    for (const auto& platform : platforms()) {
        const auto path = redirect_path(platform, identity_.vendor_id);
        add(router, Method::get, path, &Screens::end_linking);
        add(router, Method::post, path, &Screens::end_linking);
    }
}

Task<net::Response> Screens::guarded(Handler handler, net::Request request, net::PathParameters path) {
    Visit visit;
    std::optional<Error> refused;
    try {
        visit = begin_visit(std::move(request), std::move(path), parts_.random);
        // The answer of the implicit grant comes in a form of ours without token: its state proves it.
        const bool form_of_ours = visit.request.method == net::Method::post && handler != &Screens::end_linking;
        if (form_of_ours && !is_from_our_page(visit, base_url_)) {
            throw Error(Errc::access_denied, "This form was not sent from this page. Reload it and try again.");
        }
        co_return co_await (this->*handler)(visit);
    } catch (const Error& e) {
        refused = e;
    }
    co_return show_refusal(visit, *refused);
}

net::Response Screens::show_refusal(const Visit& visit, const Error& error) {
    auto context = screen_context(visit, base_url_, beside_);
    const int status = status_of(error.code);
    if (status == 500) {
        symbolon::log::error("assistant_page_error", {{"message", error.message}, {"detail", error.detail}});
    }
    context["title"] = status == 404 ? "There is nothing here" : "That did not work";
    context["text"] = status == 500 ? "Something went wrong. The log says more." : error.message;
    return screen_response(visit, status, "error", context);
}

Task<SkillView> Screens::load(const Visit& visit) {
    SkillView view;
    const auto& id = visit.path.at("skillId");
    const auto work = [&](db::Transaction& tx) {
        Store store(tx, parts_.sealer);
        auto skill = store.find_skill(id);
        if (!skill) throw Error(Errc::resource_not_found, "There is no such skill.");
        view.skill = std::move(*skill);
        Accounts accounts(tx);
        auto account = accounts.find(visit.account);
        if (!account) account = accounts.find(first_account);
        view.account = std::move(account.value());
        view.linking = store.find_linking(id);
        view.enablement = store.find_enablement(id, view.account.id);
        view.locale = view.account.locale.empty() ? view.skill.locale() : view.account.locale;
        if (const auto stored = ModelStore(tx).find_best(id, view.locale)) view.model = read_model(stored->model);
        view.granted = accounts.granted(id, view.account.id);
        view.exchanges = ExchangeLog(tx, parts_.sealer).list(id, most_exchanges);
    };
    co_await parts_.db.read(work);
    co_return view;
}

net::Response Screens::back_to(const std::string& path) const {
    return net::redirect(see_other, base_url_ + path);
}

}  // namespace symbolon::voice
