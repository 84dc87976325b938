#pragma once

#include "aws/audit.hpp"
#include "base/task.hpp"
#include "crypto/work_pool.hpp"
#include "directory/access_keys.hpp"
#include "net/http.hpp"
#include "oauth/tokens.hpp"
#include "signin/administration.hpp"
#include "signin/recovery.hpp"
#include "signin/sign_in.hpp"
#include "signin/sign_up.hpp"

#include <boost/json/object.hpp>

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace symbolon::aws {

struct Options {
    std::string region = "us-east-1";
    std::string account_id = "000000000000";
    std::string base_url;
    directory::AccessKeyRing* keys = nullptr;  ///< null: nobody is an administrator
    AuditLog* audit = nullptr;                 ///< null: nothing is written down
};

/// Ids that whoever makes something has chosen; "": made by chance.
struct ChosenIds {
    std::string pool = {};
    std::string client = {};
    std::string user = {};  ///< the sub
};

/// What operations work with.
struct Context {
    signin::Services& services;
    oauth::Tokens& tokens;
    signin::SignIn& sign_in;
    signin::SignUp& sign_up;
    signin::Recovery& recovery;
    signin::Administration& administration;
    crypto::WorkPool& workers;  ///< for what would hold up an event loop
    const Options& options;
};

/// The AWS JSON API: POST <base-url>/ with X-Amz-Target (cognito-api.md §1).
class Door {
public:
    explicit Door(Context context);
    ~Door();
    /// Answers POST / and the CORS preflight OPTIONS /, and what is below /files/ (files.hpp).
    Task<net::Response> serve(net::Request request);

    /// How many bytes the body of a request may have that is larger than others: net::ServerOptions::body_limit.
    std::size_t body_limit(const net::Request& head) const;

    /// An operation of administrators that the server itself calls, in the name of `caller`: without a signature, into
    /// the audit log as any other. Returns the answer; nothing: an empty body. Fails: as the operation does.
    Task<std::optional<boost::json::object>> call(std::string caller, std::string operation, boost::json::object body,
                                                  ChosenIds chosen);

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace symbolon::aws
