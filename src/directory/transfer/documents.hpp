#pragma once

#include "base/id.hpp"
#include "db/transaction.hpp"

#include <boost/describe/class.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

/// The documents of a pool (pool_documents.hpp: look of the pages, terms, reactions to risk, log delivery) as lines of
/// their own, which stand before the users.
namespace symbolon::directory::transfer {

struct DocumentRecord {
    std::string kind;
    std::string name;
    std::string client_id;  ///< "": the pool's
    std::string id;         ///< "": none
    std::string content;    ///< JSON
    std::int64_t created_ms = 0;
    std::int64_t modified_ms = 0;
};
BOOST_DESCRIBE_STRUCT(DocumentRecord, (), (kind, name, client_id, id, content, created_ms, modified_ms))

/// They hold pictures: so many are read or stored at a time.
inline constexpr std::size_t documents_at_once = 8;

/// Those after `after` (nothing: from the first on), up to documents_at_once of them.
std::vector<DocumentRecord> read_documents(db::Transaction& tx, const PoolId& pool,
                                           const std::optional<DocumentRecord>& after);
/// Stores a document in the place of one that is there. Fails: invalid_parameter (a kind that there is not, a content
/// that is none of its kind).
void store_document(db::Transaction& tx, const PoolId& pool, const DocumentRecord& record);
/// Removes up to `limit` documents of a pool that is not there. Returns how many.
std::int64_t remove_documents(db::Transaction& tx, const PoolId& pool, int limit);

}  // namespace symbolon::directory::transfer
