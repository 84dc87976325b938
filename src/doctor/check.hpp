#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace symbolon::doctor {

/// Whose account linking is looked at: the columns A, S, P, G and T of the catalogue.
enum class Platform { alexa, smart_home, alexa_plus, google, smartthings };
inline constexpr std::array all_platforms{Platform::alexa, Platform::smart_home, Platform::alexa_plus, Platform::google,
                                          Platform::smartthings};

/// "alexa", "smart-home", "alexa-plus", "google", "smartthings".
std::string_view to_text(Platform platform);
std::optional<Platform> parse_platform(std::string_view name);

/// What a finding means for a platform: `error` will not work or cannot be certified, `warning` works today and will
/// bite, `none` does not concern it.
enum class Severity { none, info, warning, error };

/// "error", "warning", "info", "none".
std::string_view to_text(Severity severity);

/// How bad the case is that was met. Many checks know one only; then both weigh the same.
enum class Grade { mild, severe };

/// What a finding of a check means for each platform and grade, as the catalogue writes it: "E W – W/E I" has a column
/// for each platform, the mild case before the severe one.
class Severities {
public:
    consteval explicit Severities(std::string_view columns) {
        std::size_t platform = 0;
        while (!columns.empty()) {
            const auto end = columns.find(' ');
            const auto column = columns.substr(0, end);
            columns.remove_prefix(end == std::string_view::npos ? columns.size() : end + 1);
            const auto slash = column.find('/');
            of_.at(platform) = {parse(column.substr(0, slash)),
                                slash == std::string_view::npos ? parse(column) : parse(column.substr(slash + 1))};
            ++platform;
        }
        if (platform != all_platforms.size()) throw "a column for each platform";
    }

    constexpr Severity of(Platform platform, Grade grade) const {
        return of_[static_cast<std::size_t>(platform)][static_cast<std::size_t>(grade)];
    }
    /// The gravest of these platforms.
    Severity worst(std::span<const Platform> platforms, Grade grade) const;
    /// As the catalogue writes the column of a platform: "E", "W/E", "–".
    std::string column(Platform platform) const;

private:
    static consteval Severity parse(std::string_view letter) {
        if (letter == "E") return Severity::error;
        if (letter == "W") return Severity::warning;
        if (letter == "I") return Severity::info;
        if (letter == "-") return Severity::none;
        throw "E, W, I or -";
    }

    std::array<std::array<Severity, 2>, all_platforms.size()> of_{};
};

/// What a check found out.
struct Outcome {
    enum class Kind { passed, failed, not_examined };
    Kind kind = Kind::passed;
    Grade grade = Grade::severe;
    std::string summary;                ///< one line
    std::vector<std::string> evidence;  ///< what was seen, a line each
};

inline Outcome passed(std::string summary, std::vector<std::string> evidence = {}) {
    return {Outcome::Kind::passed, Grade::mild, std::move(summary), std::move(evidence)};
}
inline Outcome failed(std::string summary, std::vector<std::string> evidence = {}) {
    return {Outcome::Kind::failed, Grade::severe, std::move(summary), std::move(evidence)};
}
inline Outcome mildly_failed(std::string summary, std::vector<std::string> evidence = {}) {
    return {Outcome::Kind::failed, Grade::mild, std::move(summary), std::move(evidence)};
}

/// Thrown by a check, or by an observation that it asks for, when it cannot come to a verdict: something was not given,
/// or another check has already found why it cannot be done.
struct NotExamined {
    std::string reason;
};

class Examination;

/// When a check runs. What may end tokens or sessions comes after what needs them.
enum class Stage { probes, sign_in, refresh, reuse, farewell };

/// One row of the catalogue. Ids are stable: never renumbered, only retired.
struct Check {
    std::string_view id;
    std::string_view title;  ///< what is right, so that a failed check denies it
    Severities severities;
    Stage stage;
    Outcome (*run)(Examination&);
    std::string_view remedy;
};

/// All of them, in the order of their ids' groups.
std::span<const Check> catalogue();

}  // namespace symbolon::doctor
