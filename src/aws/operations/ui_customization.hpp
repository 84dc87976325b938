#pragma once

#include "aws/operation.hpp"

#include <optional>
#include <span>
#include <string>

/// The look of the classic hosted pages (cognito-api.md §2.15, §5.11).
namespace symbolon::aws {

namespace shape {
using Css = Text<struct CssTag, 0, 131072>;
using ImageFile = Text<struct ImageFileTag, 0, 174764>;  ///< base64 of 131072 bytes
}  // namespace shape

struct GetUICustomizationRequest {
    shape::UserPoolId UserPoolId;
    std::optional<shape::ClientId> ClientId;
};
BOOST_DESCRIBE_STRUCT(GetUICustomizationRequest, (), (UserPoolId, ClientId))

struct SetUICustomizationRequest {
    shape::UserPoolId UserPoolId;
    std::optional<shape::ClientId> ClientId;
    std::optional<shape::Css> CSS;
    std::optional<shape::ImageFile> ImageFile;
};
BOOST_DESCRIBE_STRUCT(SetUICustomizationRequest, (), (UserPoolId, ClientId, CSS, ImageFile))

/// Without members when there is no look.
struct UICustomizationType {
    std::optional<std::string> UserPoolId;
    std::optional<std::string> ClientId;
    std::optional<std::string> ImageUrl;
    std::optional<std::string> CSS;
    std::optional<std::string> CSSVersion;
    std::optional<Timestamp> LastModifiedDate;
    std::optional<Timestamp> CreationDate;
};
BOOST_DESCRIBE_STRUCT(UICustomizationType, (),
                      (UserPoolId, ClientId, ImageUrl, CSS, CSSVersion, LastModifiedDate, CreationDate))

struct UICustomizationResponse {
    UICustomizationType UICustomization;
};
BOOST_DESCRIBE_STRUCT(UICustomizationResponse, (), (UICustomization))

/// What a client shows: its own look, else the pool's. Without ClientId, or with ALL: the pool's.
/// Fails: resource_not_found.
UICustomizationResponse get_ui_customization(Scope scope, const GetUICustomizationRequest& in);
/// Replaces the look; without CSS and ImageFile takes it away. Fails: resource_not_found, invalid_parameter (the pool
/// has no domain, the style sheet, the picture).
UICustomizationResponse set_ui_customization(Scope scope, const SetUICustomizationRequest& in);

std::span<const Operation> ui_customization_operations();

}  // namespace symbolon::aws
