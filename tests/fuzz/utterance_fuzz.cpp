#include "fuzz.hpp"
#include "voice/talk/session.hpp"

#include <boost/json/parse.hpp>

#include <string>

using namespace symbolon;

namespace {

boost::json::object read_object(std::string_view text) {
    boost::json::error_code failure;
    auto value = boost::json::parse(boost::json::string_view(text.data(), text.size()), failure);
    return failure || !value.is_object() ? boost::json::object{} : std::move(value.get_object());
}

/// A dialog that is left to the platform: every question is answered with the same words.
void talk_on(const voice::Topic& topic, std::string_view said) {
    voice::Session session("session", topic.locale);
    for (int turn = 0; turn < 3; ++turn) {
        auto understood = session.hear(topic, said);
        if (understood.kind != voice::Understood::Kind::intent) return;
        session.take(topic.listening.model, understood.intent);
        const auto step = voice::next_step(topic.listening.model, understood.intent);
        session.ask(understood.intent, step);
    }
}

}  // namespace

/// The lines: what a person says, a skill's manifest, and its interaction model.
int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using Kind = voice::Understood::Kind;
    auto rest = fuzz::text_of(data, size);
    const auto said = fuzz::take_part(rest);
    voice::Skill skill;
    skill.id = "amzn1.ask.skill.1";
    skill.manifest = read_object(fuzz::take_part(rest));
    const auto document = read_object(rest);
    voice::find_model_problems(document);
    const auto model = voice::read_model(document);
    const auto now = from_ms(1'795'602'600'000);
    const voice::Listening listening{model, skill.id, now};
    const voice::Topic topic{skill, listening, "en-US"};

    const auto understood = voice::understand(topic, said, false);
    fuzz::require((understood.kind == Kind::launch) == understood.intent.name.empty(),
                  "what does not launch has an intent");
    const auto shouted = voice::understand(topic, std::string(said) + "!", false);
    fuzz::require(
        shouted.kind == understood.kind && voice::intent_json(shouted.intent) == voice::intent_json(understood.intent),
        "punctuation says nothing");
    talk_on(topic, said);

    const auto offered = voice::suggestions(skill, model, "en-US");
    fuzz::require(!offered.empty() && offered.size() <= 6, "something is offered, but little");
    fuzz::require(voice::understand(topic, offered.front(), false).kind == Kind::launch,
                  "the first launches the skill");
    fuzz::require(!skill.name().empty() && !skill.locale().empty(), "a skill has a name and a language");
    skill.endpoint();
    return 0;
}
