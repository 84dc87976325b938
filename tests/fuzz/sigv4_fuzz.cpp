#include "crypto/sigv4.hpp"
#include "crypto/sigv4_canonical.hpp"
#include "fuzz.hpp"

using namespace symbolon;

/// The lines: Authorization, X-Amz-Date, the query, the path, more headers `name:value`; the body is empty.
int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    auto rest = fuzz::text_of(data, size);
    crypto::sigv4::SignedRequest request;
    request.method = "POST";
    request.headers = {{"Host", "127.0.0.1:8400"}};
    request.headers.emplace_back("Authorization", fuzz::take_part(rest));
    const auto date = fuzz::take_part(rest);
    request.headers.emplace_back("X-Amz-Date", date);
    request.query = fuzz::take_part(rest);
    request.path = fuzz::take_part(rest);
    while (!rest.empty()) {
        auto line = fuzz::take_part(rest);
        const auto name = fuzz::take_part(line, ':');
        request.headers.emplace_back(name, line);
    }
    // With the clock at the request's own date the check goes as far as it can.
    const auto signed_at = crypto::sigv4::parse_basic_time(date);
    crypto::sigv4::parse_http_date(date);
    bool accepted = false;
    fuzz::allow_refusal([&] {
        crypto::sigv4::verify(request, "cognito-idp", signed_at.value_or(from_ms(1767312000000)),
                              [](std::string_view) { return std::optional<std::string>("a secret that nobody used"); });
        accepted = true;
    });
    fuzz::require(!accepted, "nobody signs without the secret");
    return 0;
}
