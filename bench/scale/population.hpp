#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace symbolon::bench {

/// Users that a pool is filled with. They differ in sub and phone number; the rest is copied from one real user, whose
/// password they share.
class Population {
public:
    /// `exported`: the lines of a pool with one user, whose sub and phone number are these.
    Population(std::vector<std::string> exported, std::string_view sub, std::string_view phone_number,
               std::uint64_t size);

    /// The same without password: users who sign in by code, or have not chosen one.
    void drop_passwords();

    std::uint64_t size() const { return size_; }
    /// The `index`-th number, of a valid form; neighbours have nothing in common.
    static std::string phone_number(std::uint64_t index);
    /// The numbers of so many users, or of all, spread evenly; everybody comes once. Other rounds give other users, as
    /// far as there are enough.
    std::vector<std::string> sample(std::size_t count, std::size_t round) const;

    /// The lines of an export, which has its users in order of the sub; each with its line break.
    void write(const std::function<void(std::string_view line)>& take) const;

private:
    std::string sub(std::uint64_t index) const;

    std::string pool_line_;
    std::vector<std::string> pieces_;  ///< of a user's line: sub, then phone number, stand between them
    std::vector<bool> is_sub_;         ///< for each place between two pieces
    std::uint64_t size_;
};

}  // namespace symbolon::bench
