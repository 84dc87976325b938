#include "symbolon/skill/smart_home/directive.hpp"

#include "symbolon/skill/request.hpp"

#include "../codec.hpp"
#include "../json_read.hpp"

#include <utility>

namespace symbolon::skill::smart_home {

Directive Directive::parse(json::object event) {
    auto* member = event.if_contains("directive");
    if (member == nullptr || !member->is_object()) throw MalformedRequest("the event has no directive");
    auto directive = codec::read_members<Directive>(std::move(member->get_object()));
    if (directive.header.namespace_.empty() || directive.header.name.empty()) {
        throw MalformedRequest("the directive has no namespace or name");
    }
    return directive;
}

json::object Directive::to_json() const {
    return {{"directive", codec::write_members(*this)}};
}

bool Directive::is(std::string_view namespace_name, std::string_view name) const {
    return header.namespace_ == namespace_name && header.name == name;
}

const std::string& Directive::endpoint_id() const {
    static const std::string none;
    return endpoint ? endpoint->endpoint_id : none;
}

std::optional<AccessToken> Directive::find_token() const {
    if (endpoint && endpoint->scope) return endpoint->scope->token;
    for (const auto* name : {"scope", "grantee"}) {
        const auto* scope = find_object(payload, name);
        if (scope == nullptr) continue;
        if (const auto text = find_text(*scope, "token")) return AccessToken(std::string(*text));
    }
    return std::nullopt;
}

}  // namespace symbolon::skill::smart_home
