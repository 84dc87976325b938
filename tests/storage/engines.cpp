#include "storage/engines.hpp"

#include "postgres/server.hpp"

#include <stdlib.h>

#include <filesystem>
#include <system_error>

namespace symbolon::storage {
namespace {

std::unique_ptr<db::Database> open_sqlite() {
    return db::open("sqlite::memory:");
}

/// A folder that is removed with all that is in it.
class Folder {
public:
    Folder() {
        std::string pattern = (std::filesystem::temp_directory_path() / "symbolon-storage-XXXXXX").string();
        if (!::mkdtemp(pattern.data())) throw std::system_error(errno, std::generic_category(), pattern);
        path_ = pattern;
    }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    ~Folder() { std::filesystem::remove_all(path_); }
    const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path path_;
};

/// Drops the databases of a test when it has ended, and its objects with it.
class FreshDatabases final : public testing::EmptyTestEventListener {
public:
    /// The one of this program. Google Test owns it.
    static FreshDatabases& get() {
        static auto* const all = [] {
            auto* made = new FreshDatabases;
            testing::UnitTest::GetInstance()->listeners().Append(made);
            return made;
        }();
        return *all;
    }

    std::string make_postgres() { return databases_.emplace_back(std::make_unique<tests::FreshDatabase>())->url(); }
    std::string make_sqlite() {
        return "sqlite:" + (folders_.emplace_back(std::make_unique<Folder>())->path() / "symbolon.db").string();
    }

private:
    void OnTestEnd(const testing::TestInfo&) override {
        databases_.clear();
        folders_.clear();
    }

    std::vector<std::unique_ptr<tests::FreshDatabase>> databases_;
    std::vector<std::unique_ptr<Folder>> folders_;
};

std::string make_sqlite() {
    return FreshDatabases::get().make_sqlite();
}

std::string make_postgres() {
    return FreshDatabases::get().make_postgres();
}

std::unique_ptr<db::Database> open_postgres() {
    return db::open(make_postgres());
}

}  // namespace

const std::vector<Engine>& all_engines() {
    static const std::vector<Engine> all{{"sqlite", open_sqlite, make_sqlite},
                                         {"postgresql", open_postgres, make_postgres}};
    return all;
}

}  // namespace symbolon::storage
