#include "app/bootstrap/maker.hpp"

#include "app/bootstrap/extensions.hpp"
#include "app/bootstrap/shaped.hpp"
#include "base/error.hpp"
#include "base/log.hpp"

#include <boost/json/array.hpp>

#include <utility>

namespace symbolon::app {

namespace json = boost::json;

namespace {

constexpr std::string_view caller = "bootstrap";  // in the audit log

json::object with_pool(json::object request, const std::string& pool) {
    request["UserPoolId"] = pool;
    return request;
}

json::object key_of(const std::string& pool, std::string_view member, const std::string& value) {
    return {{"UserPoolId", pool}, {member, value}};
}

json::object with_one(std::string_view member, const std::string& value) {
    return {{member, value}};
}

json::object first_page(json::object request) {
    request["MaxResults"] = 60;
    return request;
}

const json::array* list_at(const json::object& in, std::string_view member) {
    const auto* found = in.if_contains(member);
    return found != nullptr && found->is_array() ? &found->get_array() : nullptr;
}

bool flag_at(const json::object& in, std::string_view member, bool otherwise) {
    const auto* found = in.if_contains(member);
    return found != nullptr && found->is_bool() ? found->get_bool() : otherwise;
}

json::object part_at(const json::object& in, std::string_view member) {
    const auto* found = in.if_contains(member);
    return found != nullptr && found->is_object() ? found->get_object() : json::object{};
}

}  // namespace

Maker::Maker(MakerParts parts, directory::Claim& claim, std::string file)
    : parts_(parts), claim_(claim), file_(std::move(file)) {}

Task<void> Maker::make(std::vector<PoolPlan> plans) {
    for (const auto& plan : plans) co_await make_pool(plan);
    log::info("bootstrapped", {{"file", file_}, {"made", made_}});
}

Task<void> Maker::make_pool(const PoolPlan& plan) {
    auto id = co_await find_pool(plan.pool);
    const bool fresh = id.empty();
    if (fresh) {
        aws::ChosenIds chosen;
        chosen.pool = text_at(plan.pool.own, "Id");
        const auto made = co_await call_with(plan.pool, "CreateUserPool", plan.pool.request, std::move(chosen));
        id = text_at(part_at(made, "UserPool"), "Id");
        ++made_;
        const Item mfa{plan.mfa_path};
        if (!plan.mfa.empty()) co_await call(mfa, "SetUserPoolMfaConfig", with_pool(plan.mfa, id));
    }
    auto extensions = part_at(plan.pool.own, "Extensions");
    if (!extensions.empty()) co_await extend_new_pool(parts_.db, PoolId(id), std::move(extensions));
    if (fresh) co_await choose_first_keys(parts_.db, parts_.sealer, PoolId(id));
    for (std::size_t i = 0; i < sections.size(); ++i) {
        for (const auto& item : plan.items[i]) {
            co_await claim_.stay();
            co_await make_item(id, sections[i], item);
        }
    }
}

Task<std::string> Maker::find_pool(const Item& pool) {
    auto id = text_at(pool.own, "Id");
    if (id.empty()) {
        co_return co_await find_by_name(pool, "ListUserPools", first_page(json::object{}), "UserPools", "Name", "Id",
                                        text_at(pool.request, "PoolName"));
    }
    const auto found = co_await find(pool, "DescribeUserPool", with_one("UserPoolId", id));
    co_return found ? id : std::string{};
}

Task<void> Maker::make_item(const std::string& pool, const Section& section, const Item& item) {
    if (section.name == "Clients") co_return co_await make_client(pool, item);
    if (section.name == "Domains") co_return co_await make_domain(pool, item);
    if (section.name == "Users") co_return co_await make_user(pool, item);
    auto key = key_of(pool, section.key, text_at(item.request, section.key));
    const auto found = co_await find(item, std::string(section.finds), std::move(key));
    if (found) co_return;
    co_await call(item, std::string(section.makes), with_pool(item.request, pool));
    ++made_;
}

Task<void> Maker::make_client(const std::string& pool, const Item& item) {
    auto id = co_await find_client(pool, item);
    if (id.empty()) {
        aws::ChosenIds chosen;
        chosen.client = text_at(item.own, "ClientId");
        const auto made =
            co_await call_with(item, "CreateUserPoolClient", with_pool(item.request, pool), std::move(chosen));
        id = text_at(part_at(made, "UserPoolClient"), "ClientId");
        ++made_;
    }
    auto extensions = part_at(item.own, "Extensions");
    if (extensions.empty()) co_return;
    try {
        co_await extend_new_client(parts_.db, parts_.sealer, PoolId(pool), ClientId(id), std::move(extensions));
    } catch (const Error& error) {
        throw Error(error.code, file_ + ": " + item.path + ": " + error.message, error.detail);
    }
}

Task<std::string> Maker::find_client(const std::string& pool, const Item& item) {
    const auto id = text_at(item.own, "ClientId");
    if (!id.empty()) {
        const auto found = co_await find(item, "DescribeUserPoolClient", key_of(pool, "ClientId", id));
        co_return found ? id : std::string{};
    }
    co_return co_await find_by_name(item, "ListUserPoolClients", first_page(with_one("UserPoolId", pool)),
                                    "UserPoolClients", "ClientName", "ClientId", text_at(item.request, "ClientName"));
}

Task<void> Maker::make_domain(const std::string& pool, const Item& item) {
    const auto described =
        co_await call(item, "DescribeUserPoolDomain", with_one("Domain", text_at(item.request, "Domain")));
    const auto owner = text_at(part_at(described, "DomainDescription"), "UserPoolId");
    if (owner == pool) co_return;
    // Another pool's is refused by the operation, in the API's words.
    co_await call(item, "CreateUserPoolDomain", with_pool(item.request, pool));
    ++made_;
}

/// The password comes last: a user whom an interrupted start has left without it is recognised by that, and finished.
Task<void> Maker::make_user(const std::string& pool, const Item& item) {
    const auto username = text_at(item.request, "Username");
    const auto password = text_at(item.own, "Password");
    const bool permanent = flag_at(item.own, "Confirmed", true);
    const auto found = co_await find(item, "AdminGetUser", key_of(pool, "Username", username));
    if (!found) {
        aws::ChosenIds chosen;
        chosen.user = text_at(item.own, "Sub");
        if (!chosen.user.empty()) {
            const auto other = co_await find(item, "AdminGetUser", key_of(pool, "Username", chosen.user));
            if (other) refuse_value(file_ + ": " + item.path, "there is another user with this Sub.");
        }
        auto request = with_pool(item.request, pool);
        if (!password.empty()) request.emplace("MessageAction", "SUPPRESS");
        co_await call_with(item, "AdminCreateUser", std::move(request), std::move(chosen));
        ++made_;
    } else if (!permanent || password.empty() || text_at(*found, "UserStatus") != "FORCE_CHANGE_PASSWORD") {
        co_return;
    }
    co_await join_groups(pool, item);
    if (password.empty()) co_return;
    auto change = key_of(pool, "Username", username);
    change["Password"] = password;
    change["Permanent"] = permanent;
    co_await call(item, "AdminSetUserPassword", std::move(change));
}

Task<void> Maker::join_groups(const std::string& pool, const Item& user) {
    const auto* groups = list_at(user.own, "Groups");
    if (groups == nullptr) co_return;
    for (const auto& group : *groups) {
        auto request = key_of(pool, "Username", text_at(user.request, "Username"));
        request["GroupName"] = group;
        co_await call(user, "AdminAddUserToGroup", std::move(request));
    }
}

Task<std::string> Maker::find_by_name(const Item& item, std::string operation, Object request, std::string_view list,
                                      std::string_view name_member, std::string_view id_member, std::string name) {
    for (;;) {
        const auto page = co_await call(item, operation, request);
        const auto* entries = list_at(page, list);
        for (std::size_t i = 0; entries != nullptr && i < entries->size(); ++i) {
            const auto& entry = (*entries)[i].as_object();
            if (text_at(entry, name_member) == name) co_return text_at(entry, id_member);
        }
        const auto next = text_at(page, "NextToken");
        if (next.empty()) co_return std::string{};
        request["NextToken"] = next;
    }
}

Task<std::optional<Maker::Object>> Maker::find(const Item& item, std::string operation, Object request) {
    aws::ChosenIds none;
    try {
        co_return co_await parts_.door.call(std::string(caller), std::move(operation), std::move(request),
                                            std::move(none));
    } catch (const Error& error) {
        if (error.code == Errc::resource_not_found || error.code == Errc::user_not_found) co_return std::nullopt;
        throw Error(error.code, file_ + ": " + item.path + ": " + error.message, error.detail);
    }
}

// No coroutine: GCC 12 destroys an aggregate that is made in an awaited expression twice.
Task<Maker::Object> Maker::call(const Item& item, std::string operation, Object request) {
    return call_with(item, std::move(operation), std::move(request), aws::ChosenIds{});
}

Task<Maker::Object> Maker::call_with(const Item& item, std::string operation, Object request, aws::ChosenIds chosen) {
    try {
        auto answer =
            co_await parts_.door.call(std::string(caller), std::move(operation), std::move(request), std::move(chosen));
        co_return answer ? std::move(*answer) : Object{};
    } catch (const Error& error) {
        throw Error(error.code, file_ + ": " + item.path + ": " + error.message, error.detail);
    }
}

}  // namespace symbolon::app
