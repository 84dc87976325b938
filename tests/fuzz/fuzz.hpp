#pragma once

#include "base/bytes.hpp"
#include "base/error.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string_view>
#include <utility>

/// What libFuzzer calls, and what replay_main.cpp calls with every file of the target's corpus.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace symbolon::fuzz {

inline std::string_view text_of(const std::uint8_t* data, std::size_t size) {
    return symbolon::text_of({data, size});
}

/// Ends the process when a property that holds for every input does not hold for this one.
inline void require(bool holds, const char* property) {
    if (holds) return;
    std::fprintf(stderr, "broken property: %s\n", property);
    std::abort();
}

/// Runs what may refuse its input: an Error is an answer, anything else that is thrown is a bug.
template <class Function>
void allow_refusal(Function function) {
    try {
        function();
    } catch (const Error&) {
    }
}

/// Cuts off what stands before the first `separator`; all of it when there is none.
inline std::string_view take_part(std::string_view& rest, char separator = '\n') {
    const auto end = rest.find(separator);
    const auto part = rest.substr(0, end);
    rest = end == std::string_view::npos ? std::string_view{} : rest.substr(end + 1);
    return part;
}

}  // namespace symbolon::fuzz
