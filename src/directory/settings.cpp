#include "directory/client_extensions.hpp"
#include "directory/client_settings.hpp"
#include "directory/pool_settings.hpp"

// Dozens of optional members each: to copy and destroy them took a third of the compiler's time in every file that
// holds a pool or a client.

namespace symbolon::directory {

PoolSettings::PoolSettings() = default;
PoolSettings::PoolSettings(const PoolSettings&) = default;
PoolSettings::PoolSettings(PoolSettings&&) noexcept = default;
PoolSettings& PoolSettings::operator=(const PoolSettings&) = default;
PoolSettings& PoolSettings::operator=(PoolSettings&&) noexcept = default;
PoolSettings::~PoolSettings() = default;

ClientSettings::ClientSettings() = default;
ClientSettings::ClientSettings(const ClientSettings&) = default;
ClientSettings::ClientSettings(ClientSettings&&) noexcept = default;
ClientSettings& ClientSettings::operator=(const ClientSettings&) = default;
ClientSettings& ClientSettings::operator=(ClientSettings&&) noexcept = default;
ClientSettings::~ClientSettings() = default;

ClientExtensions::ClientExtensions() = default;
ClientExtensions::ClientExtensions(const ClientExtensions&) = default;
ClientExtensions::ClientExtensions(ClientExtensions&&) noexcept = default;
ClientExtensions& ClientExtensions::operator=(const ClientExtensions&) = default;
ClientExtensions& ClientExtensions::operator=(ClientExtensions&&) noexcept = default;
ClientExtensions::~ClientExtensions() = default;

}  // namespace symbolon::directory
