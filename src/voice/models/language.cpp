#include "voice/models/language.hpp"

#include <array>

namespace symbolon::voice {

const Language& language_of(std::string_view locale) {
    const auto code = locale.substr(0, locale.find('-'));
    for (const auto* language : {&german, &french, &spanish, &italian, &portuguese}) {
        if (language->code == code) return *language;
    }
    return english;
}

}  // namespace symbolon::voice
