#include "symbolon/skill/directive.hpp"

#include "codec.hpp"

#include <utility>

namespace symbolon::skill {

Directive parse_directive(json::object directive) {
    return codec::read_tagged<Directive>(std::move(directive));
}

json::object to_json(const Directive& directive) {
    return codec::write_tagged(directive);
}

}  // namespace symbolon::skill
