#include "app/bootstrap/shaped.hpp"

#include "base/error.hpp"

#include <yaml-cpp/yaml.h>

#include <boost/json/array.hpp>

#include <charconv>
#include <cstdint>
#include <cstdlib>
#include <optional>

namespace symbolon::app {

namespace json = boost::json;

namespace {

using Kind = Description::Kind;

std::string substitute(const std::string& text, const std::string& path) {
    constexpr std::string_view begin = "${";
    std::string out;
    std::size_t at = 0;
    for (;;) {
        const auto found = text.find(begin, at);
        if (found == std::string::npos) return out + text.substr(at);
        out += text.substr(at, found - at);
        if (found > at && text[found - 1] == '$') {  // "$${"
            out += '{';
            at = found + begin.size();
            continue;
        }
        const auto end = text.find('}', found);
        if (end == std::string::npos) refuse_value(path, "\"${\" without \"}\".");
        const auto name = text.substr(found + begin.size(), end - found - begin.size());
        const char* value = std::getenv(name.c_str());
        if (value == nullptr) refuse_value(path, "the environment has no " + name + ".");
        out += value;
        at = end + 1;
    }
}

std::string read_scalar(const YAML::Node& node, const std::string& path, const char* wanted) {
    if (!node.IsScalar()) refuse_value(path, std::string(wanted) + " is expected.");
    return substitute(node.Scalar(), path);
}

template <class Number>
std::optional<Number> parse_number(const std::string& text) {
    Number number{};
    const auto* end = text.data() + text.size();
    const auto [stop, problem] = std::from_chars(text.data(), end, number);
    if (problem != std::errc{} || stop != end || text.empty()) return std::nullopt;
    return number;
}

template <class Number>
Number read_number(const YAML::Node& node, const std::string& path) {
    const auto number = parse_number<Number>(read_scalar(node, path, "A number"));
    if (!number) refuse_value(path, "a number is expected.");
    return *number;
}

bool read_flag(const YAML::Node& node, const std::string& path) {
    const auto text = read_scalar(node, path, "true or false");
    if (text != "true" && text != "false") refuse_value(path, "true or false is expected.");
    return text == "true";
}

json::array read_list(const YAML::Node& node, const Description& element, const std::string& path) {
    if (!node.IsSequence()) refuse_value(path, "a list is expected.");
    json::array out;
    for (std::size_t i = 0; i < node.size(); ++i) out.push_back(read_shaped(node[i], element, element_path(path, i)));
    return out;
}

/// Calls `read(name, value)` for every entry of a map.
template <class Read>
void each_entry(const YAML::Node& node, const std::string& path, Read read) {
    if (!node.IsMap()) refuse_value(path, "a map is expected.");
    for (const auto& entry : node) {
        if (!entry.first.IsScalar()) refuse_value(path, "a key is a text.");
        read(entry.first.Scalar(), entry.second);
    }
}

void put(json::object& out, const std::string& name, json::value value, const std::string& path) {
    if (!out.emplace(name, std::move(value)).second) refuse_value(member_path(path, name), "is given twice.");
}

json::object read_map(const YAML::Node& node, const Description& element, const std::string& path) {
    json::object out;
    each_entry(node, path, [&](const std::string& name, const YAML::Node& value) {
        put(out, name, read_shaped(value, element, member_path(path, name)), path);
    });
    return out;
}

json::object read_structure(const YAML::Node& node, const Description& description, const std::string& path) {
    json::object out;
    each_entry(node, path, [&](const std::string& name, const YAML::Node& value) {
        const auto* member = description.find(name);
        if (member == nullptr) refuse_value(member_path(path, name), "there is no such member.");
        put(out, name, read_shaped(value, *member->type, member_path(path, name)), path);
    });
    return out;
}

/// A plain scalar is what it looks like, as in YAML's core schema; a quoted one is a text.
json::value read_plain(const YAML::Node& node, const std::string& path) {
    const auto text = substitute(node.Scalar(), path);
    if (node.Tag() == "!") return json::value(text);
    if (text == "true") return true;
    if (text == "false") return false;
    if (const auto whole = parse_number<std::int64_t>(text)) return *whole;
    if (const auto number = parse_number<double>(text)) return *number;
    return json::value(text);
}

json::value read_document(const YAML::Node& node, const std::string& path) {
    static const Description anything{.kind = Kind::document};
    if (node.IsSequence()) return read_list(node, anything, path);
    if (node.IsMap()) return read_map(node, anything, path);
    return read_plain(node, path);
}

}  // namespace

std::string member_path(const std::string& path, std::string_view member) {
    return path.empty() ? std::string(member) : path + "." + std::string(member);
}

std::string element_path(const std::string& path, std::size_t index) {
    return path + "[" + std::to_string(index) + "]";
}

void refuse_value(const std::string& path, const std::string& why) {
    throw Error(Errc::invalid_parameter, path.empty() ? why : path + ": " + why);
}

json::value read_shaped(const YAML::Node& node, const Description& description, const std::string& path) {
    if (!node.IsDefined() || node.IsNull()) return nullptr;
    switch (description.kind) {
        case Kind::text:
        case Kind::choice:
            return json::value(read_scalar(node, path, "a text"));
        case Kind::number:
            return read_number<std::int64_t>(node, path);
        case Kind::time:
            return read_number<double>(node, path);
        case Kind::flag:
            return read_flag(node, path);
        case Kind::document:
            return read_document(node, path);
        case Kind::list:
            return read_list(node, *description.element, path);
        case Kind::map:
            return read_map(node, *description.element, path);
        case Kind::structure:
            return read_structure(node, description, path);
    }
    return nullptr;
}

}  // namespace symbolon::app
