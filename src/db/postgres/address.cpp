#include "db/postgres/address.hpp"

#include "base/error.hpp"

#include <libpq-fe.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <memory>
#include <string_view>

namespace symbolon::db::postgres {
namespace {

using Parameters = std::vector<std::pair<std::string, std::string>>;

constexpr std::size_t largest_pool = 1000;

constexpr std::array<std::pair<std::string_view, std::string_view>, 6> defaults{{
    {"fallback_application_name", "symbolon"},
    {"connect_timeout", "5"},
    {"keepalives_idle", "10"},
    {"keepalives_interval", "5"},
    {"keepalives_count", "3"},
    {"tcp_user_timeout", "30000"},
}};

constexpr std::array<std::string_view, 2> secrets{"password", "sslpassword"};

[[noreturn]] void refuse(std::string_view why) {
    throw Error{Errc::invalid_parameter, "The database URL is not valid: " + std::string(why) + "."};
}

const std::string* find(const Parameters& parameters, std::string_view name) {
    const auto found = std::ranges::find(parameters, name, [](const auto& p) { return std::string_view(p.first); });
    return found == parameters.end() ? nullptr : &found->second;
}

std::size_t parse_pool_size(std::string_view text) {
    std::size_t size = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), size);
    if (error != std::errc() || end != text.data() + text.size() || size == 0 || size > largest_pool)
        refuse("pool_size is a number from 1 to 1000");
    return size;
}

/// Takes our own parameter out of the query, since libpq refuses what it does not know.
std::string take_pool_size(const std::string& url, std::size_t& pool_size) {
    const auto question = url.find('?');
    if (question == std::string::npos) return url;
    std::string query;
    std::string_view rest = std::string_view(url).substr(question + 1);
    while (!rest.empty()) {
        const std::string_view item = rest.substr(0, rest.find('&'));
        rest.remove_prefix(std::min(item.size() + 1, rest.size()));
        constexpr std::string_view ours = "pool_size=";
        if (item.starts_with(ours)) {
            pool_size = parse_pool_size(item.substr(ours.size()));
        } else {
            if (!query.empty()) query += '&';
            query += item;
        }
    }
    return url.substr(0, question) + (query.empty() ? "" : "?" + query);
}

/// What libpq makes of the URL. Its own words about a wrong one would repeat parts of it.
Parameters read(const std::string& url) {
    char* why = nullptr;
    const std::unique_ptr<PQconninfoOption, decltype(&PQconninfoFree)> options(PQconninfoParse(url.c_str(), &why),
                                                                               &PQconninfoFree);
    PQfreemem(why);
    if (!options) refuse("it must be postgresql://user:password@host:port/database?parameters");
    Parameters parameters;
    for (const PQconninfoOption* option = options.get(); option->keyword != nullptr; ++option) {
        if (option->val != nullptr) parameters.emplace_back(option->keyword, option->val);
    }
    return parameters;
}

/// A password with an unescaped @ or / ends up, in part, in names that messages and logs show.
void check_password_is_escaped(const Parameters& parameters) {
    for (const std::string_view name : {"host", "port", "dbname"}) {
        const std::string* value = find(parameters, name);
        if (value != nullptr && value->find('@') != std::string::npos)
            refuse("special characters of the password must be percent-encoded");
    }
    const std::string* port = find(parameters, "port");
    if (port != nullptr && port->find_first_not_of("0123456789,") != std::string::npos)
        refuse("the port must be a number, and special characters of the password percent-encoded");
}

}  // namespace

std::string Address::without_secrets(std::string text) const {
    constexpr std::string_view mask = "***";
    for (const std::string_view name : secrets) {
        const std::string* secret = find(parameters, name);
        if (secret == nullptr || secret->empty()) continue;
        for (auto at = text.find(*secret); at != std::string::npos; at = text.find(*secret, at + mask.size())) {
            text.replace(at, secret->size(), mask);
        }
    }
    return text;
}

Address parse_address(const std::string& url) {
    Address address;
    address.parameters = read(take_pool_size(url, address.pool_size));
    check_password_is_escaped(address.parameters);
    for (const auto& [name, value] : defaults) {
        if (find(address.parameters, name) == nullptr) address.parameters.emplace_back(name, value);
    }
    const std::string* host = find(address.parameters, "host");
    const bool several = host != nullptr && host->find(',') != std::string::npos;
    if (several && find(address.parameters, "target_session_attrs") == nullptr)
        address.parameters.emplace_back("target_session_attrs", "read-write");
    address.parameters.emplace_back("client_encoding", "UTF8");
    return address;
}

}  // namespace symbolon::db::postgres
