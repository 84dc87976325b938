#pragma once

#include <string>

namespace symbolon::app {

/// Keeps a folder to one process, for what cannot share it; ends with the object, and with the process however it ends.
class FolderLock {
public:
    /// `what`: who has the folder, "assistant"; also names the lock's file, which stays. Fails:
    /// Error{invalid_parameter} when another process has it, Error{unavailable} when there can be no such file.
    FolderLock(const std::string& folder, const std::string& what);
    ~FolderLock();
    FolderLock(const FolderLock&) = delete;
    FolderLock& operator=(const FolderLock&) = delete;

private:
    int file_;
};

}  // namespace symbolon::app
