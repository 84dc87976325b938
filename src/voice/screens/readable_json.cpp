#include "voice/screens/readable_json.hpp"

#include "base/utf8.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

namespace symbolon::voice {

namespace json = boost::json;

namespace {

/// Boost.JSON 1.81 has no indenting serializer.
void indent(std::string& out, const json::value& value, const std::string& margin) {
    const auto deeper = margin + "  ";
    if (value.is_object() && !value.get_object().empty()) {
        std::string_view separator = "{\n";
        for (const auto& [name, member] : value.get_object()) {
            out += std::string(separator) + deeper + json::serialize(json::value(name)) + ": ";
            indent(out, member, deeper);
            separator = ",\n";
        }
        out += "\n" + margin + "}";
    } else if (value.is_array() && !value.get_array().empty()) {
        std::string_view separator = "[\n";
        for (const auto& item : value.get_array()) {
            out += std::string(separator) + deeper;
            indent(out, item, deeper);
            separator = ",\n";
        }
        out += "\n" + margin + "]";
    } else {
        out += json::serialize(value);
    }
}

}  // namespace

std::string readable_json(const json::value& value) {
    std::string out;
    indent(out, value, "");
    return out;
}

std::string readable_json(const std::string& text) {
    json::error_code problem;
    const auto value = json::parse(text, problem);
    return problem ? replace_invalid_utf8(text) : readable_json(value);
}

}  // namespace symbolon::voice
