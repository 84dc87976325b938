#include "doctor/checks/checks.hpp"

#include "doctor/examination.hpp"

#include <array>

namespace symbolon::doctor::checks {

namespace {

std::string member(const boost::json::object& document, std::string_view name) {
    const auto* found = document.if_contains(name);
    return found != nullptr && found->is_string() ? std::string(found->get_string()) : std::string{};
}

}  // namespace

Outcome oauth_metadata_agrees(Examination& e) {
    if (e.endpoints_swapped()) throw NotExamined{"AL-CFG-002 tells why."};
    const auto& metadata = e.metadata();
    if (!metadata.answered) throw NotExamined{"The server does not answer."};
    if (!metadata.oauth) return failed("There is no RFC 8414 document.", metadata.asked);
    const std::array<std::pair<const char*, std::string>, 3> expected{
        {{"issuer", metadata.issuer},
         {"authorization_endpoint", e.subject().authorization_url.substr(0, e.subject().authorization_url.find('?'))},
         {"token_endpoint", e.subject().token_url}}};
    for (const auto& [name, value] : expected) {
        const auto said = member(*metadata.oauth, name);
        if (said != value)
            return failed(std::string("The RFC 8414 document has another ") + name + ".",
                          {"document: " + said, "expected: " + value});
    }
    return passed("The RFC 8414 document agrees with the configuration.", metadata.asked);
}

Outcome metadata_lists_s256(Examination& e) {
    const auto& metadata = e.metadata();
    if (!metadata.oauth && !metadata.openid) throw NotExamined{"There is no metadata; AL-MET-001 tells."};
    if (metadata.lists("code_challenge_methods_supported", "S256").value_or(false))
        return passed("The metadata lists S256.");
    return failed("code_challenge_methods_supported does not list S256.");
}

Outcome resource_metadata_is_there(Examination& e) {
    const auto resource = parse_url(e.subject().resource_url);
    if (!resource) throw NotExamined{"No protected resource is known: see --resource."};
    HttpRequest request;
    request.url =
        resource->origin() + "/.well-known/oauth-protected-resource" + (resource->path == "/" ? "" : resource->path);
    const auto answer = e.ask(request);
    const auto body = answer.status == 200 ? parse_object(answer.body) : std::nullopt;
    if (!body) return failed("The resource has no RFC 9728 document.", {"GET " + request.url, describe(answer)});
    if (member(*body, "resource") != e.subject().resource_url)
        return failed("The RFC 9728 document names another resource.", {member(*body, "resource")});
    return passed("The resource has an RFC 9728 document.");
}

Outcome openid_metadata_agrees(Examination& e) {
    const auto& metadata = e.metadata();
    if (!metadata.oauth || !metadata.openid) throw NotExamined{"There are not both documents to compare."};
    for (const auto* name : {"issuer", "authorization_endpoint", "token_endpoint", "jwks_uri", "userinfo_endpoint",
                             "revocation_endpoint", "registration_endpoint"}) {
        const auto one = member(*metadata.oauth, name), other = member(*metadata.openid, name);
        if (!one.empty() && !other.empty() && one != other)
            return failed(std::string("RFC 8414 and OpenID Connect Discovery differ in ") + name + ".", {one, other});
    }
    return passed("RFC 8414 and OpenID Connect Discovery agree.");
}

}  // namespace symbolon::doctor::checks
