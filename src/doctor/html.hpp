#pragma once

#include "doctor/url.hpp"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace symbolon::doctor {

struct Tag {
    std::string name;                               ///< lower case
    std::map<std::string, std::string> attributes;  ///< names in lower case, character references decoded
    std::string text;                               ///< what follows, up to the next tag
    bool closes = false;

    bool has(const std::string& attribute) const { return attributes.contains(attribute); }
    std::string get(const std::string& attribute) const;
};

/// A page as far as a check needs it: its tags in order, and the scripts within it. Tolerant as browsers are; bounded.
struct Page {
    std::vector<Tag> tags;
    std::vector<std::string> scripts;

    std::vector<const Tag*> find_all(std::string_view name) const;
    /// What a person reads, in one line.
    std::string text() const;
};

Page parse_page(std::string_view html);

struct Field {
    std::string name;
    std::string value;
    std::string type;  ///< lower case; "text" where the page says nothing
    std::string autocomplete;
    bool checked = false;
};

struct Button {
    std::string name;
    std::string value;
    std::string label;
};

struct PageForm {
    std::string method;  ///< "GET" or "POST"
    std::string action;  ///< as written
    std::vector<Field> fields;
    std::vector<Button> buttons;

    bool has_type(std::string_view type) const;
    /// The field that takes a one-time code; null when there is none.
    const Field* code_field() const;
};

std::vector<PageForm> forms_of(const Page& page);

/// Every address that the page names (scripts, styles, images, frames, forms), seen from its own.
std::vector<Url> addresses_of(const Page& page, const Url& base);

}  // namespace symbolon::doctor
