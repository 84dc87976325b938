#include "directory/transfer/import_users.hpp"

#include "base/error.hpp"
#include "directory/transfer/candidates.hpp"
#include "directory/transfer/csv_users.hpp"
#include "directory/transfer/lines.hpp"

#include <optional>
#include <utility>
#include <vector>

namespace symbolon::directory::transfer {
namespace {

constexpr std::size_t step = 500;  ///< rows in one transaction

/// One run of an import.
class Import {
public:
    Import(db::Database& db, PoolId pool, TakeRefusal refuse, Progress progress)
        : db_(db), pool_(std::move(pool)), refuse_(std::move(refuse)), progress_(std::move(progress)) {}

    Task<void> add(Candidate candidate) {
        candidates_.push_back(std::move(candidate));
        if (candidates_.size() == step) co_await flush();
    }

    Task<void> flush() {
        const auto closure = [&](db::Transaction& tx) { return store_candidates(tx, pool_, candidates_); };
        const auto taken = co_await db_.write(closure);
        for (std::size_t i = 0; i < candidates_.size(); ++i) count(candidates_[i], taken[i]);
        candidates_.clear();
        progress_(done_.imported + done_.present + done_.refused, "rows");
    }

    const UsersImported& done() const { return done_; }

private:
    void count(const Candidate& candidate, const std::string& taken) {
        if (!candidate.refusal.empty()) {
            ++done_.refused;
            refuse_(candidate.line, candidate.refusal);
        } else if (!taken.empty()) {
            ++done_.present;
            refuse_(candidate.line, "There is a user with this " + taken + " already.");
        } else {
            ++done_.imported;
        }
    }

    db::Database& db_;
    const PoolId pool_;
    TakeRefusal refuse_;
    Progress progress_;
    std::vector<Candidate> candidates_;
    UsersImported done_;
};

/// The columns that the first row names.
CsvUsers read_header(const Pool& pool, CsvReader& reader) {
    const auto header = reader.read();
    if (!header) throw Error(Errc::invalid_parameter, "The file is empty.");
    return at_line(header->line, [&] {
        if (!header->fault.empty()) throw Error(Errc::invalid_parameter, header->fault);
        return CsvUsers(pool, header->values);
    });
}

}  // namespace

Task<UsersImported> import_users(db::Database& db, crypto::Random& random, PoolId pool, ReadSome read, Instant now,
                                 TakeRefusal refuse, Progress progress) {
    const auto find = [&](db::Transaction& tx) { return Pools(tx).get(pool); };
    const Pool settings = co_await db.read(find);
    CsvReader reader(std::move(read));
    const CsvUsers columns = read_header(settings, reader);
    Import import(db, pool, std::move(refuse), std::move(progress));
    std::int64_t rows = 0;
    while (auto row = reader.read()) {
        if (++rows > max_csv_rows) {
            co_await import.flush();
            throw Error(Errc::invalid_parameter, "Line " + std::to_string(row->line) + ": the file has more than " +
                                                     std::to_string(max_csv_rows) + " rows. Import it in parts.");
        }
        co_await import.add(to_candidate(columns, std::move(*row), random, now));
    }
    co_await import.flush();
    co_return import.done();
}

}  // namespace symbolon::directory::transfer
