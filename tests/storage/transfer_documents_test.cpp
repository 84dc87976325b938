// The documents, tags and devices of a pool go with it from one database to another.
#include "directory/brandings.hpp"
#include "directory/devices.hpp"
#include "directory/log_delivery.hpp"
#include "directory/pool_documents.hpp"
#include "directory/risk_configurations.hpp"
#include "directory/terms.hpp"
#include "directory/transfer/export_pool.hpp"
#include "directory/transfer/import_pool.hpp"
#include "directory/ui_customizations.hpp"
#include "storage/directory_fixture.hpp"

#include <gtest/gtest.h>
#include <boost/describe/class.hpp>

#include <algorithm>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace symbolon::storage {
namespace {

using namespace symbolon::directory;
using Lines = std::vector<std::string>;

constexpr int look_count = 20;  // more than are read or stored at a time

class DocumentsTransfer : public DirectoryTest {
protected:
    void SetUp() override {
        auto pool = make_pool(id.str());
        pool.settings.UserPoolTags.emplace()["team"] = "doors";
        write([&](db::Transaction& tx) {
            Pools(tx).create(pool);
            Users(tx).create(pool, make_user(pool, "user-1", "jane"));
            Devices(tx, sealer_).create(device());
            for (int i = 0; i < look_count; ++i) put<UiCustomizationContent>(tx, document_kind::ui, name(i));
            put<BrandingContent>(tx, document_kind::branding, "c");
            put<TermsContent>(tx, document_kind::terms, "c");
            put<RiskContent>(tx, document_kind::risk, "ALL");
            put<LogContent>(tx, document_kind::logs, "ALL");
        });
    }
    static std::string name(int number) { return "client" + std::to_string(100 + number); }
    template <class Content>
    void put(db::Transaction& tx, std::string_view kind, const std::string& name) {
        PoolDocuments(tx).put(id, kind,
                              {name, name == "ALL" ? "" : name, "id-" + name, to_stored(Content{}), noon, noon});
    }
    Device device() const {
        return {.pool_id = id,
                .user_id = UserId("user-1"),
                .key = "us-east-1_11111111-2222-4333-8444-555555555555",
                .group_key = "-group",
                .name = "Jane's phone",
                .verifier = {Bytes(16, 3), crypto::srp::VerifierValue(std::string("\x80\x01 a verifier", 13))},
                .remembered = true,
                .last_address = "192.0.2.1",
                .created = noon,
                .modified = noon,
                .authenticated = noon};
    }
    Lines export_from(db::Database& from, const crypto::Sealer& sealer) {
        Lines lines;
        run(transfer::export_pool(
            from, sealer, id, [&](const std::string& line) { lines.push_back(line); },
            [](std::int64_t, std::string_view) {}));
        return lines;
    }
    void import_lines(const Lines& lines, std::size_t readable = SIZE_MAX) {
        std::size_t next = 0;
        const auto read_line = [&]() -> std::optional<std::string> {
            if (next == readable) throw std::runtime_error("interrupted");
            if (next == lines.size()) return std::nullopt;
            return lines[next++];
        };
        run(transfer::import_pool(*target, other_sealer, claimant, read_line, [](std::int64_t, std::string_view) {}));
    }
    std::int64_t rows_of_target() {
        constexpr std::string_view sql = R"sql(
            SELECT (SELECT COUNT(*) FROM pool_documents) + (SELECT COUNT(*) FROM devices) AS rows
        )sql";
        return run(target->read([&](db::Transaction& tx) { return tx.row<Count>(sql)->rows; }));
    }

    const PoolId id{"us-east-1_moves"};
    ManualClock clock{noon};
    Claimant claimant{clock, NodeId("a process")};
    std::unique_ptr<db::Database> target = GetParam().open_fresh();
    crypto::Sealer other_sealer{Bytes(32, 9), random_};
};

TEST_P(DocumentsTransfer, bring_documents_tags_and_devices) {
    const auto lines = export_from(database(), sealer_);
    EXPECT_EQ(std::ranges::count_if(lines, [](const auto& line) { return line.starts_with(R"({"document")"); }),
              look_count + 4);
    import_lines(lines);
    EXPECT_EQ(export_from(*target, other_sealer), lines) << "word for word";
    run(target->read([&](db::Transaction& tx) {
        EXPECT_EQ(Pools(tx).get(id).settings.UserPoolTags->at("team").str(), "doors");
        const auto brought = Devices(tx, other_sealer).get(id, UserId("user-1"), device().key);
        EXPECT_EQ(brought.verifier.value.reveal(), device().verifier.value.reveal());
        EXPECT_EQ(brought.verifier.salt, device().verifier.salt);
        EXPECT_TRUE(brought.remembered);
        EXPECT_TRUE(PoolDocuments(tx).find({id, document_kind::ui, name(look_count - 1)}));
        return 0;
    }));
}

TEST_P(DocumentsTransfer, are_gone_on_with_after_an_interruption) {
    const auto lines = export_from(database(), sealer_);
    EXPECT_THROW(import_lines(lines, 15), std::runtime_error);
    EXPECT_GT(rows_of_target(), 0);
    clock.advance(Claim::lease);
    import_lines(lines);
    EXPECT_EQ(export_from(*target, other_sealer), lines);
}

TEST_P(DocumentsTransfer, leave_nothing_when_they_are_discarded) {
    EXPECT_THROW(import_lines(export_from(database(), sealer_), 15), std::runtime_error);
    clock.advance(Claim::lease);
    EXPECT_TRUE(run(transfer::discard_import(*target, claimant, id)));
    EXPECT_EQ(rows_of_target(), 0);
}

TEST_P(DocumentsTransfer, of_no_kind_or_without_their_content_are_refused) {
    const auto lines = export_from(database(), sealer_);
    const auto changed = [&](std::string_view from, std::string_view to) {
        auto out = lines;
        const auto line = std::ranges::find_if(out, [&](const auto& text) { return text.find(from) != text.npos; });
        line->replace(line->find(from), from.size(), to);
        return out;
    };
    EXPECT_EQ(refusal_of([&] { import_lines(changed(R"("kind":"logs")", R"("kind":"else")")); }),
              Errc::invalid_parameter);
    clock.advance(Claim::lease);
    run(transfer::discard_import(*target, claimant, id));
    EXPECT_EQ(refusal_of([&] { import_lines(changed(R"("content":"{)", R"("content":"[)")); }),
              Errc::invalid_parameter);
}

INSTANTIATE_TEST_SUITE_P(Engines, DocumentsTransfer, engines(), engine_name);

}  // namespace
}  // namespace symbolon::storage
