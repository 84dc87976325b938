#pragma once

#include "messaging/sink.hpp"

#include <string>

namespace symbolon::messaging {

/// `file:PATH` — appends one JSON object a line. The file is made at once, readable by its owner only, and opened anew
/// for every message, so that it may be moved away or deleted while the program runs.
class FileSink final : public Sink {
public:
    /// Fails: Error{invalid_parameter} when the file cannot be opened.
    explicit FileSink(std::string path);
    /// Fails: Error{code_delivery_failed}.
    Task<void> send(Message message) override;

private:
    std::string path_;
};

}  // namespace symbolon::messaging
