#include "symbolon/skill/ssml.hpp"

#include <initializer_list>
#include <stdexcept>

namespace symbolon::skill {
namespace {

constexpr std::chrono::milliseconds longest_pause{10000};

std::string_view to_text(Strength strength) {
    switch (strength) {
        case Strength::none:
            return "none";
        case Strength::x_weak:
            return "x-weak";
        case Strength::weak:
            return "weak";
        case Strength::medium:
            return "medium";
        case Strength::strong:
            return "strong";
        case Strength::x_strong:
            return "x-strong";
    }
    return {};
}

std::string_view to_text(Emphasis level) {
    switch (level) {
        case Emphasis::reduced:
            return "reduced";
        case Emphasis::moderate:
            return "moderate";
        case Emphasis::strong:
            return "strong";
    }
    return {};
}

std::string_view to_text(Emotion emotion) {
    switch (emotion) {
        case Emotion::excited:
            return "excited";
        case Emotion::disappointed:
            return "disappointed";
    }
    return {};
}

std::string_view to_text(Intensity intensity) {
    switch (intensity) {
        case Intensity::low:
            return "low";
        case Intensity::medium:
            return "medium";
        case Intensity::high:
            return "high";
    }
    return {};
}

std::string_view to_text(Alphabet alphabet) {
    switch (alphabet) {
        case Alphabet::ipa:
            return "ipa";
        case Alphabet::x_sampa:
            return "x-sampa";
    }
    return {};
}

}  // namespace

Ssml& Ssml::text(std::string_view text) {
    markup_ += escape_ssml(text);
    return *this;
}

Ssml& Ssml::add(const Ssml& other) {
    markup_ += std::string(other.markup_);  // a copy, since it may be this one
    return *this;
}

/// Attributes without a value are left out.
Ssml& Ssml::open(std::string_view element, std::initializer_list<Attribute> attributes) {
    markup_ += '<';
    markup_ += element;
    for (const auto& [name, value] : attributes) {
        if (value.empty()) continue;
        markup_ += ' ';
        markup_ += name;
        markup_ += "=\"";
        markup_ += escape_ssml(value);
        markup_ += '"';
    }
    return *this;
}

Ssml& Ssml::element(std::string_view name, std::initializer_list<Attribute> attributes, std::string_view inner) {
    const std::string content(inner);
    open(name, attributes);
    markup_ += '>' + content + "</";
    markup_ += name;
    markup_ += '>';
    return *this;
}

Ssml& Ssml::pause(std::chrono::milliseconds time) {
    if (time.count() < 0 || time > longest_pause) throw std::invalid_argument("a pause takes at most ten seconds");
    open("break", {{"time", std::to_string(time.count()) + "ms"}});
    markup_ += "/>";
    return *this;
}

Ssml& Ssml::pause(Strength strength) {
    open("break", {{"strength", to_text(strength)}});
    markup_ += "/>";
    return *this;
}

Ssml& Ssml::paragraph(const Ssml& inner) {
    return element("p", {}, inner);
}

Ssml& Ssml::sentence(const Ssml& inner) {
    return element("s", {}, inner);
}

Ssml& Ssml::say_as(std::string_view interpretation, std::string_view text) {
    return element("say-as", {{"interpret-as", interpretation}}, escape_ssml(text));
}

Ssml& Ssml::say_date(std::string_view format, std::string_view date) {
    return element("say-as", {{"interpret-as", "date"}, {"format", format}}, escape_ssml(date));
}

Ssml& Ssml::substitute(std::string_view written, std::string_view alias) {
    return element("sub", {{"alias", alias}}, escape_ssml(written));
}

Ssml& Ssml::phoneme(Alphabet alphabet, std::string_view pronunciation, std::string_view written) {
    return element("phoneme", {{"alphabet", to_text(alphabet)}, {"ph", pronunciation}}, escape_ssml(written));
}

Ssml& Ssml::word(std::string_view role, std::string_view written) {
    return element("w", {{"role", role}}, escape_ssml(written));
}

Ssml& Ssml::emphasis(Emphasis level, const Ssml& inner) {
    return element("emphasis", {{"level", to_text(level)}}, inner);
}

Ssml& Ssml::prosody(const Prosody& prosody, const Ssml& inner) {
    return element("prosody", {{"rate", prosody.rate}, {"pitch", prosody.pitch}, {"volume", prosody.volume}}, inner);
}

Ssml& Ssml::emotion(Emotion emotion, Intensity intensity, const Ssml& inner) {
    return element("amazon:emotion", {{"name", to_text(emotion)}, {"intensity", to_text(intensity)}}, inner);
}

Ssml& Ssml::domain(std::string_view name, const Ssml& inner) {
    return element("amazon:domain", {{"name", name}}, inner);
}

Ssml& Ssml::whisper(const Ssml& inner) {
    return element("amazon:effect", {{"name", "whispered"}}, inner);
}

Ssml& Ssml::voice(std::string_view name, const Ssml& inner) {
    return element("voice", {{"name", name}}, inner);
}

Ssml& Ssml::language(std::string_view locale, const Ssml& inner) {
    return element("lang", {{"xml:lang", locale}}, inner);
}

Ssml& Ssml::audio(std::string_view url) {
    if (!url.starts_with("https://") && !url.starts_with("soundbank://")) {
        throw std::invalid_argument("a sound must have an https or soundbank address");
    }
    open("audio", {{"src", url}});
    markup_ += "/>";
    return *this;
}

}  // namespace symbolon::skill
