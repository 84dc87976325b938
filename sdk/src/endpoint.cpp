#include "symbolon/skill/endpoint.hpp"

#include "symbolon/skill/verifier.hpp"

#include "answer_limit.hpp"

#include <boost/json/monotonic_resource.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/storage_ptr.hpp>

#include <array>
#include <cstddef>
#include <exception>
#include <optional>
#include <utility>

namespace symbolon::skill {

namespace {

constexpr std::size_t usual_envelope = 16 * 1024;  // bytes that the values of most requests take

}  // namespace

struct Endpoint::Impl {
    Skill skill;
    Verifier verifier;
    Now now;
    Log log;

    /// `verify` returns the envelope, or nothing when it cannot say without waiting.
    template <class Verify>
    std::optional<HttpResponse> answer(const HttpRequest& request, Verify verify) {
        if (request.method != "POST") return HttpResponse{405, {{"Allow", "POST"}}, {}};
        // Envelope and answer live only here: two hundred small pieces of memory, given back as one.
        std::array<unsigned char, usual_envelope> block;
        json::monotonic_resource memory(block.data(), block.size());
        std::optional<json::object> envelope;
        try {
            envelope = verify(&memory);
        } catch (const VerificationError& error) {
            log(LogLevel::warning, "request_refused", error.what());
            return HttpResponse{400, {}, {}};
        }
        if (!envelope) return std::nullopt;
        return invoke(*std::move(envelope));
    }

    /// 500 tells the platform that the skill failed; an event that we failed to process may come again.
    HttpResponse invoke(json::object envelope) {
        const auto event_id = Verifier::find_event_id(envelope);
        const Invocation invocation{.deadline = now() + answer_limit};
        try {
            const auto answer = skill.invoke(std::move(envelope), invocation);
            return {200, {{"Content-Type", "application/json;charset=UTF-8"}}, json::serialize(answer)};
        } catch (const std::exception& error) {
            log(LogLevel::error, "skill_failed", error.what());
            if (event_id) verifier.allow_redelivery(*event_id);
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
                       .accept_sha1 = options.accept_sha1,
                       .fetch = std::move(options.fetch),
                       .now = options.now});
    impl_ = std::make_unique<Impl>(
        Impl{std::move(skill), std::move(verifier), std::move(options.now), std::move(options.log)});
}
Endpoint::~Endpoint() = default;
Endpoint::Endpoint(Endpoint&&) noexcept = default;

HttpResponse Endpoint::answer(const HttpRequest& request) {
    return *impl_->answer(request, [&](json::storage_ptr storage) {
        return std::optional(impl_->verifier.verify(request, std::move(storage)));
    });
}

std::optional<HttpResponse> Endpoint::answer_at_once(const HttpRequest& request) {
    return impl_->answer(request, [&](json::storage_ptr storage) {
        return impl_->verifier.verify_at_once(request, std::move(storage));
    });
}

}  // namespace symbolon::skill
