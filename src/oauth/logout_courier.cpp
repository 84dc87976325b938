#include "oauth/logout_courier.hpp"

#include "base/encoding.hpp"
#include "base/error.hpp"
#include "base/log.hpp"
#include "base/task_group.hpp"
#include "crypto/jose/jwt.hpp"
#include "net/form.hpp"
#include "oauth/subjects.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/json/object.hpp>

#include <algorithm>
#include <chrono>
#include <utility>

namespace symbolon::oauth {
namespace {

namespace asio = boost::asio;
using directory::LogoutNotice;
using directory::NoticeState;

constexpr int at_once = 32;                     // apps that are told side by side
constexpr std::chrono::seconds longest_try{5};  // so that a step is shorter than its claim
constexpr std::chrono::minutes token_life{2};
constexpr std::size_t most_answer = 16 * 1024;
constexpr std::string_view logout_event = "http://schemas.openid.net/event/backchannel-logout";

std::string_view to_text(net::Failure failure) {
    switch (failure) {
        case net::Failure::dns:
            return "no such host";
        case net::Failure::connect:
            return "no connection";
        case net::Failure::tls:
            return "no trusted connection";
        case net::Failure::timeout:
            return "no answer in time";
        case net::Failure::too_large:
            return "too long an answer";
        case net::Failure::other:
            return "no HTTP";
    }
    return "";
}

/// The same in every try, so that an app can tell a retry from another sign-out.
std::string make_jti(const crypto::Sealer& sealer, const LogoutNotice& notice) {
    const auto context = notice.pool_id.str() + "|" + notice.client_id.str() + "|" + notice.user_id.str();
    return to_base64url(sealer.keyed_hash("logout token", context, std::to_string(to_ms(notice.auth_time))));
}

void finish(LogoutNotice& notice, NoticeState state, Instant now) {
    notice.state = state;
    notice.due = notice.changed = now;
}

void try_again(LogoutNotice& notice, Instant now) {
    if (now - notice.created >= directory::notice_given_up_after) return finish(notice, NoticeState::given_up, now);
    notice.due = now + directory::pause_before_retry(notice.tries);
    notice.changed = now;
}

/// §2.8: 200 and 204 are success, 400 a refusal. What may pass by itself is tried again.
void judge(LogoutNotice& notice, int status, Instant now) {
    notice.outcome = std::to_string(status);
    if (status >= 200 && status < 300) return finish(notice, NoticeState::told, now);
    if (status >= 500 || status == 408 || status == 429) return try_again(notice, now);
    finish(notice, NoticeState::refused, now);
}

void log_outcome(const LogoutNotice& notice) {
    if (notice.state == NoticeState::told) return;
    log::warning(notice.state == NoticeState::waiting ? "logout_notice_failed" : "logout_notice_given_up",
                 {{"pool", notice.pool_id.str()}, {"client", notice.client_id.str()}, {"outcome", notice.outcome}});
}

}  // namespace

Task<std::int64_t> LogoutCourier::do_step(directory::Claim& claim, Instant now, int limit) {
    const int batch = std::min(limit, at_once);
    const auto look = [&](db::Transaction& tx) { return directory::list_due_notices(tx, now, batch); };
    auto notices = co_await services_.db.read(look);
    if (notices.empty()) {
        const auto forget = [&](db::Transaction& tx) { return directory::remove_old_notices(tx, now, limit); };
        co_return co_await claim.write(forget);
    }
    TaskGroup group(co_await asio::this_coro::executor);
    co_await asio::co_spawn(group.executor(), send_all(group, notices), asio::use_awaitable);
    const auto save = [&](db::Transaction& tx) {
        for (const auto& notice : notices) directory::save_notice(tx, notice);
    };
    co_await claim.write(save);
    for (const auto& notice : notices) log_outcome(notice);
    co_return notices.size() == static_cast<std::size_t>(batch) ? limit : 0;
}

Task<void> LogoutCourier::send_all(TaskGroup& group, Notices& notices) {
    for (auto& notice : notices) group.spawn(send(notice));
    co_await group.join();
}

Task<void> LogoutCourier::send(LogoutNotice& notice) {
    ++notice.tries;
    const auto client = co_await services_.catalog.find_client(notice.client_id);
    if (!client || client->pool_id != notice.pool_id || !client->extensions.backchannel_logout_uri) {
        notice.outcome = "no address any more";
        finish(notice, NoticeState::refused, services_.clock.now());
        co_return;
    }
    try {
        co_await post(notice, client);
    } catch (const net::ClientError& error) {
        notice.outcome = to_text(error.failure);
        try_again(notice, services_.clock.now());
    } catch (const Error&) {  // the pool is gone, or the database
        notice.outcome = "no token";
        try_again(notice, services_.clock.now());
    }
}

Task<void> LogoutCourier::post(LogoutNotice& notice, signin::ClientPtr client) {
    net::Form form;
    auto token = co_await make_token(notice, client, services_.clock.now());
    form.add("logout_token", std::move(token));
    net::ClientRequest request;
    request.method = "POST";
    request.url = client->extensions.backchannel_logout_uri->str();
    request.headers.add("Content-Type", "application/x-www-form-urlencoded");
    request.body = form.encode();
    request.limit = longest_try;
    request.max_body = most_answer;
    const auto answer = co_await fetcher_.fetch(std::move(request));
    judge(notice, answer.status, services_.clock.now());
}

Task<std::string> LogoutCourier::make_token(LogoutNotice notice, signin::ClientPtr client, Instant now) {
    const auto keys = co_await services_.catalog.get_keys(notice.pool_id);
    const auto issued = to_seconds(now);
    boost::json::object claims;
    claims["iss"] = base_url_ + "/" + notice.pool_id.str();
    claims["aud"] = client->id.str();
    claims["iat"] = issued;
    claims["exp"] = issued + std::chrono::seconds(token_life).count();
    claims["jti"] = make_jti(services_.sealer, notice);
    claims["sub"] = subject_of(services_.sealer, *client, notice.user_id);
    claims["sid"] = directory::sid_of(services_.sealer, notice.pool_id, notice.user_id, notice.auth_time);
    claims["events"] = boost::json::object{{logout_event, boost::json::object{}}};
    co_return crypto::jose::sign_jwt(keys->id_token, claims, "logout+jwt");
}

}  // namespace symbolon::oauth
