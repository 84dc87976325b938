#include "federation/saml/document.hpp"

#include "base/encoding.hpp"
#include "federation/saml/xmlsec.hpp"

#include <cstdarg>
#include <set>

namespace symbolon::federation::saml {
namespace {

constexpr std::size_t deepest = 32;
constexpr std::size_t most_elements = 8192;

std::string_view view(const xmlChar* text) {
    return text ? std::string_view(reinterpret_cast<const char*>(text)) : std::string_view{};
}

void say_nothing(void*, const char*, ...) {}

void report_nothing(const char*, int, const char*, const char*, const char*, int, const char*) {}

/// What the parser would do with these is never wanted; looked for before it sees them.
bool has_document_type(std::string_view text) {
    return text.find("<!DOCTYPE") != text.npos || text.find("<!ENTITY") != text.npos;
}

bool is_id(std::string_view name) {
    return name == "ID" || name == "Id" || name == "id";
}

/// What was seen of a document on the way through it.
struct Inspection {
    std::set<std::string, std::less<>> ids;
    std::size_t elements = 0;

    bool admits_ids(const xmlNode* element) {
        for (const auto* attribute = element->properties; attribute; attribute = attribute->next) {
            if (!is_id(view(attribute->name))) continue;
            const auto* value = attribute->children;
            if (!value || value->next || !ids.emplace(view(value->content)).second) return false;
        }
        return true;
    }

    bool admits(const xmlNode* element, std::size_t depth) {
        if (depth > deepest || ++elements > most_elements || !admits_ids(element)) return false;
        for (const auto* child = element->children; child; child = child->next) {
            const bool text = child->type == XML_TEXT_NODE || child->type == XML_CDATA_SECTION_NODE;
            if (text) continue;
            if (child->type != XML_ELEMENT_NODE || !admits(child, depth + 1)) return false;
        }
        return true;
    }
};

bool is_harmless(const xmlDoc* document) {
    if (document->intSubset || document->extSubset) return false;
    const xmlNode* root = nullptr;
    for (const auto* node = document->children; node; node = node->next) {
        if (node->type != XML_ELEMENT_NODE || root) return false;
        root = node;
    }
    return root && Inspection{}.admits(root, 1);
}

}  // namespace

void start_libraries() {
    static const bool ready = [] {
        xmlInitParser();
        xmlSetGenericErrorFunc(nullptr, say_nothing);
        xmlSetExternalEntityLoader(xmlNoNetExternalEntityLoader);
        xmlSecErrorsSetCallback(report_nothing);
        return xmlSecInit() == 0 && xmlSecCryptoAppInit(nullptr) == 0 && xmlSecCryptoInit() == 0;
    }();
    static_cast<void>(ready);
}

bool Element::is(std::string_view name_space, std::string_view name) const {
    return view(node_->name) == name && node_->ns && view(node_->ns->href) == name_space;
}

std::optional<std::string> Element::attribute(std::string_view name) const {
    for (const auto* attribute = node_->properties; attribute; attribute = attribute->next) {
        if (attribute->ns || view(attribute->name) != name) continue;
        std::string value;
        for (const auto* part = attribute->children; part; part = part->next) value += view(part->content);
        return value;
    }
    return std::nullopt;
}

std::vector<Element> Element::children() const {
    std::vector<Element> out;
    for (auto* child = node_->children; child; child = child->next)
        if (child->type == XML_ELEMENT_NODE) out.emplace_back(child);
    return out;
}

std::vector<Element> Element::children(std::string_view name_space, std::string_view name) const {
    auto out = children();
    std::erase_if(out, [&](const Element& child) { return !child.is(name_space, name); });
    return out;
}

std::optional<Element> Element::only_child(std::string_view name_space, std::string_view name) const {
    const auto found = children(name_space, name);
    if (found.size() != 1) return std::nullopt;
    return found.front();
}

std::optional<std::string> Element::text() const {
    std::string out;
    for (const auto* child = node_->children; child; child = child->next) {
        if (child->type != XML_TEXT_NODE && child->type != XML_CDATA_SECTION_NODE) return std::nullopt;
        out += view(child->content);
    }
    const auto begin = out.find_first_not_of(" \t\r\n");
    if (begin == std::string::npos) return std::string{};
    return out.substr(begin, out.find_last_not_of(" \t\r\n") - begin + 1);
}

std::size_t Element::count(std::string_view name_space, std::string_view name) const {
    std::size_t found = is(name_space, name) ? 1 : 0;
    for (const auto& child : children()) found += child.count(name_space, name);
    return found;
}

void Document::Free::operator()(xmlDoc* document) const {
    xmlFreeDoc(document);
}

std::optional<Document> Document::parse(std::string_view text) {
    start_libraries();
    if (text.size() > largest || has_document_type(text) || !count_characters(text)) return std::nullopt;
    // No entity is replaced, nothing is loaded, and the encoding is ours to say.
    constexpr int options = XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING;
    Document document(xmlReadMemory(text.data(), static_cast<int>(text.size()), nullptr, "UTF-8", options));
    if (!document.document_ || !is_harmless(document.get())) return std::nullopt;
    return document;
}

Element Document::root() const {
    return Element(xmlDocGetRootElement(document_.get()));
}

std::string escape(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (c == '&')
            out += "&amp;";
        else if (c == '<')
            out += "&lt;";
        else if (c == '>')
            out += "&gt;";
        else if (c == '"')
            out += "&quot;";
        else
            out += c;
    }
    return out;
}

}  // namespace symbolon::federation::saml
