#pragma once

#include <string_view>

namespace symbolon::aws {

/// For tests alone: where the environment names a file (SYMBOLON_RECORD_CALLS), each call is appended to it as a line
/// `<SYMBOLON_RECORD_LABEL> <operation> <status>`; tools/compatibility.py makes the table of docs/compatibility.md of
/// them. Records nothing of what is no operation of ours.
void record_call(std::string_view operation, int status);

}  // namespace symbolon::aws
