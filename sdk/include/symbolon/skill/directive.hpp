#pragma once

#include "symbolon/skill/interfaces/advertisement.hpp"
#include "symbolon/skill/interfaces/alexa_presentation_apl.hpp"
#include "symbolon/skill/interfaces/alexa_presentation_apla.hpp"
#include "symbolon/skill/interfaces/alexa_presentation_aplt.hpp"
#include "symbolon/skill/interfaces/alexa_presentation_html.hpp"
#include "symbolon/skill/interfaces/audio_player.hpp"
#include "symbolon/skill/interfaces/connections.hpp"
#include "symbolon/skill/interfaces/custom_interface.hpp"
#include "symbolon/skill/interfaces/dialog.hpp"
#include "symbolon/skill/interfaces/display.hpp"
#include "symbolon/skill/interfaces/game_engine.hpp"
#include "symbolon/skill/interfaces/navigation.hpp"
#include "symbolon/skill/interfaces/smart_vision.hpp"
#include "symbolon/skill/interfaces/video_app.hpp"

#include <boost/json/object.hpp>

#include <string_view>
#include <variant>

/// What a response tells the device to do, beside speaking.
namespace symbolon::skill {

/// A directive of a type that we do not know, `type` included.
struct OtherDirective {
    json::object unknown = {};
};

using Directive =
    std::variant<OtherDirective, dialog::Delegate, dialog::ElicitSlot, dialog::ConfirmSlot, dialog::ConfirmIntent,
                 dialog::UpdateDynamicEntities, dialog::DelegateRequest, dialog::ResetContext, audio_player::Play,
                 audio_player::Stop, audio_player::ClearQueue, apl::RenderDocument, apl::ExecuteCommands,
                 apl::SendIndexListData, apl::SendTokenListData, apl::UpdateIndexListData, apla::RenderDocument,
                 aplt::RenderDocument, aplt::ExecuteCommands, html::Start, html::HandleMessage, display::RenderTemplate,
                 display::Hint, video_app::Launch, connections::StartConnection, connections::SendRequest,
                 connections::SendResponse, connections::CompleteTask, game_engine::StartInputHandler,
                 game_engine::StopInputHandler, game_engine::SetLight, custom_interface::StartEventHandler,
                 custom_interface::StopEventHandler, custom_interface::SendDirective, advertisement::InjectAds,
                 navigation::AnnounceRoadRegulation, smart_vision::GetSnapshot>;

/// Never fails: what it does not know it keeps.
Directive parse_directive(json::object directive);
json::object to_json(const Directive& directive);

}  // namespace symbolon::skill
