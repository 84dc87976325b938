#include "db/postgres/channel.hpp"

#include <fmt/format.h>
#include <libpq-fe.h>
#include <poll.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <utility>

namespace symbolon::db::postgres {
namespace {

using namespace std::chrono_literals;

constexpr std::chrono::milliseconds first_patience = 10s;
constexpr std::chrono::milliseconds longest_poll = 50ms;  // TLS may hold bytes that the socket shows no more
constexpr std::chrono::milliseconds grace = 5s;           // after the server's own limit for a statement

// What the URL or the server says stays, but for no limit at all. A commit that does not wait for the disk, here and on
// the standby if there is one, could be lost after it was answered. Scans of whole tables, which the planner prefers
// while tables are small, would make every two serializable transactions conflict.
constexpr std::array session_settings{
    "SELECT set_config('statement_timeout', '15s', false) WHERE current_setting('statement_timeout') = '0'",
    "SELECT set_config('lock_timeout', '5s', false) WHERE current_setting('lock_timeout') = '0'",
    "SELECT set_config('idle_in_transaction_session_timeout', '15s', false)"
    " WHERE current_setting('idle_in_transaction_session_timeout') = '0'",
    "SELECT set_config('synchronous_commit', 'on', false)"
    " WHERE current_setting('synchronous_commit') IN ('off', 'local', 'remote_write')",
    "SELECT set_config('enable_seqscan', 'off', false)",
    "SELECT setting FROM pg_settings WHERE name = 'statement_timeout'",  // in milliseconds
};

/// libpq's words as one line: it says one for each host, and hints.
std::string one_line(std::string_view text) {
    std::string line(text.substr(0, text.find_last_not_of(" \n") + 1));
    std::ranges::replace(line, '\n', ';');
    return line;
}

pg_conn* connect(const Address& address) {
    std::vector<const char*> names;
    std::vector<const char*> values;
    for (const auto& [name, value] : address.parameters) {
        names.push_back(name.c_str());
        values.push_back(value.c_str());
    }
    names.push_back(nullptr);
    values.push_back(nullptr);
    return PQconnectdbParams(names.data(), values.data(), 0);
}

}  // namespace

void ClearResult::operator()(pg_result* result) const {
    PQclear(result);
}

void Channel::Close::operator()(pg_conn* handle) const {
    PQfinish(handle);
}

Channel::Channel(const Address& address) : address_(address), handle_(connect(address)), patience_(first_patience) {
    if (PQstatus(handle_.get()) != CONNECTION_OK) throw Failure{Trouble::world, lost("connect").detail};
    const auto receive_notice = [](void* warned, const pg_result* notice) {
        const char* severity = PQresultErrorField(notice, PG_DIAG_SEVERITY_NONLOCALIZED);
        if (severity != nullptr && std::string_view(severity) == "WARNING") *static_cast<bool*>(warned) = true;
    };
    PQsetNoticeReceiver(handle_.get(), receive_notice, &warned_);
    try {
        configure();
    } catch (const Failure& failure) {
        throw Failure{Trouble::world, failure.detail, failure.state};
    }
}

void Channel::configure() {
    if (PQenterPipelineMode(handle_.get()) != 1) throw lost("enter pipeline mode");
    for (const char* setting : session_settings) add(setting);
    const auto results = finish();
    for (std::size_t i = 0; i < results.size(); ++i) {
        if (PQresultStatus(results[i].get()) != PGRES_TUPLES_OK)
            throw failure_of(results[i].get(), session_settings.at(i));
    }
    const Result& last = results.back();
    if (PQntuples(last.get()) == 0) return;
    const std::string_view limit(PQgetvalue(last.get(), 0, 0), static_cast<std::size_t>(PQgetlength(last.get(), 0, 0)));
    std::int64_t milliseconds = 0;
    std::from_chars(limit.data(), limit.data() + limit.size(), milliseconds);
    patience_ = std::chrono::milliseconds(milliseconds) + grace;
}

void Channel::add(const char* command) {
    if (PQsendQueryParams(handle_.get(), command, 0, nullptr, nullptr, nullptr, nullptr, 1) != 1) throw lost(command);
}

void Channel::add_preparation(const std::string& name, const std::string& sql) {
    if (PQsendPrepare(handle_.get(), name.c_str(), sql.c_str(), 0, nullptr) != 1) throw lost(sql);
}

void Channel::add_run(const std::string& name, const Arguments& arguments) {
    if (PQsendQueryPrepared(handle_.get(), name.c_str(), arguments.count(), arguments.values(), arguments.lengths(),
                            arguments.formats(), 1) != 1)
        throw lost("send a statement");
}

void Channel::send_exchange() {
    if (PQpipelineSync(handle_.get()) != 1) throw lost("send");
}

std::vector<Result> Channel::finish() {
    send_exchange();
    const Deadline deadline = std::chrono::steady_clock::now() + patience_;
    for (; unread_exchanges_ > 0; --unread_exchanges_) receive_exchange(deadline);
    return receive_exchange(deadline);
}

void Channel::finish_later() {
    send_exchange();
    ++unread_exchanges_;
}

std::vector<Result> Channel::receive_exchange(Deadline deadline) {
    std::vector<Result> results;
    for (;;) {
        try {
            wait_for_answer(deadline);
        } catch (Failure& failure) {
            throw first_failure(results, std::move(failure));  // what the server said before it hung up
        }
        Result result(PQgetResult(handle_.get()));
        if (!result) {
            if (PQstatus(handle_.get()) == CONNECTION_BAD) throw first_failure(results, lost("receive"));
            continue;  // the end of one command's results
        }
        if (PQresultStatus(result.get()) == PGRES_PIPELINE_SYNC) return results;
        results.push_back(std::move(result));
    }
}

Failure Channel::first_failure(const std::vector<Result>& results, Failure otherwise) const {
    for (const Result& result : results) {
        if (PQresultStatus(result.get()) != PGRES_FATAL_ERROR) continue;
        auto failure = failure_of(result.get(), "receive");
        return {Trouble::lost, address_.without_secrets(std::move(failure.detail)), std::move(failure.state)};
    }
    return otherwise;
}

void Channel::wait_for_answer(Deadline deadline) {
    while (PQisBusy(handle_.get()) != 0) {
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now());
        if (left <= 0ms) throw Failure{Trouble::lost, "PostgreSQL: no answer in time"};
        pollfd readable{PQsocket(handle_.get()), POLLIN, 0};
        poll(&readable, 1, static_cast<int>(std::min(left, longest_poll).count()));
        if (PQconsumeInput(handle_.get()) != 1) throw lost("receive");
    }
}

void Channel::run_script(const std::string& statements) {
    if (PQexitPipelineMode(handle_.get()) != 1 || PQsendQuery(handle_.get(), statements.c_str()) != 1)
        throw lost("send a script");
    const Deadline deadline = std::chrono::steady_clock::now() + patience_;
    std::optional<Failure> failed;
    for (;;) {
        wait_for_answer(deadline);
        const Result result(PQgetResult(handle_.get()));
        if (!result) break;
        if (PQresultStatus(result.get()) == PGRES_FATAL_ERROR && !failed) failed = failure_of(result.get(), statements);
    }
    if (PQstatus(handle_.get()) == CONNECTION_BAD || PQenterPipelineMode(handle_.get()) != 1)
        throw lost("run a script");
    if (failed) throw std::move(*failed);
}

bool Channel::is_open() const {
    pollfd hung_up{PQsocket(handle_.get()), POLLRDHUP, 0};
    return PQstatus(handle_.get()) == CONNECTION_OK && poll(&hung_up, 1, 0) == 0;
}

bool Channel::in_transaction() const {
    return PQtransactionStatus(handle_.get()) == PQTRANS_INTRANS;
}

bool Channel::take_warning() {
    return std::exchange(warned_, false);
}

Failure Channel::lost(std::string_view doing) const {
    const auto said = one_line(PQerrorMessage(handle_.get()));
    return {Trouble::lost, address_.without_secrets(fmt::format("PostgreSQL: {} in: {}", said, doing))};
}

}  // namespace symbolon::db::postgres
