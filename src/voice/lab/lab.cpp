#include "voice/lab/lab.hpp"

#include "base/error.hpp"
#include "voice/faults/behaviours.hpp"
#include "voice/store.hpp"

#include <utility>

namespace symbolon::voice {

namespace {

void require_skill(Store& store, const std::string& skill_id) {
    if (!store.find_skill(skill_id)) throw Error(Errc::resource_not_found, "There is no such skill.");
}

}  // namespace

Task<Lab::View> Lab::look(std::string skill_id, std::string account) {
    const auto work = [&](db::Transaction& tx) {
        Store store(tx, parts_.sealer);
        require_skill(store, skill_id);
        View out;
        out.behaviour = Behaviours(tx).find(skill_id);
        out.link = store.find_enablement(skill_id, account);
        out.log = LinkLog(tx).list(skill_id, account);
        out.events = GatewayEvents(tx).list(skill_id);
        return out;
    };
    co_return co_await parts_.db.read(work);
}

Task<void> Lab::behave(std::string skill_id, Behaviour behaviour) {
    const auto work = [&](db::Transaction& tx) {
        Store store(tx, parts_.sealer);
        require_skill(store, skill_id);
        Behaviours(tx).save(skill_id, behaviour);
    };
    co_await parts_.db.write(work);
}

}  // namespace symbolon::voice
