#pragma once

#include <compare>
#include <functional>
#include <string>
#include <utility>

namespace symbolon {

/// An identifier that cannot be mistaken for one of another kind, nor for plain text.
template <class Tag>
class Id {
public:
    Id() = default;
    explicit Id(std::string text) : text_(std::move(text)) {}

    const std::string& str() const { return text_; }
    bool empty() const { return text_.empty(); }

    friend bool operator==(const Id&, const Id&) = default;
    friend auto operator<=>(const Id&, const Id&) = default;

private:
    std::string text_;
};

using PoolId = Id<struct PoolIdTag>;      ///< `<region>_<9 letters and digits>`
using ClientId = Id<struct ClientIdTag>;  ///< 26 characters of [0-9a-z]
using UserId = Id<struct UserIdTag>;      ///< UUID; the `sub` claim

}  // namespace symbolon

template <class Tag>
struct std::hash<symbolon::Id<Tag>> {
    std::size_t operator()(const symbolon::Id<Tag>& id) const noexcept { return std::hash<std::string>{}(id.str()); }
};
