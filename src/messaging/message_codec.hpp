#pragma once

#include "messaging/message.hpp"

#include <string>
#include <string_view>

namespace symbolon::messaging {

/// The message as the contract of the `file:` sink has it: one JSON object without line breaks, members in the order
/// time, channel, to, subject, text, html, code, purpose, pool, username; from and reply_to where the pool names them.
std::string to_json_line(const Message& message);

/// What stands in the database, before it is sealed; and back. `id` and `pool_id` are the row's key and not in it.
std::string to_stored_json(const Message& message);
/// Fails: Error{internal} when `json` is not what to_stored_json() wrote.
Message parse_stored_json(std::string_view json);

/// Refuses what could add a header or a second recipient on the way: control characters in recipient, sender or
/// subject, white space in the recipient, and a text message to anything but a phone number in E.164. Fails:
/// Error{invalid_parameter}.
void check_envelope(const Message& message);

}  // namespace symbolon::messaging
