#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace symbolon::net {

/// Where the bodies of requests go that may have more than `from` bytes.
struct SpoolRule {
    std::string folder = {};  ///< "": into memory, as others do
    std::size_t from = 4 * 1024 * 1024;
};

/// The body of a request that is too large to lie in memory: a file without a name, which nobody else can open and
/// which is gone with this object, however the process ends.
class SpoolFile {
public:
    /// Fails: unavailable (a folder that cannot be written).
    explicit SpoolFile(const std::string& folder);
    ~SpoolFile();
    SpoolFile(const SpoolFile&) = delete;
    SpoolFile& operator=(const SpoolFile&) = delete;

    /// False when the disk is full; then the file is of no use.
    [[nodiscard]] bool append(std::string_view piece);
    std::size_t size() const { return size_; }  ///< bytes
    /// Fills the span with what begins there, as far as there is any. Returns how many bytes. Fails: unavailable.
    std::size_t read(std::size_t from, std::span<char> out) const;

private:
    int file_ = -1;
    std::size_t size_ = 0;
};

}  // namespace symbolon::net
