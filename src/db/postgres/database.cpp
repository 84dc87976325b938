#include "db/postgres/database.hpp"

#include "base/error.hpp"
#include "base/log.hpp"
#include "base/loop_hold.hpp"
#include "db/postgres/schema.hpp"

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>

#include <chrono>
#include <exception>
#include <memory>
#include <string_view>
#include <utility>

namespace symbolon::db::postgres {
namespace {

namespace asio = boost::asio;

constexpr std::string_view trivial = "SELECT 1";
constexpr std::chrono::seconds longest_probe{2};

/// The question whether the database answers. Its caller waits for the timer, which an answer lets expire at once; an
/// answer that comes later finds nobody.
struct Probe {
    asio::steady_timer timer;
    bool answered = false;
    std::exception_ptr failure = nullptr;
};

class ProbeJob final : public Job {
public:
    explicit ProbeJob(std::shared_ptr<Probe> probe)
        : Job(closure), loop_(probe->timer.get_executor()), probe_(std::move(probe)) {}

    void answer(std::exception_ptr failure) override {
        auto wake = [probe = std::move(probe_), failure = std::move(failure)] {
            probe->answered = true;
            probe->failure = failure;
            probe->timer.expires_at(asio::steady_timer::time_point::min());
        };
        loop_.post(std::move(wake));
    }

private:
    inline static const Database::Closure closure = [](Transaction& tx) { tx.execute(trivial); };

    LoopHold loop_;
    std::shared_ptr<Probe> probe_;
};

std::string_view detail_of(const std::exception_ptr& failure) {
    try {
        std::rethrow_exception(failure);
    } catch (const Error& error) {
        return error.detail;
    } catch (...) {
        return "unknown";
    }
}

}  // namespace

PostgresDatabase::PostgresDatabase(const Options& options, Instant now) : shared_(parse_address(options.url)) {
    Connection connection(shared_.address);
    migrate(connection, options.migrations, now);
    pool_ = std::make_unique<Pool>(shared_, options.limits);
}

Task<void> PostgresDatabase::run_read(Closure closure) {
    pool_->reserve();
    ++shared_.reads;
    auto submit = [this](std::unique_ptr<Job> job) { pool_->submit(Connection::Access::read, std::move(job)); };
    co_await hand_over(closure, submit);
}

Task<void> PostgresDatabase::run_write(Closure closure) {
    pool_->reserve();
    auto submit = [this](std::unique_ptr<Job> job) { pool_->submit(Connection::Access::write, std::move(job)); };
    co_await hand_over(closure, submit);
}

Task<bool> PostgresDatabase::healthy() {
    auto probe = std::make_shared<Probe>(asio::steady_timer(co_await asio::this_coro::executor, longest_probe));
    pool_->submit_first(Connection::Access::read, std::make_unique<ProbeJob>(probe));
    boost::system::error_code ignored;
    co_await probe->timer.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
    if (probe->answered && !probe->failure) co_return true;
    const std::string_view detail = probe->failure ? detail_of(probe->failure) : "PostgreSQL: no answer in time";
    log::warning("database_unhealthy", {{"detail", detail}});
    co_return false;
}

Database::Counters PostgresDatabase::counters() const {
    // Every write that stands is a commit of its own.
    return {.reads = shared_.reads, .writes = shared_.writes, .commits = shared_.writes};
}

}  // namespace symbolon::db::postgres
