#include "signin/srp_exchange.hpp"

#include "base/encoding.hpp"
#include "crypto/work_pool.hpp"
#include "signin/refusals.hpp"

#include <chrono>
#include <utility>

namespace symbolon::signin {
namespace {

namespace srp = crypto::srp;

constexpr std::size_t proof_id_bytes = 16;
constexpr std::size_t longest_block = 4096;

bool is_about_now(std::string_view timestamp, Instant now) {
    const auto time = srp::parse_timestamp(timestamp);
    return time && *time >= now - srp::timestamp_tolerance && *time <= now + srp::timestamp_tolerance;
}

}  // namespace

std::string parse_srp_a(std::string_view hex) {
    const auto value = srp::parse_client_value(hex);
    if (!value) throw Error{Errc::invalid_parameter, "SRP_A is not a valid public value."};
    return to_base64url(*value);
}

Task<Challenge> ask_srp(Context context, Standing standing, srp::Verifier verifier) {
    std::string salt = srp::to_wire(verifier.salt);
    auto work = [random = &context.services.random, verifier = std::move(verifier)] {
        return srp::make_server_value(verifier, *random);
    };
    const auto made = co_await context.services.hasher.workers().run(std::move(work));
    standing.progress.srp_b = to_base64url(bytes_of(made.secret.reveal()));
    auto challenge = begin_challenge(context, standing, context.services.random.token(proof_id_bytes));
    challenge.device_key = standing.progress.device_key;
    challenge.srp = SrpQuestion{.salt = std::move(salt),
                                .b = srp::to_wire(made.value),
                                .secret_block = to_base64(parse_base64url(challenge.session).value())};
    // As live: in the plain flow the block stands alone.
    if (standing.progress.flow == Flow::srp && standing.asked == ChallengeKind::password_verifier)
        challenge.session.clear();
    co_return challenge;
}

std::string session_of(const SrpClaim& claim) {
    if (claim.secret_block.size() > longest_block) throw to_error(SealedProof::Fault::invalid);
    const auto block = parse_base64(claim.secret_block);
    if (!block) throw to_error(SealedProof::Fault::invalid);
    std::string session = to_base64url(*block);
    if (!claim.session.empty() && claim.session != session) throw to_error(SealedProof::Fault::invalid);
    if (!srp::parse_timestamp(claim.timestamp))
        throw Error{Errc::invalid_parameter, "TIMESTAMP format should be EEE MMM d HH:mm:ss z yyyy in english"};
    return session;
}

Task<bool> check_claim(Context context, srp::Identity identity, srp::Verifier verifier, Progress progress,
                       SrpClaim claim) {
    const auto block = parse_base64(claim.secret_block);
    const auto signature = parse_base64(claim.signature);
    const auto a = parse_base64url(progress.srp_a);
    const auto b = parse_base64url(progress.srp_b);
    if (!block || !a || !b) co_return false;
    // What cannot be a signature costs the same.
    const Bytes shown = signature ? *signature : Bytes();
    auto work = [&] {
        auto server = srp::restore_server_value(verifier, srp::ServerSecret(text_of(*b)));
        const srp::Claim shown_claim{.secret_block = *block, .timestamp = claim.timestamp, .signature = shown};
        return srp::verify_claim(identity, verifier, *a, server, shown_claim);
    };
    const bool right = co_await context.services.hasher.workers().run(std::move(work));
    co_return right&& is_about_now(claim.timestamp, context.now);
}

}  // namespace symbolon::signin
