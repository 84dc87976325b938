#include "app/bootstrap/plan.hpp"
#include "base/error.hpp"
#include "fuzz.hpp"

#include <sys/mman.h>
#include <unistd.h>

#include <set>
#include <string>

using namespace symbolon;

namespace {

/// A file that is only in memory, with a name that can be opened.
class MemoryFile {
public:
    explicit MemoryFile(std::string_view content) : descriptor_(::memfd_create("fuzzed", 0)) {
        fuzz::require(descriptor_ >= 0, "there is memory for a file");
        while (!content.empty()) {
            const auto written = ::write(descriptor_, content.data(), content.size());
            fuzz::require(written > 0, "it takes the input");
            content.remove_prefix(static_cast<std::size_t>(written));
        }
    }
    ~MemoryFile() { ::close(descriptor_); }
    MemoryFile(const MemoryFile&) = delete;
    MemoryFile& operator=(const MemoryFile&) = delete;

    std::string path() const { return "/proc/self/fd/" + std::to_string(descriptor_); }

private:
    int descriptor_;
};

void check_pool(const app::PoolPlan& plan) {
    fuzz::require(plan.pool.request.contains("PoolName"), "a pool has a name");
    fuzz::require(plan.mfa.empty() == plan.mfa_path.empty(), "what is set stands somewhere");
    for (std::size_t i = 0; i < app::sections.size(); ++i) {
        for (const auto& item : plan.items[i]) {
            const auto place = plan.pool.path + "." + std::string(app::sections[i].name) + "[";
            fuzz::require(item.path.starts_with(place), "an item says where it stands");
            fuzz::require(!item.request.contains("UserPoolId"), "an item is of the pool around it");
        }
    }
}

}  // namespace

/// A file of `serve --bootstrap`.
int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const MemoryFile file(fuzz::text_of(data, size));
    try {
        std::set<std::string> places;
        for (const auto& plan : app::read_plan(file.path())) {
            fuzz::require(places.insert(plan.pool.path).second, "each pool stands in a place of its own");
            check_pool(plan);
        }
    } catch (const Error& error) {
        fuzz::require(error.code == Errc::invalid_parameter, "a file is refused as one");
        fuzz::require(error.message.starts_with(file.path() + ": "), "and it is told which");
    }
    return 0;
}
