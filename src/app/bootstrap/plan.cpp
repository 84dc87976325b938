#include "app/bootstrap/plan.hpp"

#include "app/bootstrap/shaped.hpp"
#include "aws/operation.hpp"
#include "base/error.hpp"
#include "directory/client_extensions.hpp"
#include "directory/pool_extensions.hpp"

#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

namespace symbolon::app {

namespace json = boost::json;

namespace {

constexpr std::string_view pools_name = "UserPools";
constexpr std::string_view mfa_name = "MfaConfig";
constexpr std::string_view pool_member = "UserPoolId";

struct PoolMembers {
    std::optional<std::string> Id;
    std::optional<directory::PoolExtensions> Extensions;
};
BOOST_DESCRIBE_STRUCT(PoolMembers, (), (Id, Extensions))

struct ClientMembers {
    std::optional<std::string> ClientId;
    std::optional<directory::ClientExtensions> Extensions;
};
BOOST_DESCRIBE_STRUCT(ClientMembers, (), (ClientId, Extensions))

struct UserMembers {
    std::optional<std::string> Sub;
    std::optional<std::string> Password;
    std::optional<bool> Confirmed;
    std::optional<std::vector<std::string>> Groups;
};
BOOST_DESCRIBE_STRUCT(UserMembers, (), (Sub, Password, Confirmed, Groups))

struct NoMembers {};
BOOST_DESCRIBE_STRUCT(NoMembers, (), ())

const Description& own_members(std::string_view section) {
    if (section == pools_name) return description_of<PoolMembers>();
    if (section == "Clients") return description_of<ClientMembers>();
    if (section == "Users") return description_of<UserMembers>();
    return description_of<NoMembers>();
}

const Description& request_of(std::string_view operation, const std::string& path) {
    const auto* found = aws::find_operation(operation);
    if (found == nullptr) refuse_value(path, "this server has no " + std::string(operation) + ".");
    return found->request();
}

/// What an item is to be: the members of the request and of the file alone, told apart.
class ItemReader {
public:
    ItemReader(const Description& request, const Description& own, std::string path)
        : request_(request), own_(own), item_{std::move(path)} {}

    void read(const std::string& name, const YAML::Node& value) {
        const auto path = member_path(item_.path, name);
        const auto* member = own_.find(name);
        auto& target = member != nullptr ? item_.own : item_.request;
        if (member == nullptr) member = request_.find(name);
        if (member == nullptr) refuse_value(path, "there is no such member.");
        if (name == pool_member) refuse_value(path, "is the pool around it.");
        if (target.contains(name)) refuse_value(path, "is given twice.");
        auto read = read_shaped(value, *member->type, path);
        if (!read.is_null()) target.emplace(name, std::move(read));
    }

    /// Fails: invalid_parameter, a required member is missing.
    Item finish() {
        for (const auto& member : request_.members) {
            if (member.required && member.name != pool_member && !item_.request.contains(member.name))
                refuse_value(item_.path, std::string(member.name) + " is missing.");
        }
        return std::move(item_);
    }

private:
    const Description& request_;
    const Description& own_;
    Item item_;
};

template <class Read>
void each_member(const YAML::Node& node, const std::string& path, Read read) {
    if (!node.IsMap()) refuse_value(path, "a map is expected.");
    for (const auto& entry : node) read(entry.first.as<std::string>(), entry.second);
}

template <class Read>
void each_element(const YAML::Node& node, const std::string& path, Read read) {
    if (node.IsNull()) return;
    if (!node.IsSequence()) refuse_value(path, "a list is expected.");
    for (std::size_t i = 0; i < node.size(); ++i) read(node[i], element_path(path, i));
}

/// How an item is told from the others of its section. A client without an id is known by its name.
std::string identity_of(const Section& section, const Item& item) {
    const std::string key(section.key);
    if (const auto own = text_at(item.own, key); !own.empty()) return own;
    if (const auto named = text_at(item.request, key); !named.empty()) return named;
    return "name " + text_at(item.request, "ClientName");
}

void check_user(const Item& user) {
    constexpr std::string_view form = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";
    const auto fits = [](char c, char f) {
        return f == '-' ? c == '-' : (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
    };
    const auto sub = text_at(user.own, "Sub");
    if (!sub.empty() && !std::equal(sub.begin(), sub.end(), form.begin(), form.end(), fits))
        refuse_value(member_path(user.path, "Sub"), "a UUID in lower case is expected.");
    if (user.own.contains("Confirmed") && !user.own.contains("Password"))
        refuse_value(member_path(user.path, "Confirmed"),
                     "goes with Password: with a password of his own a user is "
                     "confirmed.");
}

std::vector<Item> read_section(const YAML::Node& node, const Section& section, const std::string& path) {
    const auto& request = request_of(section.makes, path);
    const auto& own = own_members(section.name);
    std::vector<Item> items;
    std::set<std::string> seen;
    each_element(node, path, [&](const YAML::Node& element, const std::string& place) {
        ItemReader reader(request, own, place);
        each_member(element, place,
                    [&](const std::string& name, const YAML::Node& value) { reader.read(name, value); });
        items.push_back(reader.finish());
        if (!seen.insert(identity_of(section, items.back())).second)
            refuse_value(place, "there is another one of this id or name.");
        if (section.name == "Users") check_user(items.back());
    });
    return items;
}

PoolPlan read_pool(const YAML::Node& node, const std::string& path) {
    PoolPlan plan;
    ItemReader reader(request_of("CreateUserPool", path), own_members(pools_name), path);
    each_member(node, path, [&](const std::string& name, const YAML::Node& value) {
        const auto place = member_path(path, name);
        if (name == mfa_name) {
            ItemReader mfa(request_of("SetUserPoolMfaConfig", place), description_of<NoMembers>(), place);
            each_member(value, place, [&](const std::string& member, const YAML::Node& v) { mfa.read(member, v); });
            plan.mfa_path = place;
            plan.mfa = mfa.finish().request;
            return;
        }
        for (std::size_t i = 0; i < sections.size(); ++i) {
            if (name != sections[i].name) continue;
            if (!plan.items[i].empty()) refuse_value(place, "is given twice.");
            plan.items[i] = read_section(value, sections[i], place);
            return;
        }
        reader.read(name, value);
    });
    plan.pool = reader.finish();
    return plan;
}

std::vector<PoolPlan> read_pools(const YAML::Node& file) {
    std::vector<PoolPlan> plans;
    std::set<std::string> seen;
    if (file.IsNull()) return plans;
    each_member(file, {}, [&](const std::string& name, const YAML::Node& value) {
        if (name != pools_name) refuse_value(name, "there is no such section.");
        each_element(value, name, [&](const YAML::Node& element, const std::string& place) {
            plans.push_back(read_pool(element, place));
            const auto& pool = plans.back().pool;
            const auto id = text_at(pool.own, "Id");
            if (!seen.insert(id.empty() ? "name " + text_at(pool.request, "PoolName") : id).second)
                refuse_value(place, "there is another pool of this id or name.");
        });
    });
    return plans;
}

}  // namespace

std::string text_at(const json::object& in, std::string_view member) {
    const auto* found = in.if_contains(member);
    return found != nullptr && found->is_string() ? std::string(found->get_string()) : std::string{};
}

std::vector<PoolPlan> read_plan(const std::string& file) {
    try {
        return read_pools(YAML::LoadFile(file));
    } catch (const Error& error) {
        throw Error(error.code, file + ": " + error.message);
    } catch (const YAML::Exception& error) {
        throw Error(Errc::invalid_parameter, file + ": " + error.what());
    }
}

}  // namespace symbolon::app
