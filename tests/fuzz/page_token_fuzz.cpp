#include "aws/paging.hpp"
#include "base/error.hpp"
#include "crypto/random.hpp"
#include "fuzz.hpp"

#include <string>

using namespace symbolon;

namespace {

const crypto::Sealer& sealer() {
    static crypto::SeededRandom random(1);
    static const crypto::Sealer value(random.bytes(32), random);
    return value;
}

bool opens(std::string_view list, std::string_view token, Instant now) {
    try {
        aws::open_page(sealer(), list, token, now);
        return true;
    } catch (const Error& error) {
        fuzz::require(error.code == Errc::invalid_parameter, "a foreign token is a wrong parameter");
        return false;
    }
}

}  // namespace

/// The lines: a token from outside, what is listed, and the position that is to be found again.
int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto now = from_ms(1'800'000'000'000);
    auto position = fuzz::text_of(data, size);
    const std::string token(fuzz::take_part(position));
    const std::string list(fuzz::take_part(position));
    fuzz::require(!opens(list, token, now), "no token is made by chance");

    auto ours = aws::seal_page(sealer(), list, position, now);
    fuzz::require(aws::open_page(sealer(), list, ours, now) == position, "a position is found again");
    fuzz::require(!opens(list + "x", ours, now), "a token is of one list");
    fuzz::require(!opens(list, ours, now + std::chrono::hours(1)), "a token is good for an hour");
    auto& changed = ours[token.size() % ours.size()];
    changed = changed == 'A' ? 'B' : 'A';
    fuzz::require(!opens(list, ours, now), "a changed token is none");
    return 0;
}
