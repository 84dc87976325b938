#pragma once

#include "aws/house.hpp"
#include "aws/samples.hpp"

#include <string_view>

namespace symbolon::aws {

/// What a sample's request is refused with when its pool is there and nothing else that it names: of the operations
/// that name something beside the pool. Fails: std::out_of_range for others.
Refused unknown_refusal(std::string_view operation, const Places& places);
bool has_unknown_refusal(std::string_view operation);

}  // namespace symbolon::aws
