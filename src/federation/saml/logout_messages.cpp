#include "federation/saml/logout_messages.hpp"

#include "federation/exchange.hpp"
#include "federation/saml/document.hpp"
#include "federation/saml/signature.hpp"
#include "federation/saml/time.hpp"

#include <chrono>
#include <utility>

namespace symbolon::federation::saml {
namespace {

constexpr std::chrono::minutes good_for{5};    ///< a request of ours
constexpr std::chrono::seconds tolerance{60};  ///< for clocks that differ
constexpr std::chrono::minutes oldest{6};      ///< of a message that arrives
constexpr std::size_t longest = 1024;          ///< of an id or a session's index
constexpr std::size_t most_sessions = 100;

void check(bool holds, const char* why) {
    if (!holds) throw_failure("Invalid logout message from identity provider", why);
}

std::string opening(std::string_view name, const Header& header, const std::string& more) {
    return "<samlp:" + std::string(name) + " xmlns:samlp=\"" + std::string(ns::protocol) + "\" xmlns:saml=\"" +
           std::string(ns::assertion) + "\" ID=\"" + escape(header.id) + "\" Version=\"2.0\" IssueInstant=\"" +
           time_text(header.issued) + "\" Destination=\"" + escape(header.destination) + "\"" + more +
           "><saml:Issuer>" + escape(header.issuer) + "</saml:Issuer>";
}

const std::string& text_of(const SignedMessage& message) {
    const auto* posted = std::get_if<std::string>(&message);
    return posted ? *posted : std::get<RedirectMessage>(message).text;
}

/// What the provider's signature is over, and nothing else: of a form the signed element, of an address all of it.
Document open(const SignedMessage& message, const IdpMetadata& provider) {
    auto document = Document::parse(text_of(message));
    check(document.has_value(), "not the XML that is expected");
    if (const auto* redirected = std::get_if<RedirectMessage>(&message)) {
        check(is_signed_by(*redirected, provider.certificates), "signature of the address");
        return std::move(*document);
    }
    auto part = signed_part(*document, document->root(), provider.certificates);
    check(part.has_value(), "signature of the message");
    return std::move(*part);
}

/// What every message says of itself. Returns when it was issued.
Instant check_header(const Element& message, std::string_view name, const LogoutAwaited& awaited) {
    check(message.is(ns::protocol, name) && message.attribute("Version") == "2.0", "another kind of message");
    check(message.count(ns::protocol, name) == 1, "a message inside of a message");
    // Signed messages have to say where they go (Bindings §3.4.5.2, §3.5.5.2).
    check(message.attribute("Destination") == awaited.place, "Destination");
    const auto issuer = message.only_child(ns::assertion, "Issuer");
    check(issuer && issuer->text() == awaited.provider.entity_id, "Issuer");
    const auto issued = parse_time(message.attribute("IssueInstant").value_or(""));
    check(issued && *issued <= awaited.now + tolerance && *issued + oldest > awaited.now, "IssueInstant");
    return *issued;
}

NameId decrypt_name(const Element& encrypted, const LogoutAwaited& awaited) {
    check(awaited.key.has_value(), "encrypted, and the pool has no key");
    const auto text = decrypt(encrypted, *awaited.key);
    const auto document = text ? Document::parse(*text) : std::nullopt;
    auto name = document ? read_name_id(document->root()) : std::nullopt;
    check(name.has_value(), "decryption");
    return std::move(*name);
}

NameId read_name(const Element& request, const LogoutAwaited& awaited) {
    const auto plain = request.children(ns::assertion, "NameID");
    const auto encrypted = request.children(ns::assertion, "EncryptedID");
    check(plain.size() + encrypted.size() == 1, "not exactly one name");
    if (!encrypted.empty()) return decrypt_name(encrypted.front(), awaited);
    auto name = read_name_id(plain.front());
    check(name.has_value(), "NameID");
    return std::move(*name);
}

std::vector<std::string> read_session_indexes(const Element& request) {
    std::vector<std::string> indexes;
    for (const auto& element : request.children(ns::protocol, "SessionIndex")) {
        auto index = element.text().value_or("");
        check(!index.empty() && index.size() <= longest && indexes.size() < most_sessions, "SessionIndex");
        indexes.push_back(std::move(index));
    }
    return indexes;
}

}  // namespace

std::string logout_request_xml(const Header& header, const NameId& name, const std::string& session_index) {
    auto out = opening("LogoutRequest", header, " NotOnOrAfter=\"" + time_text(header.issued + good_for) + "\"");
    out += to_xml(name);
    if (!session_index.empty()) out += "<samlp:SessionIndex>" + escape(session_index) + "</samlp:SessionIndex>";
    return out + "</samlp:LogoutRequest>";
}

std::string logout_response_xml(const Header& header, const std::string& in_response_to) {
    auto out = opening("LogoutResponse", header, " InResponseTo=\"" + escape(in_response_to) + "\"");
    out += "<samlp:Status><samlp:StatusCode Value=\"" + std::string(status_success) + "\"/></samlp:Status>";
    return out + "</samlp:LogoutResponse>";
}

std::string claimed_issuer(const SignedMessage& message) {
    const auto document = Document::parse(text_of(message));
    const auto issuer = document ? document->root().only_child(ns::assertion, "Issuer") : std::nullopt;
    return issuer ? issuer->text().value_or("") : std::string{};
}

LogoutRequest check_logout_request(const SignedMessage& message, const LogoutAwaited& awaited) {
    const auto document = open(message, awaited.provider);
    const auto root = document.root();
    const auto issued = check_header(root, "LogoutRequest", awaited);
    if (const auto until = root.attribute("NotOnOrAfter")) {
        const auto time = parse_time(*until);
        check(time && *time + tolerance > awaited.now, "NotOnOrAfter");
    }
    LogoutRequest request;
    request.id = root.attribute("ID").value_or("");
    check(!request.id.empty() && request.id.size() <= longest, "ID");
    request.expires = issued + oldest + tolerance;
    request.name = read_name(root, awaited);
    request.session_indexes = read_session_indexes(root);
    return request;
}

bool check_logout_response(const SignedMessage& message, const LogoutAwaited& awaited, const std::string& request_id) {
    const auto document = open(message, awaited.provider);
    const auto root = document.root();
    check_header(root, "LogoutResponse", awaited);
    check(!request_id.empty() && root.attribute("InResponseTo") == request_id, "InResponseTo");
    const auto status = root.only_child(ns::protocol, "Status");
    const auto code = status ? status->only_child(ns::protocol, "StatusCode") : std::nullopt;
    check(code.has_value(), "no status");
    return code->attribute("Value") == std::string(status_success);
}

}  // namespace symbolon::federation::saml
