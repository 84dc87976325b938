#include "oauth/requested_claims.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/system/error_code.hpp>

#include <algorithm>
#include <utility>

namespace symbolon::oauth {
namespace {

constexpr std::size_t max_name = 256;
constexpr std::size_t max_values = 50;

bool add_value(const boost::json::value& value, std::vector<std::string>& values) {
    if (const auto* text = value.if_string()) values.emplace_back(*text);
    return values.size() <= max_values;
}

/// `null`, or {"essential", "value", "values"}.
bool read_request(const boost::json::value& wanted, RequestedClaim& claim) {
    if (wanted.is_null()) return true;
    const auto* object = wanted.if_object();
    if (!object) return false;
    if (const auto* essential = object->if_contains("essential")) {
        if (!essential->is_bool()) return false;
        claim.essential = essential->get_bool();
    }
    if (const auto* value = object->if_contains("value"); value && !add_value(*value, claim.values)) return false;
    const auto* values = object->if_contains("values");
    if (!values) return true;
    const auto* list = values->if_array();
    return list && std::ranges::all_of(*list, [&](const auto& value) { return add_value(value, claim.values); });
}

bool read_half(const boost::json::object& document, std::string_view name, std::vector<RequestedClaim>& half) {
    const auto* found = document.if_contains(name);
    if (!found || found->is_null()) return true;
    const auto* claims = found->if_object();
    if (!claims || claims->size() > max_requested_claims) return false;
    for (const auto& [claim_name, wanted] : *claims) {
        RequestedClaim claim{std::string(claim_name)};
        if (claim.name.empty() || claim.name.size() > max_name || !read_request(wanted, claim)) return false;
        half.push_back(std::move(claim));
    }
    return true;
}

const RequestedClaim* find(const std::vector<RequestedClaim>& claims, std::string_view name) {
    const auto found = std::ranges::find_if(claims, [&](const auto& claim) { return claim.name == name; });
    return found == claims.end() ? nullptr : &*found;
}

}  // namespace

const RequestedClaim* RequestedClaims::find_in_id_token(std::string_view name) const {
    return find(id_token, name);
}

std::string RequestedClaims::subject() const {
    for (const auto* half : {&id_token, &userinfo}) {
        const auto* claim = find(*half, "sub");
        if (claim && claim->values.size() == 1) return claim->values.front();
    }
    return {};
}

std::optional<RequestedClaims> parse_requested_claims(std::string_view text) {
    if (text.size() > max_claims_parameter) return std::nullopt;
    boost::json::parse_options bounded;
    bounded.max_depth = 8;
    boost::system::error_code failure;
    const auto document = boost::json::parse(text, failure, {}, bounded);
    if (failure || !document.is_object()) return std::nullopt;
    RequestedClaims claims;
    if (!read_half(document.get_object(), "id_token", claims.id_token)) return std::nullopt;
    if (!read_half(document.get_object(), "userinfo", claims.userinfo)) return std::nullopt;
    return claims;
}

std::optional<std::vector<std::string>> names_of(const std::vector<RequestedClaim>& claims) {
    if (claims.empty()) return std::nullopt;
    std::vector<std::string> names;
    for (const auto& claim : claims) names.push_back(claim.name);
    return names;
}

}  // namespace symbolon::oauth
