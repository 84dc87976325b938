#include "voice/screens/assets.hpp"

#include "base/embedded.hpp"
#include "base/error.hpp"
#include "net/shared_styles.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <span>

std::span<const symbolon::EmbeddedFile> assistant_files();

namespace symbolon::voice {
namespace {

struct Asset {
    std::string_view path;
    std::string_view type;
    std::string content;
};

/// One subject a file, served as one. In the order of the cascade: later rules win.
constexpr std::array<std::string_view, 20> styles{
    "styles/base.css", "styles/token.css",  "styles/frame.css",     "styles/states.css",  "styles/buttons.css",
    "styles/tabs.css", "styles/skills.css", "styles/addresses.css", "styles/forms.css",   "styles/models.css",
    "styles/talk.css", "styles/log.css",    "styles/lab.css",       "styles/devices.css", "styles/outcome.css",
    "styles/app.css",  "styles/texts.css",  "styles/steps.css",     "styles/doctor.css",  "styles/contrast.css"};

std::string_view text_of_file(std::string_view file) {
    const auto text = find_file(assistant_files(), file);
    if (text.empty()) throw Error{Errc::internal, {}, "not embedded: " + std::string(file)};
    return text;
}

/// What the pages share with those of the identity server, then their own. The dark is the browser's to choose.
std::string join(std::span<const std::string_view> files) {
    std::string text(net::shared_style("palette"));
    text += "@media (prefers-color-scheme: dark) {\n" + std::string(net::shared_style("dark_palette")) + "}\n";
    for (const auto* shared : {"elements", "token"}) text += net::shared_style(shared);
    for (const auto file : files) text += text_of_file(file);
    return text;
}

Asset script(std::string_view path, std::string_view file) {
    return {path, "text/javascript; charset=utf-8", std::string(text_of_file(file))};
}

const std::array<Asset, 5>& assets() {
    static const std::array<Asset, 5> all{
        Asset{"/assets/assistant.css", "text/css; charset=utf-8", join(styles)},
        script("/assets/assistant.js", "scripts/assistant.js"), script("/assets/fragment.js", "scripts/fragment.js"),
        script("/assets/speech.js", "scripts/speech.js"),
        Asset{"/assets/favicon.svg", "image/svg+xml", std::string(text_of_file("icons/favicon.svg"))}};
    return all;
}

}  // namespace

std::optional<net::Response> find_screen_asset(std::string_view path) {
    const auto found = std::ranges::find(assets(), path, &Asset::path);
    if (found == assets().end()) return std::nullopt;
    net::Response response;
    response.body = found->content;
    response.headers.set("Content-Type", std::string(found->type));
    response.headers.set("Cache-Control", "public, max-age=31536000, immutable");
    return response;
}

const std::string& assets_version() {
    static const std::string version = [] {
        std::size_t hash = 0;
        for (const auto& asset : assets()) hash = hash * 31 + std::hash<std::string_view>{}(asset.content);
        return std::to_string(hash);
    }();
    return version;
}

}  // namespace symbolon::voice
