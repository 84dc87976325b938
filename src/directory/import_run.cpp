#include "directory/import_run.hpp"

#include "base/error.hpp"
#include "base/log.hpp"
#include "base/shape/choice.hpp"
#include "directory/import_file.hpp"
#include "directory/import_jobs.hpp"
#include "directory/pools.hpp"
#include "directory/transfer/candidates.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace symbolon::directory {
namespace {

using Status = UserImportJobStatusType;
using transfer::Candidate;

constexpr std::int64_t most_rows = 500'000;  // of a file
constexpr int pieces_at_once = 20;           // of files that are removed: 5 MB

constexpr std::string_view succeeded = "Import Job Completed Successfully.";
constexpr std::string_view stopped = "The Import Job was stopped by the developer.";
constexpr std::string_view expired = "The user import job has expired.";
constexpr std::string_view nobody_came = "Too many users have failed or been skipped during the import.";

/// What a part of a file came to.
struct Part {
    std::vector<Candidate> candidates;
    std::int64_t position = 0;  ///< where the next part begins
    std::int64_t line = 0;      ///< lines before it
    bool last = false;
    std::string failure;  ///< why the whole file cannot be imported; "": it can
};

/// The work that is next.
struct Work {
    std::optional<ImportJob> expired;
    std::optional<ImportJob> job;
    Part part;  ///< of a job in progress
};

bool holds(const std::vector<std::string>& names, std::string_view name) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

bool is_of_algorithm(PasswordHashingAlgorithmType algorithm, std::string_view hash) {
    switch (algorithm) {
        case PasswordHashingAlgorithmType::ARGON2ID:
            return hash.starts_with("$argon2id$");
        case PasswordHashingAlgorithmType::BCRYPT:
            return hash.starts_with("$2");
        case PasswordHashingAlgorithmType::PBKDF2_SHA256:
            return hash.starts_with("$pbkdf2-sha256$") || hash.starts_with("pbkdf2_sha256$");
        case PasswordHashingAlgorithmType::SCRYPT:
            return hash.starts_with("$scrypt$");
    }
    return false;
}

/// Reads the header, which stands at the beginning of the file, wherever the part is.
transfer::CsvUsers read_header(const Pool& pool, const ImportJob& job, transfer::CsvReader& reader) {
    const auto header = reader.read();
    if (!header) throw Error(Errc::invalid_parameter, "The file is empty.");
    if (!header->fault.empty()) throw Error(Errc::invalid_parameter, header->fault);
    transfer::CsvUsers columns(pool, header->values);
    if (!job.details.algorithm && holds(header->values, "password_hash"))
        throw Error(Errc::invalid_parameter, "The file has password hashes, and the job no PasswordHashingAlgorithm.");
    return columns;
}

/// Reads up to `limit` rows that come after what is done. Who they are to be is decided here, outside of the write.
Part read_part(db::Transaction& tx, const ImportJob& job, crypto::Random& random, Instant now, int limit) {
    Part part;
    const Pool pool = Pools(tx).get(job.pool_id);
    ImportLines from_begin(tx, job, 0);
    transfer::CsvReader head([&](std::span<char> out) { return from_begin.read(out); });
    std::optional<transfer::CsvUsers> columns;
    try {
        columns.emplace(read_header(pool, job, head));
    } catch (const Error& error) {
        if (error.code != Errc::invalid_parameter) throw;
        part.failure = error.message;
        return part;
    }
    // The first part goes on behind the header.
    ImportLines lines(tx, job, job.position);
    transfer::CsvReader body([&](std::span<char> out) { return lines.read(out); });
    const bool is_first = job.position == 0;
    auto& reader = is_first ? head : body;
    while (auto row = reader.read()) {
        if (part.candidates.size() == static_cast<std::size_t>(limit)) {
            part.position = (is_first ? from_begin : lines).begin_of(row->line);
            part.line = job.line + static_cast<std::int64_t>(row->line) - 1;
            return part;
        }
        row->line += static_cast<std::size_t>(job.line);
        auto candidate = transfer::to_candidate(*columns, std::move(*row), random, now);
        const auto& hash = candidate.user.password_hash;
        if (candidate.refusal.empty() && !hash.empty() && !is_of_algorithm(*job.details.algorithm, hash))
            candidate.refusal = "The password hash is not of the job's PasswordHashingAlgorithm.";
        part.candidates.push_back(std::move(candidate));
    }
    part.position = job.bytes;
    part.line = job.line;
    part.last = true;
    return part;
}

Work find_work(db::Transaction& tx, crypto::Random& random, Instant now, int limit) {
    Work work;
    ImportJobs jobs(tx);
    work.expired = jobs.find_expired(now);
    if (work.expired) return work;
    work.job = jobs.find_due();
    if (work.job && work.job->status == Status::InProgress) work.part = read_part(tx, *work.job, random, now, limit);
    return work;
}

void end(ImportJob& job, Status status, std::string_view message, Instant now) {
    job.status = status;
    job.completed = now;
    job.details.message = message;
}

/// What came of a row, for the log: never who it was.
struct RowOutcome {
    std::size_t line = 0;
    std::string_view result;  ///< SUCCEEDED | SKIPPED | FAILED
    std::string reason;
};

struct Stored {
    std::optional<ImportJob> job;  ///< none: it has changed since the part was read
    std::vector<RowOutcome> rows;
};

RowOutcome outcome_of(const Candidate& candidate, const std::string& taken) {
    if (!candidate.refusal.empty()) return {candidate.line, "FAILED", candidate.refusal};
    if (!taken.empty()) return {candidate.line, "SKIPPED", "The user already exists."};
    return {candidate.line, "SUCCEEDED", "The import succeeded."};
}

/// Stores a part with how far the job has come by it.
Stored store_part(db::Transaction& tx, const ImportJob& seen, const Part& part, Instant now) {
    Stored stored;
    ImportJobs jobs(tx);
    auto job = jobs.find(seen.pool_id, seen.id);
    if (!job || job->status != Status::InProgress || job->position != seen.position) return stored;
    const auto taken = transfer::store_candidates(tx, job->pool_id, part.candidates);
    for (std::size_t i = 0; i < taken.size(); ++i) {
        const auto& candidate = part.candidates[i];
        ++(!candidate.refusal.empty() ? job->failed : !taken[i].empty() ? job->skipped : job->imported);
        stored.rows.push_back(outcome_of(candidate, taken[i]));
    }
    job->position = part.position;
    job->line = part.line;
    const auto rows = job->imported + job->skipped + job->failed;
    if (!part.failure.empty())
        end(*job, Status::Failed, part.failure, now);
    else if (rows > most_rows || (rows == most_rows && !part.last))
        end(*job, Status::Failed, "The file has more than 500000 rows.", now);
    else if (part.last && job->imported == 0 && rows > 0)
        end(*job, Status::Failed, nobody_came, now);
    else if (part.last)
        end(*job, Status::Succeeded, succeeded, now);
    jobs.save(*job);
    stored.job = std::move(job);
    return stored;
}

/// A job that waits begins, one that is stopping ends.
void move_on(db::Transaction& tx, const ImportJob& seen, Instant now) {
    ImportJobs jobs(tx);
    auto job = jobs.find(seen.pool_id, seen.id);
    if (!job || job->status != seen.status) return;
    if (job->status == Status::Pending) job->status = Status::InProgress;
    if (job->status == Status::Stopping) end(*job, Status::Stopped, stopped, now);
    if (job->status == Status::Created) end(*job, Status::Expired, expired, now);
    jobs.save(*job);
}

/// In the words of the service's log. Half a million rows that succeeded are for who looks for them.
void log_part(const Stored& stored) {
    if (!stored.job) return;
    const auto& job = *stored.job;
    for (const auto& [line, result, reason] : stored.rows) {
        const auto entry = "[" + std::string(result) + "] Line Number " + std::to_string(line) + " - " + reason;
        const auto level = result == "SUCCEEDED" ? log::Level::debug : log::Level::info;
        log::write(level, "import_row",
                   {{"pool", job.pool_id.str()}, {"job", job.id}, {"line", line}, {"entry", entry}});
    }
    if (job.has_ended())
        log::info("import_job_ended", {{"pool", job.pool_id.str()},
                                       {"job", job.id},
                                       {"status", to_name(job.status)},
                                       {"imported", job.imported},
                                       {"skipped", job.skipped},
                                       {"failed", job.failed}});
}

}  // namespace

bool any_import_due(db::Transaction& tx, Instant now) {
    ImportJobs jobs(tx);
    return jobs.find_due() || jobs.find_expired(now) || jobs.any_chunk_left(now);
}

Task<std::int64_t> do_import_step(db::Database& db, crypto::Random& random, Claim& claim, Instant now, int limit) {
    const auto find = [&](db::Transaction& tx) { return find_work(tx, random, now, limit); };
    const Work work = co_await db.read(find);
    if (work.job && work.job->status == Status::InProgress) {
        const auto store = [&](db::Transaction& tx) { return store_part(tx, *work.job, work.part, now); };
        const Stored stored = co_await claim.write(store);
        log_part(stored);
        co_return limit;
    }
    if (work.expired || work.job) {
        const auto move = [&](db::Transaction& tx) { move_on(tx, work.expired ? *work.expired : *work.job, now); };
        co_await claim.write(move);
        co_return limit;
    }
    const auto remove = [now](db::Transaction& tx) { return ImportJobs(tx).remove_chunks_left(now, pieces_at_once); };
    const auto removed = co_await claim.write(remove);
    co_return removed < pieces_at_once ? 0 : limit;
}

}  // namespace symbolon::directory
