#pragma once

#include "net/http.hpp"

#include <string>

namespace boost::json {
class value;
}

namespace symbolon::net {

/// An answer with a JSON body.
Response json(int status, const boost::json::value& body);
/// An answer with a text/plain body, UTF-8.
Response text(int status, std::string body);
/// An answer with a text/html body, UTF-8. The caller has escaped what came from outside.
Response html(int status, std::string body);
/// An answer that sends the browser elsewhere. Fails: Error{internal} when `location` is empty or has a control
/// character (it would let its author write header fields of ours).
Response redirect(int status, std::string location);

}  // namespace symbolon::net
