#include "base/encoding.hpp"
#include "base/utf8.hpp"
#include "fuzz.hpp"
#include "net/http.hpp"

using namespace symbolon;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const ByteView bytes{data, size};
    const auto text = fuzz::text_of(data, size);
    fuzz::require(to_string(parse_hex(to_hex(bytes)).value()) == text, "hexadecimal is read back");
    fuzz::require(to_string(parse_base64(to_base64(bytes)).value()) == text, "base64 is read back");
    fuzz::require(to_string(parse_base64url(to_base64url(bytes)).value()) == text, "base64url is read back");
    fuzz::require(percent_decode(percent_encode(text)).value() == text, "percent-encoding is read back");

    if (const auto parsed = parse_hex(text)) fuzz::require(to_hex(*parsed) == net::to_lower(text), "one spelling: hex");
    if (const auto parsed = parse_base64(text)) fuzz::require(to_base64(*parsed) == text, "one spelling: base64");
    if (const auto parsed = parse_base64url(text)) fuzz::require(to_base64url(*parsed) == text, "one spelling: url");
    if (const auto parsed = percent_decode(text)) fuzz::require(parsed->size() <= size, "decoding does not grow");

    const auto repaired = replace_invalid_utf8(text);
    fuzz::require(count_characters(repaired).has_value(), "repaired text is UTF-8");
    fuzz::require(count_characters(text).has_value() == (repaired == text), "UTF-8 needs no repair");
    return 0;
}
