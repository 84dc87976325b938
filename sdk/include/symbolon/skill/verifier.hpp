#pragma once

#include "symbolon/skill/http.hpp"
#include "symbolon/skill/time.hpp"
#include "symbolon/skill/trust_profile.hpp"

#include <boost/json/object.hpp>
#include <boost/json/storage_ptr.hpp>

#include <cstddef>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
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
    /// Believe the older header `Signature` (SHA-1) of a request that has no `Signature-256`. The platform sends both,
    /// so this is only for senders that know no other.
    bool accept_sha1 = false;
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
    /// timestamp, the application, and that the request is new. Where there is a `Signature-256`, it alone decides.
    /// Returns the envelope, made in `storage`, which must outlive it; until then nothing of the body is believed.
    /// Fails: VerificationError. Spec: Alexa Skills Kit, "Host a custom skill as a web service".
    json::object verify(const HttpRequest& request, json::storage_ptr storage = {});
    /// The same for who must not wait: nothing, and nothing remembered, when the chain has to be fetched first.
    std::optional<json::object> verify_at_once(const HttpRequest& request, json::storage_ptr storage = {});

    /// The request id of a skill event, which the platform delivers again until it is answered; nothing for every other
    /// request.
    static std::optional<std::string> find_event_id(const json::object& envelope);
    /// Lets a skill event that we failed to process come again; other requests stay used up.
    void allow_redelivery(std::string_view event_id);

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace symbolon::skill
