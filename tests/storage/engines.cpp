#include "storage/engines.hpp"

#include "postgres/server.hpp"

namespace symbolon::storage {
namespace {

std::unique_ptr<db::Database> open_sqlite() {
    return db::open("sqlite::memory:");
}

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

    std::string make() { return databases_.emplace_back(std::make_unique<tests::FreshDatabase>())->url(); }

private:
    void OnTestEnd(const testing::TestInfo&) override { databases_.clear(); }

    std::vector<std::unique_ptr<tests::FreshDatabase>> databases_;
};

std::unique_ptr<db::Database> open_postgres() {
    return db::open(FreshDatabases::get().make());
}

}  // namespace

const std::vector<Engine>& all_engines() {
    static const std::vector<Engine> all{{"sqlite", open_sqlite}, {"postgresql", open_postgres}};
    return all;
}

}  // namespace symbolon::storage
