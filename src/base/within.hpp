#pragma once

#include "base/capture.hpp"
#include "base/task.hpp"

#include <chrono>
#include <optional>
#include <utility>

namespace symbolon {

/// Runs `work` with a limit: when the limit is reached first, the work is cancelled, awaited, and the wait fails. It
/// never returns while the work still runs, so work that ignores cancellation makes it wait longer. Work that finished
/// while it was being cancelled counts as finished. Fails: Error{timed_out}; whatever the work throws.
Task<void> within(std::chrono::steady_clock::duration limit, Task<void> work);

template <class T>
Task<T> within(std::chrono::steady_clock::duration limit, Task<T> work) {
    std::optional<T> result;
    co_await within(limit, capture(std::move(work), result));
    co_return std::move(*result);
}

}  // namespace symbolon
