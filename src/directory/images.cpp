#include "directory/images.hpp"

namespace symbolon::directory {
namespace {

using namespace std::string_view_literals;

/// SVG is text: an optional byte order mark, white space, prolog and comments, then its root element.
bool is_svg(std::string_view text) {
    if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
    while (true) {
        const auto begin = text.find_first_not_of(" \t\r\n");
        if (begin == std::string_view::npos) return false;
        text.remove_prefix(begin);
        std::string_view end;
        if (text.starts_with("<?xml"))
            end = "?>";
        else if (text.starts_with("<!--"))
            end = "-->";
        else
            break;
        const auto at = text.find(end);
        if (at == std::string_view::npos) return false;
        text.remove_prefix(at + end.size());
    }
    // No DOCTYPE: entities have no business in a logo.
    return text.starts_with("<svg") && text.size() > 4 && " \t\r\n>/"sv.find(text[4]) != std::string_view::npos;
}

}  // namespace

std::optional<ImageType> detect_image(ByteView bytes) {
    const std::string_view text = text_of(bytes);
    if (text.starts_with("\x89PNG\r\n\x1A\n"sv)) return ImageType::png;
    if (text.starts_with("\xFF\xD8\xFF"sv)) return ImageType::jpeg;
    if (text.starts_with("RIFF"sv) && text.size() >= 12 && text.substr(8, 4) == "WEBP"sv) return ImageType::webp;
    if (text.starts_with("\x00\x00\x01\x00"sv)) return ImageType::ico;
    if (is_svg(text)) return ImageType::svg;
    return std::nullopt;
}

std::string_view media_type(ImageType type) {
    switch (type) {
        case ImageType::png:
            return "image/png";
        case ImageType::jpeg:
            return "image/jpeg";
        case ImageType::webp:
            return "image/webp";
        case ImageType::ico:
            return "image/x-icon";
        case ImageType::svg:
            return "image/svg+xml";
    }
    return "application/octet-stream";
}

}  // namespace symbolon::directory
