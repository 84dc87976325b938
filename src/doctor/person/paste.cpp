#include "doctor/person/paste.hpp"

#include <istream>
#include <ostream>

namespace symbolon::doctor {

namespace {

constexpr std::size_t longest_line = 64 * 1024;

}  // namespace

std::optional<Arrival> PastingPerson::go(const Errand& errand) {
    if (errand.intent == Intent::leave_at_code) return std::nullopt;
    out_ << "\n" << errand.why << "\n";
    if (!errand.url.empty()) out_ << "  " << errand.url << "\n";
    const bool comes_back = errand.intent == Intent::sign_in || errand.intent == Intent::deny;
    out_ << (comes_back ? "Then paste the address where the browser ended (or press Enter to leave this out): "
                        : "Then type \"done\" (or press Enter to leave this out): ")
         << std::flush;
    std::string line;
    if (!std::getline(in_, line) || line.empty() || line.size() > longest_line) return std::nullopt;
    if (!comes_back) return Arrival{};
    return Arrival{line, {}, {}, {}, {}};
}

}  // namespace symbolon::doctor
