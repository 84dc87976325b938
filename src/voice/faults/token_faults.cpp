#include "voice/faults/token_faults.hpp"

#include "base/encoding.hpp"

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <chrono>
#include <string>
#include <utility>

namespace symbolon::voice {

namespace json = boost::json;

namespace {

/// Form-urlencoded before base64, as RFC 6749 §2.3.1 has it, or not, as many clients do.
std::string basic(const StoredLinking& linking, bool encoded) {
    const auto& id = linking.config.clientId;
    const auto& secret = linking.client_secret;
    const auto pair = encoded ? percent_encode(id) + ":" + percent_encode(secret) : id + ":" + secret;
    return "Basic " + to_base64(bytes_of(pair));
}

void set_expires_in(net::ClientResponse& response, std::string_view choice) {
    json::error_code problem;
    auto value = json::parse(response.body, problem);
    if (problem || !value.is_object()) return;
    auto& body = value.get_object();
    if (choice == "expires_missing") {
        body.erase("expires_in");
    } else if (choice == "expires_zero") {
        body["expires_in"] = 0;
    } else {
        const auto* seconds = body.if_contains("expires_in");
        body["expires_in"] = seconds != nullptr ? json::serialize(*seconds) : "3600";
    }
    response.body = json::serialize(value);
}

}  // namespace

void prove_client(net::ClientRequest& request, net::Form& form, const StoredLinking& linking,
                  const Behaviour& behaviour) {
    const bool in_body = linking.config.accessTokenScheme == AccessTokenScheme::REQUEST_BODY_CREDENTIALS;
    const auto forced = behaviour.at("FI-06");
    const auto manner = forced != "off" ? forced : std::string_view(in_body ? "body" : "basic_encoded");
    if (manner != "body") request.headers.add("Authorization", basic(linking, manner != "basic_raw"));
    if (manner == "body" || manner == "both") form.add("client_secret", linking.client_secret);
}

net::ClientResponse spoil_token_answer(net::ClientResponse response, const Behaviour& behaviour) {
    using std::chrono::milliseconds;
    if (behaviour.has("FI-14", "4400")) response.took = milliseconds(4400);
    if (behaviour.has("FI-14", "4600")) response.took = milliseconds(4600);
    const auto choice = behaviour.at("FI-15");
    if (choice == "html") {
        response.headers.set("Content-Type", "text/html; charset=utf-8");
        response.body = "<!doctype html><title>Welcome</title>";
    } else if (choice == "redirect") {
        response.status = 302;
        response.headers.set("Location", "/login");
    } else if (choice == "gzip") {
        response.headers.set("Content-Encoding", "gzip");
        response.body.insert(0, "\x1F\x8B\x08");
    } else if (choice == "bom") {
        response.body.insert(0, "\xEF\xBB\xBF");
    } else if (choice.starts_with("expires_")) {
        set_expires_in(response, choice);
    }
    return response;
}

}  // namespace symbolon::voice
