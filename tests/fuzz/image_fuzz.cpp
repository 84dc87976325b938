#include "directory/images.hpp"
#include "fuzz.hpp"

#include <string>

using namespace symbolon;

/// The picture of the hosted pages. What it is decides how browsers are told to read it.
int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto text = fuzz::text_of(data, size);
    const auto type = directory::detect_image({data, size});
    if (!type) return 0;
    fuzz::require(size >= 3, "a picture has a beginning");
    fuzz::require(directory::media_type(*type).starts_with("image/"), "a picture is served as one");
    if (*type == directory::ImageType::svg) {
        fuzz::require(text.find("<svg") != std::string_view::npos, "an SVG has its root");
        fuzz::require(text.find("<!DOCTYPE") != 0, "and declares no entities before it");
    }
    // Whatever follows, the type stays: what a browser sniffs behind the beginning is not asked.
    Bytes longer(data, data + size);
    longer.push_back('>');
    fuzz::require(directory::detect_image(longer) == type, "a picture stays one when it goes on");
    return 0;
}
