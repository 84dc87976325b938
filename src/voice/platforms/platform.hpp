#pragma once

#include <span>
#include <string>
#include <string_view>

namespace symbolon::voice {

enum class PlatformFamily { alexa, google, smartthings };

/// How one platform links accounts (voice-account-linking.md §1.2, §4.1, §4.2, §7.1). What it sends, where it sends the
/// browser back to, and the sentence that it shows when something went wrong.
struct Platform {
    std::string_view id;  ///< "alexa-na"
    PlatformFamily family;
    std::string_view name;      ///< "Alexa, North America"
    std::string_view origin;    ///< scheme and host of the real redirect URL
    std::string_view path;      ///< of the real redirect URL; {id} is the vendor's or the project's
    std::string_view own_root;  ///< put before the path here: one server stands for all of them
    bool pkce = false;          ///< sends a challenge unless told otherwise
    bool sends_locale = false;  ///< adds user_locale
    bool revokes = false;       ///< calls the revocation endpoint when the person unlinks
    std::string_view failure;   ///< {skill} is the skill's name
};

std::span<const Platform> platforms();
/// Null when there is none of that id.
const Platform* find_platform(std::string_view id);
/// The platform that a stored link names; the first for one that is no longer known.
const Platform& platform_or_first(std::string_view id);

/// Where the browser comes back to on this server: a path.
std::string redirect_path(const Platform& platform, std::string_view vendor_id);
/// The redirect URL as the real platform has it, for tests inside a network where its name leads here.
std::string genuine_redirect_url(const Platform& platform, std::string_view vendor_id);
/// The one sentence that the platform would show.
std::string failure_sentence(const Platform& platform, std::string_view skill_name);

}  // namespace symbolon::voice
