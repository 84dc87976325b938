#include "voice/log/fixture.hpp"

#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <array>
#include <map>
#include <string>
#include <string_view>

namespace symbolon::voice {

namespace json = boost::json;

namespace {

constexpr std::string_view a_time = "2026-01-01T00:00:00Z";

/// Gives what differs from run to run the same name in every file, and the same name wherever it stands in one.
class Names {
public:
    void settle(json::value& value) {
        if (auto* object = value.if_object()) {
            for (auto& member : *object) settle_member(member.key(), member.value());
        } else if (auto* array = value.if_array()) {
            for (auto& item : *array) settle(item);
        }
    }

private:
    void settle_member(std::string_view name, json::value& value) {
        constexpr std::array<std::string_view, 5> ids{"requestId", "sessionId", "userId", "personId", "messageId"};
        if (!value.is_string()) return settle(value);
        if (name == "timestamp") value = a_time;
        for (const auto id : ids) {
            if (name == id) value = name_of(id, std::string(value.get_string()));
        }
    }

    std::string name_of(std::string_view kind, const std::string& id) {
        auto& known = known_[std::string(kind)];
        const auto [place, is_new] = known.try_emplace(id, std::string(kind) + "-" + std::to_string(known.size() + 1));
        return place->second;
    }

    std::map<std::string, std::map<std::string, std::string>, std::less<>> known_;
};

}  // namespace

json::object fixture_of(const Skill& skill, const std::vector<Exchange>& exchanges, std::int64_t from) {
    Names names;
    json::array out;
    for (auto exchange = exchanges.rbegin(); exchange != exchanges.rend(); ++exchange) {
        if (exchange->number < from || !exchange->sent()) continue;
        json::value request = exchange->request;
        names.settle(request);
        json::error_code unreadable;
        auto response = json::parse(exchange->response, unreadable);
        json::object line;
        if (!exchange->utterance.empty()) line["utterance"] = exchange->utterance;
        line["request"] = std::move(request);
        line["status"] = exchange->status;
        line["response"] = unreadable ? json::value(exchange->response) : std::move(response);
        out.push_back(std::move(line));
    }
    return {{"skillId", skill.id}, {"exchanges", std::move(out)}};
}

}  // namespace symbolon::voice
