#include "doctor/check.hpp"

#include <algorithm>

namespace symbolon::doctor {

std::string_view to_text(Platform platform) {
    switch (platform) {
        case Platform::alexa:
            return "alexa";
        case Platform::smart_home:
            return "smart-home";
        case Platform::alexa_plus:
            return "alexa-plus";
        case Platform::google:
            return "google";
        case Platform::smartthings:
            return "smartthings";
    }
    return "";
}

std::optional<Platform> parse_platform(std::string_view name) {
    const auto found = std::find_if(all_platforms.begin(), all_platforms.end(),
                                    [&](Platform platform) { return to_text(platform) == name; });
    if (found == all_platforms.end()) return std::nullopt;
    return *found;
}

std::string_view to_text(Severity severity) {
    switch (severity) {
        case Severity::none:
            return "none";
        case Severity::info:
            return "info";
        case Severity::warning:
            return "warning";
        case Severity::error:
            return "error";
    }
    return "";
}

Severity Severities::worst(std::span<const Platform> platforms, Grade grade) const {
    auto out = Severity::none;
    for (const auto platform : platforms) out = std::max(out, of(platform, grade));
    return out;
}

std::string Severities::column(Platform platform) const {
    const auto letter = [](Severity severity) {
        switch (severity) {
            case Severity::none:
                return "–";
            case Severity::info:
                return "I";
            case Severity::warning:
                return "W";
            case Severity::error:
                return "E";
        }
        return "";
    };
    const auto mild = of(platform, Grade::mild), severe = of(platform, Grade::severe);
    return mild == severe ? letter(mild) : std::string(letter(mild)) + "/" + letter(severe);
}

}  // namespace symbolon::doctor
