#include "app/options.hpp"

#include "app/check_options.hpp"

#include "base/error.hpp"

#include <gtest/gtest.h>

#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

namespace symbolon::app {
namespace {

CommandLine parse(std::vector<const char*> words) {
    words.insert(words.begin(), "symbolon");
    return parse_command_line(static_cast<int>(words.size()), words.data());
}

/// A YAML file that goes with the test.
class ConfigFile {
public:
    explicit ConfigFile(const std::string& text)
        : path_(std::filesystem::temp_directory_path() / ("symbolon-options-" + std::to_string(::getpid()) + ".yaml")) {
        std::ofstream(path_) << text;
    }
    ~ConfigFile() { std::filesystem::remove(path_); }
    std::string path() const { return path_.string(); }

private:
    std::filesystem::path path_;
};

TEST(Options, a_flag_wins_over_the_environment_and_that_over_the_file) {
    const ConfigFile file("region: from-file\ndata: file-data\nsms: 'file:file.jsonl'\n");
    ::setenv("SYMBOLON_REGION", "from-environment", 1);
    ::setenv("SYMBOLON_DATA", "environment-data", 1);
    const auto path = file.path();
    const auto parsed = parse({"serve", "--config", path.c_str(), "--region", "from-flag"});
    ::unsetenv("SYMBOLON_REGION");
    ::unsetenv("SYMBOLON_DATA");
    ASSERT_EQ(parsed.command, CommandLine::Command::serve);
    EXPECT_EQ(parsed.serve.region, "from-flag");
    EXPECT_EQ(parsed.serve.data, "environment-data");
    EXPECT_EQ(parsed.serve.sms, "file:file.jsonl");
}

TEST(Options, a_list_in_the_file_repeats_the_flag) {
    const ConfigFile file("listen: ['127.0.0.1:1', '127.0.0.1:2']\n");
    const auto path = file.path();
    EXPECT_EQ(parse({"serve", "--config", path.c_str()}).serve.listen,
              (std::vector<std::string>{"127.0.0.1:1", "127.0.0.1:2"}));
}

TEST(Options, a_misspelt_setting_is_refused) {
    const ConfigFile file("regoin: here\n");
    const auto path = file.path();
    const auto parsed = parse({"serve", "--config", path.c_str()});
    EXPECT_EQ(parsed.command, CommandLine::Command::done);
    EXPECT_EQ(parsed.exit_code, 2);
}

TEST(Options, help_ends_well_and_nonsense_does_not) {
    EXPECT_EQ(parse({"--help"}).exit_code, 0);
    EXPECT_EQ(parse({"serve", "--no-such-flag"}).exit_code, 2);
    EXPECT_EQ(parse({}).exit_code, 2);
    testing::internal::CaptureStderr();
    EXPECT_EQ(parse({"admin", "rotate"}).exit_code, 2);
    EXPECT_TRUE(testing::internal::GetCapturedStderr().starts_with("There is no command rotate."));
    EXPECT_EQ(parse({"admin", "keys", "list", "--pool", "p"}).exit_code, 0);
}

TEST(Options, addresses_have_a_host_and_a_port) {
    EXPECT_EQ(parse_address("127.0.0.1:8400").port, 8400);
    EXPECT_EQ(parse_address("[::1]:0").host, "::1");
    for (const auto* wrong : {"8400", ":8400", "host:", "host:99999", "host:1x"})
        EXPECT_THROW(parse_address(wrong), Error) << wrong;
}

TEST(Options, that_cannot_be_meant_are_refused) {
    const auto refused = [](std::vector<const char*> words) {
        words.insert(words.begin(), "serve");
        const auto parsed = parse(std::move(words));
        try {
            check_options(parsed.serve);
        } catch (const Error& error) {
            return error.message;
        }
        return std::string();
    };
    EXPECT_EQ(refused({}), "");
    EXPECT_EQ(refused({"--base-url", "https://id.example.com/sub", "--domain-host", "{domain}.auth.example.com"}), "");
    for (const auto* url :
         {"id.example.com", "https://", "ftp://id.example.com", "https://id.example.com?x", "https://a b"})
        EXPECT_TRUE(refused({"--base-url", url}).starts_with("--base-url:")) << url;
    for (const auto* region : {"", "x y", "us_east", "a-region-of-more-than-32-characters"})
        EXPECT_TRUE(refused({"--region", region}).starts_with("--region:")) << region;
    EXPECT_TRUE(refused({"--domain-host", "auth.example.com"}).starts_with("--domain-host:"));
    EXPECT_EQ(refused({"--sms-prefixes", "+1", "--sms-prefixes", "+44"}), "");
    for (const auto* prefix : {"44", "+0", "+44x"})
        EXPECT_TRUE(refused({"--sms-prefixes", prefix}).starts_with("--sms-prefixes:")) << prefix;
    EXPECT_NE(refused({"--listen", "here"}), "");
    EXPECT_NE(refused({"--tls-cert", "cert.pem"}), "");
    EXPECT_EQ(parse({"serve", "--private-addresses", "maybe"}).exit_code, 2);
    EXPECT_TRUE(parse({"serve", "--private-addresses", "true"}).serve.private_addresses);
}

}  // namespace
}  // namespace symbolon::app
