#pragma once

#include <span>
#include <string_view>

namespace symbolon {

/// A file that was made part of the program when it was built (cmake/embed.cmake).
struct EmbeddedFile {
    std::string_view path;
    std::string_view content;
};

/// The content of the file at `path`; an empty view when there is none.
inline std::string_view find_file(std::span<const EmbeddedFile> files, std::string_view path) {
    for (const auto& file : files) {
        if (file.path == path) return file.content;
    }
    return {};
}

}  // namespace symbolon
