#pragma once

#include <chrono>
#include <initializer_list>
#include <string>
#include <string_view>

/// Speech Synthesis Markup Language. Spec: Alexa Skills Kit, "SSML reference".
namespace symbolon::skill {

/// Makes text safe inside SSML. What comes from outside (a slot, a user's name) goes through here before it is spoken.
/// Control characters, which XML does not allow, are left out.
std::string escape_ssml(std::string_view text);

/// `<say-as interpret-as="…">text</say-as>`, the text escaped.
std::string say_as(std::string_view interpretation, std::string_view text);

/// Says the decimal digits of a text one by one and leaves out all else: "+49 170" becomes four, nine, one, seven,
/// zero.
std::string say_digits(std::string_view text);

/// Wraps markup in one pair of <speak>; a pair that is there already, and white space around it, are taken off first.
std::string wrap_speak(std::string_view ssml);

enum class Strength { none, x_weak, weak, medium, strong, x_strong };
enum class Emphasis { reduced, moderate, strong };
enum class Emotion { excited, disappointed };
enum class Intensity { low, medium, high };
enum class Alphabet { ipa, x_sampa };

/// Each empty, or in the standard's form: rate "fast" or "120%", pitch "high" or "+10%", volume "loud" or "+3dB".
struct Prosody {
    std::string rate = {};
    std::string pitch = {};
    std::string volume = {};
};

/// Markup that is made, never pasted: everything that is given as text is escaped. Elements nest by taking an Ssml:
/// `Ssml("Hello ").voice("Hans", Ssml("Welt")).pause(500ms)`. Converts to what ResponseBuilder::speak() takes.
class Ssml {
public:
    Ssml() = default;
    explicit Ssml(std::string_view text) { this->text(text); }

    Ssml& text(std::string_view text);
    Ssml& add(const Ssml& other);

    /// At most ten seconds. Fails: std::invalid_argument.
    Ssml& pause(std::chrono::milliseconds time);
    Ssml& pause(Strength strength);
    Ssml& paragraph(const Ssml& inner);
    Ssml& sentence(const Ssml& inner);

    /// E.g. "telephone", "date", "spell-out".
    Ssml& say_as(std::string_view interpretation, std::string_view text);
    /// A date whose parts are in the order `format`, e.g. "dmy".
    Ssml& say_date(std::string_view format, std::string_view date);
    /// Says `alias` instead of what is written.
    Ssml& substitute(std::string_view written, std::string_view alias);
    Ssml& phoneme(Alphabet alphabet, std::string_view pronunciation, std::string_view written);
    /// A word in the role that changes how it is said, e.g. "amazon:VBD".
    Ssml& word(std::string_view role, std::string_view written);

    Ssml& emphasis(Emphasis level, const Ssml& inner);
    Ssml& prosody(const Prosody& prosody, const Ssml& inner);
    Ssml& emotion(Emotion emotion, Intensity intensity, const Ssml& inner);
    /// A style of speaking, e.g. "news".
    Ssml& domain(std::string_view name, const Ssml& inner);
    Ssml& whisper(const Ssml& inner);
    /// A voice of Amazon Polly, e.g. "Hans".
    Ssml& voice(std::string_view name, const Ssml& inner);
    /// A language, e.g. "fr-FR", for foreign words.
    Ssml& language(std::string_view locale, const Ssml& inner);

    /// A sound: an https address or one of the platform's library, "soundbank://…". Fails: std::invalid_argument.
    Ssml& audio(std::string_view url);

    const std::string& markup() const { return markup_; }
    operator std::string_view() const& { return markup_; }

private:
    struct Attribute {
        std::string_view name;
        std::string_view value;
    };
    Ssml& open(std::string_view element, std::initializer_list<Attribute> attributes);
    Ssml& element(std::string_view name, std::initializer_list<Attribute> attributes, std::string_view inner);

    std::string markup_;
};

}  // namespace symbolon::skill
