#include "federation/saml/response.hpp"

#include "federation/exchange.hpp"
#include "federation/saml/document.hpp"
#include "federation/saml/signature.hpp"
#include "federation/saml/time.hpp"

#include <boost/json/array.hpp>
#include <boost/json/value.hpp>

#include <algorithm>
#include <chrono>
#include <utility>
#include <vector>

namespace symbolon::federation::saml {
namespace {

namespace json = boost::json;

constexpr std::chrono::seconds tolerance{60};       ///< for clocks that differ
constexpr std::chrono::minutes oldest_unasked{6};   ///< of a response that nobody asked for
constexpr std::chrono::hours longest_validity{24};  ///< of an assertion, whatever it says itself
constexpr std::size_t longest_name = 1024;
constexpr std::size_t most_attributes = 200;

[[noreturn]] void refuse(const char* why) {
    throw_failure("Invalid samlResponse or relayState from identity provider", why);
}

void check(bool holds, const char* why) {
    if (!holds) refuse(why);
}

Instant time_of(const Element& element, std::string_view name, const char* why) {
    const auto text = element.attribute(name);
    const auto time = text ? parse_time(*text) : std::nullopt;
    if (!time) refuse(why);
    return *time;
}

bool has_begun(const Element& element, Instant now) {
    return !element.attribute("NotBefore") || time_of(element, "NotBefore", "NotBefore") <= now + tolerance;
}

/// The response as far as somebody vouches for it, and the one assertion in it.
struct Vouched {
    Document document;  ///< keeps `assertion`
    Element assertion;
};

void check_status(const Element& response) {
    const auto status = response.only_child(ns::protocol, "Status");
    const auto code = status ? status->only_child(ns::protocol, "StatusCode") : std::nullopt;
    check(code && code->attribute("Value") == std::string(status_success), "status is not success");
}

/// What a Response says of itself, signed or not: it may say less, but nothing else.
void check_envelope(const Element& response, const Awaited& awaited) {
    check(response.is(ns::protocol, "Response") && response.attribute("Version") == "2.0", "no SAML 2.0 response");
    check(response.attribute("Destination").value_or(awaited.callback) == awaited.callback, "Destination");
    check(response.attribute("InResponseTo").value_or("") == awaited.request_id, "InResponseTo");
    if (const auto issuer = response.only_child(ns::assertion, "Issuer"))
        check(issuer->text() == awaited.provider.entity_id, "Issuer of the response");
    if (awaited.request_id.empty())
        check(time_of(response, "IssueInstant", "IssueInstant") + oldest_unasked > awaited.now, "too old");
}

/// One assertion, directly in the response, and none anywhere else: what is wrapped around, beside or inside is not
/// looked at, but refused.
Element only_assertion(const Element& response) {
    const auto plain = response.children(ns::assertion, "Assertion");
    const auto encrypted = response.children(ns::assertion, "EncryptedAssertion");
    check(plain.size() + encrypted.size() == 1, "not exactly one assertion");
    check(response.count(ns::assertion, "Assertion") == plain.size(), "an assertion inside of something else");
    check(response.count(ns::assertion, "EncryptedAssertion") == encrypted.size(),
          "an encrypted assertion inside of something else");
    check(response.count(ns::protocol, "Response") == 1, "a response inside of something else");
    return plain.empty() ? encrypted.front() : plain.front();
}

/// What stands in an assertion by itself once it is out of its response: vouched for by its own signature, or by that
/// of the response that it was in.
Vouched stand_alone(Document document, bool vouched, const Awaited& awaited) {
    check(document.root().is(ns::assertion, "Assertion"), "no assertion");
    check(document.root().count(ns::assertion, "Assertion") == 1, "an assertion inside of an assertion");
    if (vouched && !has_signature(document.root())) {
        const auto root = document.root();
        return {std::move(document), root};
    }
    auto part = signed_part(document, document.root(), awaited.provider.certificates);
    check(part.has_value(), "signature of the assertion");
    const auto root = part->root();
    check(root.is(ns::assertion, "Assertion"), "what was signed is no assertion");
    return {std::move(*part), root};
}

Vouched open_assertion(const Element& encrypted, bool vouched, const Awaited& awaited) {
    check(awaited.key.has_value(), "encrypted, and the pool has no key");
    const auto text = decrypt(encrypted, *awaited.key);
    check(text.has_value(), "decryption");
    auto document = Document::parse(*text);
    check(document.has_value(), "decryption");
    return stand_alone(std::move(*document), vouched, awaited);
}

/// From what was posted to what can be believed.
Vouched find_vouched(std::string_view text, const Awaited& awaited) {
    auto document = Document::parse(text);
    check(document.has_value(), "not the XML that is expected");
    check_envelope(document->root(), awaited);
    check_status(document->root());
    only_assertion(document->root());
    const bool vouched = has_signature(document->root());
    if (vouched) {
        auto part = signed_part(*document, document->root(), awaited.provider.certificates);
        check(part.has_value(), "signature of the response");
        document = std::move(part);
        check_envelope(document->root(), awaited);
        check_status(document->root());
    }
    const auto assertion = only_assertion(document->root());
    if (assertion.is(ns::assertion, "EncryptedAssertion")) return open_assertion(assertion, vouched, awaited);
    check(!awaited.encrypted_only, "not encrypted");
    if (vouched) return {std::move(*document), assertion};
    auto part = signed_part(*document, assertion, awaited.provider.certificates);
    check(part.has_value(), "signature of the assertion");
    return stand_alone(std::move(*part), true, awaited);
}

/// A bearer's confirmation for us, now, and for this request (SAML Profiles §4.1.4.2).
bool confirms(const Element& confirmation, const Awaited& awaited) {
    if (confirmation.attribute("Method") != "urn:oasis:names:tc:SAML:2.0:cm:bearer") return false;
    const auto data = confirmation.only_child(ns::assertion, "SubjectConfirmationData");
    if (!data || data->attribute("Recipient") != awaited.callback) return false;
    if (data->attribute("InResponseTo").value_or("") != awaited.request_id) return false;
    const auto until = data->attribute("NotOnOrAfter");
    const auto time = until ? parse_time(*until) : std::nullopt;
    return time && *time + tolerance > awaited.now && has_begun(*data, awaited.now);
}

NameId check_subject(const Element& assertion, const Awaited& awaited) {
    const auto subject = assertion.only_child(ns::assertion, "Subject");
    check(subject.has_value(), "not exactly one subject");
    const auto confirmations = subject->children(ns::assertion, "SubjectConfirmation");
    check(std::any_of(confirmations.begin(), confirmations.end(),
                      [&](const Element& one) { return confirms(one, awaited); }),
          "no confirmation of the subject for this request");
    const auto name = subject->only_child(ns::assertion, "NameID");
    auto read = name ? read_name_id(*name) : std::nullopt;
    check(read.has_value(), "NameID");
    return std::move(*read);
}

bool is_for_us(const Element& restriction, const std::string& entity_id) {
    const auto audiences = restriction.children(ns::assertion, "Audience");
    return std::any_of(audiences.begin(), audiences.end(),
                       [&](const Element& audience) { return audience.text() == entity_id; });
}

void check_conditions(const Element& assertion, const Awaited& awaited) {
    const auto conditions = assertion.only_child(ns::assertion, "Conditions");
    check(conditions.has_value(), "no conditions");
    check(has_begun(*conditions, awaited.now), "not valid yet");
    if (conditions->attribute("NotOnOrAfter"))
        check(time_of(*conditions, "NotOnOrAfter", "NotOnOrAfter") + tolerance > awaited.now, "expired");
    const auto restrictions = conditions->children(ns::assertion, "AudienceRestriction");
    check(!restrictions.empty() && std::all_of(restrictions.begin(), restrictions.end(),
                                               [&](const Element& one) { return is_for_us(one, awaited.entity_id); }),
          "for another audience");
}

void check_statements(const Element& assertion, Instant now) {
    const auto statements = assertion.children(ns::assertion, "AuthnStatement");
    check(!statements.empty(), "no authentication");
    for (const auto& statement : statements)
        if (statement.attribute("SessionNotOnOrAfter"))
            check(time_of(statement, "SessionNotOnOrAfter", "SessionNotOnOrAfter") + tolerance > now, "session over");
}

/// Of the first statement (oauth-and-hosted-ui.md §4.4).
std::string session_index_of(const Element& assertion) {
    auto index = assertion.children(ns::assertion, "AuthnStatement").front().attribute("SessionIndex").value_or("");
    check(index.size() <= longest_name, "SessionIndex");
    return index;
}

json::value value_of(const Element& attribute) {
    json::array values;
    for (const auto& value : attribute.children(ns::assertion, "AttributeValue")) {
        if (const auto text = value.text()) values.push_back(json::string(*text));  // what is no text maps to nothing
    }
    if (values.size() == 1) return values.front();
    return values;
}

json::object claims_of(const Element& assertion, const std::string& name_id) {
    json::object claims{{"NameID", name_id}};
    for (const auto& statement : assertion.children(ns::assertion, "AttributeStatement"))
        for (const auto& attribute : statement.children(ns::assertion, "Attribute")) {
            check(claims.size() < most_attributes, "too many attributes");
            const auto name = attribute.attribute("Name").value_or("");
            check(!name.empty() && name != "NameID" && !claims.contains(name), "an attribute twice, or without a name");
            claims[name] = value_of(attribute);
        }
    return claims;
}

}  // namespace

Assertion check_response(std::string_view text, const Awaited& awaited) {
    const auto vouched = find_vouched(text, awaited);
    const auto& element = vouched.assertion;
    check(element.attribute("Version") == "2.0", "no SAML 2.0 assertion");
    const auto issuer = element.only_child(ns::assertion, "Issuer");
    check(issuer && issuer->text() == awaited.provider.entity_id, "Issuer of the assertion");
    check_conditions(element, awaited);
    check_statements(element, awaited.now);
    Assertion out;
    out.id = element.attribute("ID").value_or("");
    check(!out.id.empty() && out.id.size() <= longest_name, "ID of the assertion");
    const auto issued = time_of(element, "IssueInstant", "IssueInstant of the assertion");
    check(issued <= awaited.now + tolerance && issued + longest_validity > awaited.now, "IssueInstant");
    out.expires = issued + longest_validity + tolerance;
    out.name_id = check_subject(element, awaited);
    out.session_index = session_index_of(element);
    out.claims = claims_of(element, out.name_id.value);
    return out;
}

}  // namespace symbolon::federation::saml
