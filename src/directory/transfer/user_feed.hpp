#pragma once

#include "directory/pools.hpp"
#include "directory/transfer/documents.hpp"
#include "directory/transfer/line_reader.hpp"
#include "directory/transfer/records.hpp"
#include "directory/user_names.hpp"
#include "directory/users.hpp"

#include <cstddef>
#include <map>
#include <optional>
#include <vector>

namespace symbolon::directory::transfer {

/// Some users of a file, to be stored in one transaction.
struct UserBatch {
    std::vector<User> users;
    std::vector<OwnedName> names;             ///< all of these users; see add_names()
    std::vector<Bonds> bonds;                 ///< of those of these users that have any
    std::map<UserId, UserProofs> proofs;      ///< the same
    std::map<UserId, UserHistory> histories;  ///< the same
    std::vector<GroupRecord> groups;          ///< lines that came before these users
    std::vector<ProviderRecord> providers;    ///< the same
    std::vector<DocumentRecord> documents;    ///< the same; documents_at_once at most
    std::size_t lines = 0;                    ///< of the file, up to these users
    crypto::Digest digest{};                  ///< of those lines
    std::optional<EndRecord> end;             ///< with the last users
};

/// The lines of users of a file, read and cut into batches.
class UserFeed {
public:
    /// A batch ends at `cut`, a number of lines, wherever it would end otherwise.
    UserFeed(LineReader& reader, const Pool& pool, std::size_t cut) : reader_(reader), pool_(pool), cut_(cut) {}

    /// Nothing after the last. Fails: invalid_parameter (a line that is none, or of another kind; the file ends).
    std::optional<UserBatch> next();

private:
    LineReader& reader_;
    const Pool& pool_;
    const std::size_t cut_;
    bool ended_ = false;
};

/// Finds the names of a batch's users, which takes as long as reading them.
void add_names(const Pool& pool, UserBatch& batch);

}  // namespace symbolon::directory::transfer
