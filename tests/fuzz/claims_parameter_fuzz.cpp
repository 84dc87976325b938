#include "fuzz.hpp"
#include "oauth/key_set.hpp"
#include "oauth/requested_claims.hpp"

#include <boost/json/parse.hpp>

#include <vector>

using namespace symbolon;

namespace {

void check_half(const std::vector<oauth::RequestedClaim>& half) {
    fuzz::require(half.size() <= oauth::max_requested_claims, "few claims are asked for");
    const auto names = oauth::names_of(half);
    fuzz::require(names.has_value() == !half.empty(), "none are nothing");
    fuzz::require(!names || names->size() <= half.size(), "a name is kept once");
}

}  // namespace

/// JSON that clients bring along or publish: the `claims` parameter, and a set of keys.
int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto text = fuzz::text_of(data, size);
    if (const auto claims = oauth::parse_requested_claims(text)) {
        fuzz::require(size <= oauth::max_claims_parameter, "the parameter is short");
        check_half(claims->id_token);
        check_half(claims->userinfo);
        claims->subject();
    }
    boost::json::error_code failure;
    const auto document = boost::json::parse(boost::json::string_view(text.data(), text.size()), failure);
    if (failure) return 0;
    const auto keys = oauth::parse_key_set(document);
    fuzz::require(!keys || keys->size() <= 20, "a set of keys is small");
    const auto token = crypto::jose::parse_jwt("eyJhbGciOiJFUzI1NiIsImtpZCI6ImEifQ.e30.AAAA");
    if (keys && token) fuzz::require(!oauth::is_signed_by(*keys, *token), "no key signed what nobody signed");
    return 0;
}
