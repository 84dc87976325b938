#include "signin/amr.hpp"

#include <algorithm>
#include <string_view>

namespace symbolon::signin {

std::vector<std::string> amr_of(const Proofs& given) {
    const bool passkey = given.passkey || given.passkey_user;
    const bool second = given.sms_code || given.email_code || given.software_token;
    const bool first = given.password || given.custom || given.sign_up || given.first_code || passkey;
    std::vector<std::string> amr;
    if (given.password) amr.emplace_back("pwd");
    if (given.first_code || given.sign_up || given.software_token) amr.emplace_back("otp");
    if (given.sms_code) amr.emplace_back("sms");
    if (given.email_code) amr.emplace_back("email_otp");
    if (passkey) amr.emplace_back("swk");
    if (given.passkey_user || (first && second)) amr.emplace_back("mfa");
    return amr;
}

int level_of(const std::vector<std::string>& amr) {
    const auto used = [&](std::string_view method) { return std::ranges::find(amr, method) != amr.end(); };
    const bool sent = used("sms") || used("email_otp");
    if (used("pwd") && used("otp")) return 4;
    if (used("swk") || used("hwk") || (used("pwd") && sent)) return 3;
    if (sent || used("otp")) return 2;
    return amr.empty() ? 0 : 1;
}

}  // namespace symbolon::signin
