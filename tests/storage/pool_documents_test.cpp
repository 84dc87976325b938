#include "directory/pool_documents.hpp"

#include "directory/clients.hpp"
#include "storage/directory_fixture.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace symbolon::storage {
namespace {

using namespace symbolon::directory;

const PoolId other("us-east-1_b");

class PoolDocumentsStore : public DirectoryTest {
protected:
    static StoredDocument make(const std::string& name, const std::string& id, Instant created = noon) {
        return {name, "client", id, R"({"css":"a"})", created, created};
    }
    bool create(const StoredDocument& document, std::string_view kind = document_kind::terms) {
        return write([&](db::Transaction& tx) { return PoolDocuments(tx).create(pool_a, kind, document); });
    }
    std::optional<StoredDocument> find(const std::string& name, const PoolId& of = pool_a) {
        return read([&](db::Transaction& tx) { return PoolDocuments(tx).find({of, document_kind::terms, name}); });
    }
};

TEST_P(PoolDocumentsStore, are_found_by_name_and_by_id_in_their_pool_and_kind_alone) {
    EXPECT_TRUE(create(make("n", "i")));
    EXPECT_EQ(find("n")->content, R"({"css":"a"})");
    EXPECT_EQ(find("n")->created, noon);
    EXPECT_FALSE(find("n", other));
    read([&](db::Transaction& tx) {
        PoolDocuments documents(tx);
        EXPECT_EQ(documents.find_by_id(pool_a, document_kind::terms, "i")->name, "n");
        EXPECT_FALSE(documents.find_by_id(other, document_kind::terms, "i"));
        EXPECT_FALSE(documents.find_by_id(pool_a, document_kind::risk, "i"));
        EXPECT_FALSE(documents.find({pool_a, document_kind::risk, "n"}));
    });
}

TEST_P(PoolDocumentsStore, of_one_name_are_created_once) {
    EXPECT_TRUE(create(make("n", "i")));
    EXPECT_FALSE(create(make("n", "j")));
    EXPECT_TRUE(create(make("n", "i"), document_kind::branding)) << "kinds have names of their own";
    EXPECT_EQ(find("n")->id, "i");
}

TEST_P(PoolDocumentsStore, keep_their_time_of_creation_when_they_are_replaced) {
    create(make("n", "i"));
    auto changed = make("n", "i", noon + std::chrono::hours(1));
    changed.content = "{}";
    write([&](db::Transaction& tx) { PoolDocuments(tx).put(pool_a, document_kind::terms, changed); });
    EXPECT_EQ(find("n")->content, "{}");
    EXPECT_EQ(find("n")->created, noon);
    EXPECT_EQ(find("n")->modified, noon + std::chrono::hours(1));
}

TEST_P(PoolDocumentsStore, are_listed_in_order_of_their_ids) {
    for (const char* id : {"c", "a", "b"}) create(make(id, id));
    const auto list = [&](const std::string& after, int limit) {
        std::string ids;
        for (const auto& document : read([&](db::Transaction& tx) {
                 return PoolDocuments(tx).list(pool_a, document_kind::terms, after, limit);
             }))
            ids += document.id;
        return ids;
    };
    EXPECT_EQ(list("", 2), "ab");
    EXPECT_EQ(list("b", 2), "c");
}

TEST_P(PoolDocumentsStore, go_with_their_client_and_with_their_pool) {
    const auto kept = create_pool(pool_a.str());
    create(make("n", "i"));
    auto of_pool = make("ALL", "");
    of_pool.client_id = "";
    create(of_pool, document_kind::ui);
    write([&](db::Transaction& tx) { PoolDocuments(tx).erase_of_client(pool_a, ClientId("client")); });
    EXPECT_FALSE(find("n"));
    const auto find_look = [&] {
        return read([&](db::Transaction& tx) { return PoolDocuments(tx).find({pool_a, document_kind::ui, "ALL"}); });
    };
    EXPECT_TRUE(find_look());
    write([&](db::Transaction& tx) { Pools(tx).erase(kept.id); });
    EXPECT_FALSE(find_look());
}

INSTANTIATE_TEST_SUITE_P(Engines, PoolDocumentsStore, engines(), engine_name);

}  // namespace
}  // namespace symbolon::storage
