#include "voice/talk/accounts.hpp"

#include "base/error.hpp"
#include "voice/skill.hpp"

#include <boost/describe/class.hpp>
#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>
#include <cctype>

namespace symbolon::voice {

namespace json = boost::json;

namespace {

constexpr std::size_t most_accounts = 20;
constexpr std::size_t longest_name = 60;
constexpr std::size_t longest_email = 254;

struct AccountRow {
    std::string account;
    std::string name;
    std::string locale;
    bool recognized;
    Instant created_ms;
    std::string email;
};
BOOST_DESCRIBE_STRUCT(AccountRow, (), (account, name, locale, recognized, created_ms, email))

struct PermissionsRow {
    std::string permissions;
};
BOOST_DESCRIBE_STRUCT(PermissionsRow, (), (permissions))

constexpr std::string_view list_accounts_sql =
    "SELECT account, name, locale, recognized, created_ms, email FROM accounts ORDER BY created_ms, account LIMIT 50";
constexpr std::string_view find_account_sql =
    "SELECT account, name, locale, recognized, created_ms, email FROM accounts WHERE account = $1";
constexpr std::string_view save_account_sql = R"sql(
    INSERT INTO accounts (account, name, locale, recognized, created_ms, email) VALUES ($1, $2, $3, $4, $5, $6)
        ON CONFLICT (account) DO UPDATE
           SET name = excluded.name, locale = excluded.locale, recognized = excluded.recognized, email = excluded.email
)sql";
constexpr std::string_view delete_account_sql = "DELETE FROM accounts WHERE account = $1";
constexpr std::string_view delete_account_grants_sql = "DELETE FROM granted_permissions WHERE account = $1";
constexpr std::string_view delete_skill_grants_sql = "DELETE FROM granted_permissions WHERE skill_id = $1";
constexpr std::string_view find_grants_sql =
    "SELECT permissions FROM granted_permissions WHERE skill_id = $1 AND account = $2";
constexpr std::string_view save_grants_sql = R"sql(
    INSERT INTO granted_permissions (skill_id, account, permissions) VALUES ($1, $2, $3)
        ON CONFLICT (skill_id, account) DO UPDATE SET permissions = excluded.permissions
)sql";

Account from_row(AccountRow row) {
    return {std::move(row.account), std::move(row.name), std::move(row.locale),
            row.recognized,         row.created_ms,      std::move(row.email)};
}

/// "" or "xx-XX".
bool is_locale(std::string_view text) {
    if (text.empty()) return true;
    const auto is_letter = [&](std::size_t at) { return std::isalpha(static_cast<unsigned char>(text[at])) != 0; };
    return text.size() == 5 && text[2] == '-' && is_letter(0) && is_letter(1) && is_letter(3) && is_letter(4);
}

/// "" or something around one @, without blanks.
bool is_email(std::string_view text) {
    if (text.empty()) return true;
    const auto at = text.find('@');
    const bool blank = std::ranges::any_of(text, [](unsigned char c) { return c <= 0x20 || c == 0x7F; });
    return at != std::string_view::npos && at > 0 && at + 1 < text.size() &&
           text.find('@', at + 1) == std::string_view::npos && text.size() <= longest_email && !blank;
}

}  // namespace

std::vector<Account> Accounts::list() {
    std::vector<Account> out;
    for (auto& row : tx_.rows<AccountRow>(list_accounts_sql)) out.push_back(from_row(std::move(row)));
    return out;
}

std::optional<Account> Accounts::find(std::string_view id) {
    auto row = tx_.row<AccountRow>(find_account_sql, id);
    if (!row) return std::nullopt;
    return from_row(std::move(*row));
}

void Accounts::save(const Account& account) {
    if (account.name.empty() || account.name.size() > longest_name) {
        throw Error(Errc::invalid_parameter, "A name must have 1 to 60 characters.");
    }
    if (!is_locale(account.locale)) throw Error(Errc::invalid_parameter, "A locale is written like en-US.");
    if (!is_email(account.email)) throw Error(Errc::invalid_parameter, "That is no e-mail address.");
    if (!find(account.id) && list().size() >= most_accounts) {
        throw Error(Errc::limit_exceeded, "At most 20 people can talk to this assistant.");
    }
    tx_.execute(save_account_sql, account.id, account.name, account.locale, account.recognized, account.created,
                account.email);
}

void Accounts::remove(std::string_view id) {
    if (id == first_account) throw Error(Errc::invalid_parameter, "The first person stays.");
    tx_.execute(delete_account_sql, id);
    tx_.execute(delete_account_grants_sql, id);
}

std::vector<std::string> Accounts::granted(std::string_view skill_id, std::string_view account) {
    std::vector<std::string> out;
    const auto row = tx_.row<PermissionsRow>(find_grants_sql, skill_id, account);
    if (!row) return out;
    const auto list = json::parse(row->permissions);
    for (const auto& permission : list.as_array()) out.emplace_back(permission.as_string());
    return out;
}

void Accounts::grant(std::string_view skill_id, std::string_view account, const std::vector<std::string>& permissions) {
    json::array list;
    for (const auto& permission : permissions) list.emplace_back(permission);
    tx_.execute(save_grants_sql, skill_id, account, json::serialize(list));
}

void Accounts::forget_skill(std::string_view skill_id) {
    tx_.execute(delete_skill_grants_sql, skill_id);
}

}  // namespace symbolon::voice
