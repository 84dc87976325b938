#include "federation/saml/redirect_binding.hpp"

#include "base/encoding.hpp"
#include "federation/saml/document.hpp"
#include "federation/saml/messages.hpp"
#include "net/form.hpp"

#include <gtest/gtest.h>

// Messages in an address (SAML Bindings §3.4.4.1).
namespace symbolon::federation::saml {
namespace {

std::string query_of(const std::string& message, const std::string& relay_state = "r 1") {
    const auto url = redirect_url("https://x/", request_parameter, message, relay_state, test_key(0).to_der());
    return url.substr(url.find('?') + 1);
}

bool is_taken(const std::string& query, std::size_t key = 0) {
    const auto message = read_redirect(query, request_parameter);
    return message && is_signed_by(*message, {certificate(1 - key), certificate(key)});
}

TEST(RedirectBinding, reads_what_it_wrote) {
    const auto message = read_redirect(query_of("<a/>"), request_parameter);
    ASSERT_TRUE(message);
    EXPECT_EQ(message->text, "<a/>");
    EXPECT_TRUE(is_signed_by(*message, {certificate(0)}));
    EXPECT_FALSE(is_signed_by(*message, {certificate(1)}));
    EXPECT_FALSE(is_signed_by(*message, {Bytes{1, 2, 3}}));
    EXPECT_FALSE(is_signed_by(*message, {}));
    EXPECT_TRUE(is_taken("other=x&" + query_of("<a/>", ""))) << "what is not of the binding does not count";
}

TEST(RedirectBinding, a_parameter_stands_once_and_is_spelled_in_one_way) {
    const auto query = query_of("<a/>");
    ASSERT_TRUE(is_taken(query));
    for (const char* more : {"&SAMLRequest=x", "&%53AMLRequest=x", "&SAMLResponse=x", "&%53AMLResponse=x",
                             "&RelayState=x", "&%52elayState=x", "&SigAlg=x", "&Signature=x", "&%53ignature=x"}) {
        EXPECT_FALSE(read_redirect(query + more, request_parameter)) << more;
        EXPECT_FALSE(read_redirect(std::string(more).substr(1) + "&" + query, request_parameter)) << more;
    }
    EXPECT_FALSE(read_redirect(replaced(query, "SAMLRequest=", "%53AMLRequest="), request_parameter));
    EXPECT_FALSE(read_redirect(query, response_parameter));
}

TEST(RedirectBinding, a_signature_is_over_what_stands_there) {
    const auto query = query_of("<a/>");
    EXPECT_FALSE(is_taken(replaced(query, "RelayState=r%201", "RelayState=r+1"))) << "the same text in other bytes";
    EXPECT_FALSE(is_taken(replaced(query, "&RelayState=r%201", "")));
    for (const char* algorithm : {"rsa-sha1", "rsa-sha384", "hmac-sha256"})
        EXPECT_FALSE(is_taken(replaced(query, "rsa-sha256", algorithm))) << algorithm;
    EXPECT_FALSE(is_taken(query.substr(0, query.find("&Signature="))));
    EXPECT_FALSE(is_taken(query.substr(0, query.find("&SigAlg="))));
}

TEST(RedirectBinding, a_message_is_compressed_whole_and_of_a_bounded_length) {
    for (const auto& bad : {std::string(), std::string("x"), to_base64(bytes_of("<a/>"))})
        EXPECT_FALSE(read_redirect("SAMLRequest=" + percent_encode(bad), request_parameter)) << bad;
    const auto longest = query_of(std::string(Document::largest, 'a'));
    EXPECT_TRUE(read_redirect(longest, request_parameter));
    EXPECT_FALSE(read_redirect(query_of(std::string(Document::largest + 1, 'a')), request_parameter));
    const auto message = query_of("<a/>", "");
    auto compressed = *parse_base64(net::Form::parse(message).get(request_parameter));
    compressed.push_back(0);
    EXPECT_FALSE(read_redirect("SAMLRequest=" + percent_encode(to_base64(compressed)), request_parameter))
        << "something behind its end";
}

}  // namespace
}  // namespace symbolon::federation::saml
