#include "net/origin.hpp"

#include <gtest/gtest.h>

using namespace symbolon::net;

namespace {

Request with(std::string name, std::string value) {
    Request request;
    request.headers.add(std::move(name), std::move(value));
    return request;
}

}  // namespace

TEST(Origin, of_a_url_is_scheme_and_authority_in_lower_case) {
    EXPECT_EQ(origin_of("HTTPS://Ok.Example:8400/Path?x#y"), "https://ok.example:8400");
    EXPECT_EQ(origin_of("http://[::1]:8500"), "http://[::1]:8500");
    EXPECT_EQ(origin_of("https://ok.example?x"), "https://ok.example");
}

TEST(Origin, parts_of_an_authority) {
    EXPECT_EQ(authority_of("https://ok.example:8400/path"), "ok.example:8400");
    EXPECT_EQ(authority_of("ok.example/path"), "ok.example");
    EXPECT_EQ(without_port("ok.example:8400"), "ok.example");
    EXPECT_EQ(without_port("[::1]:8400"), "[::1]");
    EXPECT_EQ(without_port("[::1]"), "[::1]");
    EXPECT_EQ(without_port("ok.example:8400x"), "ok.example:8400x");
}

TEST(Origin, fetch_metadata_tells_of_pages_elsewhere) {
    EXPECT_TRUE(is_from_another_origin(with("Sec-Fetch-Site", "cross-site")));
    EXPECT_TRUE(is_from_another_origin(with("Sec-Fetch-Site", "same-site"))) << "another port of the same machine";
    EXPECT_FALSE(is_from_another_origin(with("Sec-Fetch-Site", "same-origin")));
    EXPECT_FALSE(is_from_another_origin(with("Sec-Fetch-Site", "none"))) << "the person typed the address";
    EXPECT_FALSE(is_from_another_origin({})) << "an old browser says nothing";
}

TEST(Origin, the_origin_field_must_name_one_of_ours) {
    const std::vector<std::string> own{"http://127.0.0.1:8500", "https://assistant.example"};
    EXPECT_FALSE(names_another_origin(with("Origin", "http://127.0.0.1:8500"), own));
    EXPECT_FALSE(names_another_origin(with("Origin", "https://assistant.example"), own));
    EXPECT_FALSE(names_another_origin({}, own));
    for (const char* other : {"http://127.0.0.1:8501", "https://127.0.0.1:8500", "http://localhost:8500",
                              "https://assistant.example.evil.example", "null", ""}) {
        EXPECT_TRUE(names_another_origin(with("Origin", other), own)) << other;
    }
}

TEST(OwnHosts, are_the_loopback_names_the_listeners_address_and_the_public_host) {
    const OwnHosts hosts("192.168.1.5", "https://Assistant.example:9000/there");
    for (const char* own : {"localhost", "localhost:8500", "127.0.0.1:8500", "127.9.9.9", "[::1]:8500", "[::1]",
                            "192.168.1.5:8500", "assistant.example", "assistant.example:443"}) {
        EXPECT_TRUE(hosts.contains(own)) << own;
    }
}

TEST(OwnHosts, are_no_name_that_was_pointed_here) {
    const OwnHosts hosts("127.0.0.1", "http://127.0.0.1:8500");
    for (const char* other :
         {"evil.example", "evil.example:8500", "localhost.evil.example", "127.0.0.1.evil.example", "evil.localhost",
          "localhost.", "192.168.1.5:8500", "[fe80::1]:8500", "", ":8500", "127.0.0.1:8500x", "0.0.0.0", "[::]"}) {
        EXPECT_FALSE(hosts.contains(other)) << other;
    }
}

TEST(OwnHosts, of_a_server_on_every_address_are_all_numeric_ones_and_no_further_name) {
    for (const char* any : {"0.0.0.0", "::"}) {
        const OwnHosts hosts(any, "http://127.0.0.1:8500");
        EXPECT_TRUE(hosts.contains("192.168.1.5:8500")) << any;
        EXPECT_TRUE(hosts.contains("[2001:db8::1]:8500")) << any;
        EXPECT_FALSE(hosts.contains("evil.example:8500")) << any;
    }
}
