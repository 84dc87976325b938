#pragma once

#include "base/bytes.hpp"
#include "crypto/openssl_ptr.hpp"

#include <boost/json/object.hpp>

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// An authenticator in software, with the browser in front of it: for tests alone. Written down apart from
/// src/crypto/web_authn.
namespace symbolon::crypto::web_authn {

// CBOR, as much as is needed to write.
Bytes cbor_integer(std::int64_t number);
Bytes cbor_bytes(ByteView bytes);
Bytes cbor_text(std::string_view text);
Bytes cbor_array(const std::vector<Bytes>& items);
/// Keys and values are encoded already.
Bytes cbor_map(const std::vector<std::pair<Bytes, Bytes>>& entries);

/// A key pair of an algorithm (its COSE number).
class CredentialKey {
public:
    explicit CredentialKey(int algorithm);

    int algorithm() const { return algorithm_; }
    EVP_PKEY* get() const { return key_.get(); }
    Bytes cose() const;
    Bytes sign(ByteView data) const;

private:
    int algorithm_;
    KeyPtr key_;
};

class Authenticator {
public:
    explicit Authenticator(int algorithm = -7);

    // What it says; tests change it to break one check at a time.
    std::string relying_party = "example.com";
    std::string origin = "https://app.example.com";
    std::string type;           ///< "": that of the ceremony
    std::uint8_t flags = 0x05;  ///< present and verified; the bit of attested data is set where it is due
    std::uint32_t sign_count = 0;
    bool counts = false;  ///< one more at each ceremony
    Bytes id = Bytes(32, 0xC1);
    std::string format = "none";
    std::function<Bytes(ByteView signed_data)> make_statement;  ///< none: an empty map
    std::function<void(boost::json::object&)> change_client_data;
    std::function<void(Bytes&)> change_data;  ///< the authenticator data, before it is signed
    std::array<std::uint8_t, 16> aaguid{};

    /// PublicKeyCredentialCreationOptionsJSON → RegistrationResponseJSON, and for get() likewise. Only the challenge is
    /// looked at.
    boost::json::object create(const boost::json::object& options);
    boost::json::object get(const boost::json::object& options, std::string_view user_handle = {});

    struct Created {
        Bytes client_data, attestation_object;
    };
    Created create(ByteView challenge);
    struct Asserted {
        Bytes client_data, authenticator_data, signature;
    };
    Asserted get(ByteView challenge);

    CredentialKey key;

private:
    Bytes client_data(std::string_view ceremony, ByteView challenge);
    Bytes authenticator_data(bool attested);
};

/// A statement of the format `packed` by the credential's own key.
std::function<Bytes(ByteView)> self_attestation(const Authenticator& authenticator);

/// How the certificate of a make_certified_attestation differs from a good one.
struct CertificateFlaws {
    std::string organizational_unit = "Authenticator Attestation";
    bool authority = false;
    bool basic_constraints = true;
    long version = 2;
    std::optional<Bytes> aaguid = {};  ///< the extension's value
    bool another_key = false;          ///< signs with a key that is not the certificate's
};
std::function<Bytes(ByteView)> certified_attestation(const CertificateFlaws& flaws = {});

}  // namespace symbolon::crypto::web_authn
