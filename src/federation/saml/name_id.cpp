#include "federation/saml/name_id.hpp"

namespace symbolon::federation::saml {
namespace {

constexpr std::size_t longest = 1024;

std::string attribute(const char* name, const std::string& value) {
    return value.empty() ? std::string{} : std::string(" ") + name + "=\"" + escape(value) + "\"";
}

}  // namespace

std::optional<NameId> read_name_id(const Element& element) {
    if (!element.is(ns::assertion, "NameID")) return std::nullopt;
    NameId name;
    name.value = element.text().value_or("");
    name.format = element.attribute("Format").value_or("");
    name.qualifier = element.attribute("NameQualifier").value_or("");
    name.sp_qualifier = element.attribute("SPNameQualifier").value_or("");
    if (name.value.empty()) return std::nullopt;
    for (const auto* part : {&name.value, &name.format, &name.qualifier, &name.sp_qualifier})
        if (part->size() > longest) return std::nullopt;
    return name;
}

std::string to_xml(const NameId& name) {
    return "<saml:NameID" + attribute("Format", name.format) + attribute("NameQualifier", name.qualifier) +
           attribute("SPNameQualifier", name.sp_qualifier) + ">" + escape(name.value) + "</saml:NameID>";
}

}  // namespace symbolon::federation::saml
