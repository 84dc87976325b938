#pragma once

#include "directory/brandings.hpp"

#include <boost/json/object.hpp>

#include <string>
#include <string_view>
#include <vector>

/// What of a style of managed login (oauth-and-hosted-ui.md §3.6) has an effect on these pages. Pure.
namespace symbolon::pages {

/// Light and dark: as the browser wishes, or one for everybody.
enum class Scheme { dynamic, light, dark };

/// A style that says nothing of it leaves it to the browser.
Scheme scheme_of(const boost::json::object& settings);

using Assets = std::vector<directory::AssetType>;

/// The picture of a category for the dark or for the light, which does for both where it has to; null without one.
const directory::AssetType* find_picture(const Assets& assets, directory::AssetCategoryType category, Scheme scheme);
/// Its address below the style sheet's own; it changes with the picture.
std::string address_of(const directory::AssetType& picture);

/// The logo that the style shows; none when it is off, or there is no picture.
struct Logo {
    const directory::AssetType* light = nullptr;
    const directory::AssetType* dark = nullptr;  ///< null: as the light one
};
Logo logo_of(const boost::json::object& settings, const Assets& assets);
/// The icon of the browser's tab; null: ours.
const directory::AssetType* favicon_of(const boost::json::object& settings, const Assets& assets);

/// The style sheet that is laid over that of the pages. Values are colours of 6 or 8 hexadecimal digits and lengths in
/// pixels; what is of another form is passed over, so nothing else can get in here.
std::string make_managed_style(const boost::json::object& settings, const Assets& assets);

}  // namespace symbolon::pages
