#include "voice/platforms/voice_forward.hpp"

#include "crypto/hash.hpp"
#include "voice/models/built_in_intents.hpp"
#include "voice/models/built_in_types.hpp"
#include "voice/models/json_read.hpp"
#include "voice/models/words.hpp"
#include "voice/platforms/voice_forward_phrases.hpp"

#include <algorithm>
#include <utility>

namespace symbolon::voice {

namespace json = boost::json;

namespace {

constexpr std::string_view link_uri = "connection://AMAZON.AskForAccountLinking/1";
constexpr int most_tries = 3;

/// A phrase with what {name} stands for.
std::string fill(std::string phrase, std::string_view name, std::string_view value) {
    if (const auto at = phrase.find(name); at != std::string::npos) phrase.replace(at, name.size(), value);
    return phrase;
}

/// Yes or no; nothing for anything else.
std::optional<bool> read_consent(const std::string& plain, std::string_view locale) {
    const auto approvals = voice_forward_phrases(locale).approvals;
    if (std::ranges::find(approvals, plain) != approvals.end()) return true;
    if (leaves(plain)) return false;
    const auto intent = find_built_in_intent(plain, locale);
    if (intent == "AMAZON.YesIntent") return true;
    const bool no = intent == "AMAZON.NoIntent" || intent == "AMAZON.CancelIntent" || intent == "AMAZON.StopIntent";
    return no ? std::optional(false) : std::nullopt;
}

/// The digits at the end of "my code is one two three four five six"; "" when there are none.
std::string read_code(std::span<const Word> words, std::string_view locale) {
    for (; !words.empty(); words = words.subspan(1)) {
        if (auto digits = read_phone_number(words, language_of(locale))) return std::move(*digits);
    }
    return {};
}

}  // namespace

std::optional<Connection> read_connection(const json::object& response) {
    for (const auto* directive : objects_of(response, "directives")) {
        if (text_of(*directive, "type") != "Connections.StartConnection") continue;
        Connection out;
        out.uri = text_of(*directive, "uri");
        out.token = text_of(*directive, "token");
        if (const auto* input = object_of(*directive, "input")) out.input = *input;
        out.resumes = text_of(*directive, "onCompletion") != "SEND_ERRORS_ONLY";
        return out;
    }
    return std::nullopt;
}

Completion link_completion(std::string_view status) {
    return {"200", "OK", {{"status", status}}};
}

std::optional<Completion> end_unasked(const Connection& connection, const VoiceForwardStanding& standing) {
    if (connection.uri != link_uri) return Completion{"404", "This assistant has nobody for the task.", {}};
    const auto& input = connection.input;
    if (text_of(input, "@type") != "AskForAccountLinking" || text_of(input, "@version") != "1") {
        return Completion{"400", "input must have the @type AskForAccountLinking and the @version 1.", {}};
    }
    const auto& linking = standing.linking;
    if (!linking || linking->config.voiceForwardAccountLinking != VoiceForwardAccountLinking::ENABLED) {
        return Completion{"403", "Voice-forward account linking is not enabled for this skill.", {}};
    }
    if (linking->config.accessTokenUrl != standing.own_token_url) {
        return Completion{"403", "The skill's accounts are not those of Login with Amazon.", {}};
    }
    if (standing.linked) return link_completion("LINKED");
    if (!standing.recognized || !standing.has_email) return link_completion("USER_REQUIREMENTS_NOT_MET");
    return std::nullopt;
}

VoiceForward::VoiceForward(Connection connection, std::string skill_name, std::string locale, std::string code)
    : connection_(std::move(connection)),
      skill_name_(std::move(skill_name)),
      locale_(std::move(locale)),
      code_(std::move(code)) {}

std::string VoiceForward::question() const {
    const auto& phrases = voice_forward_phrases(locale_);
    const auto question =
        fill(std::string(step_ == Step::code ? phrases.code : phrases.consent), "{skill}", skill_name_);
    if (!misheard_ && !asked_again_) return question;
    return std::string(misheard_ ? phrases.wrong_code : phrases.not_understood) + " " + question;
}

std::string VoiceForward::text_message() const {
    if (step_ != Step::code) return {};
    const std::string phrase(voice_forward_phrases(locale_).text_message);
    return fill(fill(phrase, "{code}", code_), "{skill}", skill_name_);
}

void VoiceForward::hear(std::string_view utterance) {
    const auto words = split_words(utterance);
    const auto consent = read_consent(join_plain(words), locale_);
    asked_again_ = misheard_ = false;
    if (consent == false) {
        step_ = Step::denied;
    } else if (step_ == Step::consent) {
        if (consent) step_ = Step::code;
        asked_again_ = !consent;
    } else if (crypto::equal_in_constant_time(read_code(words, locale_), code_)) {
        step_ = Step::approved;
    } else {
        misheard_ = true;
        if (++tries_ == most_tries) step_ = Step::not_proven;
    }
}

void VoiceForward::hear_nothing() {
    if (std::exchange(asked_again_, true)) step_ = Step::denied;
}

}  // namespace symbolon::voice
