#pragma once

#include "base/bytes.hpp"
#include "base/clock.hpp"
#include "base/id.hpp"
#include "db/transaction.hpp"

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Imports of users from CSV files, as the API has them (cognito-api.md §2.14, §7.2). import_file.hpp brings a job's
/// file, import_run.hpp does its work.
namespace symbolon::directory {

struct Pool;

BOOST_DEFINE_ENUM_CLASS(UserImportJobStatusType, Created, Expired, Failed, InProgress, Pending, Stopped, Stopping,
                        Succeeded)
BOOST_DEFINE_ENUM_CLASS(PasswordHashingAlgorithmType, ARGON2ID, BCRYPT, PBKDF2_SHA256, SCRYPT)

struct ImportJobDetails {
    std::string name;
    std::string role_arn;
    std::optional<PasswordHashingAlgorithmType> algorithm;  ///< of the hashes in the file; none: it has none
    std::string message;                                    ///< why the job ended; "": it has not
};
BOOST_DESCRIBE_STRUCT(ImportJobDetails, (), (name, role_arn, algorithm, message))

struct ImportJob {
    PoolId pool_id;
    std::string id;  ///< `import-…`, time-ordered
    ImportJobDetails details;
    UserImportJobStatusType status = UserImportJobStatusType::Created;
    Instant created{};
    std::optional<Instant> started;
    std::optional<Instant> completed;
    std::string upload_id;  ///< of the file; "": none was uploaded
    std::int64_t bytes = 0;
    std::int64_t position = 0;  ///< bytes of the file that are done
    std::int64_t line = 0;      ///< lines of the file that are done
    std::int64_t imported = 0;
    std::int64_t skipped = 0;  ///< somebody had the user's name
    std::int64_t failed = 0;   ///< rows that break a rule

    bool has_ended() const;
};

/// How long a job that was not started is kept.
inline constexpr std::chrono::hours import_job_life{24};
/// How long its file may be uploaded.
inline constexpr std::chrono::minutes import_upload_life{15};

/// Fails: precondition_not_met, when users of the pool could not get a password: without auto-verified attributes, and
/// without hashes in the file.
void check_can_import(const Pool& pool, const std::optional<PasswordHashingAlgorithmType>& algorithm);

/// Fails: import_in_progress, while users are imported into the pool.
void check_no_import(db::Transaction& tx, const PoolId& pool);

class ImportJobs {
public:
    explicit ImportJobs(db::Transaction& tx) : tx_(tx) {}

    /// Fails: limit_exceeded, when the pool has 1000 jobs.
    void create(const ImportJob& job);
    std::optional<ImportJob> find(const PoolId& pool, std::string_view id);
    /// Fails: resource_not_found "User import job <id> does not exist."
    ImportJob get(const PoolId& pool, std::string_view id);
    /// Latest first, those before the job `before` ("": from the latest on).
    std::vector<ImportJob> list(const PoolId& pool, std::string_view before, int limit);
    /// Stores all but the file.
    void save(const ImportJob& job);

    /// Created to Pending. Fails: resource_not_found, precondition_not_met (another state, no file, another job of the
    /// pool is active).
    ImportJob start(const PoolId& pool, std::string_view id, Instant now);
    /// Pending or InProgress to Stopping. Fails: resource_not_found, precondition_not_met (another state).
    ImportJob stop(const PoolId& pool, std::string_view id);

    /// The job that is to be worked on: one of all, the one that was begun first.
    std::optional<ImportJob> find_due();
    /// A job that nobody started in time.
    std::optional<ImportJob> find_expired(Instant now);

    // The pieces of files.
    void put_chunk(const ImportJob& job, std::string_view upload, std::int64_t number, ByteView content);
    /// Makes what was put under `upload` the file of a job that is not started yet. False when it is.
    [[nodiscard]] bool finish_upload(const ImportJob& job, std::string_view upload, std::int64_t bytes);
    std::optional<Bytes> find_chunk(const ImportJob& job, std::int64_t number);
    /// Whether there are pieces that nobody needs any more: of jobs that ended or are gone, of unfinished uploads.
    bool any_chunk_left(Instant now);
    /// Removes up to `limit` of these. Returns how many.
    std::int64_t remove_chunks_left(Instant now, int limit);

private:
    db::Transaction& tx_;
};

}  // namespace symbolon::directory
