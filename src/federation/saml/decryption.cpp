#include "federation/saml/signature.hpp"
#include "federation/saml/xmlsec.hpp"

#include <xmlsec/keysmngr.h>

#include <array>
#include <memory>

// XML encryption, as far as SAML needs it: a content key for us, an assertion under it. Spec: XML Encryption 1.1 §5.
namespace symbolon::federation::saml {
namespace {

constexpr std::string_view encryption_11 = "http://www.w3.org/2009/xmlenc11#";

struct FreeContext {
    void operator()(xmlSecEncCtx* context) const { xmlSecEncCtxDestroy(context); }
};
struct FreeManager {
    void operator()(xmlSecKeysMngr* manager) const { xmlSecKeysMngrDestroy(manager); }
};
using Manager = std::unique_ptr<xmlSecKeysMngr, FreeManager>;

std::string algorithm_of(const Element& parent) {
    const auto method = parent.only_child(ns::encryption, "EncryptionMethod");
    return method ? method->attribute("Algorithm").value_or("") : std::string{};
}

/// No RSA with PKCS #1 v1.5: who may ask often enough could read what it hides (Bleichenbacher).
bool is_key_transport(const std::string& algorithm) {
    return algorithm == std::string(ns::encryption) + "rsa-oaep-mgf1p" ||
           algorithm == std::string(encryption_11) + "rsa-oaep";
}

bool is_cipher(const std::string& algorithm) {
    constexpr std::array<std::string_view, 3> cbc{"aes128-cbc", "aes192-cbc", "aes256-cbc"};
    constexpr std::array<std::string_view, 3> gcm{"aes128-gcm", "aes192-gcm", "aes256-gcm"};
    for (const auto name : cbc)
        if (algorithm == std::string(ns::encryption) + std::string(name)) return true;
    for (const auto name : gcm)
        if (algorithm == std::string(encryption_11) + std::string(name)) return true;
    return false;
}

/// The EncryptedKey, which stands within the data's KeyInfo, or beside the data (SAML Core §2.3.4).
std::optional<Element> encrypted_key(const Element& encrypted, const Element& data) {
    if (const auto info = data.only_child(ns::signature, "KeyInfo"))
        if (const auto inside = info->only_child(ns::encryption, "EncryptedKey")) return inside;
    return encrypted.only_child(ns::encryption, "EncryptedKey");
}

Manager manager_with(ByteView key) {
    Manager manager(xmlSecKeysMngrCreate());
    if (!manager || xmlSecCryptoAppDefaultKeysMngrInit(manager.get()) < 0) return nullptr;
    auto* loaded = xmlSecCryptoAppKeyLoadMemory(key.data(), static_cast<xmlSecSize>(key.size()), xmlSecKeyDataFormatDer,
                                                nullptr, nullptr, nullptr);
    if (!loaded) return nullptr;
    if (xmlSecCryptoAppDefaultKeysMngrAdoptKey(manager.get(), loaded) < 0) {
        xmlSecKeyDestroy(loaded);
        return nullptr;
    }
    return manager;
}

/// Where the key stands beside the data, it is moved to where the library looks for it.
void bring_together(const Element& data, const Element& key) {
    if (key.node()->parent->parent == data.node()) return;
    auto* info = xmlNewChild(data.node(), nullptr, reinterpret_cast<const xmlChar*>("KeyInfo"), nullptr);
    xmlSetNs(info, xmlNewNs(info, reinterpret_cast<const xmlChar*>(ns::signature.data()), nullptr));
    xmlUnlinkNode(key.node());
    xmlAddChild(info, key.node());
    auto* method = xmlFirstElementChild(data.node());  // EncryptionMethod: KeyInfo follows it
    xmlUnlinkNode(info);
    xmlAddNextSibling(method, info);
}

}  // namespace

std::optional<std::string> decrypt(Element encrypted, ByteView key) {
    start_libraries();
    const auto data = encrypted.only_child(ns::encryption, "EncryptedData");
    if (!data || !is_cipher(algorithm_of(*data))) return std::nullopt;
    const auto transported = encrypted_key(encrypted, *data);
    if (!transported || !is_key_transport(algorithm_of(*transported))) return std::nullopt;
    const auto manager = manager_with(key);
    if (!manager) return std::nullopt;
    bring_together(*data, *transported);
    const std::unique_ptr<xmlSecEncCtx, FreeContext> context(xmlSecEncCtxCreate(manager.get()));
    if (!context) return std::nullopt;
    const auto* buffer = xmlSecEncCtxDecryptToBuffer(context.get(), data->node());
    if (!buffer) return std::nullopt;
    auto* readable = const_cast<xmlSecBuffer*>(buffer);
    return std::string(reinterpret_cast<const char*>(xmlSecBufferGetData(readable)), xmlSecBufferGetSize(readable));
}

}  // namespace symbolon::federation::saml
