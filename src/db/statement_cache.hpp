#pragma once

#include <cstddef>
#include <memory>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace symbolon::db {

/// The prepared statements of one connection. A constant is found by its address; the same text elsewhere by
/// comparison. A Statement has `sql()`, a text of its own. Threads: one at a time.
template <class Statement>
class StatementCache {
public:
    /// Null when it is not there. The text is compared even when the address is known: a text built at run time may lie
    /// where another one lay.
    Statement* find(std::string_view sql) {
        const auto known = by_address_.find(sql.data());
        if (known != by_address_.end() && known->second->sql() == sql) return known->second;
        const auto same_text = by_text_.find(sql);
        if (same_text == by_text_.end()) return nullptr;
        by_address_[sql.data()] = same_text->second.get();
        return same_text->second.get();
    }

    Statement& add(std::string_view sql, std::unique_ptr<Statement> statement) {
        Statement& added = *statement;
        by_text_.emplace(added.sql(), std::move(statement));
        by_address_[sql.data()] = &added;
        return added;
    }

    /// A program's constants are a few hundred. More means that texts are built at run time: forget and start again.
    bool is_full() const { return by_text_.size() >= most || by_address_.size() >= 2 * most; }
    void clear() {
        by_address_.clear();
        by_text_.clear();
    }

private:
    static constexpr std::size_t most = 1024;

    std::unordered_map<std::string_view, std::unique_ptr<Statement>> by_text_;  // keys: views of the statements' text
    std::unordered_map<const char*, Statement*> by_address_;
};

}  // namespace symbolon::db
