#pragma once

#include "base/clock.hpp"
#include "crypto/random.hpp"
#include "doctor/check.hpp"
#include "doctor/observe/authorization_request.hpp"
#include "doctor/observe/browser.hpp"
#include "doctor/observe/metadata.hpp"
#include "doctor/observe/token_endpoint.hpp"
#include "doctor/person/person.hpp"
#include "doctor/redaction.hpp"
#include "doctor/subject.hpp"
#include "doctor/transport.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

namespace symbolon::doctor {

/// How an account is to be linked; nothing said is as the configuration has it.
struct LinkWish {
    std::string why;
    std::optional<Proof> proof = {};
    std::string state = {};  ///< "": a random one
    bool pkce = false;
    bool charset = false;
    std::string wrong_redirect_uri = {};     ///< in the exchange
    std::string wrong_verifier = {};         ///< in the exchange
    const Credentials* as_client = nullptr;  ///< who exchanges the code
};

/// One way from the authorization request to the tokens.
struct Link {
    Arrival arrival;
    std::string state;  ///< as sent
    std::string code;
    bool code_in_fragment = false;
    TokenReply reply;

    std::string access_token() const { return reply.text("access_token"); }
    std::string refresh_token() const { return reply.text("refresh_token"); }
};

/// What checks share: the subject, the ways to it, and what was observed, each once. An observation that cannot be had
/// is NotExamined, with the check that tells why. Threads: one.
class Examination {
public:
    struct Parts {
        const Subject& subject;
        Http& http;
        Network& network;
        Person* person;  ///< null: nobody signs in
        const Clock& clock;
        crypto::Random& random;
        std::function<void(std::chrono::seconds)> wait;
    };
    explicit Examination(Parts parts);

    const Subject& subject() const { return parts_.subject; }
    Http& http() { return parts_.http; }
    Network& network() { return parts_.network; }
    crypto::Random& random() { return parts_.random; }
    Instant now() const { return parts_.clock.now(); }
    void wait(std::chrono::seconds time) { parts_.wait(time); }
    Redaction& redaction() { return redaction_; }
    const Redaction& redaction() const { return redaction_; }
    TokenEndpoint& tokens() { return tokens_; }

    // The front channel.
    /// The redirect URI of probes: the doctor's own, else a platform's.
    const std::string& redirect_uri() const { return redirect_uri_; }
    /// A request that the server must accept.
    AuthorizationRequest valid_request();
    /// Opens it without cookies, as a phone would, or who calls himself otherwise.
    Visit visit(const AuthorizationRequest& request, std::string_view agent = phone_agent);
    /// Both endpoints answer, but as each other would.
    bool endpoints_swapped();
    /// Where the valid request leads, whatever that is.
    const Visit& landing();
    /// The page that it leads to; without one, AL-AUZ-001 tells.
    const Visit& sign_in_page();
    const Page& page();
    /// The page of the valid request was reached by this visit, too.
    bool reaches_sign_in(const Visit& visit);
    /// Hosts that the person named; others are asked only at public addresses.
    const std::vector<std::string>& own_hosts() const { return own_hosts_; }

    /// What the handshake with a place showed.
    const TlsReport& handshake(const std::string& host, std::uint16_t port, TlsOffer offer);
    /// Somebody was there to talk to, if only for a handshake that came to nothing.
    bool reached() const;

    // With a person.
    /// The link that most checks look at, made as the configuration has it.
    const Link& link();
    /// A new one. Not examined when there is nobody, or no code comes.
    Link make_link(const LinkWish& wish);
    /// A new one, with a refresh token.
    Link make_lasting_link(const std::string& why);
    /// Sends the person; not examined when that leads nowhere.
    Arrival send_person(Intent intent, const std::string& url, const std::string& why);
    Person* person() { return parts_.person; }
    /// The newest one of link().
    const std::string& access_token();
    /// The one that came with link().
    const std::string& refresh_token();
    /// What a refresh of link() was answered, whatever that is.
    const TokenReply& first_refresh();
    /// What link() would be refreshed with next.
    const std::string& newest_refresh_token() { return newest_refresh_token_; }
    /// A further refresh of link() gave these.
    void keep(const TokenReply& reply);

    // The resource side.
    const Metadata& metadata();
    bool has_user_info();
    std::string user_info_url();  ///< not examined when it is not known
    std::string revocation_url();
    HttpAnswer user_info(const std::string& access_token);
    /// Any request. Not examined when there is no answer.
    HttpAnswer ask(HttpRequest request);

private:
    Link make(const LinkWish& wish);
    bool is_beside_token_url(const std::string& url) const;
    std::string find_endpoint(const std::string& given, const char* name, const char* what);

    Parts parts_;
    Redaction redaction_;
    TokenEndpoint tokens_;
    std::string redirect_uri_;
    std::vector<std::string> own_hosts_;
    std::map<std::tuple<std::string, std::uint16_t, TlsOffer>, TlsReport> handshakes_;
    std::optional<bool> swapped_;
    std::optional<Visit> landing_;
    std::optional<Page> page_;
    std::optional<Metadata> metadata_;
    std::optional<Link> link_;
    std::optional<TokenReply> first_refresh_;
    std::string no_link_;  ///< why there is none
    std::string access_token_;
    std::string refresh_token_;
    std::string newest_refresh_token_;
};

}  // namespace symbolon::doctor
