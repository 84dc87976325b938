#include "directory/identifiers.hpp"
#include "fuzz.hpp"

using namespace symbolon;

namespace {

void check(const std::optional<std::string>& canonical) {
    if (!canonical) return;
    fuzz::require(directory::is_e164(*canonical), "a canonical phone number is E.164");
    fuzz::require(directory::canonical_phone_number(*canonical) == canonical, "canonical stays canonical");
    directory::mask_phone_number(*canonical);
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto text = fuzz::text_of(data, size);
    check(directory::canonical_phone_number(text));
    for (const auto* region : {"", "US", "DE"}) {
        const auto parsed = directory::parse_phone_number(text, region);
        check(parsed);
        if (parsed) fuzz::require(directory::parse_phone_number(*parsed) == parsed, "parsed twice is parsed once");
    }
    return 0;
}
