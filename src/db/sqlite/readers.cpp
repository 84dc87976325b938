#include "db/sqlite/readers.hpp"

#include "base/error.hpp"
#include "db/sqlite/transaction.hpp"

#include <algorithm>
#include <exception>
#include <string_view>
#include <utility>

namespace symbolon::db::sqlite {
namespace {

constexpr std::string_view begin_snapshot = "BEGIN DEFERRED";
constexpr std::string_view end_snapshot = "COMMIT";

std::atomic<std::uint64_t> next_number{1};

/// Ends the snapshot when a closure throws.
class RollBackUnlessEnded {
public:
    explicit RollBackUnlessEnded(Connection& connection) : connection_(connection) {}
    RollBackUnlessEnded(const RollBackUnlessEnded&) = delete;
    RollBackUnlessEnded& operator=(const RollBackUnlessEnded&) = delete;
    ~RollBackUnlessEnded() { connection_.roll_back(); }

private:
    Connection& connection_;
};

}  // namespace

void Reader::run(const Database::Closure& closure) {
    if (connection_.in_transaction()) throw Error{Errc::internal, {}, "a read inside a read"};
    runs_.store(runs() + 1, std::memory_order_relaxed);
    connection_.run(begin_snapshot);
    const RollBackUnlessEnded guard(connection_);
    SqliteTransaction transaction(connection_, SqliteTransaction::Access::read);
    closure(transaction);
    if (transaction.failure()) std::rethrow_exception(transaction.failure());
    connection_.run(end_snapshot);
}

/// What a thread remembers: its reader of each database. There is one database in the server, a few in tests.
class Readers::Mine {
public:
    Mine() = default;
    Mine(const Mine&) = delete;
    Mine& operator=(const Mine&) = delete;
    ~Mine() {
        for (const auto& entry : entries_) {
            if (const auto readers = entry.readers.lock()) readers->close(entry.reader);
        }
    }

    Reader* find(std::uint64_t number) const {
        for (const auto& entry : entries_) {
            if (entry.number == number) return entry.reader;
        }
        return nullptr;
    }

    void add(std::uint64_t number, std::weak_ptr<Readers> readers, Reader& reader) {
        std::erase_if(entries_, [](const Entry& entry) { return entry.readers.expired(); });
        entries_.push_back({number, std::move(readers), &reader});
    }

private:
    struct Entry {
        std::uint64_t number;
        std::weak_ptr<Readers> readers;
        Reader* reader;
    };

    std::vector<Entry> entries_;
};

Readers::Readers(Storage storage) : storage_(std::move(storage)), number_(next_number++) {}

Reader& Readers::of_this_thread() {
    thread_local Mine mine;
    if (Reader* reader = mine.find(number_)) return *reader;
    Reader& reader = open();
    mine.add(number_, weak_from_this(), reader);
    return reader;
}

std::uint64_t Readers::runs() const {
    const std::lock_guard lock(mutex_);
    std::uint64_t sum = runs_of_closed_;
    for (const auto& reader : readers_) sum += reader->runs();
    return sum;
}

Reader& Readers::open() {
    auto reader = std::make_unique<Reader>(storage_);
    const std::lock_guard lock(mutex_);
    return *readers_.emplace_back(std::move(reader));
}

void Readers::close(const Reader* reader) {
    const std::lock_guard lock(mutex_);
    runs_of_closed_ += reader->runs();
    std::erase_if(readers_, [reader](const auto& one) { return one.get() == reader; });
}

}  // namespace symbolon::db::sqlite
