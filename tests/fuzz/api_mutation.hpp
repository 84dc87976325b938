#pragma once

#include <string>

namespace symbolon::fuzz {

/// Changes a text of API calls (a line each: operation, blank, request) in one place: a call more, one fewer, in
/// another order, or another value in a request, mostly of the shape that the operation takes. The same for the same
/// seed.
std::string mutate_calls(const std::string& calls, unsigned seed);

}  // namespace symbolon::fuzz
