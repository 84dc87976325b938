#include "oauth/codes.hpp"

#include "oauth/client_authentication.hpp"
#include "oauth/pkce.hpp"

namespace symbolon::oauth {
namespace {

bool fits_redirect_uri(const directory::CodeDetails& details, std::string_view shown) {
    // Sent then means sent now. Not sent then: it may be left out, but not be another one.
    if (!details.redirect_uri_sent && shown.empty()) return true;
    return details.redirect_uri == shown;
}

bool fits_verifier(const directory::CodeDetails& details, std::string_view shown) {
    const auto method = details.plain_challenge.value_or(false) ? ChallengeMethod::plain : ChallengeMethod::s256;
    return fits_challenge(shown, details.code_challenge, method);
}

bool fits_key(const directory::CodeDetails& details, std::string_view jkt) {
    return !details.dpop_jkt || *details.dpop_jkt == jkt;
}

/// Whether a used code comes with all that its exchange came with, and soon enough to be its repetition.
bool repeats_the_exchange(const directory::CodeDetails& details, const ShownCode& shown, Instant now) {
    return details.used_ms && now < from_ms(*details.used_ms) + repeat_grace &&
           fits_redirect_uri(details, shown.redirect_uri) && fits_verifier(details, shown.code_verifier) &&
           fits_key(details, shown.jkt);
}

}  // namespace

Repeats repeats_of(const directory::Pool& pool, const directory::Client& client) {
    const bool spared = is_confidential(client) && !directory::is_on(pool.extensions.strict_oidc);
    return spared ? Repeats::of_the_exchange_are_spared : Repeats::end_the_family;
}

Bytes hash_code(const crypto::Sealer& sealer, const PoolId& pool, std::string_view code) {
    return sealer.keyed_hash("authorization code", pool.str(), code);
}

ConsumedCode consume_code(db::Transaction& tx, const PoolId& pool, const ShownCode& shown, Repeats repeats,
                          Instant now) {
    directory::AuthorizationCodes codes(tx);
    auto code = codes.find(pool, shown.hash);
    if (!code) return CodeRefusal::unknown;
    if (code->client_id != shown.client_id) return CodeRefusal::wrong_client;
    if (code->used) {
        if (repeats == Repeats::of_the_exchange_are_spared && repeats_the_exchange(code->details, shown, now))
            return CodeRefusal::repeated;
        directory::Grants(tx).revoke(pool, code->grant_id);
        return CodeRefusal::replayed;
    }
    if (code->expires <= now) return CodeRefusal::expired;
    if (!fits_redirect_uri(code->details, shown.redirect_uri)) return CodeRefusal::wrong_redirect_uri;
    if (!codes.use(*code, now)) return CodeRefusal::replayed;
    if (!fits_verifier(code->details, shown.code_verifier)) return CodeRefusal::wrong_verifier;
    if (!fits_key(code->details, shown.jkt)) return CodeRefusal::wrong_key;
    return std::move(*code);
}

}  // namespace symbolon::oauth
