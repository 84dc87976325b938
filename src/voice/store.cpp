#include "voice/store.hpp"

#include "base/error.hpp"
#include "base/shape/codec.hpp"
#include "voice/store_rows.hpp"

#include <boost/json/serialize.hpp>

#include <array>
#include <utility>

namespace symbolon::voice {

namespace json = boost::json;

namespace {

constexpr std::size_t most_skills = 100;

struct SealedRow {
    Bytes sealed;
};
BOOST_DESCRIBE_STRUCT(SealedRow, (), (sealed))

struct SkillRow {
    std::string skill_id;
    std::string manifest;
    Instant created_ms;
};
BOOST_DESCRIBE_STRUCT(SkillRow, (), (skill_id, manifest, created_ms))

struct LinkingRow {
    std::string config;
    Bytes sealed_secret;
    std::string etag;
};
BOOST_DESCRIBE_STRUCT(LinkingRow, (), (config, sealed_secret, etag))

/// The stored part of an account-linking configuration that the API does not show.
struct Hidden {
    std::string client_secret;
    bool skip_on_enablement = false;
};
BOOST_DESCRIBE_STRUCT(Hidden, (), (client_secret, skip_on_enablement))

constexpr std::string_view find_setting_sql = "SELECT sealed FROM settings WHERE name = $1";
constexpr std::string_view save_setting_sql = R"sql(
    INSERT INTO settings (name, sealed) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET sealed = excluded.sealed
)sql";
constexpr std::string_view delete_setting_sql = "DELETE FROM settings WHERE name = $1";
constexpr std::string_view list_skills_sql =
    "SELECT skill_id, manifest, created_ms FROM skills ORDER BY created_ms, skill_id";
constexpr std::string_view find_skill_sql = "SELECT skill_id, manifest, created_ms FROM skills WHERE skill_id = $1";
constexpr std::string_view save_skill_sql = R"sql(
    INSERT INTO skills (skill_id, manifest, created_ms) VALUES ($1, $2, $3)
        ON CONFLICT (skill_id) DO UPDATE SET manifest = excluded.manifest
)sql";
constexpr std::string_view delete_skill_sql = "DELETE FROM skills WHERE skill_id = $1";
/// What other repositories keep about a skill.
constexpr std::array<std::string_view, 6> delete_what_follows_sql{
    "DELETE FROM enablements WHERE skill_id = $1",     "DELETE FROM linkings WHERE skill_id = $1",
    "DELETE FROM knobs WHERE skill_id = $1",           "DELETE FROM link_log WHERE skill_id = $1",
    "DELETE FROM platform_grants WHERE skill_id = $1", "DELETE FROM gateway_events WHERE skill_id = $1"};
constexpr std::string_view find_linking_sql =
    "SELECT config, sealed_secret, etag FROM account_linking WHERE skill_id = $1";
constexpr std::string_view save_linking_sql = R"sql(
    INSERT INTO account_linking (skill_id, config, sealed_secret, etag) VALUES ($1, $2, $3, $4)
        ON CONFLICT (skill_id) DO UPDATE
           SET config = excluded.config, sealed_secret = excluded.sealed_secret, etag = excluded.etag
)sql";
constexpr std::string_view delete_linking_sql = "DELETE FROM account_linking WHERE skill_id = $1";

Skill from_row(SkillRow row) {
    return {std::move(row.skill_id), parse_object(row.manifest), row.created_ms};
}

}  // namespace

std::optional<std::string> Store::find_setting(std::string_view name) {
    const auto row = tx_.row<SealedRow>(find_setting_sql, name);
    if (!row) return std::nullopt;
    return open_row(sealer_, context_of("settings", name), row->sealed);
}

void Store::save_setting(std::string_view name, std::string_view value) {
    tx_.execute(save_setting_sql, name, sealer_.seal(seal_purpose, context_of("settings", name), bytes_of(value)));
}

void Store::delete_setting(std::string_view name) {
    tx_.execute(delete_setting_sql, name);
}

std::vector<Skill> Store::list_skills() {
    std::vector<Skill> out;
    for (auto& row : tx_.rows<SkillRow>(list_skills_sql)) out.push_back(from_row(std::move(row)));
    return out;
}

std::optional<Skill> Store::find_skill(std::string_view id) {
    auto row = tx_.row<SkillRow>(find_skill_sql, id);
    if (!row) return std::nullopt;
    return from_row(std::move(*row));
}

void Store::add_skill(const Skill& skill) {
    if (list_skills().size() >= most_skills) {
        throw Error(Errc::limit_exceeded, "This assistant holds at most " + std::to_string(most_skills) + " skills.");
    }
    save_skill(skill);
}

void Store::save_skill(const Skill& skill) {
    tx_.execute(save_skill_sql, skill.id, json::serialize(skill.manifest), skill.created);
}

void Store::delete_skill(std::string_view id) {
    tx_.execute(delete_skill_sql, id);
    delete_linking(id);
    for (const auto sql : delete_what_follows_sql) tx_.execute(sql, id);
}

std::optional<StoredLinking> Store::find_linking(std::string_view skill_id) {
    auto row = tx_.row<LinkingRow>(find_linking_sql, skill_id);
    if (!row) return std::nullopt;
    auto hidden =
        decode<Hidden>(parse_object(open_row(sealer_, context_of("account_linking", skill_id), row->sealed_secret)));
    return StoredLinking{decode<AccountLinking>(parse_object(row->config)), std::move(hidden.client_secret),
                         hidden.skip_on_enablement, std::move(row->etag)};
}

void Store::save_linking(std::string_view skill_id, const StoredLinking& linking) {
    const auto hidden = json::serialize(encode(Hidden{linking.client_secret, linking.skip_on_enablement}));
    tx_.execute(save_linking_sql, skill_id, json::serialize(encode(linking.config)),
                sealer_.seal(seal_purpose, context_of("account_linking", skill_id), bytes_of(hidden)), linking.etag);
}

void Store::delete_linking(std::string_view skill_id) {
    tx_.execute(delete_linking_sql, skill_id);
}

}  // namespace symbolon::voice
