#include "symbolon/skill/directive.hpp"

#include "codec.hpp"

#include <utility>

namespace symbolon::skill {

Directive parse_directive(json::object directive) {
    Directive out;
    codec::read_tagged(directive, out);
    return out;
}

json::object to_json(const Directive& directive) {
    return codec::write_tagged(directive);
}

}  // namespace symbolon::skill
