#pragma once

#include "doctor/redaction.hpp"
#include "doctor/subject.hpp"
#include "doctor/transport.hpp"
#include "net/form.hpp"

#include <boost/json/object.hpp>

#include <chrono>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace symbolon::doctor {

/// How a client proves who it is (RFC 6749 §2.3.1).
enum class Proof {
    basic,         ///< id and secret form-encoded before base64, as the standard has it
    basic_raw,     ///< as they are
    basic_and_id,  ///< with client_id in the body as well, as Alexa sends it
    body,
};

Proof proof_of(Scheme scheme);

struct TokenCall {
    net::Form form = {};
    Proof proof = Proof::basic;
    const Credentials* client = nullptr;     ///< null: the subject's
    std::optional<std::string> secret = {};  ///< instead of the client's own
    bool charset = false;                    ///< say charset=UTF-8 in the Content-Type
};

/// What a token endpoint said.
struct TokenReply {
    HttpAnswer answer;
    std::optional<boost::json::object> body;  ///< when the body is one JSON object, whatever the Content-Type says

    /// Tokens were given.
    bool granted() const;
    /// The code of an OAuth error; "" for anything else.
    std::string error() const;
    /// A text member; "" without one.
    std::string text(std::string_view name) const;
    std::optional<std::int64_t> number(std::string_view name) const;
    bool is_json() const;  ///< by its Content-Type
    /// "HTTP 400 application/json, 12 ms: {…}".
    std::string evidence() const;
};

/// Calls the token endpoint as platforms do, and remembers how long it took and what must not be shown. A call without
/// an answer is NotExamined, and AL-TOK-013 tells of it; after two of them no more is asked. Threads: any.
class TokenEndpoint {
public:
    TokenEndpoint(Http& http, const Subject& subject, Redaction& redaction);

    TokenReply call(const TokenCall& call);
    /// Sends it, and leaves before the answer has arrived.
    void hang_up(const TokenCall& call);
    /// A form of the grant, as the subject's client with the configured scheme.
    TokenReply refresh(const std::string& refresh_token);
    TokenReply exchange(const std::string& code, const std::string& redirect_uri);

    /// Puts the client's proof into a request of another endpoint.
    void prove(HttpRequest& request, net::Form& form, Proof proof, const Credentials& client, std::string_view secret);

    /// How long each answer took.
    std::vector<std::chrono::milliseconds> times() const;
    /// Why answers did not come.
    std::vector<net::ClientError> unanswered() const;

private:
    HttpRequest prepare(const TokenCall& call);
    HttpAnswer send(const HttpRequest& request);
    void remember(const TokenReply& reply);

    Http& http_;
    const Subject& subject_;
    Redaction& redaction_;
    mutable std::mutex mutex_;
    std::vector<std::chrono::milliseconds> times_;
    std::vector<net::ClientError> unanswered_;
};

/// "HTTP 200 text/html, 12 ms: …" of any answer. The body is whole: who shortens it before secrets are taken out leaves
/// halves of them.
std::string describe(const HttpAnswer& answer);
/// A body that is one JSON object.
std::optional<boost::json::object> parse_object(const std::string& body);

}  // namespace symbolon::doctor
