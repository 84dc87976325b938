#pragma once

#include "base/clock.hpp"
#include "base/task.hpp"
#include "directory/terms.hpp"
#include "net/http.hpp"
#include "oauth/site.hpp"
#include "pages/managed_style.hpp"
#include "signin/services.hpp"
#include "signin/sign_in.hpp"

#include <chrono>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

namespace symbolon::pages {

/// What an operator made of the pages' look, and the links that stand on them (oauth-and-hosted-ui.md §3.4 to §3.6).
/// Addresses are below the site's; "": as the pages are by themselves.
struct Look {
    std::string style;
    std::string logo;
    std::string dark_logo;  ///< where it differs from the light one
    std::string favicon;
    Scheme scheme = Scheme::dynamic;
    directory::TermsLinks terms;
    directory::TermsLinks privacy;
};

/// The link for a language, else the one for all; "" without.
std::string link_for(const directory::TermsLinks& links, std::string_view language);

/// Whether a path below the site's is one of a look's files.
bool is_look_path(std::string_view path);

/// Finds the looks: SetUICustomization's on a domain with the classic pages, a style of managed login on one whose
/// ManagedLoginVersion is 2. What was read is kept for as long as the catalog keeps things. Threads: any.
class Looks {
public:
    explicit Looks(signin::Services& services) : services_(services) {}

    /// `client` is null on pages that are of no client.
    Task<std::shared_ptr<const Look>> find(oauth::Site site, signin::ClientPtr client);

    /// The answer to one of a look's addresses, 404 when it is not there any more.
    Task<net::Response> serve(oauth::Site site, std::string path);

private:
    struct Kept {
        std::shared_ptr<const Look> look;
        Instant read{};
    };
    std::shared_ptr<const Look> find_kept(const std::string& key);
    void keep(const std::string& key, std::shared_ptr<const Look> look);

    signin::Services& services_;
    std::mutex mutex_;
    std::map<std::string, Kept> kept_;
};

}  // namespace symbolon::pages
