#include "oauth/signed_in_for.hpp"

#include "base/encoding.hpp"
#include "base/shape/codec.hpp"
#include "crypto/hash.hpp"

#include <boost/describe/class.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <array>
#include <chrono>
#include <cstdint>

namespace symbolon::oauth {
namespace {

constexpr std::string_view purpose = "signed in for";
constexpr std::chrono::minutes good_for{10};

/// That a person signed in for a request.
struct SignedInFor {
    std::string request;  ///< a hash of its parameters
    std::string user_id;
    std::int64_t auth_ms = 0;  ///< of the sign-in
    std::int64_t until_ms = 0;
};
BOOST_DESCRIBE_STRUCT(SignedInFor, (), (request, user_id, auth_ms, until_ms))

/// What a page of ours adds, and the language, which the person may change on the way: it asks for nothing else.
constexpr std::array<std::string_view, 3> not_of_the_request{signed_in_parameter, "lang", "ui_locales"};

/// Tells the request from others.
std::string name_of(const AuthorizationRequest& request) {
    auto form = net::Form::parse(request.query);
    for (const auto name : not_of_the_request) form.remove(name);
    return to_hex(crypto::sha256(form.encode()));
}

}  // namespace

std::string signed_in_query(const signin::Services& services, const AuthorizationRequest& request,
                            const signin::SignedIn& person) {
    const SignedInFor proof{name_of(request), person.user_id.str(), to_ms(person.auth_time),
                            to_ms(services.clock.now() + good_for)};
    auto query = net::Form::parse(request.query);
    query.set(signed_in_parameter,
              services.sealer.seal_text(purpose, person.pool_id.str(), boost::json::serialize(encode(proof))));
    return query.encode();
}

bool is_signed_in_for(const signin::Services& services, const AuthorizationRequest& request,
                      const signin::SignedIn& person, const std::string& sealed) {
    const auto plain = services.sealer.open_text(purpose, person.pool_id.str(), sealed);
    if (!plain) return false;
    const auto proof = decode<SignedInFor>(boost::json::parse(*plain).as_object());
    return proof.request == name_of(request) && proof.user_id == person.user_id.str() &&
           proof.auth_ms == to_ms(person.auth_time) && from_ms(proof.until_ms) > services.clock.now();
}

}  // namespace symbolon::oauth
