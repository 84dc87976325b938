#include "symbolon/skill/verifier.hpp"

#include "sdk/platform.hpp"

#include "base/bytes.hpp"
#include "base/encoding.hpp"

#include <gtest/gtest.h>

#include <boost/json/serialize.hpp>

#include <chrono>
#include <functional>
#include <memory>
#include <ostream>
#include <string>
#include <utility>

/// Every way we know to get a request past the verifier. Each forgery differs from a genuine request in one thing, and
/// must be refused for that very reason: a test that only asked for "refused" would pass for the wrong one.
namespace symbolon::skill::testing {
namespace {

using namespace std::chrono_literals;

struct Forgery {
    std::string name;
    std::string reason;  ///< a part of the log's line
    std::function<HttpRequest(Platform&)> forge;
    bool accept_sha1 = false;
};
std::ostream& operator<<(std::ostream& out, const Forgery& forgery) {
    return out << forgery.name;
}

/// A genuine request but for where its chain is said to lie. Everything is published there, so that only the rule
/// about URLs can refuse it.
Forgery chain_at(std::string name, std::string url, std::string reason = "no trust profile allows") {
    return {std::move(name), std::move(reason), [url](Platform& platform) {
                auto request = platform.sign(platform.envelope());
                set_header(request, "SignatureCertChainUrl", url);
                return request;
            }};
}

/// A genuine request but for the chain that is published.
Forgery chain_is(std::string name, std::string reason, std::function<HttpResponse()> chain) {
    return {std::move(name), std::move(reason), [chain](Platform& platform) {
                platform.published[std::string(chain_url)] = chain();
                return platform.sign(platform.envelope());
            }};
}

enum class Root { trusted, unknown };

/// Signed by another authority, whose chain is published.
Forgery signed_by(std::string name, Root root, std::string dns_name, Time from, Time to) {
    return {std::move(name), "certificate chain: ", [=](Platform& platform) {
                const auto authority = crypto::x509::make_local_authority(dns_name, from, to);
                if (root == Root::trusted) platform.roots.push_back(authority.root_pem);
                // The root that is trusted rides along: it must not lend its trust to a stranger's leaf.
                platform.published[std::string(chain_url)] = {
                    200, {}, authority.leaf_pem + authority.root_pem + trusted_authority().root_pem};
                return platform.sign_with(authority, json::serialize(platform.envelope()));
            }};
}

/// Changed after it was signed.
Forgery tampered(std::string name, std::string reason, std::function<void(HttpRequest&)> tamper) {
    return {std::move(name), std::move(reason), [tamper](Platform& platform) {
                auto request = platform.sign(platform.envelope());
                tamper(request);
                return request;
            }};
}

/// Properly signed, but with another content.
Forgery content(std::string name, std::string reason, std::function<void(json::object&, Time)> change) {
    return {std::move(name), std::move(reason), [change](Platform& platform) {
                auto envelope = platform.envelope();
                change(envelope, platform.now);
                return platform.sign(envelope);
            }};
}

json::object& request_of(json::object& envelope) {
    return envelope["request"].as_object();
}
json::object& system_of(json::object& envelope) {
    return envelope["context"].at("System").as_object();
}

std::vector<Forgery> url_forgeries() {
    const std::string bad = "not an acceptable URL";
    return {
        chain_at("plain_http", "http://chains.assistant.test/echo.api/chain.pem"),
        chain_at("plain_http_on_the_port_of_tls", "http://chains.assistant.test:443/echo.api/chain.pem"),
        chain_at("other_scheme", "ftp://chains.assistant.test/echo.api/chain.pem", bad),
        chain_at("other_host", "https://evil.example/echo.api/chain.pem"),
        chain_at("host_as_prefix", "https://chains.assistant.test.evil.example/echo.api/chain.pem"),
        chain_at("host_as_suffix", "https://evil-chains.assistant.test/echo.api/chain.pem"),
        chain_at("host_with_dot_at_the_end", "https://chains.assistant.test./echo.api/chain.pem"),
        chain_at("host_as_user", "https://chains.assistant.test@evil.example/echo.api/chain.pem", bad),
        chain_at("user_info", "https://user:pw@chains.assistant.test/echo.api/chain.pem", bad),
        chain_at("empty_user_info", "https://@chains.assistant.test/echo.api/chain.pem", bad),
        chain_at("host_behind_backslash", "https://evil.example\\@chains.assistant.test/echo.api/chain.pem", bad),
        chain_at("other_port", "https://chains.assistant.test:563/echo.api/chain.pem"),
        chain_at("port_beyond_range", "https://chains.assistant.test:65979/echo.api/chain.pem", bad),
        chain_at("path_in_other_case", "https://chains.assistant.test/EcHo.aPi/chain.pem"),
        chain_at("other_path", "https://chains.assistant.test/invalid.path/chain.pem"),
        chain_at("path_out_of_the_folder", "https://chains.assistant.test/echo.api/../other/chain.pem"),
        chain_at("path_out_by_escapes", "https://chains.assistant.test/echo.api/%2e%2e/other/chain.pem", bad),
        chain_at("path_with_escaped_slash", "https://chains.assistant.test/echo.api/..%2fother/chain.pem", bad),
        chain_at("path_begins_with_two_slashes", "https://chains.assistant.test//echo.api/chain.pem"),
        chain_at("folder_name_as_prefix", "https://chains.assistant.test/echo.api.evil/chain.pem"),
        chain_at("query", "https://chains.assistant.test/echo.api/chain.pem?x=1", bad),
        chain_at("fragment", "https://chains.assistant.test/echo.api/chain.pem#x", bad),
        chain_at("line_break", "https://chains.assistant.test/echo.api/chain.pem\r\nX: y", bad),
        chain_at("space", "https://chains.assistant.test/echo.api/ chain.pem", bad),
        chain_at("local_file", "file:///echo.api/chain.pem", bad),
        chain_at("no_host", "https:///echo.api/chain.pem", bad),
        chain_at("backslash_as_slash", "https://chains.assistant.test/echo.api\\..\\chain.pem", bad),
        chain_at("port_of_zero", "https://chains.assistant.test:0/echo.api/chain.pem", bad),
        chain_at("longer_than_any", "https://chains.assistant.test/echo.api/" + std::string(2048, 'x'), bad),
        chain_at("relative", "/echo.api/chain.pem", bad),
        chain_at("platform_that_is_not_enabled", "https://s3.amazonaws.com/echo.api/echo-api-cert.pem"),
    };
}

std::vector<Forgery> chain_forgeries() {
    const std::string chain = "certificate chain: ";
    const auto day = std::chrono::hours{24};
    return {
        signed_by("unknown_root", Root::unknown, std::string(chain_name), noon() - day, noon() + day),
        signed_by("expired", Root::trusted, std::string(chain_name), noon() - day, noon() - 1s),
        signed_by("not_yet_valid", Root::trusted, std::string(chain_name), noon() + 1s, noon() + day),
        signed_by("other_name", Root::trusted, "echo-api.evil.example", noon() - day, noon() + day),
        signed_by("name_below_ours", Root::trusted, "x." + std::string(chain_name), noon() - day, noon() + day),
        signed_by("wildcard_name", Root::trusted, "*.assistant.test", noon() - day, noon() + day),
        chain_is("self_signed", chain + "self-signed certificate",
                 [=] {
                     return HttpResponse{
                         200, {}, self_sign(trusted_authority().leaf_key_pem, chain_name, noon() - day, noon() + day)};
                 }),
        chain_is("self_signed_with_a_trusted_root_behind_it", chain + "self-signed certificate",
                 [=] {
                     return HttpResponse{
                         200,
                         {},
                         self_sign(trusted_authority().leaf_key_pem, chain_name, noon() - day, noon() + day) +
                             trusted_authority().root_pem};
                 }),
        chain_is("root_alone", chain, [] { return HttpResponse{200, {}, trusted_authority().root_pem}; }),
        chain_is("root_first", chain,
                 [] { return HttpResponse{200, {}, trusted_authority().root_pem + trusted_authority().leaf_pem}; }),
        chain_is("no_pem", chain, [] { return HttpResponse{200, {}, "<html>not found</html>"}; }),
        chain_is("empty", chain, [] { return HttpResponse{200, {}, ""}; }),
        chain_is("not_found", chain + "HTTP 404",
                 [] { return HttpResponse{404, {}, trusted_authority().chain_pem()}; }),
        chain_is(
            "redirect", chain + "HTTP 302",
            [] { return HttpResponse{302, {{"Location", std::string(chain_url)}}, trusted_authority().chain_pem()}; }),
        chain_is("too_large", chain + "too large",
                 [] { return HttpResponse{200, {}, trusted_authority().chain_pem() + std::string(64 * 1024, '\n')}; }),
        {"unreachable", chain + "no such host",
         [](Platform& platform) {
             platform.published.clear();
             return platform.sign(platform.envelope());
         }},
    };
}

std::vector<Forgery> signature_forgeries() {
    const std::string unfit = "does not fit the body";
    return {
        tampered("no_signature", "no header Signature-256", [](auto& r) { remove_header(r, "Signature-256"); }),
        tampered("no_chain_url", "no header SignatureCertChainUrl",
                 [](auto& r) { remove_header(r, "SignatureCertChainUrl"); }),
        tampered("two_chain_urls", "two headers",
                 [](auto& r) { r.headers.emplace_back("signaturecertchainurl", std::string(chain_url)); }),
        tampered("two_signatures", "two headers", [](auto& r) { r.headers.emplace_back("SIGNATURE-256", "AAAA"); }),
        tampered("empty_signature", "no header Signature-256", [](auto& r) { set_header(r, "Signature-256", ""); }),
        tampered("signature_is_not_base64", "not base64", [](auto& r) { set_header(r, "Signature-256", "%%%"); }),
        tampered("signature_of_zeros", unfit, [](auto& r) { set_header(r, "Signature-256", to_base64(Bytes(256))); }),
        tampered("signature_cut_short", unfit,
                 [](auto& r) { set_header(r, "Signature-256", to_base64(bytes_of("short"))); }),
        tampered("sha1_instead_of_sha256", unfit,
                 [](auto& r) { set_header(r, "Signature-256", sign_sha1(trusted_authority().leaf_key_pem, r.body)); }),
        tampered("only_the_legacy_signature", "no header Signature-256",
                 [](auto& r) {
                     remove_header(r, "Signature-256");
                     set_header(r, "Signature", sign_sha1(trusted_authority().leaf_key_pem, r.body));
                 }),
        tampered("one_byte_changed", unfit, [](auto& r) { r.body[r.body.find("account.A") + 8] = 'B'; }),
        tampered("white_space_added", unfit, [](auto& r) { r.body += ' '; }),
        tampered("empty_body", unfit, [](auto& r) { r.body.clear(); }),
        tampered("gzip", "the body is encoded", [](auto& r) { set_header(r, "Content-Encoding", "gzip"); }),
        {"signature_of_another_request", unfit,
         [](Platform& platform) {
             const auto other = platform.sign(platform.envelope());
             auto request = platform.sign(platform.envelope());
             request.headers = other.headers;
             return request;
         }},
    };
}

std::vector<Forgery> content_forgeries() {
    const auto type = [](json::object& envelope, std::string_view name) { request_of(envelope)["type"] = name; };
    const auto sent = [](json::object& envelope, Time at) { request_of(envelope)["timestamp"] = to_iso(at); };
    return {
        content("stale", "stale", [=](auto& e, Time now) { sent(e, now - 150s - 1ms); }),
        content("from_the_future", "from the future", [=](auto& e, Time now) { sent(e, now + 150s + 1ms); }),
        content("stale_event", "stale",
                [=](auto& e, Time now) {
                    type(e, "AlexaSkillEvent.SkillDisabled");
                    sent(e, now - 3600s - 1ms);
                }),
        content("event_from_the_future", "from the future",
                [=](auto& e, Time now) {
                    type(e, "AlexaSkillEvent.SkillDisabled");
                    sent(e, now + 151s);
                }),
        content("late_with_a_type_like_an_event", "stale",
                [=](auto& e, Time now) {
                    type(e, "AlexaSkillEvent.ProactiveSubscriptionChanged");
                    sent(e, now - 151s);
                }),
        content("no_timestamp", "no valid timestamp", [](auto& e, Time) { request_of(e).erase("timestamp"); }),
        content("timestamp_as_number", "no valid timestamp",
                [](auto& e, Time now) { request_of(e)["timestamp"] = now.time_since_epoch().count(); }),
        content("no_request_id", "no requestId", [](auto& e, Time) { request_of(e).erase("requestId"); }),
        content("no_request", "no request", [](auto& e, Time) { e.erase("request"); }),
        content(
            "other_skill", "for another skill",
            [](auto& e, Time) { system_of(e)["application"].as_object()["applicationId"] = "amzn1.ask.skill.other"; }),
        // session names the right skill, but identity comes from context.System
        content("no_skill_in_context", "for another skill", [](auto& e, Time) { system_of(e).erase("application"); }),
        content("too_large", "too large", [](auto& e, Time) { e["padding"] = std::string(256 * 1024, 'x'); }),
        {"no_json", "not a JSON object",
         [](Platform& platform) { return platform.sign(std::string("{\"request\":")); }},
        {"json_array", "not a JSON object", [](Platform& platform) { return platform.sign(std::string("[]")); }},
        {"json_too_deep", "not a JSON object",
         [](Platform& platform) { return platform.sign(std::string(100000, '[')); }},
    };
}

/// Of a listener that believes the older header where there is no other.
std::vector<Forgery> older_header_forgeries() {
    const std::string unfit = "does not fit the body";
    const auto sha1 = [](const HttpRequest& r) { return sign_sha1(trusted_authority().leaf_key_pem, r.body); };
    std::vector<Forgery> list{
        tampered("body_changed", unfit,
                 [=](auto& r) {
                     remove_header(r, "Signature-256");
                     set_header(r, "Signature", sha1(r));
                     r.body += ' ';
                 }),
        tampered("sha256_in_the_older_header", unfit,
                 [](auto& r) {
                     for (auto& [name, value] : r.headers) {
                         if (name == "Signature-256") set_header(r, "Signature", std::string(value));
                     }
                     remove_header(r, "Signature-256");
                 }),
        tampered("older_header_beside_a_wrong_one", unfit,
                 [=](auto& r) {
                     set_header(r, "Signature", sha1(r));
                     set_header(r, "Signature-256", to_base64(Bytes(256)));
                 }),
        tampered("older_header_beside_an_empty_one", "no header Signature-256",
                 [=](auto& r) {
                     set_header(r, "Signature", sha1(r));
                     set_header(r, "Signature-256", "");
                 }),
        tampered("two_older_headers", "two headers",
                 [=](auto& r) {
                     remove_header(r, "Signature-256");
                     set_header(r, "Signature", sha1(r));
                     r.headers.emplace_back("SIGNATURE", sha1(r));
                 }),
        tampered("neither_header", "no header Signature",
                 [](auto& r) {
                     remove_header(r, "Signature-256");
                     remove_header(r, "Signature");
                 }),
    };
    for (auto& forgery : list) forgery.accept_sha1 = true;
    return list;
}

std::vector<Forgery> replays() {
    const auto replayed = [](std::string name, std::function<void(Platform&, HttpRequest&)> between) {
        return Forgery{std::move(name), "", [between](Platform& platform) {
                           auto request = platform.sign(platform.envelope());
                           between(platform, request);
                           return request;
                       }};
    };
    return {
        replayed("at_once", [](auto&, auto&) {}),
        replayed("with_another_spelling_of_the_chain",
                 [](auto&, auto& r) {
                     set_header(r, "SignatureCertChainUrl", "https://chains.assistant.test:443/echo.api/./chain.pem");
                 }),
        replayed("in_the_last_moment", [](auto& platform, auto&) { platform.now += 150s; }),
    };
}

class Forgeries : public ::testing::TestWithParam<Forgery> {};

TEST_P(Forgeries, are_refused_for_the_right_reason) {
    Platform platform;
    const auto forged = GetParam().forge(platform);
    Verifier verifier({.skill_ids = {std::string(skill_id)},
                       .trust = {platform.profile()},
                       .accept_sha1 = GetParam().accept_sha1,
                       .fetch = platform.fetch(),
                       .now = platform.clock()});
    try {
        verifier.verify(forged);
        ADD_FAILURE() << "the forgery was accepted";
    } catch (const VerificationError& error) {
        EXPECT_NE(std::string(error.what()).find(GetParam().reason), std::string::npos) << error.what();
    }

    platform.published[std::string(chain_url)] = {200, {}, trusted_authority().chain_pem()};
    EXPECT_NO_THROW(verifier.verify(platform.sign(platform.envelope()))) << "the genuine one after it must pass";
}

class Replays : public ::testing::TestWithParam<Forgery> {};

TEST_P(Replays, are_refused_although_all_of_them_is_genuine) {
    Platform platform;
    Verifier verifier({.skill_ids = {std::string(skill_id)},
                       .trust = {platform.profile()},
                       .fetch = platform.fetch(),
                       .now = platform.clock()});
    const auto first = platform.sign(platform.envelope());
    // The forgery is the request that the platform made first: it counts the ids anew in each test.
    verifier.verify(first);
    Platform again;
    auto replayed = GetParam().forge(again);
    platform.now = again.now;
    ASSERT_EQ(replayed.body, first.body);
    EXPECT_THROW(verifier.verify(replayed), VerificationError);
}

auto name_of = [](const auto& parameter) { return parameter.param.name; };
INSTANTIATE_TEST_SUITE_P(Url, Forgeries, ::testing::ValuesIn(url_forgeries()), name_of);
INSTANTIATE_TEST_SUITE_P(Chain, Forgeries, ::testing::ValuesIn(chain_forgeries()), name_of);
INSTANTIATE_TEST_SUITE_P(Signature, Forgeries, ::testing::ValuesIn(signature_forgeries()), name_of);
INSTANTIATE_TEST_SUITE_P(OlderHeader, Forgeries, ::testing::ValuesIn(older_header_forgeries()), name_of);
INSTANTIATE_TEST_SUITE_P(Content, Forgeries, ::testing::ValuesIn(content_forgeries()), name_of);
INSTANTIATE_TEST_SUITE_P(Genuine, Replays, ::testing::ValuesIn(replays()), name_of);

TEST(Forgeries, are_more_than_forty) {
    EXPECT_GT(url_forgeries().size() + chain_forgeries().size() + signature_forgeries().size() +
                  older_header_forgeries().size() + content_forgeries().size() + replays().size(),
              40U);
}

}  // namespace
}  // namespace symbolon::skill::testing
