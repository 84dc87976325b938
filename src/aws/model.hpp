#pragma once

#include <boost/json/object.hpp>

namespace symbolon::aws {

/// What every operation takes and answers, as data: made from the structs that the operations are written with, for
/// tests that hold it against the model that the service's SDKs are made from.
///
///     {"<operation>": {"access": "administrator" | "client" | "token",
///                      "request": TYPE, "response": TYPE | null}}          null: an empty body
///     TYPE = {"type": "string" | "integer" | "boolean" | "timestamp" | "document"}
///          | {"type": "list" | "map", "of": TYPE}
///          | {"type": "structure", "members": {"<name>": {"required": true | false, …TYPE}}}
boost::json::object describe_api();

}  // namespace symbolon::aws
