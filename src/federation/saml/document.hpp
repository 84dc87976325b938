#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

struct _xmlDoc;
struct _xmlNode;

/// XML from outside, and only what SAML needs of it.
namespace symbolon::federation::saml {

namespace ns {
inline constexpr std::string_view protocol = "urn:oasis:names:tc:SAML:2.0:protocol";
inline constexpr std::string_view assertion = "urn:oasis:names:tc:SAML:2.0:assertion";
inline constexpr std::string_view metadata = "urn:oasis:names:tc:SAML:2.0:metadata";
inline constexpr std::string_view signature = "http://www.w3.org/2000/09/xmldsig#";
inline constexpr std::string_view encryption = "http://www.w3.org/2001/04/xmlenc#";
}  // namespace ns

inline constexpr std::string_view status_success = "urn:oasis:names:tc:SAML:2.0:status:Success";

/// An element of a document, which must outlive it.
class Element {
public:
    explicit Element(_xmlNode* node) : node_(node) {}

    bool is(std::string_view name_space, std::string_view name) const;
    /// An attribute without a namespace; nothing when it is not there.
    std::optional<std::string> attribute(std::string_view name) const;
    std::vector<Element> children() const;
    std::vector<Element> children(std::string_view name_space, std::string_view name) const;
    /// The child of that name when there is exactly one.
    std::optional<Element> only_child(std::string_view name_space, std::string_view name) const;
    /// The text, without white space around it, of an element that holds nothing else; nothing when it holds more.
    std::optional<std::string> text() const;
    /// How many elements of that name there are, this one and all below it.
    std::size_t count(std::string_view name_space, std::string_view name) const;
    _xmlNode* node() const { return node_; }

private:
    _xmlNode* node_;
};

/// A document that is as harmless as can be: well-formed UTF-8 of at most 256 KiB, 32 levels and 8,192 elements; no
/// document type, so no entities; no comments or processing instructions, which signatures do not see; no ID twice.
class Document {
public:
    static constexpr std::size_t largest = 256 * 1024;

    /// Nothing for anything else.
    static std::optional<Document> parse(std::string_view text);

    Element root() const;
    _xmlDoc* get() const { return document_.get(); }

private:
    struct Free {
        void operator()(_xmlDoc* document) const;
    };
    explicit Document(_xmlDoc* document) : document_(document) {}
    std::unique_ptr<_xmlDoc, Free> document_;
};

/// Text as it may stand in an element or an attribute.
std::string escape(std::string_view text);

}  // namespace symbolon::federation::saml
