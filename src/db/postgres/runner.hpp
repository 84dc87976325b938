#pragma once

#include "db/database.hpp"
#include "db/postgres/address.hpp"
#include "db/postgres/availability.hpp"
#include "db/postgres/connection.hpp"
#include "db/postgres/turnstile.hpp"

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <random>

namespace symbolon::db::postgres {

/// What the runners of one database share.
struct Shared {
    explicit Shared(Address address_) : address(std::move(address_)) {}

    const Address address;
    Availability availability;
    Turnstile turnstile;
    std::atomic<std::size_t> connected{0};  ///< runners with a connection
    std::atomic<std::uint64_t> reads{0};
    std::atomic<std::uint64_t> writes{0};
    std::atomic<std::uint64_t> reruns{0};
};

/// Runs closures on a connection of its own, which it opens when it needs one. A closure runs again
///
/// - after a conflict with another transaction, soon and a number of times, at last alone;
/// - after the connection was lost before the commit was sent, on a new one;
///
/// and never when the connection was lost while the commit was on its way: it may stand, and would be done twice. That
/// is Error{unavailable}, and whoever asks finds out by looking. Threads: one at a time.
class Runner {
public:
    explicit Runner(Shared& shared);
    Runner(const Runner&) = delete;
    Runner& operator=(const Runner&) = delete;
    ~Runner();

    bool is_connected() const { return connection_ != nullptr; }
    /// Opens the connection unless there is one. Fails: Failure{world}.
    void connect();

    /// Fails: what the closure throws, Failure.
    void run(Connection::Access access, const Database::Closure& closure);

private:
    void run_once(Connection::Access access, const Database::Closure& closure, int conflicts);
    void run_transaction(Connection::Access access, const Database::Closure& closure);
    void disconnect();
    void rest(int conflicts);

    Shared& shared_;
    std::unique_ptr<Connection> connection_;
    std::minstd_rand jitter_{std::random_device{}()};
};

}  // namespace symbolon::db::postgres
