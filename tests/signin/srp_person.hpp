#pragma once

#include "base/encoding.hpp"
#include "crypto/srp_client.hpp"
#include "signin/sign_in.hpp"

#include <array>
#include <ctime>
#include <string>
#include <string_view>

namespace symbolon::signin {

/// "Tue Nov 3 08:05:09 UTC 2026"
inline std::string srp_time(Instant at) {
    const std::time_t seconds = to_seconds(at);
    std::tm parts{};
    gmtime_r(&seconds, &parts);
    std::array<char, 64> before{};
    std::array<char, 64> after{};
    std::strftime(before.data(), before.size(), "%a %b ", &parts);
    std::strftime(after.data(), after.size(), " %H:%M:%S UTC %Y", &parts);
    return before.data() + std::to_string(parts.tm_mday) + after.data();
}

/// Somebody who signs in by SRP, as the SDKs do: the client's side, written down apart from ours (crypto/srp_client).
class SrpPerson {
public:
    explicit SrpPerson(std::string password) : password_(std::move(password)) {}

    std::string a() const { return client_.value(); }

    /// The answer to password_verifier, under the name that the server gave.
    SrpClaim claim(const directory::Pool& pool, const Challenge& asked, Instant now) const {
        const std::string id = pool.id.str();
        return claim(id.substr(id.find('_') + 1), asked.username, asked, now);
    }
    /// The same of any secret: a device's, too.
    SrpClaim claim(const std::string& group, const std::string& name, const Challenge& asked, Instant now) const {
        const std::string timestamp = srp_time(now);
        const auto signature = client_.sign({.group = group,
                                             .name = name,
                                             .password = password_,
                                             .salt = asked.srp->salt,
                                             .server_value = asked.srp->b,
                                             .secret_block = parse_base64(asked.srp->secret_block).value(),
                                             .timestamp = timestamp});
        return {.session = asked.session,
                .login = asked.username,
                .secret_block = asked.srp->secret_block,
                .timestamp = timestamp,
                .signature = to_base64(signature)};
    }

private:
    std::string password_;
    crypto::srp::Client client_{std::string(64, '7') + std::string(192, 'c')};
};

}  // namespace symbolon::signin
