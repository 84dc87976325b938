#pragma once

#include "base/task.hpp"
#include "directory/catalog.hpp"
#include "net/http.hpp"

#include <array>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace symbolon::oauth {

/// Where a pool is being talked to: at its own path, at its domain as a path, or at a host name.
struct Site {
    std::shared_ptr<const directory::Pool> pool;
    std::string issuer;         ///< <base-url>/<pool id>
    std::string url;            ///< prefix of the links of this answer, no trailing slash
    std::string endpoints_url;  ///< prefix that discovery advertises: the pool's domain if it has one
    std::string cookie_path;    ///< "/" on a host of its own, else "/<domain>" or "/<pool id>"
    bool secure = false;        ///< public URL is https: cookies carry Secure
};

struct SiteOptions {
    std::string base_url;     ///< public URL of the server, no trailing slash
    std::string domain_host;  ///< e.g. "{domain}.auth.example.com"; "" : domains are paths
};

/// Finds the pool that a request is for: first by host name (custom domain, --domain-host), then by the first segment
/// of the path (pool id or domain). Links never hold what a client put into a header: only configured names.
class Sites {
public:
    Sites(directory::Catalog& catalog, SiteOptions options);

    struct Found {
        Site site;
        std::string path;  ///< what remains of the request's path, beginning with '/'
    };
    /// Nothing when the request names no pool.
    Task<std::optional<Found>> find(std::string host, std::string path);
    /// What a request may be for, as far as the path alone says it, for when the database says nothing: at a host of
    /// its own, or below the first segment. These sites have no pool.
    std::array<Found, 2> guess(const std::string& path) const;
    std::string issuer_of(const PoolId& pool) const { return options_.base_url + "/" + pool.str(); }
    const SiteOptions& options() const { return options_; }

private:
    using PoolPtr = std::shared_ptr<const directory::Pool>;
    using DomainPtr = std::shared_ptr<const directory::Domain>;

    Task<DomainPtr> find_domain_by_host(std::string host_name);
    std::optional<std::string> match_domain_host(std::string_view host_name) const;
    std::string url_of_host(std::string_view host_name) const;
    std::string url_of_prefix(const std::string& domain) const;
    std::string endpoints_url_of(const directory::Pool& pool) const;
    Site make_site(PoolPtr pool, std::string url, std::string cookie_path) const;

    directory::Catalog& catalog_;
    SiteOptions options_;
    std::string scheme_;     ///< of base_url, with "://"
    std::string host_;       ///< of base_url, lower case, without port
    std::string port_;       ///< of base_url, with ':'; "" when it names none
    std::string base_path_;  ///< of base_url; "" or "/…" without a trailing slash
};

}  // namespace symbolon::oauth
