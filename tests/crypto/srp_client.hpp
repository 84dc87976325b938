#pragma once

#include "base/bytes.hpp"
#include "crypto/hash.hpp"
#include "crypto/openssl_ptr.hpp"

#include <string>
#include <string_view>

/// The client's side of SRP as clients of user pools have it, written down apart from src/crypto/srp.
namespace symbolon::crypto::srp {

/// One exchange. Numbers are hexadecimal, as on the wire.
class Client {
public:
    /// `secret` is a, hexadecimal.
    explicit Client(const std::string& secret);

    /// SRP_A.
    std::string value() const;

    struct Question {
        std::string group, name;  ///< of the secret
        std::string password;
        std::string salt, server_value;  ///< SALT, SRP_B
        Bytes secret_block;
        std::string timestamp;
    };
    /// PASSWORD_CLAIM_SIGNATURE, not encoded.
    Bytes sign(const Question& question) const;

    /// The private key x and the verifier that a device makes (ConfirmDevice), as padded bytes.
    static Digest private_key(std::string_view group, std::string_view name, std::string_view password,
                              std::string_view salt);
    static Bytes verifier(const Digest& private_key);
    /// The shortest two's complement of a number.
    static Bytes pad(const std::string& hex);

private:
    BignumPtr a_;
};

}  // namespace symbolon::crypto::srp
