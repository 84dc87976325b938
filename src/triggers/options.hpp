#pragma once

#include "base/bytes.hpp"
#include "base/secret.hpp"

#include <chrono>
#include <cstddef>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace symbolon::triggers {

using HookSecret = Secret<struct HookSecretTag>;
using AwsSecret = Secret<struct AwsSecretTag>;

/// A function that is a web hook: where it is, and what it shares with us.
struct Hook {
    std::string url;    ///< http:// or https://
    HookSecret secret;  ///< at least 24 bytes; `whsec_` and Base64, or any text
};

/// Whose calls of AWS Lambda they are.
struct AwsKey {
    std::string id;
    AwsSecret secret;
    std::string session_token;  ///< "" but for temporary keys
};

/// How functions are reached. All of it is the operator's word; nothing of a request ever becomes a part of it.
struct Options {
    std::string lambda_endpoint;                     ///< where AWS Lambda's Invoke is; "": nowhere
    std::optional<AwsKey> key;                       ///< without it calls of Lambda are not signed
    std::map<std::string, Hook, std::less<>> hooks;  ///< by ARN, or by the function's name
    std::chrono::milliseconds attempt_limit{5000};
    int attempts = 3;
    std::size_t max_answer = 1 << 20;  ///< bytes
};

/// Fails: invalid_parameter for a URL that is none, that has a user, a query or a fragment, and for a short secret.
void check(const Options& options);

/// The hook of a function: of its ARN, its ARN without the qualifier, or its name. Null when there is none.
const Hook* find_hook(const Options& options, std::string_view function);

/// The key that a secret stands for: the bytes behind `whsec_` (Standard Webhooks), or those of the text.
Bytes key_of(const HookSecret& secret);

/// The region that stands in the ARN of a function; us-east-1 for what is no ARN.
std::string region_of(std::string_view function);

}  // namespace symbolon::triggers
