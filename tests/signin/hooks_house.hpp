#pragma once

#include "base/log.hpp"
#include "signin/hooks.hpp"
#include "signin/house.hpp"

#include <boost/json/object.hpp>

#include <functional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

namespace symbolon::signin {

using boost::json::object;
using directory::UserStatus;

/// The house with hooks of the pool in it.
class HooksTest : public House {
protected:
    HooksTest() { log::set_level(log::Level::error); }

    void set_hooks(const std::function<void(LambdaConfig&)>& change) {
        change_pool([&](directory::Pool& changed) {
            if (!changed.settings.LambdaConfig) changed.settings.LambdaConfig.emplace();
            change(*changed.settings.LambdaConfig);
        });
    }
    void set_hook(Hook hook, object answer) {
        set_hooks([&](LambdaConfig& config) { config.*hook = "f"; });
        functions.add_answer("f", std::move(answer));
    }
    void set_refusing_hook(Hook hook) {
        set_hooks([&](LambdaConfig& config) { config.*hook = "f"; });
        functions.add("f", [](object) -> object { throw std::runtime_error("no"); });
    }
    SignUpResult sign_up_jane(directory::Attributes attributes = {}) {
        return run(
            sign_up.sign_up(pool, client, std::string(jane), Password(good), std::move(attributes), with_data()));
    }
    Caller with_data() {
        auto out = caller;
        out.metadata = {{"from", "app"}};
        out.validation_data = {{"proof", "1"}};
        return out;
    }
    const object& event() { return functions.seen.back().event; }
    const object& request() { return event().at("request").as_object(); }
    bool knows(std::string_view login) {
        return run(db->read([&](db::Transaction& tx) { return directory::Users(tx).find_by_login(*pool, login); }))
            .has_value();
    }
};

}  // namespace symbolon::signin
