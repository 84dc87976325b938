#include "signin/mfa_setup.hpp"

#include "directory/clients.hpp"
#include "signin/refusals.hpp"

#include <utility>

namespace symbolon::signin {
namespace {

constexpr std::size_t proof_id_bytes = 16;

ProofBinding binding_of(const directory::Pool& pool, const directory::Client& client, std::string_view browser) {
    return ProofBinding{pool, client, ChallengeKind::mfa_setup, browser};
}

std::string seal(const Services& services, const ProofBinding& binding, const directory::User& user,
                 std::string proof_id, Progress progress, Instant now) {
    const Subject subject{.key = user.id, .username = user.username, .login = {}, .user = user};
    const SealedProof proof(binding, subject, std::move(proof_id), now + binding.client.challenge_life(),
                            std::move(progress));
    return binding.client.id.str() + "." + proof.seal(services.sealer);
}

}  // namespace

Task<SetupParties> find_setup_parties(Services& services, std::string session) {
    const auto dot = session.find('.');
    if (dot == std::string::npos) throw to_error(SealedProof::Fault::invalid);
    auto client = co_await services.catalog.find_client(ClientId(session.substr(0, dot)));
    if (!client) throw to_error(SealedProof::Fault::invalid);
    auto pool = co_await services.catalog.find_pool(client->pool_id);
    if (!pool) throw to_error(SealedProof::Fault::invalid);
    co_return SetupParties{std::move(pool), std::move(client)};
}

Verdict<MfaSetup> open_mfa_setup(const Services& services, db::Transaction& tx, const directory::Pool& pool,
                                 const directory::Client& client, std::string_view session, Instant now,
                                 std::string_view browser) {
    const std::string front = client.id.str() + ".";
    if (!session.starts_with(front)) return to_error(SealedProof::Fault::invalid);
    auto opening = SealedProof::open(tx, services.sealer, binding_of(pool, client, browser),
                                     session.substr(front.size()), std::nullopt, now);
    if (const auto* fault = std::get_if<SealedProof::Fault>(&opening)) return to_error(*fault);
    auto& setup = std::get<MfaSetup>(opening);
    if (!setup.user.enabled) return to_error(Refusal::disabled);
    return std::move(setup);
}

std::string renew_mfa_setup(const Services& services, const directory::Pool& pool, const directory::Client& client,
                            const MfaSetup& setup, Instant now, std::string_view browser) {
    return seal(services, binding_of(pool, client, browser), setup.user, setup.proof.id(), setup.proof.progress(), now);
}

std::optional<std::string> finish_mfa_setup(Services& services, db::Transaction& tx, const directory::Pool& pool,
                                            const directory::Client& client, const MfaSetup& setup, Instant now,
                                            std::string_view browser) {
    if (!setup.proof.spend(tx, now, client.challenge_life())) return std::nullopt;
    Progress progress = setup.proof.progress();
    progress.given.software_token = true;
    return seal(services, binding_of(pool, client, browser), setup.user, services.random.token(proof_id_bytes),
                std::move(progress), now);
}

}  // namespace symbolon::signin
