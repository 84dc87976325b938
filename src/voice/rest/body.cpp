#include "voice/rest/body.hpp"

#include "base/encoding.hpp"
#include "base/error.hpp"
#include "crypto/hash.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <utility>

namespace symbolon::voice {

namespace json = boost::json;

json::object parse_body(const net::Request& request) {
    json::error_code problem;
    auto value = json::parse(request.body, problem);
    if (problem || !value.is_object()) throw Error(Errc::invalid_json, "The body must be a JSON object.");
    return std::move(value.get_object());
}

json::object unwrap(json::object body, std::string_view wrapper) {
    auto* inner = body.if_contains(wrapper);
    if (inner == nullptr || !inner->is_object()) {
        throw Error(Errc::invalid_parameter,
                    "The request body is empty: it must hold \"" + std::string(wrapper) + "\".");
    }
    return std::move(inner->get_object());
}

std::string require_text(const json::object& body, std::string_view pointer) {
    const json::value whole(body);
    json::error_code absent;
    const auto* found = whole.find_pointer(pointer, absent);
    if (found == nullptr || !found->is_string()) {
        throw Error(Errc::invalid_parameter, std::string(pointer.substr(1)) + " must be a text.");
    }
    return std::string(found->get_string());
}

net::Response empty_answer(int status) {
    net::Response response;
    response.status = status;
    return response;
}

std::string etag_of(const json::object& document) {
    const auto digest = crypto::sha256(json::serialize(document));
    return to_hex(std::span(digest).first(16));
}

void check_if_match(const net::Request& request, const std::string& etag) {
    const auto expected = request.headers.find("if-match");
    if (expected && *expected != etag) {
        throw Error(Errc::concurrent_modification, "It was changed in between.");
    }
}

}  // namespace symbolon::voice
