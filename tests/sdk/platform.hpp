#pragma once

#include "symbolon/skill/http.hpp"
#include "symbolon/skill/time.hpp"
#include "symbolon/skill/trust_profile.hpp"

#include "crypto/x509.hpp"

#include <boost/json/object.hpp>

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace symbolon::skill::testing {

namespace json = boost::json;
using crypto::x509::LocalAuthority;

inline constexpr std::string_view skill_id = "amzn1.ask.skill.11111111-2222-3333-4444-555555555555";
inline constexpr std::string_view chain_name = "echo-api.assistant.test";
inline constexpr std::string_view chain_url = "https://chains.assistant.test/echo.api/chain.pem";

/// 2026-11-22T16:03:00Z, and the authorities are good from a year before to a year after.
Time noon();
/// Authorities cost a pair of RSA keys each, so every kind is made once for all tests.
const LocalAuthority& trusted_authority();

/// A voice platform of our own. It stands still until a test moves `now`, publishes what a test puts into `published`,
/// and signs as the real one does.
class Platform {
public:
    Platform();

    Time now = noon();
    std::map<std::string, HttpResponse> published;
    std::vector<std::string> fetched;  ///< every URL that was asked for
    std::vector<std::string> roots;    ///< what the profile trusts: the trusted authority's, until a test adds others

    Fetch fetch();
    Now clock();
    /// The local profile that trusts this platform.
    TrustProfile profile() const;

    /// An IntentRequest for `skill_id`, linked, from `now`, with a request id of its own.
    json::object envelope();
    HttpRequest sign(const json::object& envelope) const;
    HttpRequest sign(std::string body) const;
    HttpRequest sign_with(const LocalAuthority& authority, std::string body) const;

private:
    int requests_ = 0;
};

/// RSASSA-PKCS1-v1_5 with SHA-1 in base64: what the platform's older header carries.
std::string sign_sha1(const std::string& key_pem, std::string_view body);
/// A leaf that nobody but its own key vouches for. PEM.
std::string self_sign(const std::string& key_pem, std::string_view dns_name, Time from, Time to);

void set_header(HttpRequest& request, std::string_view name, std::string value);
void remove_header(HttpRequest& request, std::string_view name);
std::string to_iso(Time time);

}  // namespace symbolon::skill::testing
