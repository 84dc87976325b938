#include "voice/faults/skill_faults.hpp"

#include "base/encoding.hpp"

#include <boost/json/array.hpp>
#include <boost/json/value.hpp>

#include <chrono>
#include <ctime>
#include <iomanip>
#include <optional>
#include <sstream>
#include <utility>
#include <vector>

namespace symbolon::voice {

namespace json = boost::json;

namespace {

constexpr std::size_t huge = 20'000;
constexpr std::string_view chain_folder = "/echo.api/";

/// Every place of a token, in the order of the document: gone, or another value.
void replace_token(json::value& value, const std::string& token, const std::optional<json::value>& other) {
    if (auto* object = value.if_object()) {
        std::vector<std::string> gone;
        for (auto& [name, member] : *object) {
            if (member.is_string() && std::string_view(member.get_string()) == token) {
                if (other) {
                    member = *other;
                } else {
                    gone.emplace_back(name);
                }
            } else {
                replace_token(member, token, other);
            }
        }
        for (const auto& name : gone) object->erase(name);
    } else if (auto* array = value.if_array()) {
        for (auto& item : *array) replace_token(item, token, other);
    }
}

void change_token(json::value& body, std::string_view choice, const std::string& token, const OtherTokens& others) {
    if (token.empty() || choice == "off") return;
    if (choice == "missing") replace_token(body, token, std::nullopt);
    if (choice == "null") replace_token(body, token, json::value(nullptr));
    if (choice == "empty") replace_token(body, token, json::value(""));
    if (choice == "expired" && !others.former.empty()) replace_token(body, token, json::value(others.former));
    if (choice == "other_user" && !others.of_another.empty()) {
        replace_token(body, token, json::value(others.of_another));
    }
}

std::optional<Instant> parse_time(const std::string& text) {
    std::istringstream in(text.substr(0, 19));
    std::chrono::sys_seconds seconds;
    std::tm parts{};
    in >> std::get_time(&parts, "%Y-%m-%dT%H:%M:%S");
    if (in.fail()) return std::nullopt;
    seconds = std::chrono::sys_seconds(std::chrono::seconds(timegm(&parts)));
    return std::chrono::time_point_cast<std::chrono::milliseconds>(seconds);
}

void move_timestamp(json::object& request, std::chrono::minutes by) {
    auto* timestamp = request.if_contains("timestamp");
    if (timestamp == nullptr || !timestamp->is_string() || by == std::chrono::minutes(0)) return;
    const auto at = parse_time(std::string(timestamp->get_string()));
    if (at) *timestamp = to_iso8601(*at + by);
}

std::chrono::minutes error_of_clock(const Behaviour& behaviour) {
    if (behaviour.has("FI-11", "timestamp")) return std::chrono::hours(-1);
    if (behaviour.has("FI-10", "ahead")) return std::chrono::minutes(10);
    if (behaviour.has("FI-10", "behind")) return std::chrono::minutes(-10);
    return std::chrono::minutes(0);
}

/// Slots that no interaction model has, beside those that were understood.
void add_slot(json::object& request, std::string value) {
    auto* intent = request.if_contains("intent");
    if (intent == nullptr || !intent->is_object()) return;
    auto& slots = intent->get_object()["slots"];
    if (!slots.is_object()) slots = json::object{};
    slots.get_object()["SymbolonOdd"] =
        json::object{{"name", "SymbolonOdd"}, {"value", std::move(value)}, {"confirmationStatus", "NONE"}};
}

void make_odd(json::object& body, std::string_view choice) {
    auto* request = body.if_contains("request");
    if (request == nullptr || !request->is_object()) return;
    auto& part = request->get_object();
    if (choice == "type") part["type"] = "Symbolon.NobodyKnowsThisRequest";
    if (choice == "slots") add_slot(part, std::string(huge, 'x'));
    if (choice == "text") add_slot(part, std::string("Zo\u00eb \u6771\u4eac \U0001F98A \u202e") + '\0' + "end");
    if (choice != "members") return;
    const json::object unknown{{"deep", json::array{1, json::object{{"deeper", nullptr}}}}};
    for (const auto* name : {"request", "session", "context"}) {
        if (auto* member = body.if_contains(name); member != nullptr && member->is_object()) {
            member->get_object()["symbolonUnknown"] = unknown;
        }
    }
    body["symbolonUnknown"] = unknown;  // last: it moves the others
}

std::string sign(const std::string& key_pem, const std::string& text) {
    return to_base64(crypto::x509::sign_sha256(key_pem, bytes_of(text)));
}

/// Another path on the host of a chain URL; the path alone when it has no host.
std::string beside(const std::string& chain_url, std::string_view path) {
    const auto folder = chain_url.find(chain_folder);
    return (folder == std::string::npos ? std::string{} : chain_url.substr(0, folder)) + std::string(path);
}

}  // namespace

Spoiler load_spoiler(Store& store, Behaviours behaviours, const std::string& skill_id, const std::string& account) {
    Spoiler out;
    out.behaviour = behaviours.find(skill_id);
    if (!out.behaviour.is_changed("FI-12")) return out;
    for (auto& link : store.list_enablements(skill_id)) {
        if (link.account == account) {
            out.others.former = std::move(link.former_access_token);
        } else if (link.status == LinkStatus::linked) {
            out.others.of_another = std::move(link.access_token);
        }
    }
    return out;
}

json::object spoil_document(json::object body, const Behaviour& behaviour, const std::string& access_token,
                            const OtherTokens& others) {
    json::value whole(std::move(body));
    change_token(whole, behaviour.at("FI-12"), access_token, others);
    auto& changed = whole.get_object();
    make_odd(changed, behaviour.at("FI-13"));
    if (auto* request = changed.if_contains("request"); request != nullptr && request->is_object()) {
        move_timestamp(request->get_object(), error_of_clock(behaviour));
    }
    return std::move(changed);
}

void spoil_signed_request(net::ClientRequest& request, const Behaviour& behaviour, const std::string& key_pem) {
    const auto choice = behaviour.at("FI-11");
    const auto chain_url = std::string(request.headers.find("SignatureCertChainUrl").value_or(""));
    if (choice == "signature") request.headers.set("Signature-256", sign(key_pem, request.body + " "));
    if (choice == "body") request.body += " ";
    if (choice == "san") request.headers.set("SignatureCertChainUrl", beside(chain_url, other_name_path));
    if (choice == "expired") request.headers.set("SignatureCertChainUrl", beside(chain_url, expired_path));
    if (choice == "chain_url") request.headers.set("SignatureCertChainUrl", beside(chain_url, "/elsewhere/cert.pem"));
}

}  // namespace symbolon::voice
