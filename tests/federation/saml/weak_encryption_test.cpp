// Ways to encrypt that are not taken though they can be read: with its algorithm's name changed, a message would be
// refused for being unreadable, so these are made as they are.
#include "federation/saml/messages.hpp"
#include "federation/saml/signature.hpp"
#include "federation/saml/xmlsec.hpp"

#include <gtest/gtest.h>
#include <xmlsec/keysmngr.h>

#include <memory>
#include <string>

namespace symbolon::federation::saml {
namespace {

struct FreeEncryption {
    void operator()(xmlSecEncCtx* context) const { xmlSecEncCtxDestroy(context); }
    void operator()(xmlSecKeysMngr* manager) const { xmlSecKeysMngrDestroy(manager); }
};
using EncryptionPtr = std::unique_ptr<xmlSecEncCtx, FreeEncryption>;
using KeysPtr = std::unique_ptr<xmlSecKeysMngr, FreeEncryption>;

struct Kind {
    std::string cipher, transport;
};

const xmlChar* to_xml(const char* text) {
    return reinterpret_cast<const xmlChar*>(text);
}

/// The receiver's key, for both directions.
KeysPtr receivers_key() {
    const auto der = test_key(1).to_der();
    KeysPtr keys(xmlSecKeysMngrCreate());
    xmlSecCryptoAppDefaultKeysMngrInit(keys.get());
    xmlSecCryptoAppDefaultKeysMngrAdoptKey(
        keys.get(), xmlSecCryptoAppKeyLoadMemory(der.data(), static_cast<xmlSecSize>(der.size()),
                                                 xmlSecKeyDataFormatDer, nullptr, nullptr, nullptr));
    return keys;
}

std::string encryption_template(const Kind& kind) {
    const std::string value = "<xenc:CipherData><xenc:CipherValue/></xenc:CipherData>";
    return "<saml:EncryptedAssertion xmlns:saml=\"" + std::string(ns::assertion) +
           "\"><xenc:EncryptedData xmlns:xenc=\"" + std::string(ns::encryption) +
           "\"><xenc:EncryptionMethod Algorithm=\"" + kind.cipher + "\"/><ds:KeyInfo xmlns:ds=\"" +
           std::string(ns::signature) + "\"><xenc:EncryptedKey><xenc:EncryptionMethod Algorithm=\"" + kind.transport +
           "\"/>" + value + "</xenc:EncryptedKey></ds:KeyInfo>" + value +
           "</xenc:EncryptedData></saml:EncryptedAssertion>";
}

/// An assertion of that kind for the receiver.
Document encrypted(const Kind& kind, const std::string& text) {
    start_libraries();
    auto document = Document::parse(encryption_template(kind)).value();
    const auto keys = receivers_key();
    const EncryptionPtr context(xmlSecEncCtxCreate(keys.get()));
    const bool triple = kind.cipher.find("tripledes") != std::string::npos;
    context->encKey =
        xmlSecKeyGenerateByName(to_xml(triple ? "des" : "aes"), triple ? 192 : 256, xmlSecKeyDataTypeSession);
    EXPECT_EQ(xmlSecEncCtxBinaryEncrypt(context.get(), document.root().children().front().node(), to_xml(text.c_str()),
                                        static_cast<xmlSecSize>(text.size())),
              0);
    return document;
}

/// What the library reads by itself.
std::string read_by_library(const Document& document) {
    const auto keys = receivers_key();
    const EncryptionPtr context(xmlSecEncCtxCreate(keys.get()));
    auto* read = xmlSecEncCtxDecryptToBuffer(context.get(), document.root().children().front().node());
    if (!read) return {};
    return {reinterpret_cast<const char*>(xmlSecBufferGetData(read)), xmlSecBufferGetSize(read)};
}

const std::string aes = "http://www.w3.org/2001/04/xmlenc#aes256-cbc";
const std::string triple_des = "http://www.w3.org/2001/04/xmlenc#tripledes-cbc";
const std::string oaep = "http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p";
const std::string pkcs1 = "http://www.w3.org/2001/04/xmlenc#rsa-1_5";

TEST(WeakEncryption, is_not_read_though_it_could_be) {
    const std::string text = "<x/>";
    const auto key = test_key(1).to_der();
    EXPECT_EQ(decrypt(encrypted({aes, oaep}, text).root(), key), text);
    for (const auto& weak : {Kind{aes, pkcs1}, Kind{triple_des, oaep}}) {
        EXPECT_EQ(read_by_library(encrypted(weak, text)), text) << weak.cipher << ' ' << weak.transport;
        EXPECT_EQ(decrypt(encrypted(weak, text).root(), key), std::nullopt) << weak.cipher << ' ' << weak.transport;
    }
}

}  // namespace
}  // namespace symbolon::federation::saml
