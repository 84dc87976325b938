#pragma once

#include <string>
#include <vector>

namespace symbolon::doctor {

class Examination;

/// What to look at with the product that the server seems to be; empty when it is none that is known
/// (voice-account-linking.md §5.8). Its lines are advice, not findings.
std::vector<std::string> advice_for(Examination& examination);

}  // namespace symbolon::doctor
