#include "aws/custom_ids.hpp"

#include <utility>

namespace symbolon::aws {

namespace {

constexpr std::string_view custom_id = "_custom_id_";
constexpr std::string_view custom_id_prefix = "_custom_id_:";
constexpr std::size_t longest_pool_id = 55;
constexpr std::size_t longest_client_id = 128;

}  // namespace

bool is_client_name(std::string_view text) {
    if (text.starts_with(custom_id_prefix)) text.remove_prefix(custom_id_prefix.size());
    return is_name(text);
}

PoolId choose_pool_id(const Call& call, const std::optional<directory::Tags>& tags) {
    constexpr std::string_view letters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    std::string id;
    if (call.chosen != nullptr) id = call.chosen->pool;
    if (id.empty() && tags) {
        for (const auto& [key, value] : *tags) {
            if (key.str() == custom_id) id = value.str();
        }
    }
    if (id.empty()) return PoolId(call.context.options.region + "_" + call.context.services.random.text(9, letters));
    if (id.size() > longest_pool_id || !is_pool_id(id)) {
        throw Error(Errc::invalid_parameter,
                    id + " is no id of a user pool: <region>_<letters and digits>, at most 55 characters.");
    }
    return PoolId(std::move(id));
}

ClientId choose_client_id(const Scope& scope, std::string_view name) {
    constexpr std::string_view letters = "0123456789abcdefghijklmnopqrstuvwxyz";
    constexpr std::size_t length = 26;
    std::string id;
    if (scope.chosen != nullptr) id = scope.chosen->client;
    if (id.empty() && name.starts_with(custom_id_prefix)) id = name.substr(custom_id_prefix.size());
    if (id.empty()) return ClientId(scope.context.services.random.text(length, letters));
    if (id.size() > longest_client_id || !is_word_or_plus(id)) {
        throw Error(Errc::invalid_parameter,
                    id + " is no id of an app client: letters, digits, _ and +, at most 128 characters.");
    }
    return ClientId(std::move(id));
}

}  // namespace symbolon::aws
