#include "oauth/tokens/impl.hpp"
#include "oauth/tokens/signing.hpp"

#include <utility>

namespace symbolon::oauth {

Task<TokenSet> Tokens::exchange_token(signin::PoolPtr pool, signin::ClientPtr client, TokenExchange exchange) {
    auto& services = impl_->services;
    const auto keys = co_await services.catalog.get_keys(pool->id);
    const auto issuer = impl_->issuer_of(pool->id);
    const Signing signing{
        issuer, *keys, *client, services.random, services.clock.now(), services.sealer, std::move(exchange.proven)};
    auto made = sign_exchanged_token(signing, *pool, exchange);
    made.set.issued_token_type = "urn:ietf:params:oauth:token-type:access_token";
    co_return co_await impl_->hand_out(std::move(made));
}

}  // namespace symbolon::oauth
