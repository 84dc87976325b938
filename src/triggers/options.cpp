#include "triggers/options.hpp"

#include "base/encoding.hpp"
#include "base/error.hpp"

#include <algorithm>
#include <utility>
#include <vector>

namespace symbolon::triggers {
namespace {

constexpr std::string_view encoded = "whsec_";
constexpr std::size_t least_secret = 24;  ///< bytes; what Standard Webhooks asks for

std::vector<std::string_view> split(std::string_view text) {
    std::vector<std::string_view> out;
    while (true) {
        const auto colon = text.find(':');
        out.push_back(text.substr(0, colon));
        if (colon == std::string_view::npos) return out;
        text.remove_prefix(colon + 1);
    }
}

/// arn:partition:lambda:region:account:function:name[:qualifier]
bool is_function_arn(const std::vector<std::string_view>& parts) {
    return parts.size() >= 7 && parts[0] == "arn" && parts[5] == "function";
}

void check_url(std::string_view url, std::string_view what, bool may_have_query) {
    const auto refuse = [&](std::string_view why) {
        throw Error{Errc::invalid_parameter, std::string(what) + ": " + std::string(why)};
    };
    const auto scheme = url.starts_with("https://") ? 8U : url.starts_with("http://") ? 7U : 0U;
    if (scheme == 0 || url.size() == scheme) refuse("not an http:// or https:// URL");
    const auto odd = [](char c) { return c <= ' ' || c == '#' || c == '\x7f'; };
    if (std::ranges::any_of(url, odd)) refuse("white space or a fragment in the URL");
    const auto authority = url.substr(scheme, url.find_first_of("/?", scheme) - scheme);
    if (authority.empty() || authority.find('@') != std::string_view::npos) refuse("a URL with a host and no user");
    if (!may_have_query && url.find('?') != std::string_view::npos) refuse("a URL without a query");
}

}  // namespace

void check(const Options& options) {
    if (!options.lambda_endpoint.empty()) check_url(options.lambda_endpoint, "lambda-endpoint", false);
    for (const auto& [function, hook] : options.hooks) {
        check_url(hook.url, "hook " + function, true);
        if (key_of(hook.secret).size() < least_secret)
            throw Error{Errc::invalid_parameter, "hook " + function + ": a secret has at least 24 bytes"};
    }
}

const Hook* find_hook(const Options& options, std::string_view function) {
    const auto find = [&](std::string_view name) -> const Hook* {
        const auto found = options.hooks.find(name);
        return found == options.hooks.end() ? nullptr : &found->second;
    };
    if (const auto* hook = find(function)) return hook;
    const auto parts = split(function);
    if (!is_function_arn(parts)) return nullptr;
    const auto name = parts[6];
    const auto end_of_name = static_cast<std::size_t>(name.data() + name.size() - function.data());
    if (const auto* hook = find(function.substr(0, end_of_name))) return hook;
    return find(name);
}

Bytes key_of(const HookSecret& secret) {
    std::string_view text = secret.reveal();
    if (text.starts_with(encoded)) {
        if (auto bytes = parse_base64(text.substr(encoded.size()))) return std::move(*bytes);
    }
    return Bytes(text.begin(), text.end());
}

std::string region_of(std::string_view function) {
    const auto parts = split(function);
    if (!is_function_arn(parts) || parts[3].empty()) return "us-east-1";
    return std::string(parts[3]);
}

}  // namespace symbolon::triggers
