#include "doctor/observe/token_endpoint.hpp"

#include "base/encoding.hpp"
#include "doctor/check.hpp"
#include "doctor/observe/browser.hpp"

#include <boost/json/parse.hpp>

#include <utility>

namespace symbolon::doctor {

namespace json = boost::json;

namespace {

constexpr std::size_t most_unanswered_calls = 2;  ///< calls without an answer, each of which waits to its limit

std::string pair_of(const std::string& id, std::string_view secret, Proof proof) {
    if (proof == Proof::basic_raw) return id + ":" + std::string(secret);
    return percent_encode(id) + ":" + percent_encode(secret);
}

}  // namespace

Proof proof_of(Scheme scheme) {
    return scheme == Scheme::basic ? Proof::basic : Proof::body;
}

std::optional<json::object> parse_object(const std::string& body) {
    json::error_code problem;
    auto value = json::parse(body, problem);
    if (problem || !value.is_object()) return std::nullopt;
    return std::move(value.get_object());
}

std::string describe(const HttpAnswer& answer) {
    return "HTTP " + std::to_string(answer.status) + " " +
           std::string(answer.headers.find("Content-Type").value_or("(no Content-Type)")) + ", " +
           std::to_string(answer.took.total.count()) + " ms: " + answer.body;
}

bool TokenReply::granted() const {
    return answer.status >= 200 && answer.status < 300 && error().empty();
}

std::string TokenReply::error() const {
    return text("error");
}

std::string TokenReply::text(std::string_view name) const {
    const auto* found = body ? body->if_contains(name) : nullptr;
    return found != nullptr && found->is_string() ? std::string(found->get_string()) : std::string{};
}

std::optional<std::int64_t> TokenReply::number(std::string_view name) const {
    const auto* found = body ? body->if_contains(name) : nullptr;
    if (found == nullptr || !found->is_int64()) return std::nullopt;
    return found->get_int64();
}

bool TokenReply::is_json() const {
    const auto type = net::to_lower(answer.headers.find("Content-Type").value_or(""));
    return type == "application/json" || type.starts_with("application/json;") ||
           type.starts_with("application/json ;");
}

std::string TokenReply::evidence() const {
    return describe(answer);
}

TokenEndpoint::TokenEndpoint(Http& http, const Subject& subject, Redaction& redaction)
    : http_(http), subject_(subject), redaction_(redaction) {}

TokenReply TokenEndpoint::call(const TokenCall& call) {
    TokenReply reply;
    reply.answer = send(prepare(call));
    reply.body = parse_object(reply.answer.body);
    remember(reply);
    return reply;
}

void TokenEndpoint::hang_up(const TokenCall& call) {
    auto request = prepare(call);
    request.hang_up = true;
    try {
        http_.send(request);
    } catch (const net::ClientError&) {  // as always with hang_up
    }
}

HttpRequest TokenEndpoint::prepare(const TokenCall& call) {
    const auto& client = call.client != nullptr ? *call.client : subject_.client;
    const std::string secret = call.secret.value_or(std::string(client.secret.reveal()));
    HttpRequest request;
    request.method = "POST";
    request.url = subject_.token_url;
    request.headers.add("User-Agent", std::string(server_agent));
    request.headers.add("Accept", "application/json");
    request.headers.add("Content-Type",
                        std::string("application/x-www-form-urlencoded") + (call.charset ? ";charset=UTF-8" : ""));
    auto form = call.form;
    prove(request, form, call.proof, client, secret);
    request.body = form.encode();
    return request;
}

HttpAnswer TokenEndpoint::send(const HttpRequest& request) {
    if (unanswered().size() >= most_unanswered_calls)
        throw NotExamined{"The token endpoint does not answer; AL-TOK-013 tells."};
    try {
        return http_.send(request);
    } catch (const net::ClientError& e) {
        const std::scoped_lock lock(mutex_);
        unanswered_.push_back(e);
        throw NotExamined{"No answer from the token endpoint; AL-TOK-013 tells."};
    }
}

void TokenEndpoint::prove(HttpRequest& request, net::Form& form, Proof proof, const Credentials& client,
                          std::string_view secret) {
    if (proof == Proof::body) {
        form.add("client_id", client.id);
        form.add("client_secret", std::string(secret));
        return;
    }
    if (proof == Proof::basic_and_id) form.add("client_id", client.id);
    const auto pair = to_base64(bytes_of(pair_of(client.id, secret, proof)));
    redaction_.remember(pair, "Basic credentials");
    request.headers.add("Authorization", "Basic " + pair);
}

TokenReply TokenEndpoint::refresh(const std::string& refresh_token) {
    TokenCall out;
    out.proof = proof_of(subject_.scheme);
    out.form.add("grant_type", "refresh_token");
    out.form.add("refresh_token", refresh_token);
    return call(out);
}

TokenReply TokenEndpoint::exchange(const std::string& code, const std::string& redirect_uri) {
    TokenCall out;
    out.proof = proof_of(subject_.scheme);
    out.form.add("grant_type", "authorization_code");
    out.form.add("code", code);
    out.form.add("redirect_uri", redirect_uri);
    return call(out);
}

std::vector<std::chrono::milliseconds> TokenEndpoint::times() const {
    const std::scoped_lock lock(mutex_);
    return times_;
}

std::vector<net::ClientError> TokenEndpoint::unanswered() const {
    const std::scoped_lock lock(mutex_);
    return unanswered_;
}

void TokenEndpoint::remember(const TokenReply& reply) {
    for (const auto* kind : {"access_token", "refresh_token", "id_token"}) redaction_.remember(reply.text(kind), kind);
    const std::scoped_lock lock(mutex_);
    times_.push_back(reply.answer.took.total);
}

}  // namespace symbolon::doctor
