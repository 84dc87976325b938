#pragma once

#include "aws/operation.hpp"
#include "base/shape/patterns.hpp"
#include "directory/pool_settings.hpp"

#include <optional>
#include <string>
#include <string_view>

/// Ids that whoever makes a pool or a client chooses, so that what people test with can be written down: by a bootstrap
/// file, or as users of LocalStack do, with the tag `_custom_id_` of a pool and the name `_custom_id_:<id>` of a client
/// (docs/bootstrap.md).
namespace symbolon::aws {

/// A client's name: a name as the service takes it, also behind `_custom_id_:`.
bool is_client_name(std::string_view text);
inline constexpr Pattern client_name_pattern{pattern::name.text, is_client_name};

namespace shape {
using ClientNameOrId = Text<struct ClientNameOrIdTag, 1, 128, client_name_pattern>;
}  // namespace shape

/// The id of a new pool, by chance when nobody chose one. Fails: invalid_parameter, it is no pool's id.
PoolId choose_pool_id(const Call& call, const std::optional<directory::Tags>& tags);
/// The same of a client.
ClientId choose_client_id(const Scope& scope, std::string_view name);

}  // namespace symbolon::aws
