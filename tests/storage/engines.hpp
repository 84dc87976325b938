#pragma once

#include "base/error.hpp"
#include "base/run.hpp"
#include "db/database.hpp"

#include <gtest/gtest.h>

#include <memory>
#include <ostream>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace symbolon::storage {

/// A kind of database that the program runs on.
struct Engine {
    std::string name;
    std::unique_ptr<db::Database> (*open_fresh)();
    /// The URL of a fresh database that several may open at once, as processes do. It is gone when the test has ended.
    std::string (*make_fresh)();

    friend void PrintTo(const Engine& engine, std::ostream* out) { *out << engine.name; }
};

const std::vector<Engine>& all_engines();
inline auto engines() {
    return testing::ValuesIn(all_engines());
}
inline std::string engine_name(const testing::TestParamInfo<Engine>& info) {
    return info.param.name;
}

/// A test that is run on every engine, on a fresh database with the program's schema. A suite derives from it and says
/// `INSTANTIATE_TEST_SUITE_P(Engines, UsersStore, engines(), engine_name);`.
class StorageTest : public testing::TestWithParam<Engine> {
protected:
    db::Database& database() { return *database_; }

    /// Runs one closure to its end. What it throws is thrown here. Threads: any.
    template <class F>
    auto read(F closure) {
        return run(database_->read(std::move(closure)));
    }
    template <class F>
    auto write(F closure) {
        return run(database_->write(std::move(closure)));
    }
    /// Runs statements that belong to a test, one transaction each.
    template <class... Statements>
    void execute(const Statements&... statements) {
        (write([&](db::Transaction& tx) { tx.execute(statements); }), ...);
    }

private:
    std::unique_ptr<db::Database> database_ = GetParam().open_fresh();
};

/// A test with two nodes: two objects that have nothing in common but the database.
class TwoNodesTest : public testing::TestWithParam<Engine> {
protected:
    template <class F>
    static auto write(db::Database& node, F closure) {
        return run(node.write(std::move(closure)));
    }
    template <class F>
    static auto read(db::Database& node, F closure) {
        return run(node.read(std::move(closure)));
    }

private:
    const std::string url_ = GetParam().make_fresh();

protected:
    const std::unique_ptr<db::Database> a = db::open(url_);
    const std::unique_ptr<db::Database> b = db::open(url_);
};

/// The code that a call is refused with.
template <class F>
Errc refusal_of(F call) {
    try {
        call();
    } catch (const Error& error) {
        return error.code;
    }
    throw std::logic_error("the call was not refused");
}

}  // namespace symbolon::storage
