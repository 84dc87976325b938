#include "symbolon/skill/verifier.hpp"

#include "chain_source.hpp"
#include "chain_store.hpp"
#include "json_read.hpp"
#include "replay_guard.hpp"
#include "timestamp.hpp"

#include "base/bytes.hpp"
#include "base/encoding.hpp"
#include "net/http.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace symbolon::skill {
namespace {

/// Delivered late and again, so they may be this old; the platform's own SDK allows the same for exactly these.
constexpr std::array<std::string_view, 5> late_types{
    "AlexaSkillEvent.SkillEnabled", "AlexaSkillEvent.SkillDisabled", "AlexaSkillEvent.SkillPermissionAccepted",
    "AlexaSkillEvent.SkillPermissionChanged", "AlexaSkillEvent.SkillAccountLinked"};
constexpr std::chrono::seconds late_tolerance{3600};

bool may_be_late(std::string_view type) {
    return std::ranges::find(late_types, type) != late_types.end();
}

/// The one header of that name; two would mean that somebody hopes for two readers to choose differently.
std::optional<std::string_view> find_header(const HttpHeaders& headers, std::string_view wanted) {
    const std::string* found = nullptr;
    for (const auto& [name, value] : headers) {
        if (!net::equal_without_case(name, wanted)) continue;
        if (found != nullptr) throw VerificationError("two headers " + std::string(wanted));
        found = &value;
    }
    if (found == nullptr) return std::nullopt;
    return *found;
}

std::string_view get_header(const HttpHeaders& headers, std::string_view wanted) {
    const auto found = find_header(headers, wanted);
    if (!found || found->empty()) throw VerificationError("no header " + std::string(wanted));
    return *found;
}

enum class Hash { sha256, sha1 };

struct Signature {
    Hash hash;
    Bytes bytes;

    bool fits(const crypto::x509::TrustedChain& chain, std::string_view body) const {
        return hash == Hash::sha256 ? chain.verify_sha256(bytes_of(body), bytes)
                                    : chain.verify_sha1(bytes_of(body), bytes);
    }
};

/// `Signature-256` decides wherever it is, even empty: whoever could take it away must not choose the weaker hash.
Signature read_signature(const HttpHeaders& headers, bool accept_sha1) {
    const bool older = accept_sha1 && !find_header(headers, "Signature-256");
    const std::string_view name = older ? "Signature" : "Signature-256";
    auto bytes = parse_base64(get_header(headers, name));
    if (!bytes) throw VerificationError(std::string(name) + " is not base64");
    return {older ? Hash::sha1 : Hash::sha256, *std::move(bytes)};
}

void check_not_encoded(const HttpHeaders& headers) {
    for (const auto& [name, value] : headers) {
        if (net::equal_without_case(name, "Content-Encoding") && !net::equal_without_case(value, "identity")) {
            throw VerificationError("the body is encoded: " + value);
        }
    }
}

json::object parse_body(const std::string& body, json::storage_ptr storage) {
    boost::system::error_code failure;
    auto value = json::parse(body, failure, std::move(storage));
    if (failure || !value.is_object()) throw VerificationError("the body is not a JSON object");
    return std::move(value.as_object());
}

std::string_view application_id_of(const json::object& envelope) {
    const auto* context = find_object(envelope, "context");
    const auto* system = context == nullptr ? nullptr : find_object(*context, "System");
    const auto* application = system == nullptr ? nullptr : find_object(*system, "application");
    return application == nullptr ? std::string_view{} : text_or_empty(*application, "applicationId");
}

}  // namespace

struct Verifier::Impl {
    explicit Impl(VerifierOptions given)
        : options(std::move(given)), sources(options.trust), chains(options.fetch), replays(options.max_remembered) {}

    VerifierOptions options;
    ChainSources sources;
    ChainStore chains;
    ReplayGuard replays;

    /// What a request says of its signature, nothing proven yet.
    struct Claim {
        ChainSource source;
        Signature signature;
    };

    Claim read_claim(const HttpRequest& request) {
        if (request.body.size() > options.max_body) throw VerificationError("the body is too large");
        check_not_encoded(request.headers);
        const auto url_text = get_header(request.headers, "SignatureCertChainUrl");
        auto signature = read_signature(request.headers, options.accept_sha1);
        return {sources.get(url_text), std::move(signature)};
    }

    json::object verify(const std::string& body, const Claim& claim, const crypto::x509::TrustedChain& chain, Time now,
                        json::storage_ptr storage) {
        if (!claim.signature.fits(chain, body)) throw VerificationError("the signature does not fit the body");
        auto envelope = parse_body(body, std::move(storage));
        const auto* in = find_object(envelope, "request");
        if (in == nullptr) throw VerificationError("the envelope has no request");
        const Time until = verify_timestamp(*in, *claim.source.profile, now);
        // Before the id is remembered: a signed request for somebody else's skill must not fill our memory.
        verify_application(envelope);
        verify_new(*in, until, now);
        return envelope;
    }

    /// Returns until when the timestamp will be acceptable.
    Time verify_timestamp(const json::object& in, const TrustProfile& profile, Time now) const {
        const auto sent = parse_timestamp(text_or_empty(in, "timestamp"));
        if (!sent) throw VerificationError("the request has no valid timestamp");
        const auto tolerance = profile.rules().tolerance;
        const auto past = may_be_late(text_or_empty(in, "type")) ? std::max(late_tolerance, tolerance) : tolerance;
        if (*sent < now - past) throw VerificationError("the request is stale");
        if (*sent > now + tolerance) throw VerificationError("the request is from the future");
        return *sent + past;
    }

    void verify_application(const json::object& envelope) const {
        const auto id = application_id_of(envelope);
        if (std::ranges::find(options.skill_ids, id) == options.skill_ids.end()) {
            throw VerificationError("the request is for another skill");
        }
    }

    void verify_new(const json::object& in, Time until, Time now) {
        const auto id = find_text(in, "requestId");
        if (!id) throw VerificationError("the request has no requestId");
        switch (replays.remember(*id, until, now)) {
            case Novelty::fresh:
                return;
            case Novelty::seen:
                throw VerificationError("the request was seen before");
            case Novelty::cannot_tell:
                throw VerificationError("too many requests to tell whether this one is new");
        }
    }
};

Verifier::Verifier(VerifierOptions options) {
    if (options.skill_ids.empty()) throw std::invalid_argument("a skill that is served needs its skill id");
    if (options.trust.empty()) throw std::invalid_argument("a skill that is served needs a trust profile");
    impl_ = std::make_unique<Impl>(std::move(options));
}
Verifier::~Verifier() = default;
Verifier::Verifier(Verifier&&) noexcept = default;

json::object Verifier::verify(const HttpRequest& request, json::storage_ptr storage) {
    const Time now = impl_->options.now();
    const auto claim = impl_->read_claim(request);
    const auto chain = impl_->chains.get(claim.source, now);
    return impl_->verify(request.body, claim, chain, now, std::move(storage));
}

std::optional<json::object> Verifier::verify_at_once(const HttpRequest& request, json::storage_ptr storage) {
    const Time now = impl_->options.now();
    const auto claim = impl_->read_claim(request);
    const auto chain = impl_->chains.find(claim.source, now);
    if (!chain) return std::nullopt;
    return impl_->verify(request.body, claim, *chain, now, std::move(storage));
}

std::optional<std::string> Verifier::find_event_id(const json::object& envelope) {
    const auto* in = find_object(envelope, "request");
    if (in == nullptr || !may_be_late(text_or_empty(*in, "type"))) return std::nullopt;
    const auto id = find_text(*in, "requestId");
    return id ? std::optional(std::string(*id)) : std::nullopt;
}

void Verifier::allow_redelivery(std::string_view event_id) {
    impl_->replays.forget(event_id);
}

}  // namespace symbolon::skill
