#include "directory/import_jobs.hpp"

#include "base/error.hpp"
#include "base/shape/choice.hpp"
#include "directory/pools.hpp"
#include "directory/stored.hpp"

#include <array>
#include <utility>

namespace symbolon::directory {
namespace {

using Status = UserImportJobStatusType;

constexpr int most_jobs = 1000;  // of a pool

constexpr std::string_view insert_job = R"sql(
    INSERT INTO import_jobs (pool_id, job_id, details, status, created_ms, started_ms, completed_ms, upload_id, bytes,
                             position, line, imported, skipped, failed)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
)sql";

constexpr std::string_view find_job = R"sql(
    SELECT pool_id, job_id, details, status, created_ms, started_ms, completed_ms, upload_id, bytes, position, line,
           imported, skipped, failed
      FROM import_jobs
     WHERE pool_id = $1 AND job_id = $2
)sql";

constexpr std::string_view list_jobs = R"sql(
    SELECT pool_id, job_id, details, status, created_ms, started_ms, completed_ms, upload_id, bytes, position, line,
           imported, skipped, failed
      FROM import_jobs
     WHERE pool_id = $1 AND job_id < $2
     ORDER BY job_id DESC
     LIMIT $3
)sql";

constexpr std::string_view find_first_of_status = R"sql(
    SELECT pool_id, job_id, details, status, created_ms, started_ms, completed_ms, upload_id, bytes, position, line,
           imported, skipped, failed
      FROM import_jobs
     WHERE status = $1 AND created_ms <= $2
     ORDER BY created_ms, pool_id, job_id
     LIMIT 1
)sql";

constexpr std::string_view count_jobs = "SELECT COUNT(*) AS jobs FROM import_jobs WHERE pool_id = $1";

constexpr std::string_view find_active = R"sql(
    SELECT EXISTS (SELECT 1 FROM import_jobs
                    WHERE pool_id = $1 AND status IN ('Pending', 'InProgress', 'Stopping')) AS found
)sql";

constexpr std::string_view update_job = R"sql(
    UPDATE import_jobs
       SET details = $3, status = $4, started_ms = $5, completed_ms = $6, position = $7, line = $8, imported = $9,
           skipped = $10, failed = $11
     WHERE pool_id = $1 AND job_id = $2
)sql";

constexpr std::string_view insert_chunk = R"sql(
    INSERT INTO import_chunks (pool_id, job_id, upload_id, number, content) VALUES ($1, $2, $3, $4, $5)
)sql";

constexpr std::string_view set_file = R"sql(
    UPDATE import_jobs SET upload_id = $3, bytes = $4 WHERE pool_id = $1 AND job_id = $2 AND status = 'Created'
)sql";

constexpr std::string_view get_chunk = R"sql(
    SELECT content FROM import_chunks WHERE pool_id = $1 AND job_id = $2 AND upload_id = $3 AND number = $4
)sql";

constexpr std::string_view find_left = R"sql(
    SELECT EXISTS (SELECT 1
                     FROM import_chunks c LEFT JOIN import_jobs j ON j.pool_id = c.pool_id AND j.job_id = c.job_id
                    WHERE j.job_id IS NULL OR j.status IN ('Succeeded', 'Failed', 'Stopped', 'Expired')
                       OR (c.upload_id <> j.upload_id AND j.created_ms <= $1)) AS found
)sql";

constexpr std::string_view remove_left = R"sql(
    DELETE FROM import_chunks WHERE (pool_id, job_id, upload_id, number) IN
        (SELECT c.pool_id, c.job_id, c.upload_id, c.number
           FROM import_chunks c LEFT JOIN import_jobs j ON j.pool_id = c.pool_id AND j.job_id = c.job_id
          WHERE j.job_id IS NULL OR j.status IN ('Succeeded', 'Failed', 'Stopped', 'Expired')
             OR (c.upload_id <> j.upload_id AND j.created_ms <= $1)
          LIMIT $2)
)sql";

struct JobRow {
    PoolId pool_id;
    std::string job_id;
    std::string details;
    std::string status;
    Instant created_ms{};
    std::optional<Instant> started_ms;
    std::optional<Instant> completed_ms;
    std::string upload_id;
    std::int64_t bytes = 0;
    std::int64_t position = 0;
    std::int64_t line = 0;
    std::int64_t imported = 0;
    std::int64_t skipped = 0;
    std::int64_t failed = 0;
};
BOOST_DESCRIBE_STRUCT(JobRow, (),
                      (pool_id, job_id, details, status, created_ms, started_ms, completed_ms, upload_id, bytes,
                       position, line, imported, skipped, failed))

struct FoundRow {
    bool found = false;
};
BOOST_DESCRIBE_STRUCT(FoundRow, (), (found))

struct CountRow {
    std::int64_t jobs = 0;
};
BOOST_DESCRIBE_STRUCT(CountRow, (), (jobs))

struct ChunkRow {
    Bytes content;
};
BOOST_DESCRIBE_STRUCT(ChunkRow, (), (content))

Status to_status(std::string_view name) {
    const auto status = parse_choice<Status>(name);
    if (!status) throw Error(Errc::internal, {}, "import_jobs.status: unknown");
    return *status;
}

ImportJob to_job(JobRow row) {
    return {.pool_id = std::move(row.pool_id),
            .id = std::move(row.job_id),
            .details = from_stored<ImportJobDetails>(row.details, "import_jobs.details"),
            .status = to_status(row.status),
            .created = row.created_ms,
            .started = row.started_ms,
            .completed = row.completed_ms,
            .upload_id = std::move(row.upload_id),
            .bytes = row.bytes,
            .position = row.position,
            .line = row.line,
            .imported = row.imported,
            .skipped = row.skipped,
            .failed = row.failed};
}

std::optional<ImportJob> find_first(db::Transaction& tx, Status status, Instant latest) {
    auto row = tx.row<JobRow>(find_first_of_status, to_name(status), latest);
    if (!row) return std::nullopt;
    return to_job(std::move(*row));
}

bool is_active(db::Transaction& tx, const PoolId& pool) {
    return tx.row<FoundRow>(find_active, pool)->found;
}

[[noreturn]] void throw_not_met(std::string message) {
    throw Error(Errc::precondition_not_met, std::move(message));
}

/// Since when an unfinished upload cannot be going on any more.
Instant late_upload(Instant now) {
    return now - 2 * import_upload_life;
}

}  // namespace

bool ImportJob::has_ended() const {
    return status == Status::Succeeded || status == Status::Failed || status == Status::Stopped ||
           status == Status::Expired;
}

void check_can_import(const Pool& pool, const std::optional<PasswordHashingAlgorithmType>& algorithm) {
    if (!algorithm && !pool.auto_verifies("email") && !pool.auto_verifies("phone_number"))
        throw_not_met(
            "The user pool must have at least one auto-verified attribute to import users without passwords.");
}

void check_no_import(db::Transaction& tx, const PoolId& pool) {
    if (is_active(tx, pool))
        throw Error(Errc::import_in_progress, "Users are being imported into user pool " + pool.str() + ".");
}

void ImportJobs::create(const ImportJob& job) {
    if (tx_.row<CountRow>(count_jobs, job.pool_id)->jobs >= most_jobs)
        throw Error(Errc::limit_exceeded, "The user pool has the maximum number of import jobs.");
    tx_.execute(insert_job, job.pool_id, job.id, to_stored(job.details), to_name(job.status), job.created, job.started,
                job.completed, job.upload_id, job.bytes, job.position, job.line, job.imported, job.skipped, job.failed);
}

std::optional<ImportJob> ImportJobs::find(const PoolId& pool, std::string_view id) {
    auto row = tx_.row<JobRow>(find_job, pool, id);
    if (!row) return std::nullopt;
    return to_job(std::move(*row));
}

ImportJob ImportJobs::get(const PoolId& pool, std::string_view id) {
    auto job = find(pool, id);
    if (!job) throw Error(Errc::resource_not_found, "User import job " + std::string(id) + " does not exist.");
    return std::move(*job);
}

std::vector<ImportJob> ImportJobs::list(const PoolId& pool, std::string_view before, int limit) {
    const std::string_view after_all = "~";  // ids begin with a letter
    std::vector<ImportJob> jobs;
    for (JobRow& row : tx_.rows<JobRow>(list_jobs, pool, before.empty() ? after_all : before, limit))
        jobs.push_back(to_job(std::move(row)));
    return jobs;
}

void ImportJobs::save(const ImportJob& job) {
    tx_.execute(update_job, job.pool_id, job.id, to_stored(job.details), to_name(job.status), job.started,
                job.completed, job.position, job.line, job.imported, job.skipped, job.failed);
}

ImportJob ImportJobs::start(const PoolId& pool, std::string_view id, Instant now) {
    ImportJob job = get(pool, id);
    if (job.status != Status::Created || job.created + import_job_life <= now)
        throw_not_met("Import job status is not Created.");
    if (job.upload_id.empty()) throw_not_met("No file was uploaded for the import job.");
    if (is_active(tx_, pool)) throw_not_met("Another import job of the user pool is active.");
    job.status = Status::Pending;
    job.started = now;
    save(job);
    return job;
}

ImportJob ImportJobs::stop(const PoolId& pool, std::string_view id) {
    ImportJob job = get(pool, id);
    if (job.status != Status::Pending && job.status != Status::InProgress)
        throw_not_met("Import job status is not Pending or InProgress.");
    job.status = Status::Stopping;
    save(job);
    return job;
}

std::optional<ImportJob> ImportJobs::find_due() {
    constexpr Instant whenever = Instant::max();
    for (const Status status : {Status::Stopping, Status::InProgress, Status::Pending})
        if (auto job = find_first(tx_, status, whenever)) return job;
    return std::nullopt;
}

std::optional<ImportJob> ImportJobs::find_expired(Instant now) {
    return find_first(tx_, Status::Created, now - import_job_life);
}

void ImportJobs::put_chunk(const ImportJob& job, std::string_view upload, std::int64_t number, ByteView content) {
    tx_.execute(insert_chunk, job.pool_id, job.id, upload, number, content);
}

bool ImportJobs::finish_upload(const ImportJob& job, std::string_view upload, std::int64_t bytes) {
    return tx_.execute(set_file, job.pool_id, job.id, upload, bytes) == 1;
}

std::optional<Bytes> ImportJobs::find_chunk(const ImportJob& job, std::int64_t number) {
    auto row = tx_.row<ChunkRow>(get_chunk, job.pool_id, job.id, job.upload_id, number);
    if (!row) return std::nullopt;
    return std::move(row->content);
}

bool ImportJobs::any_chunk_left(Instant now) {
    return tx_.row<FoundRow>(find_left, late_upload(now))->found;
}

std::int64_t ImportJobs::remove_chunks_left(Instant now, int limit) {
    return tx_.execute(remove_left, late_upload(now), limit);
}

}  // namespace symbolon::directory
