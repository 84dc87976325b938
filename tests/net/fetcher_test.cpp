#include "net/fetcher.hpp"

#include "base/run.hpp"

#include <gtest/gtest.h>

#include <string>

namespace symbolon::net {
namespace {

// Attack class 34: whoever names an address does not choose whom this server talks to.
std::string refusal(GuardedFetcher& fetcher, const std::string& url) {
    ClientRequest request;
    request.url = url;
    request.limit = std::chrono::milliseconds(2000);
    try {
        run(fetcher.fetch(std::move(request)));
    } catch (const ClientError& error) {
        return error.detail;
    }
    ADD_FAILURE() << url << " was asked";
    return {};
}

TEST(GuardedFetcher, asks_nobody_inside) {
    Client client;
    GuardedFetcher fetcher(client, Reach::public_https);
    for (const auto* url : {"https://127.0.0.1:1/", "https://[::1]:1/", "https://localhost:1/", "https://10.0.0.1:1/",
                            "https://169.254.169.254:1/", "https://192.168.1.1:1/", "https://[fe80::1]:1/",
                            "https://0x7f000001:1/", "https://2130706433:1/", "https://[::ffff:127.0.0.1]:1/"})
        EXPECT_EQ(refusal(fetcher, url), "the address is not a public one") << url;
}

TEST(GuardedFetcher, speaks_https_alone) {
    Client client;
    GuardedFetcher fetcher(client, Reach::public_https);
    for (const auto* url : {"http://idp.example/", "file:///etc/passwd", "gopher://idp.example/",
                            "HTTPS://idp.example/", "ftp://idp.example/", "", "//idp.example/"})
        EXPECT_EQ(refusal(fetcher, url), "not an https URL") << url;
    EXPECT_EQ(refusal(fetcher, "https://user@idp.example/"), "a URL with a user");
}

TEST(GuardedFetcher, goes_anywhere_where_it_is_told_to) {
    Client client;
    GuardedFetcher fetcher(client, Reach::anywhere);
    EXPECT_NE(refusal(fetcher, "http://127.0.0.1:1/"), "the address is not a public one");
    EXPECT_NE(refusal(fetcher, "file:///etc/passwd"), "");
}

}  // namespace
}  // namespace symbolon::net
