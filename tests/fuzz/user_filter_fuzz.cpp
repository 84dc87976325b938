#include "aws/user_filter.hpp"
#include "fuzz.hpp"

using namespace symbolon;

namespace {

std::string quoted(std::string_view value) {
    std::string out = "\"";
    for (const char c : value) {
        if (c == '"' || c == '\\') out += '\\';
        out += c;
    }
    return out + '"';
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    fuzz::allow_refusal([&] {
        const auto filter = aws::parse_user_filter(fuzz::text_of(data, size));
        if (filter.attribute.empty()) return;
        const auto again =
            aws::parse_user_filter(filter.attribute + (filter.prefix ? " ^= " : " = ") + quoted(filter.value));
        fuzz::require(
            again.attribute == filter.attribute && again.prefix == filter.prefix && again.value == filter.value,
            "a filter is read as it is written");
    });
    return 0;
}
