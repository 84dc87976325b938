#pragma once

#include <cstddef>
#include <deque>
#include <map>
#include <optional>
#include <string>

namespace symbolon::bench {

/// The texts that the server sent, out of its file: sink.
class Inbox {
public:
    explicit Inbox(std::string path) : path_(std::move(path)) {}

    /// The oldest code to that number that was not taken yet. Looks at the file when it knows of none.
    std::optional<std::string> take_code(const std::string& phone_number);
    /// The same, waiting for it. Fails: std::runtime_error after a few seconds.
    std::string wait_for_code(const std::string& phone_number);
    /// Whatever was sent until now is never taken.
    void forget();

private:
    void read_more();

    std::string path_;
    std::size_t read_ = 0;  ///< bytes of the file, whole lines
    std::map<std::string, std::deque<std::string>> codes_;
};

}  // namespace symbolon::bench
