#include "directory/brandings.hpp"

#include "base/encoding.hpp"
#include "base/error.hpp"
#include "directory/images.hpp"

#include <boost/json/parse.hpp>

#include <algorithm>
#include <utility>

namespace symbolon::directory {
namespace {

constexpr std::size_t max_asset = 1'000'000;  ///< bytes

/// How pages look whose style says nothing: the members that the service's style documents have.
constexpr std::string_view default_settings = R"json({
    "categories": {
        "auth": {
            "authMethodOrder": [[{"display": "BUTTON", "type": "FEDERATED"},
                                 {"display": "INPUT", "type": "USERNAME_PASSWORD"}]],
            "federation": {"interfaceStyle": "BUTTON_LIST", "order": []}
        },
        "form": {
            "displayGraphics": true,
            "instructions": {"enabled": false},
            "languageSelector": {"enabled": false},
            "location": {"horizontal": "CENTER", "vertical": "CENTER"},
            "sessionTimerDisplay": "NONE"
        },
        "global": {
            "colorSchemeMode": "LIGHT",
            "pageFooter": {"enabled": false},
            "pageHeader": {"enabled": false},
            "spacingDensity": "REGULAR"
        },
        "signUp": {"acceptanceElements": [{"enforcement": "NONE", "textKey": "en"}]}
    },
    "componentClasses": {
        "buttons": {"borderRadius": 8.0},
        "input": {"borderRadius": 8.0},
        "divider": {"lightMode": {"borderColor": "ebebf0ff"}, "darkMode": {"borderColor": "232b37ff"}}
    },
    "components": {
        "favicon": {"enabledTypes": ["ICO", "SVG"]},
        "form": {"backgroundImage": {"enabled": false}, "borderRadius": 8.0,
                 "logo": {"enabled": false, "formInclusion": "IN", "location": "CENTER", "position": "TOP"}},
        "pageBackground": {"image": {"enabled": true}},
        "pageHeader": {"backgroundImage": {"enabled": false}, "logo": {"enabled": false, "location": "START"}},
        "pageFooter": {"backgroundImage": {"enabled": false}, "logo": {"enabled": false, "location": "START"}}
    }
})json";

[[noreturn]] void refuse(std::string message) {
    throw Error(Errc::invalid_parameter, std::move(message));
}

ImageType to_image_type(AssetExtensionType extension) {
    switch (extension) {
        case AssetExtensionType::ICO:
            return ImageType::ico;
        case AssetExtensionType::JPEG:
            return ImageType::jpeg;
        case AssetExtensionType::PNG:
            return ImageType::png;
        case AssetExtensionType::SVG:
            return ImageType::svg;
        case AssetExtensionType::WEBP:
            return ImageType::webp;
    }
    return ImageType::png;
}

void check_asset(const AssetType& asset) {
    const std::string what(to_name(asset.Category));
    if (!asset.Bytes) {
        if (!asset.ResourceId) refuse("The asset " + what + " has neither Bytes nor ResourceId.");
        return;
    }
    const auto bytes = parse_base64(*asset.Bytes);
    if (!bytes) throw Error(Errc::invalid_json, "The Bytes of an asset are not base64.");
    if (bytes->size() > max_asset) refuse("The asset " + what + " is larger than 1000000 bytes.");
    if (detect_image(*bytes) != to_image_type(asset.Extension))
        refuse("The asset " + what + " is not a file of type " + std::string(to_name(asset.Extension)) + ".");
}

void check_parts(const BrandingContent& given) {
    if (given.UseCognitoProvidedValues.value_or(false) && given.Settings)
        refuse("Settings must be omitted when UseCognitoProvidedValues is true.");
    if (given.Settings && !given.Settings->is_object()) refuse("Settings must be a JSON object.");
    if (given.Assets) std::for_each(given.Assets->begin(), given.Assets->end(), check_asset);
}

/// Members of `over` replace those of `base`, objects member by member.
void lay_over(boost::json::object& base, const boost::json::object& over) {
    for (const auto& [name, value] : over) {
        auto* const former = base.if_contains(name);
        if (former && former->is_object() && value.is_object())
            lay_over(former->get_object(), value.get_object());
        else
            base[name] = value;
    }
}

[[noreturn]] void throw_unknown() {
    throw Error(Errc::resource_not_found, "Managed login branding style does not exist.");
}

}  // namespace

bool is_uuid_v4(std::string_view text) {
    constexpr std::string_view form = "hhhhhhhh-hhhh-4hhh-vhhh-hhhhhhhhhhhh";
    const auto is_hex = [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    };
    const auto fits = [&](char c, char f) {
        if (f == 'h') return is_hex(c);
        if (f == 'v') return std::string_view("89abAB").find(c) != std::string_view::npos;
        return c == f;
    };
    return std::equal(text.begin(), text.end(), form.begin(), form.end(), fits);
}

bool is_resource_id(std::string_view text) {
    const auto fits = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-' ||
               c == ' ';
    };
    return !text.empty() && std::all_of(text.begin(), text.end(), fits);
}

void check_new_branding(const BrandingContent& given) {
    if (!given.UseCognitoProvidedValues.value_or(false) && !given.Settings && !given.Assets)
        refuse("Either UseCognitoProvidedValues must be true, or Settings or Assets must be given.");
    check_parts(given);
}

BrandingContent change_branding(const BrandingContent& stored, const BrandingContent& given) {
    check_parts(given);
    if (given.UseCognitoProvidedValues.value_or(false)) return given;
    BrandingContent changed = stored;
    if (given.Settings) changed.Settings = given.Settings;
    if (given.Assets) changed.Assets = given.Assets;
    if (given.UseCognitoProvidedValues || given.Settings || given.Assets) changed.UseCognitoProvidedValues = false;
    return changed;
}

BrandingContent merge_defaults(BrandingContent branding) {
    auto merged = boost::json::parse(default_settings).as_object();
    if (branding.Settings && branding.Settings->is_object()) lay_over(merged, branding.Settings->get_object());
    branding.Settings = boost::json::value(std::move(merged));
    return branding;
}

void Brandings::create(const PoolId& pool, const Branding& branding) {
    if (!PoolDocuments(tx_).create(pool, document_kind::branding, to_stored_document(branding)))
        throw Error(Errc::branding_exists, "A managed login branding style already exists for this app client.");
}

Branding Brandings::get(const PoolId& pool, const std::string& id) {
    auto found = find_document_by_id<BrandingContent>(tx_, pool, document_kind::branding, id);
    if (!found) throw_unknown();
    return std::move(*found);
}

std::optional<Branding> Brandings::find_of_client(const PoolId& pool, const ClientId& client) {
    return find_document<BrandingContent>(tx_, {pool, document_kind::branding, client.str()});
}

Branding Brandings::get_of_client(const PoolId& pool, const ClientId& client) {
    auto found = find_of_client(pool, client);
    if (!found) throw_unknown();
    return std::move(*found);
}

void Brandings::save(const PoolId& pool, const Branding& branding) {
    PoolDocuments(tx_).put(pool, document_kind::branding, to_stored_document(branding));
}

void Brandings::erase(const PoolId& pool, const Branding& branding) {
    if (!PoolDocuments(tx_).erase({pool, document_kind::branding, branding.name})) throw_unknown();
}

}  // namespace symbolon::directory
