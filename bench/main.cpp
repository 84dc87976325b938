#include "administration.hpp"
#include "against_echo.hpp"
#include "browser.hpp"
#include "deployment.hpp"
#include "echo.hpp"
#include "limits.hpp"
#include "memory.hpp"
#include "oauth.hpp"
#include "report.hpp"
#include "scale/scale.hpp"
#include "sign_in.hpp"
#include "skill/skill.hpp"
#include "skill/skill_server.hpp"
#include "srp_sign_in.hpp"
#include "start_up.hpp"
#include "token_exchange.hpp"

#include <CLI/CLI.hpp>

#include <cmath>
#include <cstdint>
#include <filesystem>
#include <iostream>
#include <string>
#include <vector>

namespace {

using namespace symbolon::bench;

constexpr double mebibyte = 1024 * 1024;

struct Options {
    std::string server;
    std::string json;
    double seconds = 5;
    std::size_t users = 48;
    bool echo = false;
    std::string skill_chain;
    unsigned skill_workers = 0;
    SkillBenchOptions skills;
    ScaleOptions scale;
    std::uint64_t largest = 10'000'000;
};

/// 1,000, a million, and ten times as many as before up to the largest.
std::vector<std::uint64_t> sizes_up_to(std::uint64_t largest) {
    std::vector<std::uint64_t> sizes{1000};
    for (std::uint64_t size = 1'000'000; size < largest; size *= 10) sizes.push_back(size);
    sizes.push_back(largest);
    return sizes;
}

std::vector<Row> measure(const Options& options, const Cores& cores, const std::string& self) {
    const Seconds duration(options.seconds);
    std::vector<Row> rows;

    std::cerr << "limits of this machine …\n";
    const auto signatures_before = measure_rsa_signatures(cores.server, duration / 2);
    const auto hashes = measure_argon2_hashes(cores.server, duration / 2);

    const auto srp_proofs = measure_srp_proofs(cores.server, duration / 2);

    std::cerr << "configuring …\n";
    Deployment deployment({.binary = options.server}, cores);
    deployment.start();
    deployment.configure(options.users);
    const auto cookies = sign_in_by_browser(deployment, deployment.phone_numbers().front());

    std::cerr << "token exchanges …\n";
    const auto enough =
        static_cast<std::size_t>(std::ceil(signatures_before.per_second() * options.seconds * 0.6)) + 100;
    const auto exchanges = measure_token_exchange(deployment, {cookies}, enough, duration);
    const auto signatures = faster_of(signatures_before, measure_rsa_signatures(cores.server, duration / 2));

    std::cerr << "userInfo …\n";
    const auto paces = measure_user_info(deployment, self, exchanges.access_tokens, duration);

    const auto oauth = measure_oauth(deployment, self, cookies, duration);

    std::cerr << "sign-ins …\n";
    const auto sign_ins = measure_sign_ins(deployment, duration);
    const auto srp_sign_ins = measure_srp_sign_ins(deployment, duration);
    const auto get_user = measure_get_user(deployment, self, sign_ins.access_tokens, duration);

    std::cerr << "administrators …\n";
    const auto creations = measure_creations(deployment, duration);
    const auto loaded = deployment.process().resident();
    deployment.stop();

    std::cerr << "starts …\n";
    const auto start_up = measure_start_up(deployment);
    const auto idle = measure_idle_memory(deployment);
    deployment.stop();

    const auto skills = measure_skills(options.skills, cores);

    rows.push_back(compare("userInfo", paces.server, "bare HTTP echo", paces.echo, 1, 0.50));
    rows.push_back(compare("GetUser", get_user.server, "bare HTTP echo", get_user.echo, 1, 0.40));
    rows.push_back(compare("code -> token exchange", exchanges.pace, "RSA-2048 signatures / 2", signatures, 0.5, 0.75));
    rows.insert(rows.end(), oauth.begin(), oauth.end());
    rows.push_back(compare("sign-in, password + SMS", sign_ins.pace, "Argon2id hashes", hashes, 1, {}));
    rows.push_back(compare("sign-in, SRP", srp_sign_ins, "SRP and RSA arithmetic", srp_proofs, 1, 0.70));
    rows.push_back(compare("AdminCreateUser", creations, "Argon2id hashes", hashes, 1, {}));
    rows.insert(rows.end(), skills.begin(), skills.end());
    rows.push_back(below("start to ready", start_up.count() * 1000, "ms", 50));
    rows.push_back(below("memory, idle", idle / mebibyte, "MiB", 25));
    rows.push_back(below("memory, after the load", loaded / mebibyte, "MiB", {}));
    return rows;
}

std::vector<Row> measure_oauth_alone(const Options& options, const Cores& cores, const std::string& self) {
    const Seconds duration(options.seconds);
    Deployment deployment({.binary = options.server}, cores);
    deployment.start();
    deployment.configure(1);
    const auto cookies = sign_in_by_browser(deployment, deployment.phone_numbers().front());
    auto rows = measure_oauth(deployment, self, cookies, duration);
    deployment.stop();
    return rows;
}

}  // namespace

int main(int argc, char** argv) {
    Options options;
    CLI::App app("Measures the server as ratios to the limits of the machine, taken in the same run.");
    app.add_option("--server", options.server, "the server's binary");
    app.add_option("--json", options.json, "also write the table to this file");
    app.add_option("--seconds", options.seconds, "of each measurement")->capture_default_str();
    app.add_option("--users", options.users, "who sign in")->capture_default_str();
    app.add_flag("--echo", options.echo, "be the bare echo that userInfo is compared with");
    app.add_option("--skill", options.skill_chain, "be the skill whose requests are measured; its certificate chain");
    app.add_option("--skill-workers", options.skill_workers,
                   "of that skill; 0: handlers run where connections are served");
    app.add_option("--node", options.skills.node, "Node, for the platform's own SDK");
    app.add_option("--node-modules", options.skills.node_modules, "where ask-sdk-express-adapter is installed");
    app.add_option("--node-skill", options.skills.node_skill, "tests/e2e/support/ask_sdk_skill.cjs");
    const auto* skills = app.add_subcommand("skill", "only the requests of a voice platform to a skill");
    const auto* oauth = app.add_subcommand("oauth", "only the requests of an app to the authorization server");
    auto* scale = app.add_subcommand("scale", "the same requests in pools of 1,000, a million, … users");
    scale->add_option("--users", options.largest, "in the largest pool")->capture_default_str();
    scale->add_option("--sizes", options.scale.sizes, "of pools, instead");
    scale->add_flag("!--no-passwords", options.scale.passwords, "only fill, with users who have none");
    scale->add_option("--folder", options.scale.folder, "keeps the pools there, and measures those that it finds");
    scale->add_option("--database", options.scale.database, "postgresql://… of a database, which is emptied");
    scale->add_option("--threads", options.scale.threads, "of each server; each number with every pool");
    scale->add_option("--warm-up", options.scale.warm_up, "seconds of other lookups before each round, for the caches");
    scale->add_option("--processes", options.scale.processes, "that serve; each number with the largest pool");
    CLI11_PARSE(app, argc, argv);
    try {
        if (options.echo) {
            serve_echo();
            return 0;
        }
        if (!options.skill_chain.empty()) {
            serve_skill(options.skill_chain, options.skill_workers);
            return 0;
        }
        const auto cores = choose_cores();
        pin(0, cores.driver);
        const auto self = std::filesystem::read_symlink("/proc/self/exe").string();
        if (scale->parsed()) {
            options.scale.server = options.server;
            options.scale.seconds = options.seconds;
            if (options.scale.sizes.empty()) options.scale.sizes = sizes_up_to(options.largest);
            if (options.scale.processes.empty()) options.scale.processes = {1};
            if (options.scale.threads.empty()) options.scale.threads = {1};
            measure_scale(options.scale, cores, self);
            return 0;
        }
        options.skills.self = self;
        options.skills.duration = Seconds(options.seconds);
        std::vector<Row> rows;
        if (oauth->parsed()) {
            rows = measure_oauth_alone(options, cores, self);
        } else if (skills->parsed()) {
            rows = measure_skills(options.skills, cores);
        } else {
            rows = measure(options, cores, self);
        }
        print(rows, cores);
        if (!options.json.empty()) write_json(rows, options.json);
        return 0;
    } catch (const std::exception& e) {
        std::cerr << "symbolon_bench: " << e.what() << "\n";
        return 1;
    }
}
