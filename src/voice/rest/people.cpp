#include "base/error.hpp"
#include "net/respond.hpp"
#include "voice/models/json_read.hpp"
#include "voice/rest/body.hpp"
#include "voice/rest/rest.hpp"

#include <boost/json/array.hpp>

#include <algorithm>

namespace symbolon::voice {

namespace json = boost::json;

namespace {

constexpr std::size_t longest_account = 40;

json::object account_json(const Account& account) {
    return {{"account", account.id},
            {"name", account.name},
            {"locale", account.locale},
            {"email", account.email},
            {"recognized", account.recognized}};
}

/// An id is part of URLs and of what skills see.
void check_account_id(const std::string& id) {
    const auto plain = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; };
    if (id.size() > longest_account || !std::ranges::all_of(id, plain)) {
        throw Error(Errc::invalid_parameter, "An account's id has at most 40 letters a to z, digits and hyphens.");
    }
}

}  // namespace

Task<net::Response> Rest::list_accounts(Request, Path) {
    const auto work = [&](db::Transaction& tx) { return Accounts(tx).list(); };
    const auto accounts = co_await parts_.db.read(work);
    json::array out;
    for (const auto& account : accounts) out.push_back(account_json(account));
    co_return net::json(200, json::object{{"accounts", std::move(out)}});
}

Task<net::Response> Rest::put_account(Request request, Path path) {
    const auto body = parse_body(request);
    Account account;
    account.id = path.at("account");
    check_account_id(account.id);
    account.name = require_text(body, "/name");
    account.locale = text_of(body, "locale");
    account.email = text_of(body, "email");
    account.recognized = flag_of(body, "recognized");
    account.created = parts_.clock.now();
    const auto work = [&](db::Transaction& tx) { Accounts(tx).save(account); };
    co_await parts_.db.write(work);
    co_return net::json(200, account_json(account));
}

Task<net::Response> Rest::delete_account(Request, Path path) {
    const auto id = path.at("account");
    const auto work = [&](db::Transaction& tx) {
        Accounts accounts(tx);
        if (!accounts.find(id)) throw Error(Errc::resource_not_found, "Nobody is called so.");
        accounts.remove(id);
    };
    co_await parts_.db.write(work);
    co_await services_.journey.unlink_everywhere(id);
    co_return empty_answer(204);
}

}  // namespace symbolon::voice
