#include "app/hooks.hpp"

#include "base/encoding.hpp"
#include "base/error.hpp"
#include "base/log.hpp"

#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <initializer_list>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>

namespace symbolon::app {
namespace {

constexpr std::size_t sender_key_size = 32;

[[noreturn]] void refuse(const std::string& why) {
    throw Error{Errc::invalid_parameter, "--hooks: " + why};
}

std::string environment(const char* name) {
    const char* value = std::getenv(name);
    return value ? value : "";
}

/// The text of a member, or of the file that `<member>-file` names, without its last line break.
std::string secret_text(const YAML::Node& node, const std::string& member, const std::string& where) {
    if (node[member]) return node[member].as<std::string>();
    const auto file = node[member + "-file"];
    if (!file) refuse(where + " lacks " + member);
    const auto path = file.as<std::string>();
    std::ifstream in(path, std::ios::binary);
    if (!in) refuse(where + ": cannot read " + path);
    std::string text{std::istreambuf_iterator<char>(in), {}};
    while (text.ends_with('\n') || text.ends_with('\r')) text.pop_back();
    return text;
}

void check_members(const YAML::Node& node, std::initializer_list<std::string_view> known, const std::string& where) {
    if (!node.IsMap()) refuse(where + " is not a map");
    for (const auto& entry : node) {
        const auto name = entry.first.as<std::string>();
        if (std::find(known.begin(), known.end(), name) == known.end()) refuse(where + ": unknown member " + name);
    }
}

triggers::Hook parse_hook(const std::string& function, const YAML::Node& node) {
    const auto where = "hook " + function;
    check_members(node, {"url", "secret", "secret-file"}, where);
    if (!node["url"]) refuse(where + " lacks url");
    triggers::Hook hook{.url = node["url"].as<std::string>(),
                        .secret = triggers::HookSecret(secret_text(node, "secret", where))};
    if (hook.url.starts_with("http://"))
        log::warning("hook_without_tls",
                     {{"function", function}, {"help", "passwords and personal data go there in the clear"}});
    return hook;
}

crypto::WrappingKey parse_sender_key(const YAML::Node& file) {
    auto key = parse_base64(secret_text(file, "sender-key", "the file"));
    if (!key || key->size() != sender_key_size) refuse("sender-key is not Base64 of 32 bytes");
    return {.key_namespace = "symbolon", .name = "custom-sender", .key = std::move(*key)};
}

void read_file(const std::string& path, HookSettings& out) {
    try {
        const YAML::Node file = YAML::LoadFile(path);
        check_members(file, {"hooks", "sender-key", "sender-key-file"}, path);
        if (file["sender-key"] || file["sender-key-file"]) out.sender_key = parse_sender_key(file);
        if (!file["hooks"]) return;
        if (!file["hooks"].IsMap()) refuse("hooks is not a map of functions");
        for (const auto& entry : file["hooks"]) {
            const auto function = entry.first.as<std::string>();
            if (!out.functions.hooks.emplace(function, parse_hook(function, entry.second)).second)
                refuse("two hooks of " + function);
        }
    } catch (const YAML::Exception& error) {
        // Its message shows where, and nothing of what stands there.
        refuse(path + ", line " + std::to_string(error.mark.line + 1) + ": not the YAML that is expected");
    }
}

std::optional<triggers::AwsKey> key_of_environment() {
    auto id = environment("AWS_ACCESS_KEY_ID");
    auto secret = environment("AWS_SECRET_ACCESS_KEY");
    if (id.empty() || secret.empty()) return std::nullopt;
    return triggers::AwsKey{
        .id = std::move(id), .secret = triggers::AwsSecret(secret), .session_token = environment("AWS_SESSION_TOKEN")};
}

}  // namespace

HookSettings load_hooks(const ServeOptions& options) {
    HookSettings out;
    out.functions.lambda_endpoint =
        options.lambda_endpoint.empty() ? environment("AWS_ENDPOINT_URL_LAMBDA") : options.lambda_endpoint;
    if (!out.functions.lambda_endpoint.empty()) out.functions.key = key_of_environment();
    if (!options.hooks.empty()) read_file(options.hooks, out);
    triggers::check(out.functions);
    return out;
}

}  // namespace symbolon::app
