#pragma once

#include "triggers/functions.hpp"

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <functional>
#include <map>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace symbolon::triggers {

/// Functions that live in the test. What a handler throws is the function's own error. Threads: one.
class FakeFunctions final : public Functions {
public:
    using Handler = std::function<boost::json::object(boost::json::object event)>;
    struct Seen {
        std::string function;
        boost::json::object event;
    };

    void add(std::string function, Handler handler) { handlers_[std::move(function)] = std::move(handler); }
    /// A function that fills in these members of `response`.
    void add_answer(std::string function, boost::json::object answer) {
        add(std::move(function), [answer](boost::json::object event) {
            for (const auto& [name, value] : answer) event.at("response").as_object()[name] = value;
            return event;
        });
    }

    Task<Reply> invoke(std::string function, std::string event) override {
        auto parsed = boost::json::parse(event).as_object();
        seen.push_back({function, parsed});
        const auto handler = handlers_.find(function);
        if (handler == handlers_.end()) throw NotRun("ResourceNotFoundException");
        try {
            co_return Reply{boost::json::serialize(handler->second(std::move(parsed)))};
        } catch (const std::runtime_error& thrown) {
            co_return Reply{boost::json::serialize(boost::json::object{{"errorMessage", thrown.what()}}), true};
        }
    }

    /// Every call, the oldest first; their sources alone.
    std::vector<Seen> seen;
    std::vector<std::string> sources() const {
        std::vector<std::string> out;
        for (const auto& call : seen) out.emplace_back(call.event.at("triggerSource").as_string());
        return out;
    }

private:
    std::map<std::string, Handler, std::less<>> handlers_;
};

}  // namespace symbolon::triggers
