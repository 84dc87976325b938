#pragma once

#include <functional>

namespace symbolon::app {

/// Waits for SIGTERM or SIGINT; every SIGHUP in between calls `on_hangup`. Signals must have been blocked by
/// block_signals() before the first thread was started.
void wait_for_the_end(const std::function<void()>& on_hangup);
void block_signals();

}  // namespace symbolon::app
