#include "net/server/forwarded.hpp"

#include "base/error.hpp"

#include <gtest/gtest.h>

using namespace symbolon;
using namespace symbolon::net;

namespace {

using Fields = std::vector<std::pair<std::string, std::string>>;

/// "scheme host client" of a request that came from 10.0.0.1, which is trusted with 10.0.0.0/8 and fd00::/8.
std::string seen(const Fields& fields) {
    Request request;
    request.scheme = "http";
    request.host = "direct";
    request.client_address = "10.0.0.1";
    for (const auto& [name, value] : fields) request.headers.add(name, value);
    TrustedProxies({"10.0.0.0/8", "fd00::/8"}).apply(request);
    return request.scheme + ' ' + request.host + ' ' + request.client_address;
}

}  // namespace

TEST(TrustedProxies, are_told_apart_by_address) {
    const TrustedProxies proxies({"10.0.0.0/8", "2001:db8::1"});
    EXPECT_TRUE(proxies.trusts(Address::parse("10.9.9.9").value()));
    EXPECT_TRUE(proxies.trusts(Address::parse("::ffff:10.9.9.9").value()));
    EXPECT_TRUE(proxies.trusts(Address::parse("2001:db8::1").value()));
    EXPECT_FALSE(proxies.trusts(Address::parse("2001:db8::2").value()));
    EXPECT_FALSE(TrustedProxies({}).trusts(Address::parse("127.0.0.1").value()));
    EXPECT_THROW(TrustedProxies({"proxy.example"}), Error);
}

TEST(XForwarded, names_the_rightmost_address_that_is_no_proxy) {
    EXPECT_EQ(seen({{"X-Forwarded-For", "198.51.100.9"}}), "http direct 198.51.100.9");
    EXPECT_EQ(seen({{"X-Forwarded-For", "1.1.1.1, 198.51.100.9, 10.1.1.1"}}), "http direct 198.51.100.9");
    EXPECT_EQ(seen({{"X-Forwarded-For", "1.1.1.1"}, {"x-forwarded-for", "198.51.100.9:4711"}}),
              "http direct 198.51.100.9");
    EXPECT_EQ(seen({{"X-Forwarded-For", "[2001:db8::9]:80, fd00::1"}}), "http direct 2001:db8::9");
    EXPECT_EQ(seen({{"X-Forwarded-For", "10.2.2.2, 10.1.1.1"}}), "http direct 10.2.2.2");
}

TEST(XForwarded, is_believed_up_to_what_is_malformed) {
    EXPECT_EQ(seen({{"X-Forwarded-For", "evil, 10.1.1.1"}}), "http direct 10.1.1.1");
    EXPECT_EQ(seen({{"X-Forwarded-For", "unknown"}}), "http direct 10.0.0.1");
    EXPECT_EQ(seen({{"X-Forwarded-Proto", "javascript"}, {"X-Forwarded-Host", "a b"}}), "http direct 10.0.0.1");
}

TEST(XForwarded, gives_scheme_and_host_of_the_clients_hop) {
    EXPECT_EQ(seen({{"X-Forwarded-For", "1.1.1.1"}, {"X-Forwarded-Proto", "https"}, {"X-Forwarded-Host", "A.Example"}}),
              "https a.example 1.1.1.1");
    EXPECT_EQ(seen({{"X-Forwarded-For", "9.9.9.9, 1.1.1.1, 10.1.1.1"},
                    {"X-Forwarded-Proto", "http, https, http"},
                    {"X-Forwarded-Host", "evil.example, a.example, inner"}}),
              "https a.example 1.1.1.1");
}

TEST(Forwarded, gives_what_the_clients_hop_says) {
    EXPECT_EQ(seen({{"Forwarded", R"(for=198.51.100.9;proto=https;host="a.example:8443";by=_x)"}}),
              "https a.example:8443 198.51.100.9");
    EXPECT_EQ(
        seen({{"Forwarded", R"(for=6.6.6.6;host=evil.example, For="[2001:db8::9]:80";Proto=HTTPS, for=10.1.1.1)"}}),
        "https direct 2001:db8::9");
    EXPECT_EQ(seen({{"Forwarded", "for=unknown;proto=https"}}), "https direct 10.0.0.1");
}

TEST(Forwarded, is_not_believed_when_malformed) {
    for (const auto* value : {"for", R"(for="1.1.1.1)", "for=1.1.1.1;for=2.2.2.2", R"(for=1.1.1.1")", R"(host="a\)"}) {
        EXPECT_EQ(seen({{"Forwarded", value}}), "http direct 10.0.0.1") << value;
    }
}

TEST(Forwarded, that_contradicts_x_forwarded_discredits_both) {
    EXPECT_EQ(seen({{"X-Forwarded-For", "1.1.1.1"}, {"Forwarded", "for=1.1.1.1"}}), "http direct 1.1.1.1");
    EXPECT_EQ(seen({{"X-Forwarded-For", "1.1.1.1"}, {"Forwarded", "for=1.1.1.1;host=evil.example"}}),
              "http direct 10.0.0.1");
}
