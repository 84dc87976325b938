#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string_view>

namespace symbolon::db {

/// Puts more records in order than there is memory for, in files without a name that end with the object. They lie in
/// SQLite's folder for temporary files (the environment's SQLITE_TMPDIR, else TMPDIR, else /var/tmp).
/// Fails, all calls: Error{unavailable} (disk full, input/output error). Threads: one at a time.
class Sorter {
public:
    /// `memory`: bytes that are used before the disk is.
    explicit Sorter(std::size_t memory);
    ~Sorter();
    Sorter(const Sorter&) = delete;
    Sorter& operator=(const Sorter&) = delete;

    void add(std::string_view key, std::string_view value);

    struct Record {
        std::string_view key;
        std::string_view value;
    };
    /// The next record in order of the keys' bytes, good until the next call; those of one key come in any order.
    /// Nothing at the end. After the first call nothing is added.
    std::optional<Record> next();

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace symbolon::db
