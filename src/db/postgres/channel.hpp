#pragma once

#include "db/postgres/address.hpp"
#include "db/postgres/failure.hpp"
#include "db/postgres/values.hpp"

#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

struct pg_conn;
struct pg_result;

namespace symbolon::db::postgres {

struct ClearResult {
    void operator()(pg_result* result) const;
};
using Result = std::unique_ptr<pg_result, ClearResult>;

/// One connection in libpq's pipeline mode (its manual, §34.5). Commands are queued, sent together, and answered
/// together: an exchange, one way to the server and back. The end of a transaction that cannot fail is not waited for;
/// its answer is read, and thrown away, before that of the next exchange. Every wait has a limit.
/// Fails, all calls: Failure{lost}; after that the channel is of no more use. Threads: one at a time.
class Channel {
public:
    /// Connects, and gives the session what the URL and the server leave open: time limits, and commits that wait for
    /// the disk. Fails: Failure{world}.
    explicit Channel(const Address& address);
    Channel(const Channel&) = delete;
    Channel& operator=(const Channel&) = delete;

    /// Adds a command to the exchange.
    void add(const char* command);
    void add_preparation(const std::string& name, const std::string& sql);
    void add_run(const std::string& name, const Arguments& arguments);

    /// Ends the exchange and returns each command's result. One that failed is among them; those after it were not
    /// looked at by the server.
    std::vector<Result> finish();
    /// Ends the exchange without waiting for the results.
    void finish_later();

    /// Runs several statements by themselves, not in an exchange. Fails: Failure.
    void run_script(const std::string& statements);

    /// False when the server is known to have closed the connection.
    bool is_open() const;
    bool in_transaction() const;
    /// True when the server has warned about something since this was asked last.
    bool take_warning();

    /// How long the answer of an exchange is waited for. The server's own limit for a statement is shorter.
    void set_patience(std::chrono::milliseconds patience) { patience_ = patience; }

private:
    using Deadline = std::chrono::steady_clock::time_point;

    void configure();
    void send_exchange();
    std::vector<Result> receive_exchange(Deadline deadline);
    void wait_for_answer(Deadline deadline);
    Failure lost(std::string_view doing) const;
    Failure first_failure(const std::vector<Result>& results, Failure otherwise) const;

    struct Close {
        void operator()(pg_conn* handle) const;
    };

    const Address& address_;
    std::unique_ptr<pg_conn, Close> handle_;
    std::chrono::milliseconds patience_;
    std::size_t unread_exchanges_ = 0;
    bool warned_ = false;
};

}  // namespace symbolon::db::postgres
