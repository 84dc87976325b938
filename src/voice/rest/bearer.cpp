#include "voice/rest/bearer.hpp"

#include "crypto/hash.hpp"
#include "net/respond.hpp"

#include <boost/json/object.hpp>

namespace symbolon::voice {

std::string bearer_of(const net::Request& request) {
    constexpr std::string_view scheme = "Bearer ";
    const auto given = request.headers.find("Authorization").value_or("");
    return given.starts_with(scheme) ? std::string(given.substr(scheme.size())) : std::string{};
}

bool carries_bearer(const net::Request& request, const std::string& token) {
    return !token.empty() && crypto::equal_in_constant_time(bearer_of(request), token);
}

net::Response bearer_needed() {
    auto response = net::json(401, boost::json::object{{"message", "A bearer token of this assistant is needed."}});
    response.headers.set("WWW-Authenticate", "Bearer");
    return response;
}

}  // namespace symbolon::voice
