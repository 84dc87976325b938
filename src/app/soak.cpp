#include "app/soak.hpp"

#include "app/log_level.hpp"
#include "app/master_key.hpp"
#include "base/clock.hpp"
#include "base/error.hpp"
#include "base/run.hpp"
#include "crypto/random.hpp"
#include "crypto/seal.hpp"
#include "db/database.hpp"
#include "net/client.hpp"
#include "voice/clock/soak.hpp"
#include "voice/identity.hpp"
#include "voice/store.hpp"

#include <boost/json/serialize.hpp>

#include <chrono>
#include <filesystem>
#include <iostream>
#include <utility>

namespace symbolon::app {

namespace {

/// The skill that was named, or the only one.
std::string find_skill(db::Database& db, const crypto::Sealer& sealer, const std::string& named) {
    if (!named.empty()) return named;
    const auto list = [&](db::Transaction& tx) { return voice::Store(tx, sealer).list_skills(); };
    const auto skills = run(db.read(list));
    if (skills.size() == 1) return skills.front().id;
    throw Error(Errc::invalid_parameter, "Say which skill: --skill ID.");
}

}  // namespace

int soak(const SoakOptions& options) {
    set_log_level(options.log_level);
    if (!std::filesystem::exists(options.data + "/assistant.db")) {
        throw Error(Errc::invalid_parameter, "There is no assistant in " + options.data + ".");
    }
    crypto::SystemRandom random;
    const SystemClock clock;
    const crypto::Sealer sealer(load_master_key(options.data, random), random);
    const auto db = db::open("sqlite:" + options.data + "/assistant.db", db::Schema::assistant);
    net::Client client;
    const voice::Assistant::Parts parts{*db, sealer, random, clock, client};
    const auto identity = voice::load_identity(parts);
    voice::Soak soak(parts, identity, "http://127.0.0.1");
    voice::SoakOrder order;
    order.skill_id = find_skill(*db, sealer, options.skill);
    order.account = options.account;
    order.span = std::chrono::days(options.days);
    order.budget = std::chrono::hours(24);
    const auto report = run(soak.run(std::move(order)));
    std::cout << (options.json ? boost::json::serialize(to_json(report)) + "\n" : to_text(report));
    return report.alive ? 0 : 1;
}

}  // namespace symbolon::app
