#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace symbolon::bench {

/// The client's side of SRP, as the SDKs do it. One secret number serves all sign-ins: the server cannot tell, and pays
/// the same. Spec: cognito-api.md §3.4.
class SrpClient {
public:
    SrpClient();
    ~SrpClient();

    const std::string& value() const { return value_; }  ///< SRP_A

    struct Challenge {
        std::string pool_name;  ///< the pool's id after the first underscore
        std::string user_id;    ///< USER_ID_FOR_SRP
        std::string salt;       ///< hexadecimal
        std::string b;          ///< hexadecimal
        std::string secret_block;
    };
    /// PASSWORD_CLAIM_SIGNATURE.
    std::string sign(const Challenge& challenge, std::string_view password, std::string_view timestamp) const;

private:
    struct Numbers;
    std::unique_ptr<Numbers> numbers_;
    std::string value_;
};

}  // namespace symbolon::bench
