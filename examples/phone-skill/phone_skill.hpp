#pragma once

#include "symbolon/skill/account_linking.hpp"
#include "symbolon/skill/skill.hpp"

#include <string>
#include <vector>

namespace phone_skill {

struct Options {
    std::vector<std::string> skill_ids = {};
    std::string userinfo_url = {};  ///< e.g. "https://auth.example.com/oauth2/userInfo"
    symbolon::skill::Fetch fetch = symbolon::skill::http_fetch();
    symbolon::skill::Now now = symbolon::skill::system_now();
};

/// The skill that says the phone number of whoever linked an account.
symbolon::skill::Skill make(Options options);

}  // namespace phone_skill
