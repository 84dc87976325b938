#pragma once

#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace symbolon::doctor {

/// Knows every secret of an examination and takes them out of what is reported: each becomes its kind, its length and
/// the beginning of its hash, so that two can still be told apart. Threads: any.
class Redaction {
public:
    /// Texts of fewer than 6 characters are not remembered: they would be found everywhere.
    void remember(std::string_view secret, std::string_view kind);
    /// Also makes the text harmless to show: valid UTF-8, no control characters, of bounded length.
    std::string clean(std::string_view text) const;

private:
    struct Known {
        std::string secret;
        std::string shown;
    };
    mutable std::mutex mutex_;
    std::vector<Known> known_;  ///< longest first
};

}  // namespace symbolon::doctor
