#pragma once

#include <boost/describe/class.hpp>
#include <boost/json/object.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// The user's shopping and to-do lists changed. Spec: Alexa Skills Kit, "List events".
namespace symbolon::skill::household_list {

namespace json = boost::json;

struct ListBody {
    std::string list_id = {};
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(ListBody, (), (list_id))

struct ItemBody {
    std::string list_id = {};
    std::vector<std::string> list_item_ids = {};
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(ItemBody, (), (list_id, list_item_ids))

struct ListCreated {
    static constexpr std::string_view type = "AlexaHouseholdListEvent.ListCreated";
    std::optional<ListBody> body = {};
    std::string event_creation_time = {};
    std::string event_publishing_time = {};
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(ListCreated, (), (body, event_creation_time, event_publishing_time))

struct ListUpdated {
    static constexpr std::string_view type = "AlexaHouseholdListEvent.ListUpdated";
    std::optional<ListBody> body = {};
    std::string event_creation_time = {};
    std::string event_publishing_time = {};
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(ListUpdated, (), (body, event_creation_time, event_publishing_time))

struct ListDeleted {
    static constexpr std::string_view type = "AlexaHouseholdListEvent.ListDeleted";
    std::optional<ListBody> body = {};
    std::string event_creation_time = {};
    std::string event_publishing_time = {};
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(ListDeleted, (), (body, event_creation_time, event_publishing_time))

struct ItemsCreated {
    static constexpr std::string_view type = "AlexaHouseholdListEvent.ItemsCreated";
    std::optional<ItemBody> body = {};
    std::string event_creation_time = {};
    std::string event_publishing_time = {};
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(ItemsCreated, (), (body, event_creation_time, event_publishing_time))

struct ItemsUpdated {
    static constexpr std::string_view type = "AlexaHouseholdListEvent.ItemsUpdated";
    std::optional<ItemBody> body = {};
    std::string event_creation_time = {};
    std::string event_publishing_time = {};
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(ItemsUpdated, (), (body, event_creation_time, event_publishing_time))

struct ItemsDeleted {
    static constexpr std::string_view type = "AlexaHouseholdListEvent.ItemsDeleted";
    std::optional<ItemBody> body = {};
    std::string event_creation_time = {};
    std::string event_publishing_time = {};
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(ItemsDeleted, (), (body, event_creation_time, event_publishing_time))

}  // namespace symbolon::skill::household_list
