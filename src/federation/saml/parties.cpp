#include "federation/saml/parties.hpp"

#include "base/encoding.hpp"
#include "crypto/hash.hpp"
#include "directory/pool_certificates.hpp"
#include "federation/exchange.hpp"

#include <chrono>
#include <memory>
#include <utility>

namespace symbolon::federation::saml {
namespace {

constexpr std::chrono::hours life_of_metadata{6};
constexpr std::size_t longest_posted = 100'000;  ///< characters of Base64 (oauth-and-hosted-ui.md §1.14)
constexpr std::size_t id_size = 20;

}  // namespace

Task<Documents::Text> get_metadata_text(Documents& documents, ProviderPtr provider) {
    if (auto text = detail_of(*provider, "MetadataFile"); !text.empty())
        co_return std::make_shared<const std::string>(std::move(text));
    auto url = detail_of(*provider, "MetadataURL");
    co_return co_await documents.get(std::move(url), life_of_metadata, "metadata");
}

Task<IdpMetadata> get_metadata(signin::Services& services, Documents& documents, ProviderPtr provider) {
    const auto text = co_await get_metadata_text(documents, std::move(provider));
    auto metadata = parse_idp_metadata(*text, services.clock.now());
    if (!metadata) throw_failure("The metadata of the identity provider is not valid");
    co_return std::move(*metadata);
}

Task<std::optional<Bytes>> find_key(signin::Services& services, PoolId pool) {
    const auto look = [&](db::Transaction& tx) {
        return directory::PoolCertificates(tx, services.sealer).find_with_key(pool);
    };
    auto own = co_await services.db.read(look);
    if (!own) co_return std::nullopt;
    co_return std::move(own->key);
}

Task<Bytes> get_key(signin::Services& services, PoolId pool) {
    auto key = co_await find_key(services, std::move(pool));
    if (!key) throw_failure("The user pool has no signing certificate yet", "GetSigningCertificate makes it");
    co_return std::move(*key);
}

std::string make_id(crypto::Random& random) {
    return "_" + to_hex(random.bytes(id_size));  // an xs:ID begins with no digit
}

std::optional<std::string> decode_posted(std::string text) {
    if (text.size() > longest_posted) return std::nullopt;
    std::erase_if(text, [](char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; });
    const auto bytes = parse_base64(text);
    if (!bytes) return std::nullopt;
    return std::string(text_of(*bytes));
}

std::string proof_id(std::string_view kind, const std::string& provider, const std::string& id) {
    return std::string(kind) + "|" + to_hex(crypto::sha256(provider + "|" + id));
}

}  // namespace symbolon::federation::saml
