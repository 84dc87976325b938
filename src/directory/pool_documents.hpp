#pragma once

#include "base/clock.hpp"
#include "base/id.hpp"
#include "db/transaction.hpp"
#include "directory/stored.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace symbolon::directory {

/// Where a document stands: which one of a pool's.
struct DocumentKey {
    PoolId pool_id;
    std::string_view kind;  ///< a constant of document_kind
    std::string name;       ///< unique in its kind
};

namespace document_kind {
inline constexpr std::string_view ui = "ui";              ///< named by the client, or ALL
inline constexpr std::string_view branding = "branding";  ///< named by the client
inline constexpr std::string_view terms = "terms";        ///< named by the client and the terms' name
inline constexpr std::string_view risk = "risk";          ///< named by the client, or ALL
inline constexpr std::string_view logs = "logs";          ///< named ALL
}  // namespace document_kind

/// The name of the document that holds for all clients of a pool that have none of their own.
inline constexpr std::string_view for_all_clients = "ALL";

/// A document as it is stored: its content is the JSON of a described struct.
struct StoredDocument {
    std::string name;
    std::string client_id;  ///< "": the pool's
    std::string id;         ///< by which clients of the API know it; "": none
    std::string content;
    Instant created{};
    Instant modified{};
};

/// Settings of a pool or of one of its clients that are read and replaced as a whole. They go with the pool and with
/// the client.
class PoolDocuments {
public:
    explicit PoolDocuments(db::Transaction& tx) : tx_(tx) {}

    std::optional<StoredDocument> find(const DocumentKey& key);
    std::optional<StoredDocument> find_by_id(const PoolId& pool, std::string_view kind, const std::string& id);
    /// In order of the id, after the given one ("": from the start).
    std::vector<StoredDocument> list(const PoolId& pool, std::string_view kind, const std::string& after, int limit);
    /// False when there is one of that name.
    [[nodiscard]] bool create(const PoolId& pool, std::string_view kind, const StoredDocument& document);
    /// Stores it in the place of the one of that name, whose time of creation stays.
    void put(const PoolId& pool, std::string_view kind, const StoredDocument& document);
    /// False when there is none.
    bool erase(const DocumentKey& key);
    void erase_of_client(const PoolId& pool, const ClientId& client);

private:
    db::Transaction& tx_;
};

/// A document with its content.
template <Described T>
struct Document {
    std::string name = {};
    std::string client_id = {};
    std::string id = {};
    T content = {};
    Instant created{};
    Instant modified{};
};

template <Described T>
StoredDocument to_stored_document(const Document<T>& document) {
    return {document.name,    document.client_id, document.id, to_stored(document.content),
            document.created, document.modified};
}

/// Fails: internal.
template <Described T>
Document<T> from_stored_document(StoredDocument stored) {
    return {std::move(stored.name), std::move(stored.client_id),
            std::move(stored.id),   from_stored<T>(stored.content, "pool_documents.content"),
            stored.created,         stored.modified};
}

template <Described T>
std::optional<Document<T>> find_document(db::Transaction& tx, const DocumentKey& key) {
    auto stored = PoolDocuments(tx).find(key);
    if (!stored) return std::nullopt;
    return from_stored_document<T>(std::move(*stored));
}

template <Described T>
std::optional<Document<T>> find_document_by_id(db::Transaction& tx, const PoolId& pool, std::string_view kind,
                                               const std::string& id) {
    auto stored = PoolDocuments(tx).find_by_id(pool, kind, id);
    if (!stored) return std::nullopt;
    return from_stored_document<T>(std::move(*stored));
}

}  // namespace symbolon::directory
