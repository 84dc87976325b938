#include "base/encoding.hpp"
#include "federation/saml/certificates.hpp"
#include "federation/saml/logout_messages.hpp"
#include "fuzz.hpp"

#include <utility>

using namespace symbolon;
using namespace symbolon::federation::saml;

namespace {

const Instant noon = from_ms(1'800'000'000'000);

/// The corpus has requests that the first test key signed: to sign out Jane, and nobody else.
const LogoutAwaited& awaited() {
    static const LogoutAwaited made = [] {
        LogoutAwaited out;
        out.provider.entity_id = "https://saml.example/idp";
        out.provider.certificates = {*parse_base64(test_certificate(0))};
        out.place = "https://id.example/us-east-1_OkPool123/saml2/logout";
        out.now = noon;
        return out;
    }();
    return made;
}

void look_at(const SignedMessage& message) {
    claimed_issuer(message);
    fuzz::allow_refusal([&] {
        const auto request = check_logout_request(message, awaited());
        fuzz::require(request.name.value == "jane", "nobody is signed out but the one whom the provider signed for");
        fuzz::require(request.expires > noon, "a request is remembered for as long as it counts");
    });
    fuzz::allow_refusal([&] {
        check_logout_response(message, awaited(), "_q1");
        fuzz::require(false, "no answer of the provider's is in the corpus");
    });
}

}  // namespace

/// A message of single logout, posted and in an address.
int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string text(fuzz::text_of(data, size));
    look_at(text);
    fuzz::allow_refusal([&] {
        if (auto redirected = read_redirect(text, request_parameter)) look_at(std::move(*redirected));
    });
    return 0;
}
