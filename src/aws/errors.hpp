#pragma once

#include "base/error.hpp"
#include "net/http.hpp"

#include <string>
#include <string_view>

namespace symbolon::aws {

/// How an error looks on the wire (cognito-api.md §1.3): the `__type`, and the HTTP status.
struct Wire {
    std::string_view type;
    int status;
};
Wire wire(Errc code);

/// The whole answer: body, x-amzn-ErrorType and x-amzn-ErrorMessage.
net::Response error_response(const Error& error);

}  // namespace symbolon::aws
