#pragma once

#include "base/clock.hpp"
#include "base/id.hpp"
#include "base/task.hpp"
#include "crypto/random.hpp"
#include "crypto/seal.hpp"
#include "db/database.hpp"
#include "directory/import_jobs.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace symbolon::directory {

/// Of an uploaded file, in bytes.
inline constexpr std::size_t max_import_file = 100 * 1024 * 1024;

/// What lets its holder upload the file of one job and nothing else, until the time is over.
std::string seal_upload_token(const crypto::Sealer& sealer, const PoolId& pool, std::string_view job, Instant expires);
/// False for a token of another job, and for one that has expired.
bool proves_upload(const crypto::Sealer& sealer, const PoolId& pool, std::string_view job, std::string_view token,
                   Instant now);

/// A file that was uploaded, wherever it lies.
struct UploadedFile {
    std::size_t size = 0;
    /// Fills the span with what begins there; the file has it.
    std::function<void(std::size_t from, std::span<char> out)> read;
};
UploadedFile in_memory(std::string content);

/// Stores the file of a job that is not started yet, in the place of a former one, in pieces: whichever process works
/// on the job can read it. Fails: resource_not_found, precondition_not_met (the job was started), invalid_parameter
/// (larger than max_import_file), unavailable.
Task<void> store_import_file(db::Database& db, crypto::Random& random, PoolId pool, std::string job, UploadedFile file);

/// The lines of a job's file, from a place on. It lives in one transaction.
class ImportLines {
public:
    /// `position` is where a line begins.
    ImportLines(db::Transaction& tx, const ImportJob& job, std::int64_t position)
        : jobs_(tx), job_(job), position_(position) {}

    /// Fills the span from its beginning, up to the end of a line and no further; 0 at the end of the file.
    std::size_t read(std::span<char> out);
    /// Where the line of that number begins, counted from 1; it has been read.
    std::int64_t begin_of(std::size_t line) const { return begins_.at(line - 1); }

private:
    std::string_view rest_of_chunk();

    ImportJobs jobs_;
    const ImportJob& job_;
    std::int64_t position_;
    bool at_begin_ = true;
    std::vector<std::int64_t> begins_;
    std::int64_t chunk_number_ = -1;
    Bytes chunk_;
};

}  // namespace symbolon::directory
