#include "symbolon/skill/persistence.hpp"

#include <sqlite3.h>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

#include <mutex>
#include <string_view>

namespace symbolon::skill {
namespace {

constexpr const char* schema = R"sql(
    CREATE TABLE IF NOT EXISTS skill_attributes (
        partition_key TEXT NOT NULL PRIMARY KEY,
        version       INTEGER NOT NULL,
        attributes    TEXT NOT NULL
    ) WITHOUT ROWID
)sql";
constexpr std::string_view select_one = "SELECT version, attributes FROM skill_attributes WHERE partition_key = ?1";
constexpr std::string_view insert_one =
    "INSERT INTO skill_attributes (partition_key, version, attributes) VALUES (?1, 1, ?2) ON CONFLICT DO NOTHING";
constexpr std::string_view update_one =
    "UPDATE skill_attributes SET version = version + 1, attributes = ?2 WHERE partition_key = ?1 AND version = ?3";
constexpr std::string_view delete_one = "DELETE FROM skill_attributes WHERE partition_key = ?1";

constexpr int patience_ms = 5000;  // for another process that writes

class Connection {
public:
    explicit Connection(const std::string& file) {
        const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX;
        const int result = sqlite3_open_v2(file.c_str(), &handle_, flags, nullptr);
        if (result == SQLITE_OK) return;
        const std::string reason = handle_ == nullptr ? "out of memory" : sqlite3_errmsg(handle_);
        sqlite3_close(handle_);
        throw PersistenceError(file + ": " + reason);
    }
    ~Connection() { sqlite3_close(handle_); }
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    void execute(const char* sql) {
        if (sqlite3_exec(handle_, sql, nullptr, nullptr, nullptr) != SQLITE_OK) fail();
    }
    [[noreturn]] void fail() const { throw PersistenceError(sqlite3_errmsg(handle_)); }
    sqlite3* get() const { return handle_; }

private:
    sqlite3* handle_ = nullptr;
};

class Statement {
public:
    Statement(Connection& connection, std::string_view sql) : connection_(connection) {
        const int size = static_cast<int>(sql.size());
        if (sqlite3_prepare_v2(connection.get(), sql.data(), size, &handle_, nullptr) != SQLITE_OK) connection.fail();
    }
    ~Statement() { sqlite3_finalize(handle_); }
    Statement(const Statement&) = delete;
    Statement& operator=(const Statement&) = delete;

    /// The text must live until the last step().
    Statement& bind(int index, std::string_view text) {
        sqlite3_bind_text64(handle_, index, text.data(), text.size(), SQLITE_STATIC, SQLITE_UTF8);
        return *this;
    }
    Statement& bind(int index, std::int64_t number) {
        sqlite3_bind_int64(handle_, index, number);
        return *this;
    }
    /// True: there is a row.
    bool step() {
        const int result = sqlite3_step(handle_);
        if (result != SQLITE_ROW && result != SQLITE_DONE) connection_.fail();
        return result == SQLITE_ROW;
    }
    std::int64_t integer(int column) const { return sqlite3_column_int64(handle_, column); }
    std::string text(int column) const {
        const auto* data = static_cast<const char*>(sqlite3_column_blob(handle_, column));
        return data == nullptr ? std::string{}
                               : std::string(data, static_cast<std::size_t>(sqlite3_column_bytes(handle_, column)));
    }

private:
    Connection& connection_;
    sqlite3_stmt* handle_ = nullptr;
};

json::object parse_attributes(const std::string& text) {
    boost::system::error_code failure;
    auto value = json::parse(text, failure);
    if (failure || !value.is_object()) throw PersistenceError("stored attributes are no JSON object");
    return std::move(value.get_object());
}

/// One connection, one call at a time: a skill's store sees a handful of calls a second.
class SqlitePersistence final : public Persistence {
public:
    explicit SqlitePersistence(const std::string& file) : connection_(file) {
        sqlite3_busy_timeout(connection_.get(), patience_ms);
        connection_.execute("PRAGMA journal_mode = WAL");
        connection_.execute("PRAGMA synchronous = FULL");
        connection_.execute(schema);
    }

    StoredAttributes load(const std::string& key) override {
        const std::lock_guard lock(mutex_);
        Statement statement(connection_, select_one);
        if (!statement.bind(1, key).step()) return {};
        return {parse_attributes(statement.text(1)), statement.integer(0)};
    }

    std::int64_t save(const std::string& key, const StoredAttributes& attributes) override {
        const std::string text = json::serialize(attributes.attributes);
        const bool is_new = attributes.version == 0;
        const std::lock_guard lock(mutex_);
        Statement statement(connection_, is_new ? insert_one : update_one);
        statement.bind(1, key).bind(2, text);
        if (!is_new) statement.bind(3, attributes.version);
        statement.step();
        if (sqlite3_changes(connection_.get()) == 0) throw AttributesConflict("the attributes were saved meanwhile");
        return attributes.version + 1;
    }

    void remove(const std::string& key) override {
        const std::lock_guard lock(mutex_);
        Statement(connection_, delete_one).bind(1, key).step();
    }

private:
    std::mutex mutex_;
    Connection connection_;
};

}  // namespace

std::shared_ptr<Persistence> sqlite_persistence(const std::string& file) {
    return std::make_shared<SqlitePersistence>(file);
}

}  // namespace symbolon::skill
