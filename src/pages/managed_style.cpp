#include "pages/managed_style.hpp"

#include "base/bytes.hpp"
#include "base/encoding.hpp"
#include "base/shape/choice.hpp"
#include "crypto/hash.hpp"

#include <algorithm>
#include <array>
#include <optional>

namespace symbolon::pages {

namespace json = boost::json;
using directory::AssetCategoryType;
using directory::AssetType;
using directory::ColorSchemeModeType;

namespace {

/// A colour of the settings, and the declaration that it ends. `*` is lightMode or darkMode.
struct ColourRule {
    std::string_view path;
    std::string_view selector;
    std::string_view declaration;
};
constexpr std::array colour_rules{
    ColourRule{"components.pageBackground.*.color", ":root", "--ground-start:"},
    ColourRule{"components.pageBackground.*.color", ":root", "--ground-end:"},
    ColourRule{"components.form.*.backgroundColor", ":root", "--surface:"},
    ColourRule{"components.form.*.borderColor", ".card", "box-shadow:0 0 0 1px "},
    ColourRule{"components.pageText.*.headingColor", "h1", "color:"},
    ColourRule{"components.pageText.*.bodyColor", ":root", "--ink:"},
    ColourRule{"components.pageText.*.descriptionColor", ":root", "--ink-soft:"},
    ColourRule{"components.alert.*.error.backgroundColor", ".alert-error", "background:"},
    ColourRule{"components.alert.*.error.borderColor", ".alert-error", "border-color:"},
    ColourRule{"components.primaryButton.*.defaults.backgroundColor", ".button-primary", "background:"},
    ColourRule{"components.primaryButton.*.defaults.textColor", ".button-primary", "color:"},
    ColourRule{"components.primaryButton.*.hover.backgroundColor", ".button-primary:hover", "background:"},
    ColourRule{"components.primaryButton.*.hover.textColor", ".button-primary:hover", "color:"},
    ColourRule{"components.primaryButton.*.active.backgroundColor", ".button-primary:active", "background:"},
    ColourRule{"components.primaryButton.*.active.textColor", ".button-primary:active", "color:"},
    ColourRule{"components.secondaryButton.*.defaults.backgroundColor", ".button-secondary", "background:"},
    ColourRule{"components.secondaryButton.*.defaults.borderColor", ".button-secondary", "border-color:"},
    ColourRule{"components.secondaryButton.*.defaults.textColor", ".button-secondary", "color:"},
    ColourRule{"components.secondaryButton.*.hover.backgroundColor", ".button-secondary:hover", "background:"},
    ColourRule{"components.secondaryButton.*.hover.borderColor", ".button-secondary:hover", "border-color:"},
    ColourRule{"components.secondaryButton.*.hover.textColor", ".button-secondary:hover", "color:"},
    ColourRule{"components.idpButton.standard.*.defaults.backgroundColor", ".providers .button", "background:"},
    ColourRule{"components.idpButton.standard.*.defaults.borderColor", ".providers .button", "border-color:"},
    ColourRule{"components.idpButton.standard.*.defaults.textColor", ".providers .button", "color:"},
    ColourRule{"componentClasses.input.*.defaults.backgroundColor", ".input,.phone-number,.phone-select",
               "background-color:"},
    ColourRule{"componentClasses.input.*.defaults.borderColor", ":root", "--field-line:"},
    ColourRule{"componentClasses.input.*.placeholderColor", ":root", "--placeholder:"},
    ColourRule{"componentClasses.inputLabel.*.textColor", ".label", "color:"},
    ColourRule{"componentClasses.inputDescription.*.textColor", ".hint,.rules", "color:"},
    ColourRule{"componentClasses.link.*.defaults.textColor", "a", "color:"},
    ColourRule{"componentClasses.link.*.defaults.textColor", ".reveal-toggle,.button-link", "color:"},
    ColourRule{"componentClasses.link.*.hover.textColor", "a:hover", "color:"},
    ColourRule{"componentClasses.focusState.*.borderColor", ":focus-visible", "outline-color:"},
    ColourRule{"componentClasses.focusState.*.borderColor", ".input:focus,.phone-number:focus,.phone-select:focus",
               "border-color:"},
    ColourRule{"componentClasses.divider.*.borderColor", ":root", "--line:"},
    ColourRule{"componentClasses.statusIndicator.*.error.indicatorColor", ":root", "--danger:"},
    ColourRule{"componentClasses.statusIndicator.*.success.indicatorColor", ":root", "--good:"},
};

struct RadiusRule {
    std::string_view path;
    std::string_view selector;
};
constexpr std::array radius_rules{
    RadiusRule{"components.form.borderRadius", ".card"},
    RadiusRule{"components.alert.borderRadius", ".alert"},
    RadiusRule{"componentClasses.buttons.borderRadius", ".button,.button:focus-visible"},
    RadiusRule{"componentClasses.input.borderRadius", ".input,.input:focus"},
};
constexpr double largest_radius = 100;

/// A picture behind something, and what turns it on.
struct GroundRule {
    AssetCategoryType category;
    std::string_view enabled;
    std::string_view selector;
    std::string_view more;  ///< rules that go with it
};
constexpr std::array ground_rules{
    GroundRule{AssetCategoryType::PAGE_BACKGROUND, "components.pageBackground.image.enabled", ".page",
               ".page::before{display:none}"},
    GroundRule{AssetCategoryType::FORM_BACKGROUND, "components.form.backgroundImage.enabled", ".card", ""},
};

/// The value at a path of member names; null when there is none.
const json::value* find_value(const json::object& settings, std::string_view path, std::string_view mode = {}) {
    const auto* object = &settings;
    while (true) {
        const auto dot = path.find('.');
        auto name = path.substr(0, dot);
        if (name == "*") name = mode;
        const auto* value = object->if_contains(name);
        if (value == nullptr || dot == std::string_view::npos) return value;
        object = value->if_object();
        if (object == nullptr) return nullptr;
        path.remove_prefix(dot + 1);
    }
}

bool is_on(const json::object& settings, std::string_view path) {
    const auto* value = find_value(settings, path);
    return value != nullptr && value->is_bool() && value->get_bool();
}

/// "#rrggbbaa" of the service's "rrggbbaa"; nothing when it is of another form.
std::optional<std::string> colour_in(const json::value* value) {
    if (value == nullptr || !value->is_string()) return std::nullopt;
    const std::string_view digits(value->get_string());
    if (digits.size() != 6 && digits.size() != 8) return std::nullopt;
    if (digits.find_first_not_of("0123456789abcdefABCDEF") != std::string_view::npos) return std::nullopt;
    return "#" + std::string(digits);
}

std::string colours_of(const json::object& settings, std::string_view mode) {
    std::string out;
    for (const auto& rule : colour_rules) {
        const auto colour = colour_in(find_value(settings, rule.path, mode));
        if (!colour) continue;
        out.append(rule.selector).append("{").append(rule.declaration).append(*colour).append("}\n");
    }
    return out;
}

std::string radii_of(const json::object& settings) {
    std::string out;
    for (const auto& rule : radius_rules) {
        const auto* value = find_value(settings, rule.path);
        if (value == nullptr || !value->is_number()) continue;
        const double pixels = value->to_number<double>();
        if (!(pixels >= 0 && pixels <= largest_radius)) continue;
        const auto text = std::to_string(static_cast<int>(pixels));
        out.append(rule.selector).append("{border-radius:").append(text).append("px}\n");
    }
    return out;
}

std::string grounds_of(const json::object& settings, const Assets& assets, Scheme scheme) {
    std::string out;
    for (const auto& rule : ground_rules) {
        const auto* picture = is_on(settings, rule.enabled) ? find_picture(assets, rule.category, scheme) : nullptr;
        if (picture == nullptr) continue;
        out.append(rule.selector).append("{background-image:url(\"").append(address_of(*picture));
        out.append("\");background-position:center;background-size:cover}").append(rule.more).append("\n");
    }
    return out;
}

bool is_of(const AssetType& asset, AssetCategoryType category, ColorSchemeModeType mode) {
    return asset.Category == category && asset.ColorMode == mode && asset.Bytes;
}

}  // namespace

Scheme scheme_of(const json::object& settings) {
    const auto* value = find_value(settings, "categories.global.colorSchemeMode");
    if (value == nullptr || !value->is_string()) return Scheme::dynamic;
    if (value->get_string() == "LIGHT") return Scheme::light;
    return value->get_string() == "DARK" ? Scheme::dark : Scheme::dynamic;
}

const AssetType* find_picture(const Assets& assets, AssetCategoryType category, Scheme scheme) {
    using enum ColorSchemeModeType;
    const bool dark = scheme == Scheme::dark;
    for (const auto mode : {dark ? DARK : LIGHT, DYNAMIC, dark ? LIGHT : DARK}) {
        const auto found =
            std::find_if(assets.begin(), assets.end(), [&](const auto& a) { return is_of(a, category, mode); });
        if (found != assets.end()) return &*found;
    }
    return nullptr;
}

std::string address_of(const AssetType& picture) {
    constexpr std::size_t hash_length = 12;
    const auto hash = to_base64url(crypto::sha256(bytes_of(*picture.Bytes))).substr(0, hash_length);
    return std::string(to_name(picture.Category)) + "-" + std::string(to_name(picture.ColorMode)) + "?" + hash;
}

Logo logo_of(const json::object& settings, const Assets& assets) {
    const bool in_header = is_on(settings, "categories.global.pageHeader.enabled") &&
                           is_on(settings, "components.pageHeader.logo.enabled");
    const bool on_form = is_on(settings, "components.form.logo.enabled");
    if (!in_header && !on_form) return {};
    const auto category = on_form ? AssetCategoryType::FORM_LOGO : AssetCategoryType::PAGE_HEADER_LOGO;
    return {find_picture(assets, category, Scheme::light), find_picture(assets, category, Scheme::dark)};
}

const AssetType* favicon_of(const json::object& settings, const Assets& assets) {
    const auto* enabled = find_value(settings, "components.favicon.enabledTypes");
    const auto is_wanted = [&](std::string_view type) {
        const auto* list = enabled == nullptr ? nullptr : enabled->if_array();
        const auto is_it = [&](const json::value& one) {
            return one.is_string() && std::string_view(one.get_string()) == type;
        };
        return list == nullptr || std::any_of(list->begin(), list->end(), is_it);
    };
    const auto* drawing =
        is_wanted("SVG") ? find_picture(assets, AssetCategoryType::FAVICON_SVG, Scheme::light) : nullptr;
    if (drawing != nullptr || !is_wanted("ICO")) return drawing;
    return find_picture(assets, AssetCategoryType::FAVICON_ICO, Scheme::light);
}

std::string make_managed_style(const json::object& settings, const Assets& assets) {
    const auto scheme = scheme_of(settings);
    std::string out = radii_of(settings);
    if (scheme != Scheme::dark) out += colours_of(settings, "lightMode") + grounds_of(settings, assets, Scheme::light);
    if (scheme == Scheme::light) return out;
    const auto dark = colours_of(settings, "darkMode") + grounds_of(settings, assets, Scheme::dark);
    if (scheme == Scheme::dark) return out + dark;
    return dark.empty() ? out : out + "@media (prefers-color-scheme:dark){\n" + dark + "}\n";
}

}  // namespace symbolon::pages
