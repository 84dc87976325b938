#include "directory/srp_verifiers.hpp"

#include "directory/clients.hpp"
#include "directory/stored.hpp"

#include <boost/describe/class.hpp>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace symbolon::directory {
namespace {

constexpr std::string_view purpose = "srp_verifier";
constexpr int clients_at_a_time = 60;

constexpr std::string_view find_verifier = "SELECT sealed FROM srp_verifiers WHERE pool_id = $1 AND user_id = $2";

constexpr std::string_view save_verifier = R"sql(
    INSERT INTO srp_verifiers (pool_id, user_id, sealed) VALUES ($1, $2, $3)
    ON CONFLICT (pool_id, user_id) DO UPDATE SET sealed = $3
)sql";

constexpr std::string_view delete_verifier = "DELETE FROM srp_verifiers WHERE pool_id = $1 AND user_id = $2";

constexpr std::string_view list_settings = R"sql(
    SELECT client_id, settings FROM clients WHERE pool_id = $1 AND client_id > $2 ORDER BY client_id LIMIT $3
)sql";

struct SealedRow {
    Bytes sealed;
};
BOOST_DESCRIBE_STRUCT(SealedRow, (), (sealed))

struct SettingsRow {
    std::string client_id;
    std::string settings;
};
BOOST_DESCRIBE_STRUCT(SettingsRow, (), (client_id, settings))

/// Lengths in front, so that no two rows or hashes make one context.
std::string context_of(const User& user) {
    std::string context = "srp_verifiers|sealed";
    for (const std::string_view part : {std::string_view(user.pool_id.str()), std::string_view(user.id.str()),
                                        std::string_view(user.password_hash)}) {
        context += '|';
        context += std::to_string(part.size());
        context += ':';
        context += part;
    }
    return context;
}

bool allows_srp(const std::string& settings) {
    Client client;
    client.settings = from_stored<ClientSettings>(settings, "clients.settings");
    return client.allows_flow("ALLOW_USER_SRP_AUTH") || client.allows_flow("ALLOW_USER_AUTH");
}

}  // namespace

bool any_client_allows_srp(db::Transaction& tx, const PoolId& pool) {
    std::string after;
    for (;;) {
        const auto page = tx.rows<SettingsRow>(list_settings, pool, after, clients_at_a_time);
        for (const SettingsRow& row : page) {
            if (allows_srp(row.settings)) return true;
        }
        if (page.size() < static_cast<std::size_t>(clients_at_a_time)) return false;
        after = page.back().client_id;
    }
}

std::optional<crypto::srp::Verifier> SrpVerifiers::find(const User& user) {
    if (user.password_hash.empty()) return std::nullopt;
    const auto row = tx_.row<SealedRow>(find_verifier, user.pool_id, user.id);
    if (!row) return std::nullopt;
    const auto plain = sealer_.open(purpose, context_of(user), row->sealed);
    if (!plain || plain->empty() || plain->size() <= plain->front()) return std::nullopt;
    const ByteView all(*plain);
    const std::size_t salt = all.front();
    return crypto::srp::Verifier{.salt = Bytes(all.begin() + 1, all.begin() + 1 + static_cast<std::ptrdiff_t>(salt)),
                                 .value = crypto::srp::VerifierValue(text_of(all.subspan(1 + salt)))};
}

void SrpVerifiers::save(const User& user, const crypto::srp::Verifier& verifier) {
    Bytes plain;
    plain.reserve(1 + verifier.salt.size() + crypto::srp::number_size);
    plain.push_back(static_cast<std::uint8_t>(verifier.salt.size()));
    plain.insert(plain.end(), verifier.salt.begin(), verifier.salt.end());
    const ByteView value = bytes_of(verifier.value.reveal());
    plain.insert(plain.end(), value.begin(), value.end());
    tx_.execute(save_verifier, user.pool_id, user.id, sealer_.seal(purpose, context_of(user), plain));
}

void SrpVerifiers::erase(const PoolId& pool, const UserId& user) {
    tx_.execute(delete_verifier, pool, user);
}

}  // namespace symbolon::directory
