#include "base/error.hpp"
#include "net/cookie.hpp"
#include "net/respond.hpp"
#include "voice/screens/screens.hpp"

#include <boost/json/array.hpp>

#include <utility>

namespace symbolon::voice {

namespace json = boost::json;

Task<net::Response> Screens::people(Visit visit) {
    const auto work = [&](db::Transaction& tx) { return Accounts(tx).list(); };
    const auto accounts = co_await parts_.db.read(work);
    auto context = screen_context(visit, base_url_, beside_);
    json::array list;
    for (const auto& account : accounts) {
        list.push_back(json::object{{"id", account.id},
                                    {"name", account.name},
                                    {"locale", account.locale},
                                    {"email", account.email},
                                    {"recognized", account.recognized},
                                    {"current", account.id == visit.account},
                                    {"removable", account.id != first_account}});
    }
    context["people"] = std::move(list);
    context["save_action"] = base_url_ + "/people";
    context["choose_action"] = base_url_ + "/people/choose";
    co_return screen_response(visit, 200, "people", context);
}

/// Adds a person (no id in the form), changes or removes one.
Task<net::Response> Screens::save_person(Visit visit) {
    Account account;
    account.id = visit.form.find("id").value_or("");
    if (account.id.empty()) account.id = parts_.random.uuid().substr(0, 8);
    account.name = visit.form.get("name");
    account.locale = visit.form.get("locale");
    account.email = visit.form.get("email");
    account.recognized = visit.form.find("recognized").has_value();
    account.created = parts_.clock.now();
    const bool removes = visit.form.find("remove").has_value();
    const auto work = [&](db::Transaction& tx) {
        Accounts accounts(tx);
        if (visit.form.find("id") && !accounts.find(account.id)) {
            throw Error(Errc::resource_not_found, "Nobody is called so.");
        }
        if (removes) {
            accounts.remove(account.id);
        } else {
            accounts.save(account);
        }
    };
    co_await parts_.db.write(work);
    if (removes) co_await services_.journey.unlink_everywhere(account.id);
    co_return back_to("/people");
}

Task<net::Response> Screens::choose_person(Visit visit) {
    const auto id = visit.form.get("id");
    const auto work = [&](db::Transaction& tx) { return Accounts(tx).find(id).has_value(); };
    if (!co_await parts_.db.read(work)) throw Error(Errc::resource_not_found, "Nobody is called so.");
    auto response = back_to("/people");
    net::Cookie cookie;
    cookie.name = account_cookie;
    cookie.value = id;
    cookie.secure = visit.request.scheme == "https";
    net::set_cookie(response, cookie);
    co_return response;
}

}  // namespace symbolon::voice
