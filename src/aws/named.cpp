#include "aws/named.hpp"

#include "aws/permissions.hpp"
#include "base/encoding.hpp"
#include "base/shape/patterns.hpp"

#include <algorithm>

namespace symbolon::aws {

namespace json = boost::json;

namespace {

constexpr std::size_t longest_id = 128;
constexpr std::size_t hash_bytes = 16;

std::string text_of(const json::object& in, std::string_view member) {
    const auto* found = in.if_contains(member);
    return found != nullptr && found->is_string() ? std::string(found->get_string()) : std::string{};
}

std::string text_in(const json::object& in, std::string_view structure, std::string_view member) {
    const auto* found = in.if_contains(structure);
    return found != nullptr && found->is_object() ? text_of(found->get_object(), member) : std::string{};
}

std::string client_id(std::string text) {
    return text.size() <= longest_id && is_word_or_plus(text) ? std::move(text) : std::string{};
}

/// A UUID in lower case, as subs are.
bool is_sub(std::string_view text) {
    constexpr std::string_view form = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";
    return text.size() == form.size() && std::equal(text.begin(), text.end(), form.begin(), [](char c, char f) {
               return f == '-' ? c == '-' : (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
           });
}

}  // namespace

std::string loggable_id(std::string_view access_key_id) {
    return access_key_id.size() <= longest_id && is_word(access_key_id) ? std::string(access_key_id) : std::string{};
}

std::string audited_user(const crypto::Sealer& sealer, std::string_view pool, std::string_view username) {
    if (username.empty() || is_sub(username)) return std::string(username);
    const auto hash = sealer.keyed_hash("audited user", pool, username);
    return "hash:" + to_hex(ByteView(hash).first(hash_bytes));
}

void name_subjects(AuditEntry& entry, const crypto::Sealer& sealer, const Operation& operation,
                   const json::object& body) {
    entry.pool = find_named_pool(operation, body).str();
    if (operation.request().find("ClientId") != nullptr) entry.client = client_id(text_of(body, "ClientId"));
    if (operation.request().find("Username") != nullptr)
        entry.user = audited_user(sealer, entry.pool, text_of(body, "Username"));
}

void name_made(AuditEntry& entry, const json::object& answer) {
    if (entry.pool.empty()) entry.pool = text_in(answer, "UserPool", "Id");
    if (entry.client.empty()) entry.client = text_in(answer, "UserPoolClient", "ClientId");
}

}  // namespace symbolon::aws
