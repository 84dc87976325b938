#include "aws/model.hpp"

#include "aws/operation.hpp"
#include "base/shape/description.hpp"

#include <string_view>
#include <utility>

namespace symbolon::aws {
namespace {

using boost::json::object;

std::string_view name_of(Description::Kind kind) {
    switch (kind) {
        case Description::Kind::text:
        case Description::Kind::choice:
            return "string";
        case Description::Kind::number:
            return "integer";
        case Description::Kind::flag:
            return "boolean";
        case Description::Kind::time:
            return "timestamp";
        case Description::Kind::document:
            return "document";
        case Description::Kind::list:
            return "list";
        case Description::Kind::map:
            return "map";
        case Description::Kind::structure:
            return "structure";
    }
    return "";
}

object to_json(const Description& type) {
    object out{{"type", name_of(type.kind)}};
    if (type.element) out["of"] = to_json(*type.element);
    if (type.kind != Description::Kind::structure) return out;
    object members;
    for (const auto& member : type.members) {
        auto described = to_json(*member.type);
        described["required"] = member.required;
        members[member.name] = std::move(described);
    }
    out["members"] = std::move(members);
    return out;
}

std::string_view name_of(Access access) {
    switch (access) {
        case Access::administrator:
            return "administrator";
        case Access::client:
            return "client";
        case Access::token:
            return "token";
        case Access::feedback:
            return "feedback";
    }
    return "";
}

}  // namespace

boost::json::object describe_api() {
    object out;
    for (const auto& operation : operations()) {
        object described{{"access", name_of(operation.access)}, {"request", to_json(operation.request())}};
        const auto* response = operation.response();
        if (response) {
            described["response"] = to_json(*response);
        } else {
            described["response"] = nullptr;
        }
        out[operation.name] = std::move(described);
    }
    return out;
}

}  // namespace symbolon::aws
