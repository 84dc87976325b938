#include "fuzz.hpp"
#include "oauth/client_credentials.hpp"

using namespace symbolon;

/// The lines: the Authorization header, and the body of a token request.
int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    auto body = fuzz::text_of(data, size);
    const auto header = fuzz::take_part(body);
    fuzz::allow_refusal([&] {
        const auto form = net::Form::parse(body);
        net::Request request;
        if (!header.empty()) request.headers.add("Authorization", std::string(header));
        const auto credentials = oauth::read_client_credentials(request, form);
        fuzz::require(!credentials.id.empty(), "credentials name a client");
        if (form.count("client_id") == 1 && !form.get("client_id").empty()) {
            fuzz::require(credentials.id == form.get("client_id"), "header and body name the same client");
        }
    });
    return 0;
}
