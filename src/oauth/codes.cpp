#include "oauth/codes.hpp"

#include "oauth/pkce.hpp"

namespace symbolon::oauth {
namespace {

bool fits_redirect_uri(const directory::CodeDetails& details, std::string_view shown) {
    // Sent then means sent now. Not sent then: it may be left out, but not be another one.
    if (!details.redirect_uri_sent && shown.empty()) return true;
    return details.redirect_uri == shown;
}

}  // namespace

Bytes hash_code(const crypto::Sealer& sealer, const PoolId& pool, std::string_view code) {
    return sealer.keyed_hash("authorization code", pool.str(), code);
}

ConsumedCode consume_code(db::Transaction& tx, const PoolId& pool, const ShownCode& shown, Instant now) {
    directory::AuthorizationCodes codes(tx);
    auto code = codes.find(pool, shown.hash);
    if (!code) return CodeRefusal::unknown;
    if (code->client_id != shown.client_id) return CodeRefusal::wrong_client;
    if (code->used) {
        directory::Grants(tx).revoke(pool, code->grant_id);
        return CodeRefusal::replayed;
    }
    if (code->expires <= now) return CodeRefusal::expired;
    if (!fits_redirect_uri(code->details, shown.redirect_uri)) return CodeRefusal::wrong_redirect_uri;
    if (!codes.use(pool, shown.hash)) return CodeRefusal::replayed;
    const auto method = code->details.plain_challenge.value_or(false) ? ChallengeMethod::plain : ChallengeMethod::s256;
    if (!fits_challenge(shown.code_verifier, code->details.code_challenge, method)) return CodeRefusal::wrong_verifier;
    if (code->details.dpop_jkt && code->details.dpop_jkt != shown.jkt) return CodeRefusal::wrong_key;
    return std::move(*code);
}

}  // namespace symbolon::oauth
