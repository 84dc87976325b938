#pragma once

#include "federation/saml/document.hpp"

#include <optional>
#include <string>

namespace symbolon::federation::saml {

/// How a provider names a person (SAML Core §2.2.3). What is "" was not said.
struct NameId {
    std::string value;
    std::string format;
    std::string qualifier;     ///< NameQualifier
    std::string sp_qualifier;  ///< SPNameQualifier
};

/// Nothing for an element that is no NameID, or whose value is empty or longer than 1,024 bytes.
std::optional<NameId> read_name_id(const Element& element);
std::string to_xml(const NameId& name);

}  // namespace symbolon::federation::saml
