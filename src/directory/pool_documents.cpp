#include "directory/pool_documents.hpp"

#include <boost/describe/class.hpp>

namespace symbolon::directory {
namespace {

constexpr std::string_view find_one = R"sql(
    SELECT name, client_id, document_id, content, created_ms, modified_ms
      FROM pool_documents
     WHERE pool_id = $1 AND kind = $2 AND name = $3
)sql";

constexpr std::string_view find_one_by_id = R"sql(
    SELECT name, client_id, document_id, content, created_ms, modified_ms
      FROM pool_documents
     WHERE pool_id = $1 AND kind = $2 AND document_id = $3
)sql";

constexpr std::string_view list_of_kind = R"sql(
    SELECT name, client_id, document_id, content, created_ms, modified_ms
      FROM pool_documents
     WHERE pool_id = $1 AND kind = $2 AND document_id > $3
     ORDER BY document_id
     LIMIT $4
)sql";

constexpr std::string_view insert_document = R"sql(
    INSERT INTO pool_documents (pool_id, kind, name, client_id, document_id, content, created_ms, modified_ms)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
    ON CONFLICT DO NOTHING
)sql";

constexpr std::string_view put_document = R"sql(
    INSERT INTO pool_documents (pool_id, kind, name, client_id, document_id, content, created_ms, modified_ms)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
    ON CONFLICT (pool_id, kind, name) DO UPDATE
       SET client_id = excluded.client_id, document_id = excluded.document_id, content = excluded.content,
           modified_ms = excluded.modified_ms
)sql";

constexpr std::string_view delete_document = R"sql(
    DELETE FROM pool_documents WHERE pool_id = $1 AND kind = $2 AND name = $3
)sql";

constexpr std::string_view delete_of_client = "DELETE FROM pool_documents WHERE pool_id = $1 AND client_id = $2";

struct DocumentRow {
    std::string name;
    std::string client_id;
    std::string document_id;
    std::string content;
    Instant created_ms{};
    Instant modified_ms{};
};
BOOST_DESCRIBE_STRUCT(DocumentRow, (), (name, client_id, document_id, content, created_ms, modified_ms))

StoredDocument to_document(DocumentRow row) {
    return {std::move(row.name),    std::move(row.client_id), std::move(row.document_id),
            std::move(row.content), row.created_ms,           row.modified_ms};
}

std::optional<StoredDocument> to_document(std::optional<DocumentRow> row) {
    if (!row) return std::nullopt;
    return to_document(std::move(*row));
}

}  // namespace

std::optional<StoredDocument> PoolDocuments::find(const DocumentKey& key) {
    return to_document(tx_.row<DocumentRow>(find_one, key.pool_id, key.kind, key.name));
}

std::optional<StoredDocument> PoolDocuments::find_by_id(const PoolId& pool, std::string_view kind,
                                                        const std::string& id) {
    return to_document(tx_.row<DocumentRow>(find_one_by_id, pool, kind, id));
}

std::vector<StoredDocument> PoolDocuments::list(const PoolId& pool, std::string_view kind, const std::string& after,
                                                int limit) {
    std::vector<StoredDocument> documents;
    for (DocumentRow& row : tx_.rows<DocumentRow>(list_of_kind, pool, kind, after, limit))
        documents.push_back(to_document(std::move(row)));
    return documents;
}

bool PoolDocuments::create(const PoolId& pool, std::string_view kind, const StoredDocument& document) {
    return tx_.execute(insert_document, pool, kind, document.name, document.client_id, document.id, document.content,
                       document.created, document.modified) == 1;
}

void PoolDocuments::put(const PoolId& pool, std::string_view kind, const StoredDocument& document) {
    tx_.execute(put_document, pool, kind, document.name, document.client_id, document.id, document.content,
                document.created, document.modified);
}

bool PoolDocuments::erase(const DocumentKey& key) {
    return tx_.execute(delete_document, key.pool_id, key.kind, key.name) == 1;
}

void PoolDocuments::erase_of_client(const PoolId& pool, const ClientId& client) {
    tx_.execute(delete_of_client, pool, client);
}

}  // namespace symbolon::directory
