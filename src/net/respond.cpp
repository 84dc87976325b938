#include "net/respond.hpp"

#include "base/error.hpp"

#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

#include <algorithm>
#include <utility>

namespace symbolon::net {
namespace {

Response answer(int status, const char* type, std::string body) {
    Response response;
    response.status = status;
    response.headers.add("Content-Type", type);
    response.body = std::move(body);
    return response;
}

bool is_control(char c) {
    return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
}

}  // namespace

Response json(int status, const boost::json::value& body) {
    return answer(status, "application/json", boost::json::serialize(body));
}

Response text(int status, std::string body) {
    return answer(status, "text/plain; charset=utf-8", std::move(body));
}

Response html(int status, std::string body) {
    return answer(status, "text/html; charset=utf-8", std::move(body));
}

Response redirect(int status, std::string location) {
    // With 307 and 308 a browser posts its form again, with the password in it, to wherever it is sent (RFC 9700
    // §4.12).
    if (status != 302 && status != 303) throw Error{Errc::internal, {}, "a redirect that repeats the request"};
    if (location.empty() || std::any_of(location.begin(), location.end(), is_control)) {
        throw Error{Errc::internal, {}, "a redirect's location is empty or has a control character"};
    }
    Response response;
    response.status = status;
    response.headers.add("Location", std::move(location));
    return response;
}

}  // namespace symbolon::net
