#include "chain_url.hpp"
#include "fuzz.hpp"

using namespace symbolon;

/// The URL of a signature's certificate chain.
int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto url = skill::ChainUrl::parse(fuzz::text_of(data, size));
    if (!url) return 0;
    const auto again = skill::ChainUrl::parse(url->to_string());
    fuzz::require(again && again->to_string() == url->to_string(), "what is fetched is what was checked");
    fuzz::require((url->path + "/").find("/../") == std::string::npos, "no dot segment is left");
    return 0;
}
