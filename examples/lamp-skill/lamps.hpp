#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

namespace lamp_skill {

struct Lamp {
    std::string name;
    bool on = false;
    std::int64_t brightness = 100;  ///< percent
};

/// Everybody's lamps: two for each user, a bridge away in the real world. Threads: any.
class Lamps {
public:
    using ById = std::map<std::string, Lamp, std::less<>>;

    ById list(const std::string& user) const;
    /// The lamp as it is then; nothing when the user has no such lamp.
    std::optional<Lamp> find(const std::string& user, std::string_view id) const;
    std::optional<Lamp> switch_to(const std::string& user, std::string_view id, bool on);
    /// Cut to 0 to 100 percent; 0 leaves it on, as dark as it gets.
    std::optional<Lamp> dim_to(const std::string& user, std::string_view id, std::int64_t percent);
    /// `difference`: -100 to 100 percent.
    std::optional<Lamp> dim_by(const std::string& user, std::string_view id, std::int64_t difference);

private:
    Lamp* find_locked(const std::string& user, std::string_view id);

    mutable std::mutex mutex_;
    std::map<std::string, ById> by_user_;
};

}  // namespace lamp_skill
