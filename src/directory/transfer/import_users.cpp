#include "directory/transfer/import_users.hpp"

#include "base/error.hpp"
#include "directory/transfer/csv_users.hpp"
#include "directory/transfer/lines.hpp"

#include <optional>
#include <utility>
#include <vector>

namespace symbolon::directory::transfer {
namespace {

constexpr std::size_t step = 500;  ///< rows in one transaction

struct Candidate {
    std::size_t line = 0;
    User user;
    std::string refusal;  ///< "" : none
};

/// The user that a row describes, or why it describes none.
Candidate to_candidate(const CsvUsers& columns, CsvRow row, crypto::Random& random, Instant now) {
    Candidate candidate{.line = row.line, .user = {}, .refusal = std::move(row.fault)};
    if (!candidate.refusal.empty()) return candidate;
    try {
        candidate.user = columns.to_user(row.values, UserId(random.uuid()), now);
    } catch (const Error& error) {
        if (error.code != Errc::invalid_parameter) throw;
        candidate.refusal = error.message;
    }
    return candidate;
}

/// Stores those who are not there yet. Returns for each the kind of name that somebody has; "" for who was stored.
std::vector<std::string> store(db::Transaction& tx, const PoolId& id, const std::vector<Candidate>& candidates) {
    const Pool pool = Pools(tx).get(id);  // deleted meanwhile, it gets no more users
    Users users(tx);
    std::vector<std::string> taken;
    for (const auto& [line, user, refusal] : candidates)
        taken.push_back(refusal.empty() ? users.create_if_free(pool, user) : std::string());
    return taken;
}

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
        const auto closure = [&](db::Transaction& tx) { return store(tx, pool_, candidates_); };
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
