#include "app/hooks.hpp"

#include "app/temporary_folder.hpp"
#include "base/error.hpp"
#include "base/log.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <optional>

namespace symbolon::app {
namespace {

class HooksFile : public testing::Test {
protected:
    HooksFile() {
        log::set_level(log::Level::error);
        for (const auto* name :
             {"AWS_ENDPOINT_URL_LAMBDA", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"})
            ::unsetenv(name);
    }

    HookSettings load(const std::string& text) {
        ServeOptions options;
        options.hooks = write("hooks.yaml", text);
        return load_hooks(options);
    }
    /// Nothing: the file is accepted.
    std::optional<std::string> refusal(const std::string& text) {
        try {
            load(text);
        } catch (const Error& error) {
            EXPECT_EQ(error.code, Errc::invalid_parameter);
            return error.message;
        }
        return std::nullopt;
    }
    std::string write(const std::string& name, const std::string& text) {
        const auto path = folder.path() + "/" + name;
        std::ofstream(path) << text;
        return path;
    }

    TemporaryFolder folder;
};

constexpr auto key = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";

TEST_F(HooksFile, names_functions_and_what_they_share) {
    const auto secret = write("secret", "from a file, and long enough\n");
    const auto loaded = load(
        "hooks:\n"
        "  pre-sign-up: {url: 'https://hooks.example/a', secret: 'in the file, and long enough'}\n"
        "  'arn:aws:lambda:us-east-1:000000000000:function:f':\n"
        "    url: http://10.0.0.7:9000/\n"
        "    secret-file: " +
        secret +
        "\n"
        "sender-key: " +
        key + "\n");
    ASSERT_EQ(loaded.functions.hooks.size(), 2U);
    const auto& first = loaded.functions.hooks.at("pre-sign-up");
    EXPECT_EQ(first.url, "https://hooks.example/a");
    EXPECT_EQ(first.secret.reveal(), "in the file, and long enough");
    const auto& second = loaded.functions.hooks.at("arn:aws:lambda:us-east-1:000000000000:function:f");
    EXPECT_EQ(second.secret.reveal(), "from a file, and long enough");
    ASSERT_TRUE(loaded.sender_key);
    EXPECT_EQ(to_string(loaded.sender_key->key), "0123456789abcdef0123456789abcdef");
}

TEST_F(HooksFile, that_is_wrong_is_refused_without_repeating_secrets) {
    for (const auto* text : {
             "hooks: [a, b]",
             "nothing: here",
             "just text",
             "hooks: {f: {url: 'https://h.example/'}}",
             "hooks: {f: {secret: 'hush, hush, hush, hush, hush'}}",
             "hooks: {f: {url: 'ftp://h.example/', secret: 'hush, hush, hush, hush, hush'}}",
             "hooks: {f: {url: 'https://h.example/', secret: 'hush'}}",
             "hooks: {f: {url: 'https://h.example/', secret: 'hush, hush, hush, hush, hush', more: 1}}",
             "hooks: {f: {url: 'https://h.example/', secret-file: /nonexistent/hush}}",
             "hooks: {f: {url: 'https://h.example/', secret: [hush]}}",
             "sender-key: hush",
             "hooks: {f: 'hush, hush",
         }) {
        const auto message = refusal(text);
        ASSERT_TRUE(message) << text;
        if (std::string_view(text).find("/hush") == std::string_view::npos) {
            EXPECT_EQ(message->find("hush"), std::string::npos) << *message;
        }
    }
    EXPECT_FALSE(refusal("hooks: {f: {url: 'https://h.example/', secret: 'hush, hush, hush, hush, hush'}}"));
}

TEST_F(HooksFile, that_is_not_there_is_refused) {
    ServeOptions options;
    options.hooks = folder.path() + "/nothing.yaml";
    EXPECT_THROW(load_hooks(options), Error);
}

TEST_F(HooksFile, is_not_needed) {
    const auto none = load_hooks({});
    EXPECT_TRUE(none.functions.hooks.empty());
    EXPECT_TRUE(none.functions.lambda_endpoint.empty());
    EXPECT_FALSE(none.functions.key);
}

TEST_F(HooksFile, stands_beside_an_endpoint_and_its_key) {
    ::setenv("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE", 1);
    ::setenv("AWS_SECRET_ACCESS_KEY", "secret", 1);
    EXPECT_FALSE(load_hooks({}).functions.key) << "there is nobody to show it to";
    ::setenv("AWS_ENDPOINT_URL_LAMBDA", "http://localhost:4566", 1);
    auto loaded = load_hooks({});
    EXPECT_EQ(loaded.functions.lambda_endpoint, "http://localhost:4566");
    ASSERT_TRUE(loaded.functions.key);
    EXPECT_EQ(loaded.functions.key->id, "AKIDEXAMPLE");
    ServeOptions options;
    options.lambda_endpoint = "https://lambda.eu-west-1.amazonaws.com";
    EXPECT_EQ(load_hooks(options).functions.lambda_endpoint, "https://lambda.eu-west-1.amazonaws.com")
        << "the flag wins";
    options.lambda_endpoint = "lambda.eu-west-1.amazonaws.com";
    EXPECT_THROW(load_hooks(options), Error);
}

}  // namespace
}  // namespace symbolon::app
