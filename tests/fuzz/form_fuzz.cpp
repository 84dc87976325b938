#include "fuzz.hpp"
#include "net/form.hpp"

#include <algorithm>

using namespace symbolon;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    fuzz::allow_refusal([&] {
        const auto form = net::Form::parse(fuzz::text_of(data, size), 20);
        const auto again = net::Form::parse(form.encode(), 20);
        fuzz::require(std::ranges::equal(form, again), "what is encoded is read back");
    });
    return 0;
}
