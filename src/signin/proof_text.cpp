#include "signin/proof_text.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <array>
#include <cstddef>
#include <cstdint>

// Names are short and defaults are left out: a session has 2048 characters, of which SRP and custom challenges need
// most.
namespace symbolon::signin {
namespace {

namespace json = boost::json;

/// In the order of their bits. New ones go to the end.
constexpr std::array proofs{&Proofs::password,       &Proofs::first_code,   &Proofs::passkey,  &Proofs::passkey_user,
                            &Proofs::custom,         &Proofs::new_password, &Proofs::sms_code, &Proofs::email_code,
                            &Proofs::software_token, &Proofs::device,       &Proofs::sign_up};

std::int64_t to_bits(const Proofs& given) {
    std::int64_t bits = 0;
    for (std::size_t i = 0; i < proofs.size(); ++i) {
        if (given.*proofs.at(i)) bits |= std::int64_t{1} << i;
    }
    return bits;
}

Proofs from_bits(std::int64_t bits) {
    Proofs given;
    for (std::size_t i = 0; i < proofs.size(); ++i) given.*proofs.at(i) = ((bits >> i) & 1) != 0;
    return given;
}

void put(json::object& out, std::string_view name, const std::string& text) {
    if (!text.empty()) out[name] = text;
}

std::string get(const json::object& in, std::string_view name) {
    const auto* value = in.if_contains(name);
    return value ? std::string(value->as_string()) : std::string();
}

json::array to_json(const std::vector<triggers::ChallengeResult>& results) {
    json::array out;
    for (const auto& result : results) {
        json::array entry{result.name, result.passed};
        if (!result.metadata.empty()) entry.emplace_back(result.metadata);
        out.push_back(std::move(entry));
    }
    return out;
}

std::vector<triggers::ChallengeResult> parse_results(const json::array& in) {
    std::vector<triggers::ChallengeResult> out;
    for (const auto& value : in) {
        const auto& entry = value.as_array();
        triggers::ChallengeResult result{.name = std::string(entry.at(0).as_string()), .passed = entry.at(1).as_bool()};
        if (entry.size() > 2) result.metadata = std::string(entry.at(2).as_string());
        out.push_back(std::move(result));
    }
    return out;
}

/// Level (-1: none), action, whether the password is compromised. The user was told when it was found.
json::array to_json(const Risk& risk) {
    return {risk.level ? static_cast<std::int64_t>(*risk.level) : -1, static_cast<std::int64_t>(risk.action),
            risk.compromised};
}

Risk parse_risk(const json::array& in) {
    Risk risk;
    const auto level = in.at(0).as_int64();
    if (level >= 0) risk.level = static_cast<directory::RiskLevelType>(level);
    risk.action = static_cast<RiskAction>(in.at(1).as_int64());
    risk.compromised = in.at(2).as_bool();
    return risk;
}

void put_progress(json::object& out, const Progress& progress) {
    out["flow"] = static_cast<std::int64_t>(progress.flow);
    out["given"] = to_bits(progress.given);
    put(out, "device", progress.device_key);
    put(out, "a", progress.srp_a);
    put(out, "b", progress.srp_b);
    put(out, "metadata", progress.challenge_metadata);
    put(out, "event", progress.event);
    if (!progress.levels.empty()) out["levels"] = json::array(progress.levels.begin(), progress.levels.end());
    if (progress.risk) out["risk"] = to_json(*progress.risk);
    if (!progress.results.empty()) out["results"] = to_json(progress.results);
    if (progress.private_parameters.empty()) return;
    json::object secrets;
    for (const auto& [name, value] : progress.private_parameters) secrets[name] = value;
    out["private"] = std::move(secrets);
}

Progress parse_progress(const json::object& in) {
    Progress out;
    out.flow = static_cast<Flow>(in.at("flow").as_int64());
    out.given = from_bits(in.at("given").as_int64());
    out.device_key = get(in, "device");
    out.srp_a = get(in, "a");
    out.srp_b = get(in, "b");
    out.challenge_metadata = get(in, "metadata");
    out.event = get(in, "event");
    if (const auto* levels = in.if_contains("levels")) {
        for (const auto& level : levels->as_array()) out.levels.push_back(static_cast<int>(level.as_int64()));
    }
    if (const auto* risk = in.if_contains("risk")) out.risk = parse_risk(risk->as_array());
    if (const auto* results = in.if_contains("results")) out.results = parse_results(results->as_array());
    if (const auto* secrets = in.if_contains("private")) {
        for (const auto& entry : secrets->as_object())
            out.private_parameters.emplace(std::string(entry.key()), std::string(entry.value().as_string()));
    }
    return out;
}

}  // namespace

std::string to_text(const ProofContent& content) {
    json::object out;
    out["user"] = content.user;
    out["name"] = content.username;
    out["login"] = content.login;
    out["id"] = content.id;
    out["mark"] = content.mark;
    out["expires"] = to_ms(content.expires);
    put_progress(out, content.progress);
    return json::serialize(out);
}

ProofContent parse_proof_content(std::string_view text) {
    const auto value = json::parse(json::string_view(text.data(), text.size()));
    const auto& in = value.as_object();
    ProofContent out;
    out.user = get(in, "user");
    out.username = get(in, "name");
    out.login = get(in, "login");
    out.id = get(in, "id");
    out.mark = get(in, "mark");
    out.expires = from_ms(in.at("expires").as_int64());
    out.progress = parse_progress(in);
    return out;
}

}  // namespace symbolon::signin
