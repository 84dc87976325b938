#pragma once

#include <boost/describe/class.hpp>
#include <boost/json/object.hpp>

#include <string>
#include <string_view>
#include <vector>

/// Audio mixed from speech, sounds and silence. Spec: Alexa Skills Kit, "Alexa.Presentation.APLA interface".
namespace symbolon::skill::apla {

namespace json = boost::json;

struct RenderDocument {
    static constexpr std::string_view type = "Alexa.Presentation.APLA.RenderDocument";
    std::string token = {};
    json::object document = {};
    json::object datasources = {};
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(RenderDocument, (), (token, document, datasources))

struct DocumentError {
    std::string type = {};    ///< "AUDIO_SOURCE_ERROR", "RENDER_ERROR", "DOCUMENT_ERROR" or "LINK_ERROR"
    std::string reason = {};  ///< e.g. "NOT_FOUND_ERROR"
    std::string message = {};
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(DocumentError, (), (type, reason, message))

/// A request.
struct RuntimeError {
    static constexpr std::string_view type = "Alexa.Presentation.APLA.RuntimeError";
    std::string token = {};
    std::vector<DocumentError> errors = {};
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(RuntimeError, (), (token, errors))

}  // namespace symbolon::skill::apla
