#include "pages/assets.hpp"

#include "base/embedded.hpp"
#include "net/shared_styles.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <span>
#include <vector>

std::span<const symbolon::EmbeddedFile> page_files();

namespace symbolon::pages {

namespace {

/// The parts of pages.css, in the order in which they are laid over one another.
constexpr std::array<std::string_view, 15> style_parts{"colours",  "base",     "ground", "token",     "words",
                                                       "messages", "fields",   "phone",  "passwords", "codes",
                                                       "actions",  "accounts", "onward", "foot",      "adaptations"};

struct Asset {
    std::string path;
    std::string body;
    std::string_view type;
};

std::string joined_style() {
    std::string out;
    for (const auto* shared : {"palette", "elements", "token"}) out += net::shared_style(shared);
    for (const auto part : style_parts) out += find_file(page_files(), "styles/pages/" + std::string(part) + ".css");
    return out;
}

std::vector<Asset> make_assets() {
    constexpr std::string_view css = "text/css; charset=utf-8";
    constexpr std::string_view script = "text/javascript; charset=utf-8";
    const auto file = [](std::string_view name) { return std::string(find_file(page_files(), name)); };
    return {{"/assets/pages.css", joined_style(), css},
            {"/assets/dark.css", std::string(net::shared_style("dark_palette")) + file("styles/dark.css"), css},
            {"/assets/account.css", file("styles/account.css"), css},
            {"/assets/pages.js", file("scripts/pages.js"), script},
            {"/assets/passkeys.js", file("scripts/passkeys.js"), script},
            {"/assets/favicon.svg", file("icons/favicon.svg"), "image/svg+xml"}};
}

const std::vector<Asset>& assets() {
    static const std::vector<Asset> all = make_assets();
    return all;
}

}  // namespace

const std::string& assets_version() {
    static const std::string version = [] {
        std::size_t hash = 0;
        for (const auto& asset : assets()) hash = hash * 31 + std::hash<std::string>{}(asset.body);
        return std::to_string(hash);
    }();
    return version;
}

std::optional<net::Response> find_asset(std::string_view path) {
    const auto found = std::find_if(assets().begin(), assets().end(), [&](const Asset& a) { return a.path == path; });
    if (found == assets().end()) return std::nullopt;
    net::Response response;
    response.body = found->body;
    response.headers.set("Content-Type", std::string(found->type));
    response.headers.set("Cache-Control", std::string(keep_for_a_year));
    return response;
}

}  // namespace symbolon::pages
