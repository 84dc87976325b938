#pragma once

#include "base/task.hpp"
#include "crypto/work_pool.hpp"
#include "net/http.hpp"
#include "oauth/tokens.hpp"
#include "signin/administration.hpp"
#include "signin/recovery.hpp"
#include "signin/sign_in.hpp"
#include "signin/sign_up.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace symbolon::aws {

struct Options {
    std::string region = "us-east-1";
    std::string account_id = "000000000000";
    std::string base_url;
    /// The secret of an access key; nothing when unknown.
    std::function<std::optional<std::string>(std::string_view access_key_id)> find_secret;
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
    /// Answers POST / and the CORS preflight OPTIONS /.
    Task<net::Response> serve(net::Request request);

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace symbolon::aws
