#pragma once

#include "doctor/examination.hpp"

#include <functional>
#include <string>
#include <vector>

namespace symbolon::doctor {

struct Finding {
    const Check* check = nullptr;
    Outcome outcome;
    Severity severity = Severity::none;  ///< the gravest of the platforms looked at; `none` unless the check failed
};

struct Report {
    std::string authorization_url;
    std::string token_url;
    std::vector<Platform> platforms;
    Instant began{};
    Instant ended{};
    bool reached = false;             ///< somebody answers at one of the two URLs
    std::vector<Finding> findings;    ///< in the order of the catalogue; without a secret
    std::vector<std::string> advice;  ///< what is worth a look with the product that was recognised

    std::size_t count(Outcome::Kind kind) const;
    std::size_t count(Severity severity) const;
    /// No platform would refuse it: not one finding is an error.
    bool fit() const { return count(Severity::error) == 0; }
    /// Without an answer from the server nothing was found out.
    bool examined() const { return reached; }
};

/// Told of each check as it is done.
using Progress = std::function<void(const Finding&, std::size_t done, std::size_t of)>;

/// Runs every check that concerns one of the subject's platforms. Fails: Error{invalid_parameter} (check_subject).
Report examine(const Examination::Parts& parts, const Progress& progress = {});

}  // namespace symbolon::doctor
