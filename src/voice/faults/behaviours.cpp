#include "voice/faults/behaviours.hpp"

#include "base/error.hpp"

#include <boost/describe/class.hpp>

#include <algorithm>

namespace symbolon::voice {

namespace {

struct KnobRow {
    std::string knob;
    std::string choice;
};
BOOST_DESCRIBE_STRUCT(KnobRow, (), (knob, choice))

constexpr std::string_view find_knobs_sql =
    "SELECT knob, choice FROM knobs WHERE skill_id = $1 ORDER BY knob LIMIT 100";
constexpr std::string_view save_knob_sql = "INSERT INTO knobs (skill_id, knob, choice) VALUES ($1, $2, $3)";
constexpr std::string_view delete_knobs_sql = "DELETE FROM knobs WHERE skill_id = $1";

bool is_known(const KnobRow& row) {
    const auto* knob = find_knob(row.knob);
    return knob != nullptr && std::ranges::find(knob->choices, row.choice, &KnobChoice::name) != knob->choices.end();
}

}  // namespace

Behaviour Behaviours::find(std::string_view skill_id) {
    Behaviour out;
    for (const auto& row : tx_.rows<KnobRow>(find_knobs_sql, skill_id)) {
        if (is_known(row)) out.choose(row.knob, row.choice);
    }
    return out;
}

void Behaviours::save(std::string_view skill_id, const Behaviour& behaviour) {
    tx_.execute(delete_knobs_sql, skill_id);
    for (const auto& [knob, choice] : behaviour.changes()) tx_.execute(save_knob_sql, skill_id, knob, choice);
}

}  // namespace symbolon::voice
