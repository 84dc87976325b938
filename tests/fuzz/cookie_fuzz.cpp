#include "fuzz.hpp"
#include "net/cookie.hpp"

using namespace symbolon;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    net::Request request;
    auto rest = fuzz::text_of(data, size);
    while (!rest.empty()) request.headers.add("Cookie", std::string(fuzz::take_part(rest)));
    const auto value = net::find_cookie(request, "session");
    fuzz::require(!value || value->find(';') == std::string::npos, "a value ends where the next cookie begins");
    return 0;
}
