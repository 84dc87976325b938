#pragma once

#include "directory/transfer/lines.hpp"

#include <cstddef>
#include <string>

namespace symbolon::directory::transfer {

/// Says what is wrong with a file that is imported. Fails: invalid_parameter.
[[noreturn]] void refuse_file(const std::string& message);

/// The lines of an export one after the other, with their number and what they come to.
class LineReader {
public:
    explicit LineReader(NextLine next) : next_(std::move(next)) {}

    /// Fails: invalid_parameter (not a line of an export; the file ends).
    Line read();

    std::size_t number() const { return number_; }
    const crypto::Digest& digest() const { return digest_; }
    const crypto::Digest& digest_before_last() const { return former_; }

private:
    NextLine next_;
    std::size_t number_ = 0;
    crypto::Digest digest_{};
    crypto::Digest former_{};
};

}  // namespace symbolon::directory::transfer
