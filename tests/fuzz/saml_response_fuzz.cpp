#include "base/encoding.hpp"
#include "federation/saml/certificates.hpp"
#include "federation/saml/document.hpp"
#include "federation/saml/metadata.hpp"
#include "federation/saml/response.hpp"
#include "fuzz.hpp"

using namespace symbolon;
using namespace symbolon::federation::saml;

namespace {

const Instant noon = from_ms(1'800'000'000'000);

/// The corpus has responses that the first test key signed: of Jane, and of nobody else.
const Awaited& awaited() {
    static const Awaited made = [] {
        Awaited out;
        out.provider.entity_id = "https://saml.example/idp";
        out.provider.certificates = {*parse_base64(test_certificate(0))};
        out.entity_id = "urn:amazon:cognito:sp:us-east-1_OkPool123";
        out.callback = "https://id.example/us-east-1_OkPool123/saml2/idpresponse";
        out.request_id = "_q1";
        out.now = noon;
        return out;
    }();
    return made;
}

}  // namespace

/// A SAML response, and the same text as a provider's metadata.
int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto text = fuzz::text_of(data, size);
    fuzz::allow_refusal([&] {
        const auto assertion = check_response(text, awaited());
        fuzz::require(assertion.name_id.value == "jane", "nobody comes in but the one whom the provider signed for");
        fuzz::require(assertion.expires > noon, "an assertion is remembered for as long as it holds");
    });
    if (const auto metadata = parse_idp_metadata(text, noon)) {
        fuzz::require(!metadata->certificates.empty(), "a provider has a key");
        fuzz::require(metadata->sso_redirect.empty() || metadata->sso_redirect.starts_with("http"),
                      "a browser is sent to the web alone");
    }
    return 0;
}
