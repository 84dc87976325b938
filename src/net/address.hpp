#pragma once

#include "base/ip_address.hpp"

namespace symbolon::net {

using Address = IpAddress;
using AddressBlock = IpBlock;

}  // namespace symbolon::net
