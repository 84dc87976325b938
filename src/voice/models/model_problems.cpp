#include "voice/models/interaction_model.hpp"
#include "voice/models/sample.hpp"

#include <algorithm>
#include <cctype>
#include <set>

namespace symbolon::voice {

namespace json = boost::json;

namespace {

constexpr std::size_t most_problems = 20;
constexpr std::size_t longest_invocation_name = 50;

std::string indexed(std::string path, std::string_view member, std::size_t index) {
    return std::move(path) + "." + std::string(member) + "[" + std::to_string(index) + "]";
}

bool is_name(std::string_view text) {
    return !text.empty() && std::ranges::all_of(text, [](char c) {
        return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '.' || c == '-';
    });
}

bool is_built_in(std::string_view name) {
    return name.starts_with("AMAZON.");
}

class Check {
public:
    explicit Check(const InteractionModel& model) : model_(model) {}

    std::vector<ModelProblem> run() {
        check_invocation_name();
        if (model_.intents.empty()) add("languageModel.intents", "must list at least one intent.");
        std::set<std::string, std::less<>> names;
        for (std::size_t i = 0; i < model_.intents.size(); ++i) {
            const auto path = indexed("languageModel", "intents", i);
            const auto& intent = model_.intents[i];
            if (!names.insert(intent.name).second) add(path + ".name", "is there twice: " + intent.name + ".");
            check_intent(intent, path);
        }
        check_types();
        check_dialogs();
        return std::move(problems_);
    }

private:
    void add(std::string path, std::string text) {
        if (problems_.size() < most_problems) problems_.push_back({std::move(path), std::move(text)});
    }

    void check_invocation_name() {
        const auto& name = model_.invocation_name;
        if (name.size() < 2 || name.size() > longest_invocation_name) {
            add("languageModel.invocationName", "must have 2 to 50 characters.");
        } else if (std::ranges::any_of(name, [](char c) { return c >= 'A' && c <= 'Z'; })) {
            add("languageModel.invocationName", "must be in lower case.");
        }
    }

    void check_intent(const IntentModel& intent, const std::string& path) {
        if (!is_name(intent.name)) add(path + ".name", "must be letters, digits, periods and underscores.");
        if (intent.samples.empty() && !is_built_in(intent.name)) add(path + ".samples", "must hold a sample.");
        for (std::size_t i = 0; i < intent.slots.size(); ++i) {
            const auto& slot = intent.slots[i];
            const auto slot_path = indexed(path, "slots", i);
            if (!is_name(slot.name)) add(slot_path + ".name", "must be letters, digits and underscores.");
            if (!is_built_in(slot.type) && model_.find_type(slot.type) == nullptr) {
                add(slot_path + ".type", "is no slot type of this model: " + slot.type + ".");
            }
            check_samples(slot.samples, intent, slot_path);
        }
        check_samples(intent.samples, intent, path);
    }

    void check_samples(const std::vector<std::string>& samples, const IntentModel& intent, const std::string& path) {
        for (std::size_t i = 0; i < samples.size(); ++i) {
            const auto sample_path = indexed(path, "samples", i);
            const auto sample = read_sample(samples[i]);
            if (!sample || sample->empty()) {
                add(sample_path, "must be words, with slots in braces: \"" + samples[i] + "\".");
                continue;
            }
            for (const auto& part : *sample) {
                if (part.is_slot && intent.find_slot(part.text) == nullptr) {
                    add(sample_path, "names a slot that the intent does not have: {" + part.text + "}.");
                }
            }
        }
    }

    void check_types() {
        for (std::size_t i = 0; i < model_.types.size(); ++i) {
            const auto& type = model_.types[i];
            const auto path = indexed("languageModel", "types", i);
            if (type.values.empty() && !is_built_in(type.name)) add(path + ".values", "must hold a value.");
            for (std::size_t v = 0; v < type.values.size(); ++v) {
                if (type.values[v].name.empty()) add(indexed(path, "values", v) + ".name.value", "must not be empty.");
            }
        }
    }

    void check_dialogs() {
        for (std::size_t i = 0; i < model_.dialogs.size(); ++i) {
            const auto& dialog = model_.dialogs[i];
            const auto path = indexed("dialog", "intents", i);
            const auto* intent = model_.find_intent(dialog.name);
            if (intent == nullptr) {
                add(path + ".name", "is no intent of the language model: " + dialog.name + ".");
                continue;
            }
            check_prompt(dialog.confirmation_required, dialog.confirmation_prompt, path + ".prompts.confirmation");
            for (std::size_t s = 0; s < dialog.slots.size(); ++s) check_dialog_slot(dialog.slots[s], *intent, path, s);
        }
    }

    void check_dialog_slot(const DialogSlot& slot, const IntentModel& intent, const std::string& path, std::size_t at) {
        const auto slot_path = indexed(path, "slots", at);
        if (intent.find_slot(slot.name) == nullptr)
            add(slot_path + ".name", "is no slot of the intent: " + slot.name + ".");
        check_prompt(slot.elicitation_required, slot.elicitation_prompt, slot_path + ".prompts.elicitation");
        check_prompt(slot.confirmation_required, slot.confirmation_prompt, slot_path + ".prompts.confirmation");
        for (const auto& rule : slot.validations) check_prompt(true, rule.prompt, slot_path + ".validations");
    }

    void check_prompt(bool required, const std::string& id, const std::string& path) {
        if (!required && id.empty()) return;
        if (model_.prompt(id).empty()) add(path, "names no prompt of this model: \"" + id + "\".");
    }

    const InteractionModel& model_;
    std::vector<ModelProblem> problems_;
};

}  // namespace

std::vector<ModelProblem> find_model_problems(const json::object& model) {
    const auto read = read_model(model);
    return Check(read).run();
}

}  // namespace symbolon::voice
