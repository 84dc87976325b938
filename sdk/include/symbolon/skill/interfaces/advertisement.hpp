#pragma once

#include <boost/describe/class.hpp>
#include <boost/json/object.hpp>

#include <optional>
#include <string>
#include <string_view>

/// Spots between pieces of audio. Spec: Alexa Skills Kit, "Alexa.Advertisement interface".
namespace symbolon::skill::advertisement {

namespace json = boost::json;

struct Reason {
    std::string type = {};  ///< e.g. "AD_NOT_AVAILABLE"
    std::string message = {};
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(Reason, (), (type, message))

struct InjectAds {
    static constexpr std::string_view type = "Alexa.Advertisement.InjectAds";
    std::string expected_previous_token = {};
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(InjectAds, (), (expected_previous_token))

/// A request.
struct ReadyToEnqueueAudio {
    static constexpr std::string_view type = "Alexa.Advertisement.ReadyToEnqueueAudio";
    std::string token = {};
    std::string previous_token = {};
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(ReadyToEnqueueAudio, (), (token, previous_token))

/// A request.
struct AdCompleted {
    static constexpr std::string_view type = "Alexa.Advertisement.AdCompleted";
    std::string token = {};
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(AdCompleted, (), (token))

/// A request.
struct AdNotRendered {
    static constexpr std::string_view type = "Alexa.Advertisement.AdNotRendered";
    std::optional<Reason> reason = {};
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(AdNotRendered, (), (reason))

}  // namespace symbolon::skill::advertisement
