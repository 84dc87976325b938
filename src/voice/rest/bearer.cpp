#include "voice/rest/bearer.hpp"

#include "crypto/hash.hpp"
#include "net/respond.hpp"

#include <boost/json/object.hpp>

namespace symbolon::voice {

bool carries_bearer(const net::Request& request, const std::string& token) {
    constexpr std::string_view scheme = "Bearer ";
    const auto given = request.headers.find("authorization").value_or("");
    return given.starts_with(scheme) && crypto::equal_in_constant_time(given.substr(scheme.size()), token);
}

net::Response bearer_needed() {
    auto response = net::json(401, boost::json::object{{"message", "A bearer token of this assistant is needed."}});
    response.headers.set("WWW-Authenticate", "Bearer");
    return response;
}

}  // namespace symbolon::voice
