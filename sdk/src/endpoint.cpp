#include "symbolon/skill/endpoint.hpp"

#include "symbolon/skill/verifier.hpp"

#include <boost/json/serialize.hpp>

#include <exception>
#include <utility>

namespace symbolon::skill {

struct Endpoint::Impl {
    Skill skill;
    Verifier verifier;
    Log log;

    /// 500 tells the platform that the skill failed; an event that we failed to process may come again.
    HttpResponse invoke(const json::object& envelope) {
        try {
            return {200, {{"Content-Type", "application/json;charset=UTF-8"}}, json::serialize(skill.invoke(envelope))};
        } catch (const std::exception& error) {
            log(LogLevel::error, "skill_failed", error.what());
            verifier.allow_redelivery(envelope);
            return {500, {}, {}};
        }
    }
};

Endpoint::Endpoint(Skill skill, EndpointOptions options) {
    for (const auto& profile : options.trust) {
        if (profile.is_amazon()) continue;
        options.log(LogLevel::warning, "local_trust_enabled",
                    "requests signed by a local assistant are accepted, chains from " + profile.rules().scheme + "://" +
                        profile.rules().hosts.front() + profile.rules().path_prefix);
    }
    Verifier verifier({.skill_ids = skill.skill_ids(),
                       .trust = std::move(options.trust),
                       .max_body = options.max_body,
                       .max_remembered = options.max_remembered,
                       .fetch = std::move(options.fetch),
                       .now = std::move(options.now)});
    impl_ = std::make_unique<Impl>(Impl{std::move(skill), std::move(verifier), std::move(options.log)});
}
Endpoint::~Endpoint() = default;
Endpoint::Endpoint(Endpoint&&) noexcept = default;

HttpResponse Endpoint::answer(const HttpRequest& request) {
    if (request.method != "POST") return {405, {{"Allow", "POST"}}, {}};
    json::object envelope;
    try {
        envelope = impl_->verifier.verify(request);
    } catch (const VerificationError& error) {
        impl_->log(LogLevel::warning, "request_refused", error.what());
        return {400, {}, {}};
    }
    return impl_->invoke(envelope);
}

}  // namespace symbolon::skill
