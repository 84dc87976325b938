#include "directory/ui_customizations.hpp"

#include "base/encoding.hpp"
#include "base/error.hpp"
#include "crypto/hash.hpp"
#include "directory/style_rules.hpp"

#include <utility>

namespace symbolon::directory {
namespace {

constexpr std::size_t max_image = 131'072;  ///< bytes
constexpr std::size_t hash_length = 24;     ///< characters of the picture's hash that its address has

DocumentKey key_of(const PoolId& pool, const std::string& client) {
    return {pool, document_kind::ui, client};
}

}  // namespace

UiCustomizationContent make_ui_customization(std::string_view css, std::string_view image) {
    check_style(css);
    UiCustomizationContent content{.css = std::string(css), .image = {}, .image_hash = {}};
    if (image.empty()) return content;
    const auto bytes = parse_base64(image);
    if (!bytes) throw Error(Errc::invalid_json, "ImageFile is not base64.");
    if (bytes->size() > max_image) throw Error(Errc::invalid_parameter, "The image is larger than 131072 bytes.");
    const auto type = detect_image(*bytes);
    if (type != ImageType::png && type != ImageType::jpeg)
        throw Error(Errc::invalid_parameter, "The image must be a PNG or JPEG file.");
    content.image = image;
    content.image_hash = to_base64url(crypto::sha256(*bytes)).substr(0, hash_length);
    return content;
}

std::optional<UiCustomization> UiCustomizations::find(const PoolId& pool, const std::string& client) {
    return find_document<UiCustomizationContent>(tx_, key_of(pool, client));
}

std::optional<UiCustomization> UiCustomizations::find_for(const PoolId& pool, const std::string& client) {
    auto own = find(pool, client);
    return own ? std::move(own) : find(pool, std::string(for_all_clients));
}

std::optional<UiCustomization> UiCustomizations::put(const PoolId& pool, const std::string& client,
                                                     const UiCustomizationContent& content, Instant now) {
    PoolDocuments documents(tx_);
    if (content.css.empty() && content.image.empty()) {
        documents.erase(key_of(pool, client));
        return std::nullopt;
    }
    const UiCustomization document{.name = client,
                                   .client_id = client == for_all_clients ? std::string() : client,
                                   .content = content,
                                   .created = now,
                                   .modified = now};
    documents.put(pool, document_kind::ui, to_stored_document(document));
    return find(pool, client);
}

std::optional<Picture> UiCustomizations::find_picture(const PoolId& pool, const std::string& client,
                                                      std::string_view hash) {
    const auto look = find(pool, client);
    if (!look || look->content.image.empty() || look->content.image_hash != hash) return std::nullopt;
    auto bytes = parse_base64(look->content.image);
    const auto type = bytes ? detect_image(*bytes) : std::nullopt;
    if (!type) return std::nullopt;
    return Picture{std::move(*bytes), *type};
}

}  // namespace symbolon::directory
