#pragma once

#include "base/bytes.hpp"
#include "base/clock.hpp"
#include "base/id.hpp"
#include "db/transaction.hpp"
#include "directory/images.hpp"
#include "directory/pool_documents.hpp"

#include <boost/describe/class.hpp>

#include <optional>
#include <string>
#include <string_view>

/// The look of the classic hosted pages (cognito-api.md §2.15, §5.11).
namespace symbolon::directory {

/// What is stored of a look. A member that is "" was not given.
struct UiCustomizationContent {
    std::string css;
    std::string image;       ///< base64
    std::string image_hash;  ///< of the picture, part of its address
};
BOOST_DESCRIBE_STRUCT(UiCustomizationContent, (), (css, image, image_hash))

using UiCustomization = Document<UiCustomizationContent>;

/// Checks a look and makes it. `image` is base64, as the API has it: a PNG or JPEG of at most 128 KiB.
/// Fails: invalid_parameter (the style sheet, the picture), invalid_json (no base64).
UiCustomizationContent make_ui_customization(std::string_view css, std::string_view image);

/// A picture that is shown to browsers.
struct Picture {
    Bytes bytes;
    ImageType type{};
};

class UiCustomizations {
public:
    explicit UiCustomizations(db::Transaction& tx) : tx_(tx) {}

    /// The look of a client ("ALL": of those that have none of their own), exactly.
    std::optional<UiCustomization> find(const PoolId& pool, const std::string& client);
    /// What a client shows: its own look, or the pool's.
    std::optional<UiCustomization> find_for(const PoolId& pool, const std::string& client);
    /// Replaces the look; one without anything is none. Returns what is stored now.
    std::optional<UiCustomization> put(const PoolId& pool, const std::string& client,
                                       const UiCustomizationContent& content, Instant now);
    /// The picture of a look, if it still is the one of that hash.
    std::optional<Picture> find_picture(const PoolId& pool, const std::string& client, std::string_view hash);

private:
    db::Transaction& tx_;
};

}  // namespace symbolon::directory
