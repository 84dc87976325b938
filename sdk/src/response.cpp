#include "symbolon/skill/response.hpp"

#include "codec.hpp"
#include "response_limits.hpp"

#include <memory>
#include <utility>

namespace symbolon::skill {

Response::Response() = default;
Response::Response(const Response&) = default;
Response::Response(Response&&) noexcept = default;
Response& Response::operator=(const Response& other) {
    return *this = Response(other);
}
/// As assigning each variant, at a fraction of the code.
Response& Response::operator=(Response&& other) noexcept {
    if (this == &other) return *this;
    std::destroy_at(this);
    return *std::construct_at(this, std::move(other));
}
Response::~Response() = default;

json::object Response::to_json(json::storage_ptr storage) const {
    check_limits(*this);
    return codec::write_members(*this, storage);
}

Response Response::parse(json::object response) {
    return codec::read_members<Response>(std::move(response));
}

}  // namespace symbolon::skill
