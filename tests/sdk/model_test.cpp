#include "symbolon/skill/directive.hpp"
#include "symbolon/skill/request.hpp"
#include "symbolon/skill/response.hpp"

#include "codec.hpp"

#include <gtest/gtest.h>

#include <boost/json/monotonic_resource.hpp>
#include <boost/json/null_resource.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>
#include <fstream>
#include <functional>
#include <iterator>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

// The types against samples/model.json, which holds an example of everything that the platform's own type declarations
// know, with every member. tests/e2e keeps it current.
namespace symbolon::skill {
namespace {

const json::object& model() {
    static const json::object parsed = [] {
        std::ifstream file(SYMBOLON_SKILL_SAMPLES "/model.json", std::ios::binary);
        return json::parse(std::string(std::istreambuf_iterator<char>(file), {})).as_object();
    }();
    return parsed;
}

const json::array& examples(std::string_view kind) {
    return model().at(kind).as_array();
}

/// Adds the path of every member that has no place in its struct.
template <class T>
void list_unknown(const T& value, const std::string& path, std::set<std::string>& out) {
    if constexpr (codec::is_optional<T>) {
        if (value) list_unknown(*value, path, out);
    } else if constexpr (codec::is_vector<T>) {
        for (const auto& item : value) list_unknown(item, path + "[]", out);
    } else if constexpr (codec::is_map<T>) {
        for (const auto& [key, item] : value) list_unknown(item, path + '.' + key, out);
    } else if constexpr (codec::is_variant<T>) {
        std::visit([&](const auto& alternative) { list_unknown(alternative, path, out); }, value);
    } else if constexpr (codec::Described<T>) {
        for (const auto& [key, unknown] : value.unknown) out.insert(path + '.' + std::string(key));
        boost::mp11::mp_for_each<codec::Members<T>>(
            [&](auto member) { list_unknown(value.*member.pointer, path + '.' + member.name, out); });
    } else if constexpr (requires { value.unknown; }) {
        out.insert(path + " is of no type that we know");
    }
}

template <class T>
std::set<std::string> unknown_of(const T& value) {
    std::set<std::string> out;
    list_unknown(value, "", out);
    return out;
}

const std::set<std::string> nothing;

TEST(SkillModel, has_a_type_for_every_request_and_a_place_for_every_member) {
    ASSERT_GE(examples("requests").size(), 59U);
    for (const auto& example : examples("requests")) {
        const auto envelope = RequestEnvelope::parse({{"request", example}});
        EXPECT_EQ(json::value(envelope.request.to_json()), example);
        EXPECT_NE(envelope.request.content.index(), 0U) << envelope.request.type << " has no type";
        EXPECT_EQ(unknown_of(envelope.request.content), nothing) << envelope.request.type;
    }
}

TEST(SkillModel, has_a_type_for_every_directive_and_a_place_for_every_member) {
    ASSERT_GE(examples("directives").size(), 36U);
    for (const auto& example : examples("directives")) {
        const auto directive = parse_directive(example.as_object());
        EXPECT_EQ(json::value(to_json(directive)), example);
        EXPECT_NE(directive.index(), 0U) << example.at("type") << " has no type";
        EXPECT_EQ(unknown_of(directive), nothing) << example.at("type");
    }
}

TEST(SkillModel, has_a_place_for_all_of_the_context_and_the_session) {
    for (const auto& example : examples("envelopes")) {
        const auto envelope = RequestEnvelope::parse(example.as_object());
        EXPECT_EQ(json::value(envelope.to_json()), example);
        EXPECT_EQ(unknown_of(envelope), nothing);
    }
}

TEST(SkillModel, has_a_place_for_all_of_a_response) {
    for (const auto& example : examples("responses")) {
        auto response = Response::parse(example.as_object());
        EXPECT_EQ(unknown_of(response), nothing);
        if (auto* card = response.card ? std::get_if<StandardCard>(&*response.card) : nullptr) {
            card->image = CardImage{.small_image_url = "https://s"};  // the example's is no address
            EXPECT_EQ(response.to_json().at("card").at("image"), json::parse(R"({"smallImageUrl":"https://s"})"));
        } else {
            EXPECT_EQ(json::value(response.to_json()), example);
        }
    }
}

/// Every value of every object and list of an example, one at a time, by something that it should not be.
void replace_each(json::value& at, const json::value& root, const std::function<void(const json::value&)>& check) {
    for (const auto& odd : {json::value(nullptr), json::value("odd"), json::value(""), json::value(-0.5),
                            json::value(true), json::value(json::array{}), json::value(json::object{{"odd", 1}})}) {
        const json::value kept = std::exchange(at, odd);
        check(root);
        at = kept;
    }
    if (auto* object = at.if_object()) {
        for (auto& [key, value] : *object) replace_each(value, root, check);
    } else if (auto* list = at.if_array()) {
        for (auto& value : *list) replace_each(value, root, check);
    }
}

TEST(SkillModel, loses_nothing_whatever_a_member_holds) {
    for (const auto& [key, part] : model().at("envelopes").at(0).at("context").as_object()) {
        json::value context = json::object{{key, part}};
        replace_each(context, context, [](const json::value& changed) {
            const json::object envelope{{"context", changed}, {"request", {{"type", "LaunchRequest"}}}};
            ASSERT_EQ(RequestEnvelope::parse(envelope).to_json(), envelope) << json::serialize(changed);
        });
    }
    for (auto directive : examples("directives")) {
        if (json::serialize(directive).size() > 2000) continue;  // commands, which are kept as they are
        replace_each(directive, directive, [](const json::value& changed) {
            if (!changed.is_object()) return;
            ASSERT_EQ(json::value(to_json(parse_directive(changed.get_object()))), changed);
        });
    }
}

/// What `read` makes of an example that lies in memory which is overwritten afterwards, as an endpoint's is.
template <class Read>
auto read_from_passing_memory(const json::value& example, Read read) {
    std::vector<unsigned char> block(512 * 1024);
    json::monotonic_resource memory(block.data(), block.size());
    json::value copy(example, &memory);
    auto out = read(std::move(copy.get_object()));
    std::ranges::fill(block, 0xFF);
    return out;
}

TEST(SkillModel, keeps_nothing_of_the_memory_that_its_json_lay_in) {
    const auto envelope = [](json::object in) { return RequestEnvelope::parse(std::move(in)); };
    for (const auto& example : examples("envelopes")) {
        EXPECT_EQ(json::value(read_from_passing_memory(example, envelope).to_json()), example);
    }
    for (const auto& request : examples("requests")) {
        const json::value example{{"request", request}, {"tomorrow", {{"x", {1, 2}}}}};
        EXPECT_EQ(json::value(read_from_passing_memory(example, envelope).to_json()), example);
    }
    const auto unknown = json::parse(R"({"request": {"type": "Tomorrow", "deep": {"list": [{"er": 1}]}}})");
    EXPECT_EQ(json::value(read_from_passing_memory(unknown, envelope).to_json()), unknown);
    for (const auto& example : examples("directives")) {
        const auto directive =
            read_from_passing_memory(example, [](json::object in) { return parse_directive(std::move(in)); });
        EXPECT_EQ(json::value(to_json(directive)), example);
    }
}

TEST(SkillModel, writes_a_response_into_the_memory_that_is_given) {
    const auto response =
        Response::parse({{"outputSpeech", {{"type", "SSML"}, {"ssml", "<speak>A text that needs memory.</speak>"}}},
                         {"later", {1, 2}}});
    std::vector<unsigned char> block(4096);
    json::monotonic_resource memory(block.data(), block.size(), json::get_null_resource());
    const auto written = response.to_json(&memory);
    EXPECT_EQ(written, response.to_json());
}

}  // namespace
}  // namespace symbolon::skill
