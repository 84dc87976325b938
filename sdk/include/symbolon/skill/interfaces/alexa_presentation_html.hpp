#pragma once

#include <boost/describe/class.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Web apps for games on a device's screen. Spec: Alexa Skills Kit, "Alexa.Presentation.HTML interface".
namespace symbolon::skill::html {

namespace json = boost::json;

/// Turns text of a message into speech, or speech into text, on its way to the app.
struct Transformer {
    std::string transformer = {};  ///< e.g. "ssmlToSpeech"
    std::string input_path = {};
    std::string output_name = {};
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(Transformer, (), (transformer, input_path, output_name))

struct StartRequest {
    std::string method = "GET";
    std::string uri = {};
    json::value headers = {};
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(StartRequest, (), (method, uri, headers))

struct Configuration {
    std::optional<std::int64_t> timeout_in_seconds = {};
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(Configuration, (), (timeout_in_seconds))

struct Start {
    static constexpr std::string_view type = "Alexa.Presentation.HTML.Start";
    json::value data = {};
    std::vector<Transformer> transformers = {};
    StartRequest request = {};
    Configuration configuration = {};
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(Start, (), (data, transformers, request, configuration))

struct HandleMessage {
    static constexpr std::string_view type = "Alexa.Presentation.HTML.HandleMessage";
    json::value message = {};
    std::vector<Transformer> transformers = {};
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(HandleMessage, (), (message, transformers))

// Requests

struct Message {
    static constexpr std::string_view type = "Alexa.Presentation.HTML.Message";
    json::value message = {};
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(Message, (), (message))

struct Error {
    std::string reason = {};  ///< e.g. "TIMED_OUT"
    std::string message = {};
    std::string code = {};
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(Error, (), (reason, message, code))

struct RuntimeError {
    static constexpr std::string_view type = "Alexa.Presentation.HTML.RuntimeError";
    std::optional<Error> error = {};
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(RuntimeError, (), (error))

}  // namespace symbolon::skill::html
