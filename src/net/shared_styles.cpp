#include "net/shared_styles.hpp"

#include "base/embedded.hpp"
#include "base/error.hpp"

#include <span>
#include <string>

std::span<const symbolon::EmbeddedFile> shared_files();

namespace symbolon::net {

std::string_view shared_style(std::string_view name) {
    const auto text = find_file(shared_files(), "styles/" + std::string(name) + ".css");
    if (text.empty()) throw Error{Errc::internal, {}, "not embedded: " + std::string(name)};
    return text;
}

}  // namespace symbolon::net
