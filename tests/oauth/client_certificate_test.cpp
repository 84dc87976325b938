// Clients that prove themselves by a TLS certificate, and tokens that are bound to one (RFC 8705).

#include "crypto/client_certificate.hpp"
#include "base/encoding.hpp"
#include "oauth/house.hpp"

#include <boost/json/array.hpp>

namespace symbolon::oauth {
namespace {

using boost::json::array;
using boost::json::object;
using crypto::x509::ClientCertificate;
using directory::ClientAuthMethod;

class ClientCertificateTest : public House {
protected:
    net::Response ask(const std::string& certificate, const ClientId& id = robot) {
        return send_with(certificate, {{"grant_type", "client_credentials"}, {"client_id", id.str()}});
    }
    net::Response send_with(const std::string& certificate, const Pairs& form) {
        net::Request request;
        request.method = net::Method::post;
        request.path = "/" + pool_id.str() + "/oauth2/token";
        request.headers.add("Content-Type", "application/x-www-form-urlencoded");
        request.body = encode(form);
        request.client_certificate = certificate;
        return send(std::move(request));
    }
    void expect_by_name(const std::function<void(directory::ClientExtensions&)>& name) {
        extend_client(robot, [&](auto& e) {
            e = {};
            e.token_endpoint_auth_method = ClientAuthMethod::tls_client_auth;
            name(e);
        });
    }
};

TEST_F(ClientCertificateTest, RFC8705_2_1_proves_a_client_by_its_subject) {
    expect_by_name(
        [](auto& e) { e.tls_client_auth_subject_dn = directory::shape::ExtensionName("CN=robot,O=Example,C=DE"); });
    const auto right = client_authority.issue({"robot"});
    EXPECT_EQ(ask(right).status, 200) << ask(right).body;
    EXPECT_EQ(ask(client_authority.issue({"robot2"})).status, 400);
    EXPECT_EQ(ask(TestAuthority().issue({"robot"})).status, 400);       // another authority
    EXPECT_EQ(ask(TestAuthority::self_signed({"robot"})).status, 400);  // none
    EXPECT_EQ(ask("").status, 400);
    EXPECT_EQ(ask("no certificate").status, 400);
    EXPECT_EQ(text(json_of(ask("")), "error"), "invalid_client");
}

TEST_F(ClientCertificateTest, RFC8705_2_1_an_expired_certificate_proves_nobody) {
    expect_by_name(
        [](auto& e) { e.tls_client_auth_subject_dn = directory::shape::ExtensionName("CN=robot,O=Example,C=DE"); });
    EXPECT_EQ(ask(client_authority.issue({"robot", "", from_ms(1'700'000'000'000), from_ms(1'799'999'000'000)})).status,
              400);
    EXPECT_EQ(ask(client_authority.issue({"robot", "", from_ms(1'800'000'060'000), from_ms(1'900'000'000'000)})).status,
              400);
}

TEST_F(ClientCertificateTest, RFC8705_2_1_2_by_each_kind_of_alternative_name) {
    const auto certificate = client_authority.issue(
        {"any", "DNS:robot.example,URI:https://robot.example/id,IP:192.0.2.7,email:robot@example.com"});
    using Name = directory::shape::ExtensionName;
    using Word = directory::shape::ExtensionWord;
    using Uri = directory::shape::ExtensionUri;
    expect_by_name([](auto& e) { e.tls_client_auth_san_dns = Name("ROBOT.example"); });
    EXPECT_EQ(ask(certificate).status, 200);
    expect_by_name([](auto& e) { e.tls_client_auth_san_dns = Name("obot.example"); });
    EXPECT_EQ(ask(certificate).status, 400);
    expect_by_name([](auto& e) { e.tls_client_auth_san_uri = Uri("https://robot.example/id"); });
    EXPECT_EQ(ask(certificate).status, 200);
    expect_by_name([](auto& e) { e.tls_client_auth_san_uri = Uri("https://robot.example/"); });
    EXPECT_EQ(ask(certificate).status, 400);
    expect_by_name([](auto& e) { e.tls_client_auth_san_ip = Word("192.0.2.7"); });
    EXPECT_EQ(ask(certificate).status, 200);
    expect_by_name([](auto& e) { e.tls_client_auth_san_ip = Word("192.0.2.8"); });
    EXPECT_EQ(ask(certificate).status, 400);
    expect_by_name([](auto& e) { e.tls_client_auth_san_email = Name("robot@example.com"); });
    EXPECT_EQ(ask(certificate).status, 200);
    // A name of one kind is none of another.
    expect_by_name([](auto& e) { e.tls_client_auth_san_dns = Name("robot@example.com"); });
    EXPECT_EQ(ask(certificate).status, 400);
}

TEST_F(ClientCertificateTest, RFC8705_2_2_a_self_signed_certificate_is_known_by_its_key) {
    const auto certificate = TestAuthority::self_signed({"robot"});
    extend_client(robot, [&](auto& e) {
        e.token_endpoint_auth_method = ClientAuthMethod::self_signed_tls_client_auth;
        e.jwks = object{{"keys", array{object{{"kty", "EC"}, {"x5c", array{to_base64(bytes_of(certificate))}}}}}};
    });
    EXPECT_EQ(ask(certificate).status, 200) << ask(certificate).body;
    EXPECT_EQ(ask(TestAuthority::self_signed({"robot"})).status, 400);
    EXPECT_EQ(ask(client_authority.issue({"robot"})).status, 400);
}

TEST_F(ClientCertificateTest, RFC8705_3_binds_the_tokens_and_only_its_holder_uses_them) {
    extend_client(web, [](auto& e) { e.tls_client_certificate_bound_access_tokens = true; });
    const auto mine = TestAuthority::self_signed({"web"});
    const auto code = get_code();
    EXPECT_EQ(text(json_of(send_with("", code_form(code))), "error"), "invalid_request");
    const auto tokens_of_mine = json_of(send_with(mine, code_form(code)));
    const auto access = text(tokens_of_mine, "access_token");
    const auto claims = claims_of(access);
    EXPECT_EQ(text(claims.at("cnf").as_object(), "x5t#S256"), ClientCertificate::parse(bytes_of(mine))->thumbprint());
    EXPECT_EQ(text(tokens_of_mine, "token_type"), "Bearer");

    const auto look = [&](const std::string& certificate) {
        net::Request request;
        request.method = net::Method::get;
        request.path = "/" + pool_id.str() + "/oauth2/userInfo";
        request.headers.add("Authorization", "Bearer " + access);
        request.client_certificate = certificate;
        return send(std::move(request));
    };
    EXPECT_EQ(look(mine).status, 200);
    EXPECT_EQ(look("").status, 401);
    EXPECT_EQ(look(TestAuthority::self_signed({"web"})).status, 401);
    // Nor does the JSON API take it, which can ask for no certificate.
    EXPECT_EQ(refusal_of([&] { run(tokens->verify_access(access)); }).code, Errc::token_not_accepted);
}

TEST_F(ClientCertificateTest, RFC8705_4_the_refresh_token_of_a_public_client_is_bound_too) {
    extend_client(app, [](auto& e) { e.tls_client_certificate_bound_access_tokens = true; });
    const auto mine = TestAuthority::self_signed({"app"});
    const auto code = get_code({{"client_id", app.str()},
                                {"scope", "openid"},
                                {"code_challenge", std::string(challenge)},
                                {"code_challenge_method", "S256"}});
    const auto got = json_of(send_with(
        mine,
        code_form(code, {{"client_id", app.str()}, {"client_secret", ""}, {"code_verifier", std::string(verifier)}})));
    const Pairs again{
        {"grant_type", "refresh_token"}, {"refresh_token", text(got, "refresh_token")}, {"client_id", app.str()}};
    EXPECT_EQ(text(json_of(send_with(TestAuthority::self_signed({"app"}), again)), "error"), "invalid_grant");
    EXPECT_EQ(send_with(mine, again).status, 200);
}

}  // namespace
}  // namespace symbolon::oauth
