#pragma once

#include "base/task.hpp"
#include "db/transaction.hpp"

#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>

namespace symbolon::db {

/// The database. `read` and `write` run a plain synchronous closure over one transaction.
///
/// A closure has no effect but on the transaction, since it may run again (after a conflict with another transaction,
/// or on a new connection), and takes everything it needs by reference from the awaiting frame. It may run on another
/// thread. An exception out of a write rolls back everything the closure did: a refusal that must leave a trace (a
/// counted wrong code) is a returned value, not an exception. When `write` returns, what it did is on disk, and reads
/// on every thread see it. Writes are serializable. Closures do not use the database again but through their
/// transaction. Fails, beside what the closure throws: Error{too_many_requests} (the queue is full), Error{unavailable}
/// (disk full, input/output error, no connection). Then nothing of the closure was kept, but for one case: a connection
/// to a server that is lost while the commit is on its way. What was written may stand then, and is not written again.
/// Threads: any. It is destroyed after the last read has returned and before the executors of the writes; writes that
/// wait in the queue are still done.
class Database {
public:
    using Closure = std::function<void(Transaction&)>;

    virtual ~Database() = default;

    template <class F, class R = std::invoke_result_t<F&, Transaction&>>
    Task<R> read(F fn) {
        if constexpr (std::is_void_v<R>) {
            Closure closure = [&fn](Transaction& tx) { fn(tx); };
            co_await run_read(std::move(closure));
        } else {
            std::optional<R> result;
            Closure closure = [&fn, &result](Transaction& tx) { result.emplace(fn(tx)); };
            co_await run_read(std::move(closure));
            co_return std::move(*result);
        }
    }

    template <class F, class R = std::invoke_result_t<F&, Transaction&>>
    Task<R> write(F fn) {
        if constexpr (std::is_void_v<R>) {
            Closure closure = [&fn](Transaction& tx) { fn(tx); };
            co_await run_write(std::move(closure));
        } else {
            std::optional<R> result;
            Closure closure = [&fn, &result](Transaction& tx) { result.emplace(fn(tx)); };
            co_await run_write(std::move(closure));
            co_return std::move(*result);
        }
    }

    /// Changes with every commit, of this process or of another. What was read after a mark was taken is still what a
    /// read would give for as long as the mark is the same. Nothing: not known now, or the engine has no such thing.
    using Mark = std::array<std::uint64_t, 6>;
    virtual std::optional<Mark> mark() = 0;

    /// True when a trivial statement succeeds now (for /readyz).
    virtual Task<bool> healthy() = 0;

    struct Counters {
        std::uint64_t reads = 0, writes = 0, commits = 0;
    };
    virtual Counters counters() const = 0;

protected:
    virtual Task<void> run_read(Closure closure) = 0;
    virtual Task<void> run_write(Closure closure) = 0;
};

/// Whose tables a database holds.
enum class Schema { server, assistant };

/// Opens the database of a URL and brings its schema up to date. `sqlite:PATH`; `sqlite::memory:` is a fresh database
/// that ends with the object, for tests. `postgresql://…`: see postgres/address.hpp.
/// Fails: Error{invalid_parameter} (URL), Error{unavailable} (cannot be opened, or of a newer version than this
/// program).
std::unique_ptr<Database> open(const std::string& url, Schema schema = Schema::server);

}  // namespace symbolon::db
