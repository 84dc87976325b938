#pragma once

#include <string>
#include <string_view>

namespace symbolon::app {

/// Makes `folder` (mode 0700) if it is missing. Fails: Error{unavailable}.
void make_private_folder(const std::string& folder);
/// Writes a file of mode 0600 in one step: never half written, never readable by others in between.
/// Fails: Error{unavailable}.
void write_private_file(const std::string& path, std::string_view content);
/// The content of a file that only its owner may read. Fails: Error{invalid_parameter}.
std::string read_private_file(const std::string& path);

}  // namespace symbolon::app
