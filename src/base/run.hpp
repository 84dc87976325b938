#pragma once

#include "base/capture.hpp"
#include "base/task.hpp"

#include <optional>
#include <utility>

namespace symbolon {

/// Runs one task to its end on the calling thread, on an event loop of its own. For tests and the command line. What
/// the task throws is thrown here.
void run(Task<void> task);

template <class T>
T run(Task<T> task) {
    std::optional<T> result;
    run(capture(std::move(task), result));
    return std::move(*result);
}

}  // namespace symbolon
