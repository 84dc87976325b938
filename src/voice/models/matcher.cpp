#include "voice/models/matcher.hpp"

#include "voice/models/sample.hpp"
#include "voice/models/slot_value.hpp"

#include <algorithm>

namespace symbolon::voice {

namespace {

constexpr std::size_t most_words = 60;

/// One sample against all the words. For each part and place, the best way to go on is found once.
class SampleMatch {
public:
    SampleMatch(const Listening& listening, const IntentModel& intent, const std::vector<SamplePart>& parts,
                std::span<const Word> words)
        : listening_(listening), intent_(intent), parts_(parts), words_(words) {}

    std::optional<IntentMatch> run() {
        if (!has_all_words()) return std::nullopt;
        known_.resize((parts_.size() + 1) * (words_.size() + 1));
        const auto& whole = best(0, 0);
        if (whole.score < 0) return std::nullopt;
        IntentMatch out{empty_intent(intent_), whole.score / static_cast<double>(words_.size())};
        collect(out.intent);
        return out;
    }

private:
    struct Way {
        double score = -1;  ///< below 0: there is none
        std::size_t taken = 0;
        std::optional<FilledSlot> slot;
    };

    bool has_all_words() const {
        return std::ranges::all_of(parts_, [&](const SamplePart& part) {
            return part.is_slot || std::ranges::find(words_, part.text, &Word::plain) != words_.end();
        });
    }

    const Way& best(std::size_t part, std::size_t word) {
        auto& place = known_[part * (words_.size() + 1) + word];
        if (!place) place = find(part, word);
        return *place;
    }

    Way find(std::size_t part, std::size_t word) {
        if (part == parts_.size()) return {word == words_.size() ? 0.0 : -1.0, 0, {}};
        if (word == words_.size()) return {};
        if (parts_[part].is_slot) return find_slot(part, word);
        if (words_[word].plain != parts_[part].text) return {};
        const double rest = best(part + 1, word + 1).score;
        return rest < 0 ? Way{} : Way{rest + 1, 1, {}};
    }

    Way find_slot(std::size_t part, std::size_t word) {
        Way out;
        const auto* slot = intent_.find_slot(parts_[part].text);
        if (slot == nullptr) return out;
        const std::size_t behind = parts_.size() - part - 1;  // each needs a word at least
        for (std::size_t count = 1; word + count + behind <= words_.size(); ++count) {
            const double rest = best(part + 1, word + count).score;
            if (rest < 0) continue;
            auto reading = read_slot_value(listening_, *slot, words_.subspan(word, count));
            if (!reading) continue;
            const double score = rest + reading->weight * static_cast<double>(count);
            if (score > out.score) out = {score, count, std::move(reading->slot)};
        }
        return out;
    }

    void collect(SpokenIntent& intent) {
        std::size_t word = 0;
        for (std::size_t part = 0; part < parts_.size(); ++part) {
            const auto& way = best(part, word);
            if (way.slot) {
                if (auto* slot = intent.find_slot(way.slot->name)) *slot = *way.slot;
            }
            word += way.taken;
        }
    }

    const Listening& listening_;
    const IntentModel& intent_;
    const std::vector<SamplePart>& parts_;
    std::span<const Word> words_;
    std::vector<std::optional<Way>> known_;
};

std::optional<IntentMatch> match_sample(const Listening& listening, const IntentModel& intent, std::string_view sample,
                                        std::span<const Word> words) {
    const auto parts = read_sample(sample);
    if (!parts || parts->empty() || parts->size() > words.size()) return std::nullopt;
    return SampleMatch(listening, intent, *parts, words).run();
}

}  // namespace

SpokenIntent empty_intent(const IntentModel& intent) {
    SpokenIntent out;
    out.name = intent.name;
    for (const auto& slot : intent.slots) {
        FilledSlot empty;
        empty.name = slot.name;
        out.slots.push_back(std::move(empty));
    }
    return out;
}

std::vector<IntentMatch> match_intents(const Listening& listening, std::span<const Word> words) {
    std::vector<IntentMatch> out;
    if (words.empty() || words.size() > most_words) return out;
    for (const auto& intent : listening.model.intents) {
        std::optional<IntentMatch> best;
        for (const auto& sample : intent.samples) {
            auto match = match_sample(listening, intent, sample, words);
            if (match && (!best || match->score > best->score)) best = std::move(match);
        }
        if (best) out.push_back(std::move(*best));
    }
    std::ranges::stable_sort(out, std::ranges::greater{}, &IntentMatch::score);
    return out;
}

std::optional<FilledSlot> match_slot(const Listening& listening, const IntentModel& intent, const IntentSlot& slot,
                                     std::span<const Word> words) {
    if (words.empty() || words.size() > most_words) return std::nullopt;
    for (const auto& sample : slot.samples) {
        const auto match = match_sample(listening, intent, sample, words);
        const auto* filled = match ? match->intent.find_slot(slot.name) : nullptr;
        if (filled != nullptr && filled->value) return *filled;
    }
    auto reading = read_slot_value(listening, slot, words);
    return reading ? std::optional(std::move(reading->slot)) : std::nullopt;
}

}  // namespace symbolon::voice
