#include "app/folder_lock.hpp"

#include "base/error.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

namespace symbolon::app {

FolderLock::FolderLock(const std::string& folder, const std::string& what)
    : file_(::open((folder + "/" + what + ".lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600)) {
    const auto because = [] { return std::error_code(errno, std::generic_category()).message(); };
    if (file_ < 0) throw Error(Errc::unavailable, "Cannot write " + folder + "/" + what + ".lock: " + because());
    if (::flock(file_, LOCK_EX | LOCK_NB) == 0) return;
    const bool taken = errno == EWOULDBLOCK;
    const auto why = because();
    ::close(file_);
    if (!taken) throw Error(Errc::unavailable, "Cannot lock " + folder + "/" + what + ".lock: " + why);
    throw Error(Errc::invalid_parameter, "Another " + what + " runs on " + folder +
                                             ". End it, or give this one a folder of its own with --data.");
}

FolderLock::~FolderLock() {
    ::close(file_);
}

}  // namespace symbolon::app
