#include "fuzz.hpp"
#include "symbolon/skill/input.hpp"
#include "symbolon/skill/smart_home/directive.hpp"
#include "symbolon/skill/ssml.hpp"
#include "timestamp.hpp"

#include <boost/json/parse.hpp>

using namespace symbolon;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto text = fuzz::text_of(data, size);
    const auto escaped = skill::escape_ssml(text);
    fuzz::require(escaped.find_first_of("<>\"'") == std::string::npos, "escaped text opens no element");
    skill::wrap_speak(text);
    skill::say_digits(text);
    boost::json::error_code failure;
    auto value = boost::json::parse(boost::json::string_view(text.data(), text.size()), failure);
    if (failure || !value.is_object()) return 0;
    const auto sent = value.get_object();
    fuzz::require(!skill::Ssml(text).say_as(text, text).voice(text, skill::Ssml(text)).markup().empty(),
                  "elements are made");
    try {
        const auto written = skill::smart_home::Directive::parse(sent).to_json();
        fuzz::require(written.at("directive") == sent.at("directive"), "nothing of a directive is lost");
    } catch (const skill::MalformedRequest&) {
    }
    skill::Response::parse(sent);
    try {
        const skill::Input input(skill::RequestEnvelope::parse(std::move(value.get_object())));
        skill::parse_timestamp(input.request().timestamp);
        input.find_slot("number");
        const auto written = input.envelope().to_json();
        fuzz::require(skill::RequestEnvelope::parse(written).to_json() == written, "nothing of a request is lost");
    } catch (const skill::MalformedRequest&) {
    }
    return 0;
}
