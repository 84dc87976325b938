#pragma once

#include "base/clock.hpp"
#include "crypto/seal.hpp"

#include <string>
#include <string_view>

namespace symbolon::aws {

/// Pagination tokens: sealed, bound to the operation and to what is listed, good for an hour. What is inside is a
/// position in a list; nobody outside can make or alter one.
std::string seal_page(const crypto::Sealer& sealer, std::string_view list, std::string_view position, Instant now);
/// Fails: invalid_parameter "Invalid pagination token given."
std::string open_page(const crypto::Sealer& sealer, std::string_view list, std::string_view token, Instant now);

}  // namespace symbolon::aws
