#include "app/doctor.hpp"
#include "app/options.hpp"
#include "base/error.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <utility>

namespace symbolon::app {
namespace {

CommandLine parse_words(std::vector<const char*> words) {
    words.insert(words.begin(), {"symbolon", "doctor"});
    return parse_command_line(static_cast<int>(words.size()), words.data());
}

const std::vector<const char*> least{"--authorization-url", "https://id.example/authorize",
                                     "--token-url",         "https://id.example/token",
                                     "--client-id",         "skill"};

std::vector<const char*> with(std::vector<const char*> more) {
    more.insert(more.begin(), least.begin(), least.end());
    return more;
}

TEST(DoctorOptions, are_read_with_the_secret_from_the_environment) {
    ::setenv("SYMBOLON_CLIENT_SECRET", "from-environment", 1);
    const auto parsed =
        parse_words(with({"--platform", "google", "--platform", "alexa", "--scope", "openid", "--json"}));
    ::unsetenv("SYMBOLON_CLIENT_SECRET");
    EXPECT_EQ(parsed.command, CommandLine::Command::doctor);
    EXPECT_EQ(parsed.doctor.client_secret, "from-environment");
    EXPECT_EQ(parsed.doctor.platforms, (std::vector<std::string>{"google", "alexa"}));
    EXPECT_TRUE(parsed.doctor.json);
    EXPECT_EQ(parsed.doctor.subject.client.id, "skill");
    EXPECT_EQ(parsed.doctor.subject.scopes, std::vector<std::string>{"openid"});
    EXPECT_FALSE(parsed.doctor.subject.default_expiration);
}

TEST(DoctorOptions, that_are_wrong_end_with_2) {
    EXPECT_EQ(parse_words({}).exit_code, 2);
    EXPECT_EQ(parse_words(with({"--platform", "siri"})).exit_code, 2);
    EXPECT_EQ(parse_words(with({"--scheme", "none"})).exit_code, 2);
    EXPECT_EQ(parse_words(with({"--wait", "0"})).exit_code, 2);
}

TEST(DoctorOptions, with_files_that_are_not_there_are_refused) {
    auto options = parse_words(with({"--client-secret-file", "/nowhere/secret"})).doctor;
    EXPECT_THROW(examine(std::move(options)), Error);
    for (const auto* report : {"--junit", "--html"}) {
        options = parse_words(with({report, "/nowhere/report", "--sign-in-with", "nobody"})).doctor;
        EXPECT_THROW(examine(std::move(options)), Error) << report;
    }
    options = parse_words(with({"--connect-to", "here"})).doctor;
    EXPECT_THROW(examine(std::move(options)), Error);
}

}  // namespace
}  // namespace symbolon::app
