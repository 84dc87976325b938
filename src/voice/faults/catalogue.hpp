#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>

namespace symbolon::voice {

/// One way in which the assistant can behave.
struct KnobChoice {
    std::string_view name;  ///< as the API has it
    std::string_view text;  ///< what it does, one sentence
};

/// One behaviour rule (BR-01 … BR-11: rule 1 … 11 of voice-account-linking.md §7.2, BR-12: silence, PKCE: §1.1) or
/// fault injection (FI-01 … FI-15, §7.3). The first choice is the platform's usual behaviour, but for BR-12; a rule
/// with one choice cannot be changed.
struct Knob {
    std::string_view id;
    std::string_view title;
    std::string_view tests;  ///< what it brings to light
    std::span<const KnobChoice> choices;
};

/// In the order of the reference: the rules, then the faults.
std::span<const Knob> knobs();
/// Null when there is none of that id.
const Knob* find_knob(std::string_view id);

/// How the assistant behaves towards one skill: what was chosen, the usual for the rest.
class Behaviour {
public:
    /// Fails: invalid_parameter (no such knob or choice, in words that name it).
    void choose(std::string_view knob, std::string_view choice);
    /// The choice of a knob of the catalogue.
    std::string_view at(std::string_view knob) const;
    bool has(std::string_view knob, std::string_view choice) const { return at(knob) == choice; }
    /// Whether this one does what it usually does not.
    bool is_changed(std::string_view knob) const { return changes_.contains(knob); }
    const std::map<std::string, std::string, std::less<>>& changes() const { return changes_; }

private:
    std::map<std::string, std::string, std::less<>> changes_;
};

}  // namespace symbolon::voice
