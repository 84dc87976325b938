#pragma once

#include "symbolon/skill/interfaces/display.hpp"

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>
#include <boost/json/object.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

/// Long audio: the directives that start and stop it, and what the device tells of it. These requests come without a
/// session, and their answers may hold AudioPlayer directives only. Spec: Alexa Skills Kit, "AudioPlayer interface".
namespace symbolon::skill::audio_player {

namespace json = boost::json;

enum class PlayerActivity { playing, paused, finished, buffer_underrun, idle, stopped };
BOOST_DESCRIBE_ENUM(PlayerActivity, playing, paused, finished, buffer_underrun, idle, stopped)

/// `context.AudioPlayer`, and `currentPlaybackState` of a failure.
struct State {
    std::optional<std::int64_t> offset_in_milliseconds = {};
    std::string token = {};
    std::optional<PlayerActivity> player_activity = {};
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(State, (), (offset_in_milliseconds, token, player_activity))

// Requests

struct PlaybackStarted {
    static constexpr std::string_view type = "AudioPlayer.PlaybackStarted";
    std::optional<std::int64_t> offset_in_milliseconds = {};
    std::string token = {};
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(PlaybackStarted, (), (offset_in_milliseconds, token))

struct PlaybackFinished {
    static constexpr std::string_view type = "AudioPlayer.PlaybackFinished";
    std::optional<std::int64_t> offset_in_milliseconds = {};
    std::string token = {};
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(PlaybackFinished, (), (offset_in_milliseconds, token))

struct PlaybackStopped {
    static constexpr std::string_view type = "AudioPlayer.PlaybackStopped";
    std::optional<std::int64_t> offset_in_milliseconds = {};
    std::string token = {};
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(PlaybackStopped, (), (offset_in_milliseconds, token))

struct PlaybackNearlyFinished {
    static constexpr std::string_view type = "AudioPlayer.PlaybackNearlyFinished";
    std::optional<std::int64_t> offset_in_milliseconds = {};
    std::string token = {};
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(PlaybackNearlyFinished, (), (offset_in_milliseconds, token))

enum class ErrorType {
    media_error_internal_device_error,
    media_error_internal_server_error,
    media_error_invalid_request,
    media_error_service_unavailable,
    media_error_unknown
};
BOOST_DESCRIBE_ENUM(ErrorType, media_error_internal_device_error, media_error_internal_server_error,
                    media_error_invalid_request, media_error_service_unavailable, media_error_unknown)

struct Error {
    std::optional<ErrorType> type = {};
    std::string message = {};
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(Error, (), (type, message))

struct PlaybackFailed {
    static constexpr std::string_view type = "AudioPlayer.PlaybackFailed";
    std::string token = {};
    std::optional<Error> error = {};
    std::optional<State> current_playback_state = {};
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(PlaybackFailed, (), (token, error, current_playback_state))

// Directives

struct CaptionData {
    std::string type = {};  ///< "WEBVTT"
    std::string content = {};
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(CaptionData, (), (type, content))

struct Stream {
    std::string url = {};                      ///< https, at most 8000 characters
    std::string token = {};                    ///< at most 1024 characters
    std::string expected_previous_token = {};  ///< with PlayBehavior::enqueue
    std::optional<std::int64_t> offset_in_milliseconds = 0;
    std::optional<CaptionData> caption_data = {};
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(Stream, (), (url, token, expected_previous_token, offset_in_milliseconds, caption_data))

struct Metadata {
    std::string title = {};
    std::string subtitle = {};
    std::optional<display::Image> art = {};
    std::optional<display::Image> background_image = {};
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(Metadata, (), (title, subtitle, art, background_image))

struct AudioItem {
    std::optional<Stream> stream = {};
    std::optional<Metadata> metadata = {};
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(AudioItem, (), (stream, metadata))

enum class PlayBehavior { enqueue, replace_all, replace_enqueued };
BOOST_DESCRIBE_ENUM(PlayBehavior, enqueue, replace_all, replace_enqueued)

struct Play {
    static constexpr std::string_view type = "AudioPlayer.Play";
    std::optional<PlayBehavior> play_behavior = {};
    std::optional<AudioItem> audio_item = {};
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(Play, (), (play_behavior, audio_item))

struct Stop {
    static constexpr std::string_view type = "AudioPlayer.Stop";
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(Stop, (), ())

enum class ClearBehavior { clear_all, clear_enqueued };
BOOST_DESCRIBE_ENUM(ClearBehavior, clear_all, clear_enqueued)

struct ClearQueue {
    static constexpr std::string_view type = "AudioPlayer.ClearQueue";
    std::optional<ClearBehavior> clear_behavior = {};
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(ClearQueue, (), (clear_behavior))

}  // namespace symbolon::skill::audio_player
