#pragma once

#include "symbolon/skill/http.hpp"
#include "symbolon/skill/time.hpp"
#include "symbolon/skill/trust_profile.hpp"

#include <boost/json/object.hpp>

#include <cstddef>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

namespace symbolon::skill {

namespace json = boost::json;

/// The request is not proven to come from a trusted platform, for this skill, now. what() is for the log only.
class VerificationError : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

struct VerifierOptions {
    std::vector<std::string> skill_ids = {};  ///< at least one
    std::vector<TrustProfile> trust = {TrustProfile::amazon()};
    std::size_t max_body = 256 * 1024;     ///< bytes
    std::size_t max_remembered = 1 << 18;  ///< request ids held against replay; full: refuses
    Fetch fetch = http_fetch();
    Now now = system_now();
};

/// Proves that a request was signed by a trusted platform. Holds the certificate chains and the request ids seen, so
/// there is one per endpoint. Threads: any.
class Verifier {
public:
    /// Fails: std::invalid_argument (no skill id, no trust profile).
    explicit Verifier(VerifierOptions options);
    ~Verifier();
    Verifier(Verifier&&) noexcept;

    /// Checks, in this order: size and headers, the chain's URL, the chain, the signature over the raw bytes, the
    /// timestamp, the application, and that the request is new. The legacy SHA-1 `Signature` header is not looked at.
    /// Returns the envelope; until then nothing of the body is believed.
    /// Fails: VerificationError. Spec: Alexa Skills Kit, "Host a custom skill as a web service".
    json::object verify(const HttpRequest& request);

    /// Lets a skill event that we failed to process be delivered again; other requests stay used up.
    void allow_redelivery(const json::object& envelope);

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace symbolon::skill
