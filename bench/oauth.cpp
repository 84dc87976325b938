#include "oauth.hpp"

#include "client_requests.hpp"
#include "dpop_user_info.hpp"
#include "limits.hpp"
#include "token_exchange.hpp"
#include "whole_round.hpp"

#include <iostream>

namespace symbolon::bench {

std::vector<Row> measure_oauth(Deployment& deployment, const std::string& self, const std::string& cookies,
                               Seconds duration) {
    constexpr std::size_t some = 64;
    const auto core = deployment.cores().server;
    std::cerr << "authorization, refresh, introspection …\n";
    const auto verifications = measure_es256_verifications(core, duration / 2);
    const auto signatures_before = measure_rsa_signatures(core, duration / 2);
    const auto tokens = measure_token_exchange(deployment, {cookies}, some, duration);
    const auto authorize = measure_authorize(deployment, self, cookies, duration);
    const auto refresh = measure_refresh(deployment, tokens.refresh_tokens, duration);
    const auto machine = measure_client_credentials(deployment, duration);
    const auto introspection = measure_introspection(deployment, self, tokens.access_tokens, duration);
    const auto bound = measure_dpop_user_info(deployment, cookies, duration);
    const auto round = measure_whole_round(deployment, cookies, duration);
    const auto signatures = faster_of(signatures_before, measure_rsa_signatures(core, duration / 2));
    return {
        compare("authorize -> code", authorize.server, "bare HTTP echo", authorize.echo, 1, {}),
        compare("refresh", refresh, "RSA-2048 signatures / 2", signatures, 0.5, {}),
        compare("client_credentials", machine, "RSA-2048 signatures", signatures, 1, 0.85),
        compare("introspection", introspection.server, "bare HTTP echo", introspection.echo, 1, {}),
        compare("userInfo with DPoP", bound, "ES256 verifications", verifications, 1, {}),
        compare("code, tokens, userInfo", round, "RSA-2048 signatures / 2", signatures, 0.5, 0.60),
    };
}

}  // namespace symbolon::bench
