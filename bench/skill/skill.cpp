#include "skill/skill.hpp"

#include "limits.hpp"
#include "load.hpp"
#include "process.hpp"
#include "skill/platform.hpp"
#include "skill/skill_server.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <optional>
#include <stdexcept>
#include <utility>

namespace symbolon::bench {

namespace {

constexpr int rounds = 3;
constexpr std::size_t connections = 64;
constexpr std::size_t warm_up = 500;  ///< requests
constexpr Seconds patience{20};
constexpr std::size_t signed_per_second = 6000;  // more than which nobody answers in a second of these short rounds

/// Each request once: the skill refuses what it has seen.
class EachOnce final : public Script {
public:
    EachOnce(const std::vector<std::string>& requests, std::size_t from, std::size_t to)
        : requests_(requests), at_(from), end_(to), unanswered_(to - from) {}
    std::optional<std::string> next(std::size_t /*connection*/) override {
        if (at_ == end_) return std::nullopt;
        return requests_[at_++];
    }
    void answered(std::size_t /*connection*/, const Answer& answer) override {
        expect(answer, 200);
        --unanswered_;
    }
    bool finished() const override { return unanswered_ == 0; }

private:
    const std::vector<std::string>& requests_;
    std::size_t at_, end_, unanswered_;
};

class TemporaryFolder {
public:
    TemporaryFolder() {
        std::string pattern = (std::filesystem::temp_directory_path() / "symbolon-bench-skill-XXXXXX").string();
        if (mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no temporary folder");
        path_ = pattern;
    }
    ~TemporaryFolder() { std::filesystem::remove_all(path_); }
    TemporaryFolder(const TemporaryFolder&) = delete;
    std::string write(const std::string& name, const std::string& text) const {
        std::ofstream(path_ + "/" + name) << text;
        return path_ + "/" + name;
    }
    std::string file(const std::string& name) const { return path_ + "/" + name; }

private:
    std::string path_;
};

void add(Pace& sum, const Pace& round) {
    sum.count += round.count;
    sum.wall += round.wall;
    sum.cpu += round.cpu;
}

/// What does both for each: the least that a verified and answered request can cost.
Pace one_after_the_other(const Pace& a, const Pace& b) {
    const auto both = [](double x, double y) { return 1 / (1 / x + 1 / y); };
    Pace pace;
    pace.count = both(a.per_second(), b.per_second());
    pace.wall = Seconds{1};
    pace.cpu = Seconds{pace.count / both(a.per_cpu_second(), b.per_cpu_second())};
    return pace;
}

/// One round against a process that starts for it, and has seen nothing yet.
Pace measure_round(const std::vector<std::string>& command, const std::string& root, const std::string& log,
                   const Cores& cores, const std::vector<std::string>& requests, Seconds duration) {
    // For this process the platform's root is the system's: the skill has no switch that would trust another.
    Process process(command, {{"SSL_CERT_FILE", root}}, log, cores.server);
    const Target target{{{process.wait_for_port(), process.pid()}}, cores.are_apart()};
    EachOnce first(requests, 0, warm_up);
    drive(target, connections, patience, first);
    EachOnce rest(requests, warm_up, requests.size());
    auto pace = drive(target, connections, duration, rest);
    process.stop();
    return pace;
}

}  // namespace

std::vector<Row> measure_skills(const SkillBenchOptions& options, const Cores& cores) {
    const Seconds round = options.duration / rounds;
    const auto count = warm_up + static_cast<std::size_t>(std::ceil(round.count() * signed_per_second));
    std::cerr << "signing " << count << " requests …\n";
    const auto platform = make_platform(count);
    const TemporaryFolder folder;
    const auto chain = folder.write("chain.pem", platform.chain_pem);
    const auto root = folder.write("root.pem", platform.root_pem);

    const std::vector<std::string> skill{options.self, "--skill", chain};
    const std::vector<std::string> pool{options.self, "--skill", chain, "--skill-workers", "16"};
    const std::vector<std::string> echo{options.self, "--echo"};
    const std::vector<std::string> node{options.node, options.node_skill, options.node_modules, chain,
                                        root,         bench_skill_id,     bench_speech};
    Pace of_skill, of_pool, of_echo, of_node, verifications;
    std::cerr << "skill requests …\n";
    for (int i = 0; i < rounds; ++i) {
        const auto measure = [&](const std::vector<std::string>& command, Pace& sum) {
            add(sum, measure_round(command, root, folder.file("log"), cores, platform.requests, round));
        };
        measure(skill, of_skill);
        measure(echo, of_echo);
        add(verifications, measure_rsa_verifications(cores.server, round / 2, platform.body));
        measure(pool, of_pool);
        if (!options.node.empty()) measure(node, of_node);
    }

    std::vector<Row> rows{
        compare("skill request", of_skill, "bare HTTP echo", of_echo, 1, 0.60),
        compare("skill request", of_skill, "RSA-2048 verifications", verifications, 1, {}),
        compare("skill request", of_skill, "echo and verification", one_after_the_other(of_echo, verifications), 1, {}),
        compare("skill request, worker pool", of_pool, "bare HTTP echo", of_echo, 1, {}),
    };
    if (!options.node.empty()) {
        rows.push_back(compare("skill request", of_skill, "ask-sdk-express-adapter", of_node, 1, 5.0));
    }
    return rows;
}

}  // namespace symbolon::bench
