#pragma once

#include "base/secret.hpp"
#include "doctor/check.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace symbolon::doctor {

/// How the platform proves who it is at the token endpoint (the console's "authentication scheme").
enum class Scheme { basic, body };

struct Credentials {
    std::string id;
    ClientSecret secret;
};

/// What platforms wait for; tests and impatient people may say otherwise.
struct Limits {
    std::chrono::milliseconds token_answer{4500};
    std::chrono::milliseconds token_answer_usual{2000};  ///< what 95 of 100 should keep
    std::chrono::milliseconds page{3000};
    std::chrono::milliseconds skill{8000};
};

/// A skill that listens for HTTPS requests, and the key by which it knows the local assistant.
struct SkillUnderTest {
    std::string url;
    std::string application_id;
    std::string chain_url;  ///< where the signer's certificates are published
    std::string key_pem;    ///< RSA; "": genuine requests cannot be made
};

/// What is examined: the account-linking configuration as a console has it, and what else the person knows. Empty
/// members are not known.
struct Subject {
    std::vector<Platform> platforms{all_platforms.begin(), all_platforms.end()};
    std::string authorization_url;
    std::string token_url;
    Credentials client;
    std::optional<Credentials> other_client;  ///< a second client of the same server
    Scheme scheme = Scheme::basic;
    bool implicit = false;  ///< the platform is configured for the implicit grant
    std::vector<std::string> scopes;
    std::vector<std::string> domains;  ///< the console's Domain List
    std::string redirect_uri;          ///< where the doctor receives codes
    std::string vendor_id;             ///< of the Alexa developer account
    std::string google_project;
    std::vector<std::string> registered_redirect_uris;  ///< as the server's administrator sees them
    std::optional<std::int64_t> default_expiration;     ///< seconds
    std::optional<std::int64_t> refresh_lifetime;       ///< seconds, as the server's administrator sees it
    std::string issuer;
    std::string user_info_url;
    std::string revocation_url;
    std::string end_session_url;
    std::string privacy_policy_url;
    std::string resource_url;  ///< of the MCP server behind an Alexa+ add-on
    std::string relay_url;     ///< fetches for us from elsewhere: GET <relay>?url=… → {"status": n}
    bool service_tier = false;
    SkillUnderTest skill;
    std::string smart_home_url;         ///< takes directives
    std::string smart_home_outage_url;  ///< the same skill, deployed so that it cannot reach its authorization server
    std::string fulfillment_url;        ///< Google's
    std::string schema_url;             ///< SmartThings' webhook
    bool patient = false;               ///< checks that wait for minutes are run, too
    Limits limits;
};

/// The redirect URIs that a platform uses, all regions; empty when the vendor or project is not known.
std::vector<std::string> redirect_uris(const Subject& subject, Platform platform);
/// Those of all platforms of the subject, each once.
std::vector<std::string> redirect_uris(const Subject& subject);

/// Fails: Error{invalid_parameter} when there is too little to begin with.
void check_subject(const Subject& subject);

}  // namespace symbolon::doctor
