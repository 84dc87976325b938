#pragma once

#include "base/error.hpp"

#include <stdexcept>
#include <string>

namespace symbolon::directory {

/// What a call is refused with. Fails the test when it is not.
template <class F>
Error refusal_of(F call) {
    try {
        call();
    } catch (const Error& error) {
        return error;
    }
    throw std::logic_error("the call was not refused");
}

template <class F>
std::string message_of(F call) {
    return refusal_of(call).message;
}

}  // namespace symbolon::directory
