#include "voice/identity.hpp"

#include "base/encoding.hpp"
#include "base/error.hpp"
#include "base/run.hpp"
#include "voice/store.hpp"

#include <chrono>
#include <utility>

namespace symbolon::voice {

namespace {

constexpr std::chrono::days certificate_life{3650};

/// A setting that is made once.
template <class Make>
std::string find_or_make(Store& store, std::string_view name, Make make) {
    if (auto found = store.find_setting(name)) return std::move(*found);
    std::string value = make();
    store.save_setting(name, value);
    return value;
}

/// Made anew for another name, since the old leaf does not prove it.
crypto::x509::LocalAuthority load_authority(Store& store, Instant now, const std::string& name) {
    const bool same_name = store.find_setting("certificate_name").value_or(std::string(certificate_name)) == name;
    const auto root = store.find_setting("root_pem");
    const auto leaf = store.find_setting("leaf_pem");
    const auto key = store.find_setting("leaf_key_pem");
    const auto other_name = store.find_setting("other_name_pem");
    const auto expired = store.find_setting("expired_pem");
    if (same_name && root && leaf && key && other_name && expired) return {*root, *leaf, *key, *other_name, *expired};
    auto made = crypto::x509::make_local_authority(name, now - std::chrono::hours(1), now + certificate_life);
    store.save_setting("certificate_name", name);
    store.save_setting("root_pem", made.root_pem);
    store.save_setting("leaf_pem", made.leaf_pem);
    store.save_setting("leaf_key_pem", made.leaf_key_pem);
    store.save_setting("other_name_pem", made.other_name_pem);
    store.save_setting("expired_pem", made.expired_pem);
    return made;
}

}  // namespace

Identity load_identity(const Assistant::Parts& parts) {
    constexpr std::string_view vendor_letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    const auto now = parts.clock.now();
    const auto load = [&](db::Transaction& tx) {
        Store store(tx, parts.sealer);
        return Identity{find_or_make(store, "vendor_id", [&] { return "M" + parts.random.text(13, vendor_letters); }),
                        find_or_make(store, "access_token", [&] { return parts.random.token(); }),
                        load_authority(store, now, parts.signing.certificate_name)};
    };
    return run(parts.db.write(load));
}

crypto::jose::SigningKey signing_key(const Identity& identity) {
    std::string base64;
    const std::string& pem = identity.authority.leaf_key_pem;
    const auto begin = pem.find('\n');
    const auto end = pem.find("-----END");
    if (begin != std::string::npos && end != std::string::npos) base64 = pem.substr(begin, end - begin);
    std::erase_if(base64, [](char c) { return c == '\n' || c == '\r'; });
    const auto der = parse_base64(base64);
    if (!der) throw Error(Errc::internal, "", "the assistant's key is not PEM");
    return crypto::jose::SigningKey::from_der(*der);
}

std::vector<RedirectUrl> redirect_urls(const std::string& vendor_id) {
    const std::string path = "/api/skill/link/" + vendor_id;
    return {{"North America", path}, {"Europe", "/eu" + path}, {"Far East", "/fe" + path}};
}

}  // namespace symbolon::voice
