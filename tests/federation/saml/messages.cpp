#include "federation/saml/messages.hpp"

#include "base/error.hpp"

#include <gtest/gtest.h>

namespace symbolon::federation::saml {

std::string reason(const std::string& response, const Awaited& expected) {
    try {
        check_response(response, expected);
    } catch (const Error& error) {
        EXPECT_EQ(error.message, "Invalid samlResponse or relayState from identity provider");
        EXPECT_NE(error.detail, "");
        return error.detail;
    }
    return {};
}

std::string replaced(std::string text, std::string_view from, std::string_view to) {
    const auto at = text.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    return at == std::string::npos ? text : text.replace(at, from.size(), to);
}

std::string element(const std::string& text, std::string_view name) {
    const auto begin = text.find("<" + std::string(name));
    const auto end_tag = "</" + std::string(name) + ">";
    const auto end = text.find(end_tag, begin);
    if (begin == std::string::npos || end == std::string::npos) return {};
    return text.substr(begin, end + end_tag.size() - begin);
}

}  // namespace symbolon::federation::saml
