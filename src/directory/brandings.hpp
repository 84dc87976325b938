#pragma once

#include "base/clock.hpp"
#include "base/id.hpp"
#include "base/shape/list.hpp"
#include "base/shape/text.hpp"
#include "db/transaction.hpp"
#include "directory/pool_documents.hpp"

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>
#include <boost/json/value.hpp>

#include <optional>
#include <string>
#include <string_view>

/// Styles of managed login, one for a client at most (cognito-api.md §2.15, §5.11).
namespace symbolon::directory {

bool is_uuid_v4(std::string_view text);
bool is_resource_id(std::string_view text);

namespace shape {
inline constexpr Pattern uuid_v4{
    "^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[4][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}$", is_uuid_v4};
inline constexpr Pattern resource_id_form{R"(^[\w\- ]+$)", is_resource_id};
using ManagedLoginBrandingId = Text<struct ManagedLoginBrandingIdTag, 0, 0, uuid_v4>;
using ResourceId = Text<struct ResourceIdTag, 1, 40, resource_id_form>;
}  // namespace shape

BOOST_DEFINE_ENUM_CLASS(AssetCategoryType, AUTH_APP_GRAPHIC, EMAIL_GRAPHIC, FAVICON_ICO, FAVICON_SVG, FORM_BACKGROUND,
                        FORM_LOGO, IDP_BUTTON_ICON, PAGE_BACKGROUND, PAGE_FOOTER_BACKGROUND, PAGE_FOOTER_LOGO,
                        PAGE_HEADER_BACKGROUND, PAGE_HEADER_LOGO, PASSKEY_GRAPHIC, PASSWORD_GRAPHIC, SMS_GRAPHIC)
BOOST_DEFINE_ENUM_CLASS(ColorSchemeModeType, DARK, DYNAMIC, LIGHT)
BOOST_DEFINE_ENUM_CLASS(AssetExtensionType, ICO, JPEG, PNG, SVG, WEBP)

/// A picture of a style. `Bytes` is base64.
struct AssetType {
    AssetCategoryType Category{};
    ColorSchemeModeType ColorMode{};
    AssetExtensionType Extension{};
    std::optional<std::string> Bytes;
    std::optional<shape::ResourceId> ResourceId;
};
BOOST_DESCRIBE_STRUCT(AssetType, (), (Category, ColorMode, Extension, Bytes, ResourceId))

/// What CreateManagedLoginBranding and UpdateManagedLoginBranding take, and what is stored.
struct BrandingContent {
    std::optional<bool> UseCognitoProvidedValues;
    std::optional<boost::json::value> Settings;
    std::optional<List<AssetType, 0, 40>> Assets;
};
BOOST_DESCRIBE_STRUCT(BrandingContent, (), (UseCognitoProvidedValues, Settings, Assets))

using Branding = Document<BrandingContent>;

/// Fails: invalid_parameter (nothing given, or Settings beside the service's own; Settings is no object; an asset is
/// larger than 1,000,000 bytes, has no picture, or a picture of another kind than its extension says), invalid_json (no
/// base64).
void check_new_branding(const BrandingContent& given);
/// What a style becomes by a change: what is not given stays, unless it is UseCognitoProvidedValues. Fails, as above.
BrandingContent change_branding(const BrandingContent& stored, const BrandingContent& given);
/// The style with everything that it does not say itself, as the pages show it.
BrandingContent merge_defaults(BrandingContent branding);

class Brandings {
public:
    explicit Brandings(db::Transaction& tx) : tx_(tx) {}

    /// Fails: branding_exists, when the client has a style.
    void create(const PoolId& pool, const Branding& branding);
    /// Fails: resource_not_found.
    Branding get(const PoolId& pool, const std::string& id);
    Branding get_of_client(const PoolId& pool, const ClientId& client);
    std::optional<Branding> find_of_client(const PoolId& pool, const ClientId& client);
    void save(const PoolId& pool, const Branding& branding);
    void erase(const PoolId& pool, const Branding& branding);

private:
    db::Transaction& tx_;
};

}  // namespace symbolon::directory
