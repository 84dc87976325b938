#pragma once

#include "directory/identity_providers.hpp"

#include <memory>
#include <string>

namespace symbolon::federation {

using ProviderPtr = std::shared_ptr<const directory::IdentityProvider>;

/// A detail of a provider's settings; "" when it has none of that name.
inline std::string detail_of(const directory::IdentityProvider& provider, const std::string& key) {
    const auto found = provider.details.find(key);
    return found == provider.details.end() ? std::string{} : found->second;
}

}  // namespace symbolon::federation
