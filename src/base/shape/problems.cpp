#include "base/shape/problems.hpp"

#include "base/error.hpp"

#include <utility>

namespace symbolon {

namespace {

void append(const Path& path, std::string& out) {
    if (path.parent) {
        append(*path.parent, out);
        out += '.';
    }
    if (path.element != 0) {
        out += std::to_string(path.element);
        out += ".member";
        return;
    }
    const std::size_t start = out.size();
    out += path.member;
    if (start < out.size() && out[start] >= 'A' && out[start] <= 'Z') out[start] = static_cast<char>(out[start] + 32);
}

}  // namespace

std::string Path::str() const {
    std::string out;
    append(*this, out);
    return out;
}

void Problems::add(std::string_view path, std::optional<std::string_view> value, std::string_view constraint) {
    std::string item = "Value ";
    if (value) {
        item += '\'';
        item += *value;
        item += "' ";
    }
    item += "at '";
    item += path;
    item += "' failed to satisfy constraint: ";
    item += constraint;
    items_.push_back(std::move(item));
}

void Problems::add_missing(std::string_view path, bool sensitive) {
    std::string item = sensitive ? "Value at '" : "Value null at '";
    item += path;
    item += "' failed to satisfy constraint: Member must not be null";
    items_.push_back(std::move(item));
}

std::string Problems::message() const {
    std::string out = std::to_string(items_.size());
    out += items_.size() == 1 ? " validation error detected: " : " validation errors detected: ";
    for (std::size_t i = 0; i < items_.size(); ++i) {
        if (i > 0) out += "; ";
        out += items_[i];
    }
    return out;
}

void Problems::throw_if_any() const {
    if (!items_.empty()) throw Error(Errc::invalid_parameter, message());
}

}  // namespace symbolon
