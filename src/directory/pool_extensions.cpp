#include "directory/pool_extensions.hpp"

#include "base/error.hpp"

#include <algorithm>

namespace symbolon::directory {
namespace {

void check_prefixes(const PoolExtensions& extensions) {
    if (!extensions.sms_prefixes) return;
    const auto is_one = [](const shape::PhonePrefix& prefix) { return is_phone_prefix(prefix.str()); };
    if (std::all_of(extensions.sms_prefixes->begin(), extensions.sms_prefixes->end(), is_one)) return;
    throw Error(Errc::invalid_parameter, "Extensions.sms_prefixes: what E.164 numbers begin with, such as +44.");
}

}  // namespace

bool is_phone_prefix(std::string_view text) {
    constexpr std::size_t most_digits = 7;
    if (!text.starts_with('+')) return false;
    text.remove_prefix(1);
    const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
    return !text.empty() && text.size() <= most_digits && text.front() != '0' &&
           std::all_of(text.begin(), text.end(), is_digit);
}

void check_pool_extensions(const PoolExtensions& extensions) {
    if (extensions.claim_mappings) check_claim_mappings(*extensions.claim_mappings);
    check_prefixes(extensions);
    if (!extensions.security_profile) return;
    // FAPI 2.0 §5.4.1: PS256, ES256 or EdDSA.
    if (extensions.signing_alg.value_or(SignatureAlgorithm::RS256) == SignatureAlgorithm::RS256) {
        throw Error(Errc::invalid_parameter, "Extensions.security_profile: needs signing_alg PS256, ES256 or EdDSA.");
    }
    if (!is_on(extensions.strict_oidc)) {
        throw Error(Errc::invalid_parameter, "Extensions.security_profile: needs strict_oidc.");
    }
}

}  // namespace symbolon::directory
