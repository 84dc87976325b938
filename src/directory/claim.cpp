#include "directory/claim.hpp"

#include "base/error.hpp"
#include "base/log.hpp"

#include <exception>

namespace symbolon::directory {

Claim::Claim(db::Database& db, Claimant claimant, std::string work)
    : db_(db), claimant_(std::move(claimant)), work_(std::move(work)) {}

Task<bool> Claim::take() {
    const Instant until = renew();
    const auto acquire = [&](db::Transaction& tx) {
        return Claims(tx).acquire(work_, claimant_.node, until - lease, until);
    };
    co_return co_await db_.write(acquire);
}

Instant Claim::renew() {
    renewed_ = claimant_.clock.now();
    return renewed_ + lease;
}

Task<void> Claim::stay() {
    if (claimant_.clock.now() - renewed_ < lease / 2) co_return;
    co_await write([](db::Transaction&) {});
}

Task<void> Claim::during(Task<void> work) {
    if (!co_await take()) {
        throw Error(Errc::concurrent_modification,
                    "Another process does this, or did until it died: " + work_ + ". Try again in a minute.");
    }
    std::exception_ptr failure;
    try {
        co_await std::move(work);
    } catch (...) {
        failure = std::current_exception();
    }
    co_await release();
    if (failure) std::rethrow_exception(failure);
}

Claim::Standing Claim::find_standing(db::Transaction& tx, Instant now) const {
    const auto holder = Claims(tx).find(work_);
    if (holder && holder->node == claimant_.node) return Standing::mine;
    return !holder || holder->until <= now ? Standing::open : Standing::taken;
}

void Claim::keep(db::Transaction& tx, Instant until) const {
    if (Claims(tx).renew(work_, claimant_.node, until)) return;
    throw Error(Errc::concurrent_modification, "Another process has taken over: " + work_ + ".");
}

Task<void> Claim::release() {
    const auto give_back = [&](db::Transaction& tx) { Claims(tx).release(work_, claimant_.node); };
    try {
        co_await db_.write(give_back);
    } catch (const Error& error) {
        log::warning("claim_not_released", {{"work", work_}, {"detail", error.detail}});
    }
}

}  // namespace symbolon::directory
