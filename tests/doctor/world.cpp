#include "world.hpp"

#include "../crypto/test_keys.hpp"
#include "net/respond.hpp"

#include <algorithm>
#include <utility>

namespace symbolon::doctor::test {

namespace {

std::string base_of(std::string_view fault) {
    if (fault == "AL-TLS-001") return "http://id.example.test";
    if (fault == "AL-TLS-002") return "https://id.example.test:8443";
    if (fault == "AL-CFG-005") return "https://tenant.eu.auth0.com";
    return "https://id.example.test";
}

HttpAnswer to_answer(net::Response response, std::chrono::milliseconds took) {
    HttpAnswer out;
    out.status = response.status;
    out.headers = std::move(response.headers);
    out.body = std::move(response.body);
    out.took.total = took;
    return out;
}

}  // namespace

World::World(std::string fault) : fault_(std::move(fault)), base_(base_of(fault_)) {}

HttpAnswer World::send(const HttpRequest& request) {
    const std::scoped_lock lock(mutex_);
    const auto url = parse_url(request.url);
    if (!url) throw net::ClientError(net::Failure::other, "not a URL");
    keep_out(*url);
    auto out = to_answer(answer(request, *url), delay_of(request, *url));
    if (request.hang_up) throw net::ClientError(net::Failure::other, "hung up");
    return out;
}

/// Worlds in which no answer comes.
void World::keep_out(const Url& url) {
    if (url.host != parse_url(base_)->host) return;
    if (is("a chain that clients refuse")) throw net::ClientError(net::Failure::tls, "self-signed certificate");
    if (is("no TLS")) throw net::ClientError(net::Failure::tls, "wrong version number");
    if (is("nobody listens")) throw net::ClientError(net::Failure::connect, "connection refused");
    if (is("a silent token endpoint") && url.path == "/oauth2/token") {
        ++unanswered;
        throw net::ClientError(net::Failure::timeout, "no answer within 15 s");
    }
}

std::chrono::milliseconds World::delay_of(const HttpRequest& request, const Url& url) {
    if (is("AL-PAG-012") && url.path == "/login") return std::chrono::milliseconds(4000);
    if (is("AL-TOK-013") && request.headers.find("Authorization") && std::exchange(slow_once_, false))
        return std::chrono::milliseconds(5000);
    if (is_other("AL-TOK-013") && url.path == "/oauth2/token") return std::chrono::milliseconds(3000);
    if (is("AL-SKL-007") && url.path == "/skill") return std::chrono::milliseconds(9000);
    return std::chrono::milliseconds(20);
}

net::Response World::answer(const HttpRequest& request, const Url& url) {
    if (url.host == "relay.example")
        return json_answer(200, is("AL-NET-004") ? R"({"status":403})" : R"({"status":200})");
    if (url.host == "www.example.test") {
        if (is("a policy that has moved") && url.path == "/privacy") return redirect_to("/privacy/");
        return net::text(is("AL-CFG-007") ? 404 : 200, "We keep your data.");
    }
    if (url.host == "mcp.example.test") {
        if (url.path != "/.well-known/oauth-protected-resource/mcp" || is("AL-MET-003")) return net::text(404, "");
        return json_answer(200, R"({"resource":"https://mcp.example.test/mcp"})");
    }
    if (url.host == "skill.example.test") {
        if (url.path == "/skill") return skill(request);
        if (url.path == "/lamp") return smart_home(request, false);
        if (url.path == "/lamp-alone") return smart_home(request, true);
        if (url.path == "/google") return fulfil(request);
        if (url.path == "/smartthings") return interact(request);
    }
    if (url.host != parse_url(base_)->host) throw net::ClientError(net::Failure::dns, "no such host: " + url.host);
    if (is("wrong paths")) return url.path == "/oauth2/token" ? net::text(404, "") : json_answer(400, "{}");
    if (url.path == "/oauth2/authorize") return authorize(url, request);
    if (url.path == "/login") return sign_in(url, request);
    if (url.path == "/code") return ask_code(url, request);
    if (url.path == "/consent") return consent(url, request);
    if (url.path == "/page.js")
        return net::text(200, is("AL-PAG-002") ? "function f(){ alert('Wrong!'); }" : "showAlert('x');");
    if (url.path == "/logout") {
        sessions_.clear();
        if (is("AL-REF-008")) refresh_tokens_.clear();
        return net::html(200, "<p>Signed out.</p>");
    }
    if (url.path == "/oauth2/token") return token(request);
    if (url.path == "/oauth2/userInfo") return user_info(request);
    if (url.path == "/oauth2/revoke") return revoke(request);
    if (url.path == "/.well-known/oauth-authorization-server" && !is("AL-MET-001")) return metadata(false);
    if (url.path == "/.well-known/openid-configuration") return metadata(true);
    return net::text(404, "Nothing is here.");
}

std::optional<std::vector<IpAddress>> World::resolve(const std::string&) {
    return std::vector{*IpAddress::parse(is("AL-NET-001") ? "10.0.0.7" : "93.184.216.34"),
                       *IpAddress::parse("2606:2800:220:1::1")};
}

std::string World::connect(const IpAddress& address, std::uint16_t) {
    if (is("nobody listens")) return "Connection refused";
    return is("AL-NET-002") && !address.is_v4() ? "Network is unreachable" : "";
}

TlsReport World::shake_hands(const std::string& host, std::uint16_t, TlsOffer offer) {
    ++handshakes;
    TlsReport out;
    out.problem = "Connection refused";
    if (is("nobody listens")) return out;
    out.connected = true;
    out.problem = "wrong version number";
    if (is("no TLS")) return out;
    out.problem.clear();
    out.version = offer == TlsOffer::modest ? "TLSv1.2" : "TLSv1.3";
    out.cipher = "TLS_AES_128_GCM_SHA256";
    out.name_in_san = !is("AL-TLS-004");
    out.names = {host};
    out.not_before = clock.now() - std::chrono::days(30);
    out.not_after = clock.now() + std::chrono::days(is("AL-TLS-005") ? 5 : 60);
    if (is_other("AL-TLS-005")) out.not_after = clock.now() - std::chrono::days(1);
    out.issuer = is("AL-TLS-007") ? "C = US, O = Let's Encrypt, CN = R11" : "C = DE, O = Example";
    out.key = is("AL-TLS-008") ? "EC P-384" : "RSA 2048";
    out.root = "RSA 4096";
    out.sent = 2;
    if (is("AL-TLS-003") || is("a chain that clients refuse"))
        out.chain_problem = "unable to get local issuer certificate";
    if (is("AL-TLS-006") && offer == TlsOffer::modest) out.problem = "handshake failure";
    return out;
}

Subject World::subject() const {
    Subject out;
    out.authorization_url = base_ + "/oauth2/authorize";
    out.token_url = base_ + "/oauth2/token";
    if (is("AL-CFG-002")) std::swap(out.authorization_url, out.token_url);
    out.client = {"skill-client", ClientSecret(is("AL-TOK-004") ? "s3cret+/%of=skill" : "s3cretOfTheSkill")};
    out.other_client = {"other-client", ClientSecret("s3cretOfTheOther")};
    out.scheme = is("AL-TOK-001") ? Scheme::body : Scheme::basic;
    out.scopes = {"openid", "phone"};
    if (is("AL-CFG-003")) out.domains.assign(16, "cdn.example.test");
    out.redirect_uri = "http://127.0.0.1:8510/callback";
    out.vendor_id = "MABCDEFGHIJKLM";
    out.google_project = "lamps";
    out.registered_redirect_uris = redirect_uris(out);
    if (is("AL-CFG-001")) out.registered_redirect_uris.erase(out.registered_redirect_uris.begin());
    if (is_other("AL-CFG-001")) out.registered_redirect_uris.emplace_back("https://old.example.test/callback");
    out.default_expiration = is("AL-CFG-004") ? 600 : is("AL-TOK-011") ? 300 : 3600;
    out.issuer = base_;
    out.privacy_policy_url = "https://www.example.test/privacy";
    out.resource_url = "https://mcp.example.test/mcp";
    out.relay_url = "https://relay.example/fetch";
    out.service_tier = true;
    out.skill = {"https://skill.example.test/skill", "amzn1.ask.skill.the-one", "https://assistant.example/chain.pem",
                 signer_key()};
    out.smart_home_url = "https://skill.example.test/lamp";
    out.smart_home_outage_url = "https://skill.example.test/lamp-alone";
    out.fulfillment_url = "https://skill.example.test/google";
    out.schema_url = "https://skill.example.test/smartthings";
    out.patient = true;
    return out;
}

Account World::account() const {
    return {"+15550001111", Password("Right-1"), [] { return std::string("123456"); }};
}

void World::end_access() {
    const std::scoped_lock lock(mutex_);
    if (!is("AL-REV-003")) refresh_tokens_.clear();
}

Owner::Owner(World& world)
    : FormPerson(world, {"id.example.test", "tenant.eu.auth0.com"}, world.subject().redirect_uri, "", world.account()),
      world_(world) {}

std::optional<Arrival> Owner::go(const Errand& errand) {
    if (errand.intent != Intent::end_access) return FormPerson::go(errand);
    world_.end_access();
    return Arrival{};
}

std::string signer_key() {
    const auto text = to_base64(test_key(0).to_der());
    std::string out = "-----BEGIN PRIVATE KEY-----\n";
    for (std::size_t begin = 0; begin < text.size(); begin += 64) out += text.substr(begin, 64) + "\n";
    return out + "-----END PRIVATE KEY-----\n";
}

std::string cookie_of(const HttpRequest& request, std::string_view name) {
    std::string_view rest = request.headers.find("Cookie").value_or("");
    const auto begin = rest.find(std::string(name) + "=");
    if (begin == std::string_view::npos) return {};
    rest = rest.substr(begin + name.size() + 1);
    return std::string(rest.substr(0, rest.find(';')));
}

net::Response json_answer(int status, std::string body) {
    net::Response out;
    out.status = status;
    out.headers.set("Content-Type", "application/json");
    out.body = std::move(body);
    return out;
}

net::Response redirect_to(std::string location) {
    net::Response out;
    out.status = 302;
    out.headers.set("Location", std::move(location));
    return out;
}

Report examine(World& world, const Subject& subject) {
    Owner owner(world);
    return doctor::examine({subject, world, world, &owner, world.clock, world.random,
                            [&](std::chrono::seconds time) { world.clock.advance(time); }});
}

}  // namespace symbolon::doctor::test
