#pragma once

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Screens by the Alexa Presentation Language: documents, commands, lists that load as one scrolls, and what the device
/// tells of them. Documents, data sources and commands are the language's own JSON.
/// Spec: Alexa Skills Kit, "Alexa.Presentation.APL interface".
namespace symbolon::skill::apl {

namespace json = boost::json;

// What is on the screen

struct ComponentEntity {
    std::string type = {};
    std::string value = {};
    std::string id = {};
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(ComponentEntity, (), (type, value, id))

struct Component {
    std::string id = {};
    std::string uid = {};
    std::string type = {};      ///< e.g. "text"
    std::string position = {};  ///< "WIDTHxHEIGHT+X+Y:DEPTH"
    json::object tags = {};     ///< by name: "checked", "list", "pager", …
    std::vector<double> transform = {};
    std::optional<double> visibility = {};
    std::vector<ComponentEntity> entities = {};
    std::vector<Component> children = {};
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(Component, (), (id, uid, type, position, tags, transform, visibility, entities, children))

/// `context["Alexa.Presentation.APL"]`.
struct RenderedDocumentState {
    std::string token = {};
    std::string version = {};
    std::vector<Component> components_visible_on_screen = {};
    json::array data_sources = {};
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(RenderedDocumentState, (), (token, version, components_visible_on_screen, data_sources))

struct PresentationContext {
    std::string type = {};  ///< "Alexa.Presentation.APL"
    std::optional<RenderedDocumentState> context = {};
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(PresentationContext, (), (type, context))

/// `context["Alexa.Presentation"]`: every document that is shown.
struct PresentationState {
    std::vector<PresentationContext> contexts = {};
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(PresentationState, (), (contexts))

// Requests

struct UserEvent {
    static constexpr std::string_view type = "Alexa.Presentation.APL.UserEvent";
    std::string token = {};
    json::array arguments = {};   ///< as the document's SendEvent gave them
    json::value source = {};      ///< the component that raised the event
    json::value components = {};  ///< values of components, by id
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(UserEvent, (), (token, arguments, source, components))

struct LoadIndexListData {
    static constexpr std::string_view type = "Alexa.Presentation.APL.LoadIndexListData";
    std::string token = {};
    std::string correlation_token = {};
    std::string list_id = {};
    std::optional<std::int64_t> start_index = {};
    std::optional<std::int64_t> count = {};
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(LoadIndexListData, (), (token, correlation_token, list_id, start_index, count))

struct LoadTokenListData {
    static constexpr std::string_view type = "Alexa.Presentation.APL.LoadTokenListData";
    std::string token = {};
    std::string correlation_token = {};
    std::string list_id = {};
    std::string page_token = {};
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(LoadTokenListData, (), (token, correlation_token, list_id, page_token))

struct DocumentError {
    std::string type = {};    ///< "LIST_ERROR"
    std::string reason = {};  ///< e.g. "INVALID_LIST_ID"
    std::string message = {};
    std::string token = {};
    std::string list_id = {};
    std::optional<std::int64_t> list_version = {};
    std::optional<std::int64_t> operation_index = {};
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(DocumentError, (), (type, reason, message, token, list_id, list_version, operation_index))

struct RuntimeError {
    static constexpr std::string_view type = "Alexa.Presentation.APL.RuntimeError";
    std::string token = {};
    std::vector<DocumentError> errors = {};
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(RuntimeError, (), (token, errors))

// Directives

struct RenderDocument {
    static constexpr std::string_view type = "Alexa.Presentation.APL.RenderDocument";
    std::string token = {};
    json::object document = {};
    json::object datasources = {};
    json::object sources = {};  ///< further documents, by name
    json::array packages = {};
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(RenderDocument, (), (token, document, datasources, sources, packages))

struct ExecuteCommands {
    static constexpr std::string_view type = "Alexa.Presentation.APL.ExecuteCommands";
    std::string token = {};  ///< of the document that is shown
    json::array commands = {};
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(ExecuteCommands, (), (token, commands))

struct SendIndexListData {
    static constexpr std::string_view type = "Alexa.Presentation.APL.SendIndexListData";
    std::string correlation_token = {};
    std::string list_id = {};
    std::optional<std::int64_t> list_version = {};
    std::optional<std::int64_t> start_index = 0;
    std::optional<std::int64_t> minimum_inclusive_index = {};
    std::optional<std::int64_t> maximum_exclusive_index = {};
    json::array items = {};
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(SendIndexListData, (),
                      (correlation_token, list_id, list_version, start_index, minimum_inclusive_index,
                       maximum_exclusive_index, items))

struct SendTokenListData {
    static constexpr std::string_view type = "Alexa.Presentation.APL.SendTokenListData";
    std::string correlation_token = {};
    std::string list_id = {};
    std::string page_token = {};
    std::string next_page_token = {};
    json::array items = {};
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(SendTokenListData, (), (correlation_token, list_id, page_token, next_page_token, items))

struct ListOperation {
    std::string type = {};  ///< "InsertItem", "InsertMultipleItems", "SetItem", "DeleteItem" or "DeleteMultipleItems"
    std::optional<std::int64_t> index = {};
    std::optional<std::int64_t> count = {};
    json::value item = {};
    json::array items = {};
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(ListOperation, (), (type, index, count, item, items))

struct UpdateIndexListData {
    static constexpr std::string_view type = "Alexa.Presentation.APL.UpdateIndexListData";
    std::string token = {};
    std::string list_id = {};
    std::optional<std::int64_t> list_version = {};
    std::vector<ListOperation> operations = {};
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(UpdateIndexListData, (), (token, list_id, list_version, operations))

}  // namespace symbolon::skill::apl
