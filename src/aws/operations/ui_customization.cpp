#include "aws/operations/ui_customization.hpp"

#include "aws/files.hpp"
#include "aws/parties.hpp"
#include "directory/clients.hpp"
#include "directory/pools.hpp"
#include "directory/ui_customizations.hpp"

#include <fmt/chrono.h>

#include <array>

namespace symbolon::aws {
namespace {

/// 14 digits, as the service has it.
std::string version_of(Instant modified) {
    return fmt::format("{:%Y%m%d%H%M%S}", fmt::gmtime(static_cast<std::time_t>(to_seconds(modified))));
}

UICustomizationType to_wire(const Scope& scope, const PoolId& pool,
                            const std::optional<directory::UiCustomization>& look) {
    UICustomizationType out;
    if (!look) return out;
    out.UserPoolId = pool.str();
    out.ClientId = look->name;
    if (!look->content.image.empty())
        out.ImageUrl = picture_url(scope.context.options.base_url, pool, look->name, look->content.image_hash);
    if (!look->content.css.empty()) out.CSS = look->content.css;
    out.CSSVersion = version_of(look->modified);
    out.LastModifiedDate = look->modified;
    out.CreationDate = look->created;
    return out;
}

/// The client of that id in the pool, or ALL.
template <class Request>
std::string to_owner(const Scope& scope, const directory::Pool& pool, const Request& in) {
    if (!in.ClientId || in.ClientId->str() == directory::for_all_clients)
        return std::string(directory::for_all_clients);
    return directory::Clients(scope.tx, scope.context.services.sealer)
        .get(pool.id, ClientId(in.ClientId->str()))
        .id.str();
}

}  // namespace

UICustomizationResponse get_ui_customization(Scope scope, const GetUICustomizationRequest& in) {
    const auto pool = get_pool(scope, in.UserPoolId);
    const auto owner = to_owner(scope, pool, in);
    return {to_wire(scope, pool.id, directory::UiCustomizations(scope.tx).find_for(pool.id, owner))};
}

UICustomizationResponse set_ui_customization(Scope scope, const SetUICustomizationRequest& in) {
    const auto pool = get_pool(scope, in.UserPoolId);
    const auto owner = to_owner(scope, pool, in);
    if (pool.domain.empty() && pool.custom_domain.empty())
        throw Error(Errc::invalid_parameter, "There has to be an existing domain associated with this user pool");
    const auto content =
        directory::make_ui_customization(in.CSS ? std::string_view(in.CSS->str()) : std::string_view(),
                                         in.ImageFile ? std::string_view(in.ImageFile->str()) : std::string_view());
    return {to_wire(scope, pool.id, directory::UiCustomizations(scope.tx).put(pool.id, owner, content, scope.now))};
}

std::span<const Operation> ui_customization_operations() {
    using enum Access;
    using enum Effect;
    static constexpr std::array table{
        operation<get_ui_customization, reads>("GetUICustomization", administrator),
        operation<set_ui_customization, writes>("SetUICustomization", administrator),
    };
    return table;
}

}  // namespace symbolon::aws
