#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace symbolon::voice {

/// What a failure code means, and what to do about it.
struct Explanation {
    std::string_view text;
    std::string_view advice;
};

/// Of a failure of the linking; codes that nobody foresaw have one, too.
Explanation explain(std::string_view cause);
/// Of a failure of a refresh, where it means something else there.
Explanation explain_refresh(std::string_view cause);
/// Of a failure of streamlined linking, where it means something else there.
Explanation explain_assertion(std::string_view cause);
/// Every code that has an explanation of its own.
std::vector<std::string_view> explained_causes();

}  // namespace symbolon::voice
