#pragma once

#include <filesystem>
#include <memory>

namespace symbolon {

/// A disk that a power cut can be tried on: it knows what every database file held when it was last synced, and nothing
/// later. While it lives, SQLite opens all files through it. One at a time. Threads: any.
class ForgetfulDisk {
public:
    ForgetfulDisk();
    ForgetfulDisk(const ForgetfulDisk&) = delete;
    ForgetfulDisk& operator=(const ForgetfulDisk&) = delete;
    ~ForgetfulDisk();

    /// Writes into `copy` what would be found in `folder` after a power cut at this moment.
    void save_after_power_cut(const std::filesystem::path& folder, const std::filesystem::path& copy) const;

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace symbolon
