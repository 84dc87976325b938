#include "app/admin/input.hpp"

#include "base/error.hpp"

#include <gtest/gtest.h>

#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <iterator>
#include <string>
#include <string_view>

namespace symbolon::app {
namespace {

/// Reads standard input, which `connect` makes of two ends, and ends the process: with 0 when all of it came.
[[noreturn]] void read_all(int (*connect)(int* ends)) {
    constexpr std::string_view sent = "{\"strict_oidc\":true}";
    std::array<int, 2> ends{};
    if (connect(ends.data()) != 0) std::_Exit(1);
    if (::write(ends[1], sent.data(), sent.size()) != static_cast<ssize_t>(sent.size())) std::_Exit(2);
    ::close(ends[1]);
    ::dup2(ends[0], STDIN_FILENO);
    Input input("-");
    if (!input.is_export()) std::_Exit(3);
    const std::string text{std::istreambuf_iterator<char>(input.stream()), {}};
    std::_Exit(text == sent ? 0 : 4);
}

TEST(InputDeathTest, standard_input_may_be_a_pipe) {
    EXPECT_EXIT(read_all(::pipe), testing::ExitedWithCode(0), "");
}

TEST(InputDeathTest, standard_input_may_be_a_socket) {
    EXPECT_EXIT(read_all([](int* ends) { return ::socketpair(AF_UNIX, SOCK_STREAM, 0, ends); }),
                testing::ExitedWithCode(0), "");
}

TEST(Input, that_is_not_there_is_refused) {
    EXPECT_THROW(Input("/nowhere/export.jsonl"), Error);
    EXPECT_THROW(Input(""), Error);
}

}  // namespace
}  // namespace symbolon::app
