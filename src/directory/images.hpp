#pragma once

#include "base/bytes.hpp"

#include <optional>
#include <string_view>

namespace symbolon::directory {

enum class ImageType { png, jpeg, webp, ico, svg };

/// What a picture is by its first bytes; whatever its name or its sender says counts for nothing.
std::optional<ImageType> detect_image(ByteView bytes);

/// `image/png`, …
std::string_view media_type(ImageType type);

}  // namespace symbolon::directory
