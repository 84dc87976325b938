#pragma once

#include "base/task.hpp"

#include <optional>
#include <utility>

namespace symbolon {

/// Runs `task` and puts its result into `out`, so that code that starts tasks need not be a template. `out` must live
/// until this task has ended.
template <class T>
Task<void> capture(Task<T> task, std::optional<T>& out) {
    out.emplace(co_await std::move(task));
}

}  // namespace symbolon
