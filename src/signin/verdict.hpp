#pragma once

#include "base/error.hpp"

#include <utility>
#include <variant>

namespace symbolon::signin {

/// What a closure over a transaction decided. A refusal is a value, so that what it counted is committed; it is thrown
/// by accept(), outside.
template <class T>
using Verdict = std::variant<T, Error>;

/// The result, or throws the refusal.
template <class T>
T accept(Verdict<T> verdict) {
    if (auto* refusal = std::get_if<Error>(&verdict)) throw std::move(*refusal);
    return std::get<T>(std::move(verdict));
}

}  // namespace symbolon::signin
