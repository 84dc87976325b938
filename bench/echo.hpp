#pragma once

namespace symbolon::bench {

/// The body of `symbolon_bench --echo`: the server's own HTTP stack with a handler that does nothing but answer, on one
/// thread, until SIGTERM. Prints "listening on URL".
void serve_echo();

}  // namespace symbolon::bench
