#include "symbolon/skill/verifier.hpp"

#include "chain_store.hpp"
#include "chain_url.hpp"
#include "json_read.hpp"
#include "replay_guard.hpp"
#include "timestamp.hpp"

#include "base/bytes.hpp"
#include "base/encoding.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>

#include <algorithm>
#include <array>
#include <cctype>
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

bool same_name(std::string_view a, std::string_view b) {
    return std::ranges::equal(a, b,
                              [](unsigned char x, unsigned char y) { return std::tolower(x) == std::tolower(y); });
}

/// The one header of that name; two would mean that somebody hopes for two readers to choose differently.
std::string_view get_header(const HttpHeaders& headers, std::string_view wanted) {
    const std::string* found = nullptr;
    for (const auto& [name, value] : headers) {
        if (!same_name(name, wanted)) continue;
        if (found != nullptr) throw VerificationError("two headers " + std::string(wanted));
        found = &value;
    }
    if (found == nullptr || found->empty()) throw VerificationError("no header " + std::string(wanted));
    return *found;
}

void check_not_encoded(const HttpHeaders& headers) {
    for (const auto& [name, value] : headers) {
        if (same_name(name, "Content-Encoding") && !same_name(value, "identity")) {
            throw VerificationError("the body is encoded: " + value);
        }
    }
}

json::object parse_body(const std::string& body) {
    boost::system::error_code failure;
    auto value = json::parse(body, failure);
    if (failure || !value.is_object()) throw VerificationError("the body is not a JSON object");
    return std::move(value.as_object());
}

std::string application_id_of(const json::object& envelope) {
    const auto* context = find_object(envelope, "context");
    const auto* system = context == nullptr ? nullptr : find_object(*context, "System");
    const auto* application = system == nullptr ? nullptr : find_object(*system, "application");
    return application == nullptr ? std::string{} : text_or_empty(*application, "applicationId");
}

}  // namespace

struct Verifier::Impl {
    explicit Impl(VerifierOptions given)
        : options(std::move(given)), chains(options.fetch), replays(options.max_remembered) {}

    VerifierOptions options;
    ChainStore chains;
    ReplayGuard replays;

    const TrustProfile& get_profile(const ChainUrl& url) const {
        for (const auto& profile : options.trust) {
            if (url.satisfies(profile.rules())) return profile;
        }
        throw VerificationError("no trust profile allows a chain from " + url.to_string());
    }

    const TrustProfile& verify_signature(const HttpRequest& request, Time now) {
        const auto url_text = get_header(request.headers, "SignatureCertChainUrl");
        const auto signature = parse_base64(get_header(request.headers, "Signature-256"));
        if (!signature) throw VerificationError("Signature-256 is not base64");
        const auto url = ChainUrl::parse(url_text);
        if (!url) throw VerificationError("SignatureCertChainUrl is not an acceptable URL");
        const auto& profile = get_profile(*url);
        if (!chains.get(*url, profile, now).verify_sha256(bytes_of(request.body), *signature)) {
            throw VerificationError("the signature does not fit the body");
        }
        return profile;
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

json::object Verifier::verify(const HttpRequest& request) {
    const Time now = impl_->options.now();
    if (request.body.size() > impl_->options.max_body) throw VerificationError("the body is too large");
    check_not_encoded(request.headers);
    const auto& profile = impl_->verify_signature(request, now);

    auto envelope = parse_body(request.body);
    const auto* in = find_object(envelope, "request");
    if (in == nullptr) throw VerificationError("the envelope has no request");
    const Time until = impl_->verify_timestamp(*in, profile, now);
    // Before the id is remembered: a signed request for somebody else's skill must not fill our memory.
    impl_->verify_application(envelope);
    impl_->verify_new(*in, until, now);
    return envelope;
}

void Verifier::allow_redelivery(const json::object& envelope) {
    const auto* in = find_object(envelope, "request");
    if (in != nullptr && may_be_late(text_or_empty(*in, "type")))
        impl_->replays.forget(text_or_empty(*in, "requestId"));
}

}  // namespace symbolon::skill
