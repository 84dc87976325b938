#pragma once

#include "base/error.hpp"

#include <optional>

namespace symbolon::db {

/// What a call throws; nothing when it does not.
template <class F>
std::optional<Error> refusal_of(F call) {
    try {
        call();
    } catch (const Error& error) {
        return error;
    }
    return std::nullopt;
}

/// The code of it. Fails the test by an exception (bad_optional_access) when nothing was thrown.
template <class F>
Errc code_of(F call) {
    return refusal_of(call).value().code;
}

}  // namespace symbolon::db
