#include "net/spool.hpp"

#include "base/error.hpp"

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include <cerrno>

namespace symbolon::net {
namespace {

/// Not every file system makes files without a name.
int open_and_unlink(const std::string& folder) {
    std::string name = folder + "/upload-XXXXXX";
    const int file = ::mkostemp(name.data(), O_CLOEXEC);
    if (file >= 0) ::unlink(name.c_str());
    return file;
}

}  // namespace

SpoolFile::SpoolFile(const std::string& folder) {
    file_ = ::open(folder.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    if (file_ < 0) file_ = open_and_unlink(folder);
    if (file_ < 0) throw Error(Errc::unavailable, {}, "no file for the body of a request in " + folder);
}

SpoolFile::~SpoolFile() {
    ::close(file_);
}

bool SpoolFile::append(std::string_view piece) {
    while (!piece.empty()) {
        const auto written = ::pwrite(file_, piece.data(), piece.size(), static_cast<off_t>(size_));
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) return false;
        size_ += static_cast<std::size_t>(written);
        piece.remove_prefix(static_cast<std::size_t>(written));
    }
    return true;
}

std::size_t SpoolFile::read(std::size_t from, std::span<char> out) const {
    std::size_t filled = 0;
    while (filled < out.size()) {
        const auto read = ::pread(file_, out.data() + filled, out.size() - filled, static_cast<off_t>(from + filled));
        if (read < 0 && errno == EINTR) continue;
        if (read < 0) throw Error(Errc::unavailable, {}, "the body of a request cannot be read back");
        if (read == 0) break;
        filled += static_cast<std::size_t>(read);
    }
    return filled;
}

}  // namespace symbolon::net
