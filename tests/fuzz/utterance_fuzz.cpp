#include "fuzz.hpp"
#include "voice/talk/utterance.hpp"

#include <boost/json/parse.hpp>

#include <string>

using namespace symbolon;

namespace {

boost::json::object read_object(std::string_view text) {
    boost::json::error_code failure;
    auto value = boost::json::parse(boost::json::string_view(text.data(), text.size()), failure);
    return failure || !value.is_object() ? boost::json::object{} : std::move(value.get_object());
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
    skill.model = read_object(rest);

    const auto understood = voice::understand(skill, said);
    fuzz::require((understood.kind == Kind::launch) == understood.intent.empty(), "what does not launch has an intent");
    const auto shouted = voice::understand(skill, std::string(said) + "!");
    fuzz::require(shouted.kind == understood.kind && shouted.intent == understood.intent, "punctuation says nothing");

    const auto offered = voice::suggestions(skill);
    fuzz::require(!offered.empty() && offered.size() <= 6, "something is offered, but little");
    fuzz::require(voice::understand(skill, offered.front()).kind == Kind::launch, "the first launches the skill");
    fuzz::require(!skill.name().empty() && !skill.locale().empty(), "a skill has a name and a language");
    skill.endpoint();
    return 0;
}
