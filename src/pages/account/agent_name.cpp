#include "pages/account/agent_name.hpp"

#include <array>
#include <utility>

namespace symbolon::pages {
namespace {

using Mark = std::pair<std::string_view, std::string_view>;  // what the header holds, and what it is

// In this order: many browsers call themselves Chrome and Safari as well.
constexpr std::array<Mark, 7> browsers{{{"Edg", "Edge"},
                                        {"OPR/", "Opera"},
                                        {"SamsungBrowser/", "Samsung Internet"},
                                        {"Firefox/", "Firefox"},
                                        {"CriOS/", "Chrome"},
                                        {"Chrome/", "Chrome"},
                                        {"Safari/", "Safari"}}};

constexpr std::array<Mark, 7> systems{{{"iPhone", "iPhone"},
                                       {"iPad", "iPad"},
                                       {"Android", "Android"},
                                       {"Windows", "Windows"},
                                       {"Mac OS X", "macOS"},
                                       {"CrOS", "ChromeOS"},
                                       {"Linux", "Linux"}}};

template <std::size_t size>
std::string_view find_mark(const std::array<Mark, size>& marks, std::string_view text) {
    for (const auto& [mark, name] : marks)
        if (text.find(mark) != std::string_view::npos) return name;
    return {};
}

}  // namespace

std::string agent_name(std::string_view user_agent) {
    const auto browser = find_mark(browsers, user_agent);
    const auto system = find_mark(systems, user_agent);
    std::string name(browser);
    if (!browser.empty() && !system.empty()) name += " · ";
    return name.append(system);
}

}  // namespace symbolon::pages
