#include "voice/models/model_store.hpp"

#include <boost/describe/class.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>
#include <utility>

namespace symbolon::voice {

namespace json = boost::json;

namespace {

struct ModelRow {
    std::string locale;
    std::string model;
    std::int64_t version;
};
BOOST_DESCRIBE_STRUCT(ModelRow, (), (locale, model, version))

constexpr std::string_view find_model_sql =
    "SELECT locale, model, version FROM interaction_models WHERE skill_id = $1 AND locale = $2";
constexpr std::string_view list_models_sql =
    "SELECT locale, model, version FROM interaction_models WHERE skill_id = $1 ORDER BY locale LIMIT 50";
constexpr std::string_view save_model_sql = R"sql(
    INSERT INTO interaction_models (skill_id, locale, model, version) VALUES ($1, $2, $3, 1)
        ON CONFLICT (skill_id, locale) DO UPDATE
           SET model = excluded.model, version = interaction_models.version + 1
)sql";
constexpr std::string_view delete_models_sql = "DELETE FROM interaction_models WHERE skill_id = $1";

ModelStore::Stored from_row(ModelRow row) {
    return {std::move(row.locale), json::parse(row.model).as_object(), row.version};
}

std::string_view language_of(std::string_view locale) {
    return locale.substr(0, locale.find('-'));
}

}  // namespace

std::optional<ModelStore::Stored> ModelStore::find(std::string_view skill_id, std::string_view locale) {
    auto row = tx_.row<ModelRow>(find_model_sql, skill_id, locale);
    if (!row) return std::nullopt;
    return from_row(std::move(*row));
}

std::optional<ModelStore::Stored> ModelStore::find_best(std::string_view skill_id, std::string_view locale) {
    if (auto exact = find(skill_id, locale)) return exact;
    auto all = list(skill_id);
    if (all.empty()) return std::nullopt;
    const auto same_language = [&](const Stored& s) { return language_of(s.locale) == language_of(locale); };
    const auto near = std::ranges::find_if(all, same_language);
    return std::move(near != all.end() ? *near : all.front());
}

std::vector<ModelStore::Stored> ModelStore::list(std::string_view skill_id) {
    std::vector<Stored> out;
    for (auto& row : tx_.rows<ModelRow>(list_models_sql, skill_id)) out.push_back(from_row(std::move(row)));
    return out;
}

void ModelStore::save(std::string_view skill_id, std::string_view locale, const json::object& model) {
    tx_.execute(save_model_sql, skill_id, locale, json::serialize(model));
}

void ModelStore::delete_all(std::string_view skill_id) {
    tx_.execute(delete_models_sql, skill_id);
}

}  // namespace symbolon::voice
