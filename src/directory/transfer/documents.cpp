#include "directory/transfer/documents.hpp"

#include "base/error.hpp"
#include "directory/brandings.hpp"
#include "directory/log_delivery.hpp"
#include "directory/pool_documents.hpp"
#include "directory/risk_configurations.hpp"
#include "directory/terms.hpp"
#include "directory/ui_customizations.hpp"

#include <array>
#include <string_view>
#include <utility>

namespace symbolon::directory::transfer {
namespace {

constexpr std::string_view documents_after = R"sql(
    SELECT kind, name, client_id, document_id, content, created_ms, modified_ms
      FROM pool_documents
     WHERE pool_id = $1 AND (kind, name) > ($2, $3)
     ORDER BY kind, name
     LIMIT $4
)sql";

constexpr std::string_view remove_some = R"sql(
    DELETE FROM pool_documents WHERE pool_id = $1 AND (kind, name) IN
        (SELECT kind, name FROM pool_documents WHERE pool_id = $1 LIMIT $2)
)sql";

struct DocumentRow {
    std::string kind;
    std::string name;
    std::string client_id;
    std::string document_id;
    std::string content;
    Instant created_ms{};
    Instant modified_ms{};
};
BOOST_DESCRIBE_STRUCT(DocumentRow, (), (kind, name, client_id, document_id, content, created_ms, modified_ms))

/// A kind, and whether a content is one of it: it throws where it is not.
struct Kind {
    std::string_view name;
    void (*check)(std::string_view content);
};

template <class Content>
void check_content(std::string_view content) {
    from_stored<Content>(content, "a document of the file");
}

constexpr std::array kinds{Kind{document_kind::ui, check_content<UiCustomizationContent>},
                           Kind{document_kind::branding, check_content<BrandingContent>},
                           Kind{document_kind::terms, check_content<TermsContent>},
                           Kind{document_kind::risk, check_content<RiskContent>},
                           Kind{document_kind::logs, check_content<LogContent>}};

std::string_view check_kind(const DocumentRecord& record) {
    for (const Kind& kind : kinds) {
        if (kind.name != record.kind) continue;
        try {
            kind.check(record.content);
        } catch (const Error&) {
            throw Error(Errc::invalid_parameter, "A document of the file (" + record.kind + ") cannot be read.");
        }
        return kind.name;
    }
    throw Error(Errc::invalid_parameter, "The file has a document of a kind that there is not: " + record.kind + ".");
}

}  // namespace

std::vector<DocumentRecord> read_documents(db::Transaction& tx, const PoolId& pool,
                                           const std::optional<DocumentRecord>& after) {
    const std::string kind = after ? after->kind : std::string();
    const std::string name = after ? after->name : std::string();
    std::vector<DocumentRecord> records;
    for (DocumentRow& row :
         tx.rows<DocumentRow>(documents_after, pool, kind, name, static_cast<std::int64_t>(documents_at_once)))
        records.push_back({std::move(row.kind), std::move(row.name), std::move(row.client_id),
                           std::move(row.document_id), std::move(row.content), to_ms(row.created_ms),
                           to_ms(row.modified_ms)});
    return records;
}

void store_document(db::Transaction& tx, const PoolId& pool, const DocumentRecord& record) {
    const StoredDocument document{record.name,    record.client_id,           record.id,
                                  record.content, from_ms(record.created_ms), from_ms(record.modified_ms)};
    PoolDocuments(tx).put(pool, check_kind(record), document);
}

std::int64_t remove_documents(db::Transaction& tx, const PoolId& pool, int limit) {
    return tx.execute(remove_some, pool, limit);
}

}  // namespace symbolon::directory::transfer
