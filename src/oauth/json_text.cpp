#include "oauth/json_text.hpp"

#include <boost/json/serialize.hpp>

namespace symbolon::oauth {

void append_json_string(std::string& out, std::string_view text) {
    static constexpr std::string_view hex = "0123456789abcdef";
    out += '"';
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte < 0x20) {
            out += "\\u00";
            out += hex[byte >> 4U];
            out += hex[byte & 15U];
        } else {
            if (c == '"' || c == '\\') out += '\\';
            out += c;
        }
    }
    out += '"';
}

namespace {

void append_name(std::string& out, std::string_view name) {
    if (out.back() != '{') out += ',';
    append_json_string(out, name);
    out += ':';
}

}  // namespace

void append_json_member(std::string& out, std::string_view name, std::string_view text) {
    append_name(out, name);
    append_json_string(out, text);
}

void append_json_value(std::string& out, std::string_view name, const boost::json::value& value) {
    append_name(out, name);
    out += boost::json::serialize(value);
}

}  // namespace symbolon::oauth
