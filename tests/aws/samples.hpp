#pragma once

#include <boost/json/object.hpp>

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

/// What the generated tests know of the API, written down apart from src/aws: a smallest valid request of every
/// operation, the further scalar members, and the constraint of every scalar (cognito-api.md chapter 2, Appendix B).
namespace symbolon::aws {

struct Sample {
    std::string_view operation;
    /// The required members alone, with $pool, $client, $user, $server, $domain, $token in place of real values.
    std::string_view body;
    /// Names of optional scalar members, separated by spaces.
    std::string_view optional;
};

std::span<const Sample> samples();
const Sample& sample(std::string_view operation);

/// What stands for the places in a sample.
struct Places {
    std::string pool, client, user, server, domain, token;
};
boost::json::object fill(const Sample& sample, const Places& places);
/// Places that are well formed and lead nowhere.
const Places& nowhere();

enum class Kind { text, number, flag, choice, whole };  ///< whole: a list, map or structure

/// The constraint of one member.
struct Rule {
    std::string_view member;
    /// The one operation where this rule holds; empty: wherever no rule of its own says otherwise.
    std::string_view operation;
    Kind kind = Kind::text;
    std::int64_t min = 0;
    std::int64_t max = 0;           ///< 0: none
    std::string_view pattern = {};  ///< as messages show it; empty: none
    std::string_view filler = "a";  ///< a character that a value may consist of
    std::string_view odd = {};      ///< a value that breaks the pattern alone
    bool sensitive = false;
    std::string_view tail = {};  ///< what a value must end with
};

const Rule& rule(std::string_view operation, std::string_view member);

}  // namespace symbolon::aws
