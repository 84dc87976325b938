#include "doctor/examination.hpp"

#include "base/encoding.hpp"
#include "crypto/hash.hpp"

#include <algorithm>
#include <utility>

namespace symbolon::doctor {

namespace {

constexpr std::string_view letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

std::string join(const std::vector<std::string>& scopes) {
    std::string out;
    for (const auto& scope : scopes) out += (out.empty() ? "" : " ") + scope;
    return out;
}

std::vector<std::string> hosts_of(const Subject& subject) {
    std::vector<std::string> out;
    for (const auto* text : {&subject.authorization_url, &subject.token_url, &subject.issuer, &subject.user_info_url,
                             &subject.revocation_url, &subject.end_session_url}) {
        if (const auto url = parse_url(*text)) out.push_back(url->host);
    }
    return out;
}

std::string choose_redirect_uri(const Subject& subject) {
    if (!subject.redirect_uri.empty()) return subject.redirect_uri;
    const auto uris = redirect_uris(subject);
    return uris.empty() ? std::string{} : uris.front();
}

/// The parameters that came back, from the query or, where that has no code, from the fragment.
net::Form parameters(const std::string& arrived, bool& in_fragment) {
    const auto url = parse_url(arrived);
    if (!url) return {};
    auto out = parameters_of(url->query);
    in_fragment = !out.find("code") && !url->fragment.empty();
    return in_fragment ? parameters_of(url->fragment) : out;
}

}  // namespace

Examination::Examination(Parts parts)
    : parts_(std::move(parts)),
      tokens_(parts_.http, parts_.subject, redaction_),
      redirect_uri_(choose_redirect_uri(parts_.subject)),
      own_hosts_(hosts_of(parts_.subject)) {
    redaction_.remember(parts_.subject.client.secret.reveal(), "client secret");
    if (parts_.person != nullptr) {
        for (const auto& secret : parts_.person->secrets()) redaction_.remember(secret, "password");
    }
    if (parts_.subject.other_client)
        redaction_.remember(parts_.subject.other_client->secret.reveal(), "other client secret");
}

AuthorizationRequest Examination::valid_request() {
    AuthorizationRequest out;
    out.client_id = subject().client.id;
    out.redirect_uri = redirect_uri_;
    out.response_type = subject().implicit ? "token" : "code";
    if (!subject().scopes.empty()) out.scope = join(subject().scopes);
    out.state = random().text(32, letters);
    return out;
}

Visit Examination::visit(const AuthorizationRequest& request, std::string_view agent) {
    const auto url = parse_url(authorization_address(subject().authorization_url, request));
    const auto end = parse_url(request.redirect_uri);
    if (!url) throw NotExamined{"The authorization URL cannot be read."};
    Browser browser(http(), std::string(agent), own_hosts_);
    return browser.get(*url, [&](const Url& to) {
        return end && to.origin() == end->origin() && (to.origin() != url->origin() || to.path == end->path);
    });
}

bool Examination::endpoints_swapped() {
    if (swapped_) return *swapped_;
    HttpRequest post;
    post.method = "POST";
    post.url = subject().token_url;
    post.headers.add("Content-Type", "application/x-www-form-urlencoded");
    post.body = "grant_type=authorization_code";
    swapped_ = false;
    try {
        const auto& at_authorization = landing();
        const bool no_page =
            at_authorization.problem.empty() && at_authorization.arrived.empty() && !at_authorization.is_page();
        const auto at_token = no_page ? http().send(post) : HttpAnswer{};
        const bool sent_on = at_token.status >= 300 && at_token.status < 400;
        swapped_ = sent_on || at_token.headers.find("Content-Type").value_or("").starts_with("text/html");
    } catch (const net::ClientError&) {  // no answer is no sign of it
    }
    return *swapped_;
}

const Visit& Examination::landing() {
    if (!landing_) {
        if (redirect_uri_.empty())
            throw NotExamined{"No redirect URI is known: give --redirect-uri, --vendor-id or --google-project."};
        landing_ = visit(valid_request());
    }
    return *landing_;
}

const Visit& Examination::sign_in_page() {
    if (endpoints_swapped()) throw NotExamined{"AL-CFG-002 tells why."};
    const auto& found = landing();
    if (!found.is_page() || found.answer.status != 200)
        throw NotExamined{"The authorization URL leads to no page; AL-AUZ-001 or AL-NET-003 tells."};
    return found;
}

const Page& Examination::page() {
    if (!page_) page_ = parse_page(sign_in_page().answer.body);
    return *page_;
}

bool Examination::reaches_sign_in(const Visit& other) {
    const auto& usual = sign_in_page();
    if (!other.is_page() || other.answer.status != 200) return false;
    const auto with_password = [](const std::string& html) {
        const auto forms = forms_of(parse_page(html));
        return std::any_of(forms.begin(), forms.end(), [](const PageForm& f) { return f.has_type("password"); });
    };
    // Some servers have a path of its own for each sign-in; these are alike in what they ask for.
    const bool password = with_password(usual.answer.body);
    return password ? with_password(other.answer.body) : other.url.path == usual.url.path;
}

const TlsReport& Examination::handshake(const std::string& host, std::uint16_t port, TlsOffer offer) {
    const std::tuple place(host, port, offer);
    if (!handshakes_.contains(place)) handshakes_[place] = network().shake_hands(host, port, offer);
    return handshakes_[place];
}

bool Examination::reached() const {
    if (!tokens_.times().empty() || (landing_ && landing_->problem.empty())) return true;
    return std::any_of(handshakes_.begin(), handshakes_.end(),
                       [](const auto& known) { return known.second.connected; });
}

Arrival Examination::send_person(Intent intent, const std::string& url, const std::string& why) {
    if (parts_.person == nullptr) throw NotExamined{"Nobody signs in: see --sign-in-with."};
    auto arrival = parts_.person->go({intent, url, why});
    if (!arrival) throw NotExamined{"The person did not do this."};
    return std::move(*arrival);
}

Link Examination::make_link(const LinkWish& wish) {
    // The first sign-in is the one that checks of pages look at: later ones have a session.
    link();
    return make(wish);
}

Link Examination::make(const LinkWish& wish) {
    if (subject().implicit) throw NotExamined{"The configuration is for the implicit grant, which has no codes."};
    if (subject().redirect_uri.empty()) throw NotExamined{"No redirect URI leads to the doctor: see --redirect-uri."};
    sign_in_page();
    auto request = valid_request();
    request.redirect_uri = subject().redirect_uri;
    if (!wish.state.empty()) request.state = wish.state;
    const auto verifier = random().token();
    if (wish.pkce) {
        request.more = {{"code_challenge", to_base64url(crypto::sha256(verifier))}, {"code_challenge_method", "S256"}};
    }
    Link out;
    out.state = request.state;
    out.arrival = send_person(Intent::sign_in, authorization_address(subject().authorization_url, request), wish.why);
    const auto came = parameters(out.arrival.url, out.code_in_fragment);
    out.code = came.get("code");
    redaction_.remember(out.code, "code");
    if (out.code.empty()) {
        auto why = "The sign-in brought no code";
        const auto error = came.get("error");
        std::string notes;
        for (const auto& note : out.arrival.notes) notes += " " + note;
        throw NotExamined{why + (error.empty() ? "." + notes : ": " + error + " " + came.get("error_description"))};
    }
    TokenCall call;
    call.proof = wish.proof.value_or(proof_of(subject().scheme));
    call.charset = wish.charset;
    call.client = wish.as_client;
    call.form.add("grant_type", "authorization_code");
    call.form.add("code", out.code);
    call.form.add("redirect_uri", wish.wrong_redirect_uri.empty() ? request.redirect_uri : wish.wrong_redirect_uri);
    if (wish.pkce) call.form.add("code_verifier", wish.wrong_verifier.empty() ? verifier : wish.wrong_verifier);
    out.reply = tokens_.call(call);
    return out;
}

Link Examination::make_lasting_link(const std::string& why) {
    if (refresh_token().empty()) throw NotExamined{"There is no refresh token."};
    auto out = make_link({why});
    if (out.refresh_token().empty()) throw NotExamined{"A further link brought no refresh token: " + out.reply.error()};
    return out;
}

const Link& Examination::link() {
    if (!no_link_.empty()) throw NotExamined{no_link_};
    if (!link_) {
        try {
            link_ = make({"Sign in and allow, as a customer would."});
        } catch (const NotExamined& e) {
            no_link_ = e.reason;
            throw;
        }
        access_token_ = link_->access_token();
        newest_refresh_token_ = refresh_token_ = link_->refresh_token();
    }
    return *link_;
}

const std::string& Examination::access_token() {
    if (link().access_token().empty()) throw NotExamined{"There is no access token; AL-TOK-001, 002 or 008 tells."};
    return access_token_;
}

const std::string& Examination::refresh_token() {
    if (link().refresh_token().empty()) throw NotExamined{"There is no refresh token; AL-TOK-012 tells."};
    return refresh_token_;
}

const TokenReply& Examination::first_refresh() {
    if (!first_refresh_) {
        first_refresh_ = tokens_.refresh(refresh_token());
        keep(*first_refresh_);
    }
    return *first_refresh_;
}

void Examination::keep(const TokenReply& reply) {
    if (auto next = reply.text("refresh_token"); !next.empty()) newest_refresh_token_ = std::move(next);
    if (auto next = reply.text("access_token"); !next.empty()) access_token_ = std::move(next);
}

const Metadata& Examination::metadata() {
    if (!metadata_) metadata_ = find_metadata(http(), subject());
    return *metadata_;
}

std::string Examination::find_endpoint(const std::string& given, const char* name, const char* what) {
    if (!given.empty()) return given;
    auto found = metadata().text(name);
    if (found.empty()) throw NotExamined{std::string("No ") + what + " is known."};
    // A document must not have tokens sent in the clear.
    if (!found.starts_with("https://") && !is_beside_token_url(found))
        throw NotExamined{std::string("The ") + what + " of the metadata is not https: " + found};
    return found;
}

bool Examination::is_beside_token_url(const std::string& text) const {
    const auto url = parse_url(text), token_url = parse_url(parts_.subject.token_url);
    return url && token_url && url->origin() == token_url->origin();
}

bool Examination::has_user_info() {
    return !subject().user_info_url.empty() || !metadata().text("userinfo_endpoint").empty();
}

std::string Examination::user_info_url() {
    return find_endpoint(subject().user_info_url, "userinfo_endpoint", "userInfo URL");
}

std::string Examination::revocation_url() {
    auto url = find_endpoint(subject().revocation_url, "revocation_endpoint", "revocation URL");
    if (subject().revocation_url.empty() && !is_beside_token_url(url))
        throw NotExamined{"The secret is not sent to another host that the metadata names: see --revocation-url."};
    return url;
}

HttpAnswer Examination::user_info(const std::string& token) {
    HttpRequest request;
    request.url = user_info_url();
    request.public_addresses_only = true;
    request.headers.add("Authorization", "Bearer " + token);
    request.headers.add("Accept", "application/json");
    return ask(std::move(request));
}

HttpAnswer Examination::ask(HttpRequest request) {
    const auto url = parse_url(request.url);
    if (!url) throw NotExamined{"Not an address: " + request.url};
    if (!request.headers.find("User-Agent")) request.headers.add("User-Agent", std::string(server_agent));
    request.public_addresses_only =
        request.public_addresses_only && std::find(own_hosts_.begin(), own_hosts_.end(), url->host) == own_hosts_.end();
    try {
        return http().send(request);
    } catch (const net::ClientError& e) {
        throw NotExamined{"No answer from " + url->origin() + ": " + e.detail};
    }
}

}  // namespace symbolon::doctor
