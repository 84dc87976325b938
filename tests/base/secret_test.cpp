#include "base/secret.hpp"
#include "base/id.hpp"
#include "base/log.hpp"

#include <gtest/gtest.h>

#include <concepts>
#include <ostream>
#include <type_traits>
#include <utility>

namespace symbolon {
namespace {

template <class T>
concept Streamable = requires(std::ostream& out, const T& value) { out << value; };

static_assert(!Streamable<Password> && !std::equality_comparable<Password> && !std::copy_constructible<Password>);
static_assert(!std::is_convertible_v<Password, std::string> && !std::is_convertible_v<std::string, Password>);
static_assert(!std::is_constructible_v<log::Field, std::string_view, Password>);
static_assert(!std::equality_comparable_with<PoolId, ClientId> && !std::is_convertible_v<PoolId, std::string>);
static_assert(!std::is_convertible_v<std::string, PoolId>);

TEST(Secret, is_empty_after_it_was_moved_from) {
    Password first("p");
    const Password second = std::move(first);
    EXPECT_TRUE(first.empty());  // NOLINT(bugprone-use-after-move): that is what is tested
    EXPECT_EQ(second.reveal(), "p");
}

TEST(Secret, keeps_its_text_when_assigned_to_itself) {
    Password secret("hunter2");
    Password& same = secret;
    secret = std::move(same);
    EXPECT_EQ(secret.reveal(), "hunter2");
}

}  // namespace
}  // namespace symbolon
