#pragma once

#include <filesystem>
#include <memory>

namespace symbolon::db::sqlite {

/// Makes an empty database file, readable by this user alone (0600), and the folders on the way to it (0700), so that
/// they survive a power cut. What exists is left as it is. Fails: Error{unavailable}.
void create_database_file(const std::filesystem::path& path);

/// A folder for one object's life, readable by this user alone.
class TemporaryFolder {
public:
    /// Fails: Error{unavailable}.
    TemporaryFolder();
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;
    ~TemporaryFolder();

    const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path path_;
};

}  // namespace symbolon::db::sqlite
