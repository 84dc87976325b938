#include "base/error.hpp"
#include "oauth/client_authentication.hpp"
#include "oauth/codes.hpp"
#include "oauth/security_profile.hpp"
#include "oauth/tokens/family.hpp"
#include "oauth/tokens/impl.hpp"
#include "oauth/tokens/signing.hpp"

#include <exception>
#include <utility>

namespace symbolon::oauth {
namespace {

/// What came of showing a code. Committed either way.
struct Exchanged {
    std::string refusal;  ///< for the log; "": there is a family
    NewFamily family;
    directory::User user;
    triggers::Groups groups;
};

constexpr std::string_view to_text(CodeRefusal refusal) {
    switch (refusal) {
        case CodeRefusal::unknown:
            return "unknown code";
        case CodeRefusal::wrong_client:
            return "code of another client";
        case CodeRefusal::repeated:
            return "code was used a moment ago, by the same request";
        case CodeRefusal::replayed:
            return "code was used before; its tokens are revoked";
        case CodeRefusal::expired:
            return "code has expired";
        case CodeRefusal::wrong_redirect_uri:
            return "code of another redirect URI";
        case CodeRefusal::wrong_verifier:
            return "code verifier does not fit the challenge";
        case CodeRefusal::wrong_key:
            return "the request does not prove the key that the code is bound to";
    }
    return "";
}

bool still_signed_in(const std::optional<directory::User>& user, Instant auth_time) {
    return user && user->enabled && user->tokens_from <= auth_time;
}

/// Runs inside a write.
Exchanged exchange_in(db::Transaction& tx, const crypto::Sealer& sealer, const directory::Client& client,
                      const ShownCode& shown, Repeats repeats, const Confirmation& proven, const FamilySeed& seed,
                      Instant now) {
    Exchanged result;
    auto consumed = consume_code(tx, client.pool_id, shown, repeats, now);
    if (const auto* refusal = std::get_if<CodeRefusal>(&consumed)) {
        result.refusal = to_text(*refusal);
        return result;
    }
    auto& code = std::get<directory::AuthorizationCode>(consumed);
    auto& details = code.details;
    if (!client.owns(code.client_id, details.client_ms)) {
        result.refusal = "code of a former client of that id";
        return result;
    }
    signin::SignedIn signed_in{code.pool_id, code.client_id, UserId(details.user_id), details.username,
                               from_ms(details.auth_ms)};
    if (details.amr) signed_in.amr = std::move(*details.amr);
    signed_in.vouched_level = details.vouched_level;
    auto user = directory::Users(tx).find(code.pool_id, signed_in.user_id);
    if (!still_signed_in(user, signed_in.auth_time)) {
        result.refusal = "the user is gone, disabled or signed out everywhere";
        return result;
    }
    Issue issue;
    issue.scopes = std::move(details.scopes);
    issue.nonce = std::move(details.nonce);
    issue.grant_id = std::move(code.grant_id);
    issue.asked = std::move(details.asked);
    result.family = make_family(sealer, client, signed_in, std::move(issue), seed, now);
    if (!is_confidential(client)) bind_refresh(result.family.grant, proven);
    result.user = std::move(*user);
    result.groups = find_groups(tx, code.pool_id, result.user.id);
    directory::Grants(tx).create(result.family.grant);
    return result;
}

triggers::TokenSource source_of(const Issue& issue, const signin::SignedIn& signed_in) {
    using triggers::TokenSource;
    if (issue.hosted) return TokenSource::hosted_auth;
    switch (signed_in.ending) {
        case signin::Ending::authentication:
            return TokenSource::authentication;
        case signin::Ending::new_password_challenge:
            return TokenSource::new_password_challenge;
        case signin::Ending::authenticate_device:
            return TokenSource::authenticate_device;
    }
    return TokenSource::authentication;
}

}  // namespace

Task<TokenSet> Tokens::Impl::give(signin::PoolPtr pool, signin::ClientPtr client, Given given,
                                  triggers::TokenSource source, triggers::Metadata metadata) {
    const auto& grant = given.family.grant;
    const auto& scopes = grant.details.scopes;
    Content content{scopes, scopes, grant.details.nonce, std::move(given.groups), {}, {}};
    content.front = std::move(given.front);
    std::exception_ptr refusal;
    try {
        content = co_await ask_token_hook(services, pool, client, given.user, std::move(content), source,
                                          std::move(metadata));
    } catch (const Error&) {
        refusal = std::current_exception();
    }
    if (refusal) {  // nobody has anything of this family, and nobody shall find it in a list of sessions
        const auto revoke = [&](db::Transaction& tx) { directory::Grants(tx).revoke(grant.pool_id, grant.id); };
        co_await services.db.write(revoke);
        std::rethrow_exception(refusal);
    }
    const auto keys = co_await services.catalog.get_keys(pool->id);
    const auto issuer = issuer_of(pool->id);
    const Signing signing{issuer,
                          *keys,
                          *client,
                          services.random,
                          services.clock.now(),
                          services.sealer,
                          std::move(given.proven),
                          std::move(given.reader)};
    const auto narrowed = narrow_audience(grant, given.resources);
    auto made = sign_tokens(signing, *pool, given.user, narrowed, content);
    remember(signing, made);
    made.set.refresh_token = std::move(given.family.refresh_token);
    co_return co_await hand_out(std::move(made));
}

Task<TokenSet> Tokens::Impl::hand_out(Signed made) {
    if (made.row) {
        const auto store = [&](db::Transaction& tx) { directory::AccessTokens(tx).create(*made.row); };
        co_await services.db.write(store);
    }
    co_return std::move(made.set);
}

Task<std::optional<crypto::jose::Recipient>> Tokens::Impl::find_reader(signin::ClientPtr client) {
    const auto setting = directory::id_token_encryption(client->extensions);
    co_return co_await client_keys.find_recipient(std::move(client), setting);
}

Tokens::Tokens(signin::Services& services, std::string base_url, ClientKeys& keys)
    : impl_(std::make_unique<Impl>(services, std::move(base_url), keys)) {}
Tokens::~Tokens() = default;

Task<TokenSet> Tokens::issue(signin::PoolPtr pool, signin::ClientPtr client, signin::SignedIn signed_in, Issue issue) {
    auto& services = impl_->services;
    check_sender_is_constrained(*pool, issue.proven);
    const auto source = source_of(issue, signed_in);
    auto reader = co_await impl_->find_reader(client);
    const auto seed = draw_family_seed(services.random);
    auto front = std::move(issue.front);
    auto proven = std::move(issue.proven);
    auto family = make_family(services.sealer, *client, signed_in, std::move(issue), seed, services.clock.now());
    if (!is_confidential(*client)) bind_refresh(family.grant, proven);
    const auto begin = [&](db::Transaction& tx) {
        auto found = directory::Users(tx).find(signed_in.pool_id, signed_in.user_id);
        if (!found) throw Error{Errc::user_not_found, "User does not exist."};
        if (!found->enabled) throw Error{Errc::not_authorized, "User is disabled."};
        if (!still_signed_in(found, signed_in.auth_time)) throw Error{Errc::not_authorized, "Not authorized."};
        directory::Grants(tx).create(family.grant);
        return std::pair{std::move(*found), find_groups(tx, signed_in.pool_id, signed_in.user_id)};
    };
    auto [user, groups] = co_await services.db.write(begin);
    Impl::Given given{std::move(family), std::move(user), std::move(groups)};
    given.front = std::move(front);
    given.proven = std::move(proven);
    given.reader = std::move(reader);
    co_return co_await impl_->give(std::move(pool), std::move(client), std::move(given), source,
                                   std::move(signed_in.metadata));
}

Task<TokenSet> Tokens::issue_to_client(signin::PoolPtr pool, signin::ClientPtr client, ClientIssue issue) {
    auto& services = impl_->services;
    Content content{issue.scopes, issue.scopes, {}, {}, {}, {}};
    content = co_await ask_client_token_hook(services, pool, client, std::move(content), std::move(issue.metadata));
    const auto keys = co_await services.catalog.get_keys(pool->id);
    const auto issuer = impl_->issuer_of(pool->id);
    const Signing signing{
        issuer, *keys, *client, services.random, services.clock.now(), services.sealer, std::move(issue.proven)};
    auto made = sign_client_token(signing, content, issue.resources);
    co_return co_await impl_->hand_out(std::move(made));
}

Task<TokenSet> Tokens::exchange_code(signin::PoolPtr pool, signin::ClientPtr client, CodeExchange exchange) {
    auto& services = impl_->services;
    const auto now = services.clock.now();
    const auto hash = hash_code(services.sealer, pool->id, exchange.code);
    auto reader = co_await impl_->find_reader(client);
    const ShownCode shown{hash, client->id, exchange.redirect_uri, exchange.code_verifier, exchange.proven.jkt};
    const auto repeats = repeats_of(*pool, *client);
    const auto seed = draw_family_seed(services.random);
    const auto run = [&](db::Transaction& tx) {
        return exchange_in(tx, services.sealer, *client, shown, repeats, exchange.proven, seed, now);
    };
    auto exchanged = co_await services.db.write(run);
    if (!exchanged.refusal.empty()) throw Error{Errc::oauth_invalid_grant, {}, std::move(exchanged.refusal)};
    Impl::Given given{std::move(exchanged.family), std::move(exchanged.user), std::move(exchanged.groups),
                      std::move(exchange.proven)};
    given.resources = std::move(exchange.resources);
    given.reader = std::move(reader);
    triggers::Metadata none;  // no request of a code's exchange has any
    co_return co_await impl_->give(std::move(pool), std::move(client), std::move(given),
                                   triggers::TokenSource::hosted_auth, std::move(none));
}

}  // namespace symbolon::oauth
