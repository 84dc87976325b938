#include "scale/scale.hpp"

#include "administration.hpp"
#include "against_echo.hpp"
#include "browser.hpp"
#include "deployment.hpp"
#include "scale/lookup.hpp"
#include "scale/model.hpp"
#include "scale/population.hpp"
#include "scale/sign_up.hpp"
#include "sign_in.hpp"
#include "token_exchange.hpp"

#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <memory>
#include <stdexcept>
#include <utility>

#include <unistd.h>

namespace symbolon::bench {

namespace {

constexpr double mebibyte = 1024 * 1024;
constexpr std::size_t people_who_sign_in = 20'000;
constexpr std::size_t people_before_them = 1'000'000;
constexpr std::size_t browsers = 32;
constexpr std::size_t exchanges = 500;

using Pipe = std::unique_ptr<std::FILE, int (*)(std::FILE*)>;

void run_or_fail(const std::string& command) {
    if (std::system(command.c_str()) != 0) throw std::runtime_error("This failed: " + command);
}

std::string output_of(const std::string& command) {
    const Pipe pipe(popen(command.c_str(), "re"), pclose);
    std::string out(100, '\0');
    out.resize(std::fread(out.data(), 1, out.size(), pipe.get()));
    return out;
}

/// Imports a population into an empty database. How long it took.
Seconds fill(const Deployment& deployment, const Population& population, const ScaleOptions& options) {
    if (!options.database.empty())
        run_or_fail("psql --no-psqlrc -q -c 'DROP SCHEMA public CASCADE' -c 'CREATE SCHEMA public' '" +
                    options.database + "'");
    std::filesystem::remove_all(deployment.folder() + "/data");
    const Unpinned all_cores;
    const auto begin = std::chrono::steady_clock::now();
    Pipe pipe(popen((deployment.admin_command("import --input -") + " >/dev/null").c_str(), "we"), pclose);
    if (!pipe) throw std::runtime_error("The import cannot be started.");
    population.write([&](std::string_view line) {
        if (std::fwrite(line.data(), 1, line.size(), pipe.get()) != line.size())
            throw std::runtime_error("The import ended early.");
    });
    if (pclose(pipe.release()) != 0) throw std::runtime_error("The import failed.");
    const Seconds took = std::chrono::steady_clock::now() - begin;
    ::sync();  // what the import left to the kernel to write is not to slow what is measured next
    return took;
}

/// What the database takes of the disk.
double bytes_of(const ScaleOptions& options, const Deployment& deployment) {
    if (options.database.empty())
        return static_cast<double>(std::filesystem::file_size(deployment.folder() + "/data/symbolon.db"));
    const auto size =
        output_of("psql --no-psqlrc -At -c 'SELECT pg_database_size(current_database())' '" + options.database + "'");
    return std::stod(size);
}

void print_head() {
    std::printf("%-26s %12s %12s %12s\n", "", "rate /s", "p50 ms", "p99 ms");
}

void print_pace(const char* name, const Pace& pace) {
    std::printf("%-26s %12.1f %12.2f %12.2f\n", name, pace.per_second(), pace.latency_of(0.5).count() * 1000,
                pace.latency_of(0.99).count() * 1000);
    std::fflush(stdout);
}

/// `signed_up`: users who came by sign_ups, so far.
void measure_requests(Deployment& deployment, const ScaleOptions& options, const std::string& self,
                      std::size_t& signed_up) {
    const Seconds duration(options.seconds);
    print_head();
    print_pace("lookup by phone, first", measure_lookups(deployment, duration, Repeat::no));
    print_pace("lookup by phone, again", measure_lookups(deployment, duration, Repeat::yes));
    print_pace("ListUsers, a page of 60", measure_user_pages(deployment, duration));
    std::vector<std::string> cookies;  // before the other sign-ins, which leave texts that nobody has read
    for (std::size_t i = 0; i < browsers; ++i)
        cookies.push_back(sign_in_by_browser(deployment, deployment.phone_numbers()[i]));
    const auto tokens = measure_token_exchange(deployment, cookies, exchanges, duration);
    print_pace("code -> token exchange", tokens.pace);
    print_pace("userInfo", measure_user_info(deployment, self, tokens.access_tokens, duration).server);
    print_pace("sign-in, password + SMS", measure_sign_ins(deployment, duration).pace);
    print_pace("sign-up", measure_sign_ups(deployment, duration, signed_up));
    std::printf("%-26s %12.1f MiB\n", "memory of the server", deployment.process().resident() / mebibyte);
}

/// Of processes and threads, that serve one pool after the other.
std::vector<std::pair<std::size_t, std::size_t>> combinations(const ScaleOptions& options, bool last) {
    std::vector<std::pair<std::size_t, std::size_t>> out;
    for (const auto processes : options.processes) {
        if (!last && processes != options.processes.front()) break;
        for (const auto threads : options.threads) out.emplace_back(processes, threads);
    }
    return out;
}

void measure_size(const Model& model, const Population& population, const ScaleOptions& options, const Cores& cores,
                  const std::string& self, bool last) {
    std::printf("\n%llu users\n", static_cast<unsigned long long>(population.size()));
    const auto size = static_cast<double>(population.size());
    Deployment filled(
        {.binary = options.server,
         .database = options.database,
         .folder = options.folder.empty() ? "" : options.folder + '/' + std::to_string(population.size())},
        cores);
    const auto whole = filled.folder() + "/whole";  // is there when the folder was kept, and its import had ended
    if (!std::filesystem::exists(whole)) {
        const auto took = fill(filled, population, options);
        std::printf("%-26s %12.0f users/s (%.0f s)\n", "import", size / took.count(), took.count());
        std::ofstream(whole).flush();
    }
    std::printf("%-26s %12.0f bytes a user (%.1f MiB)\n", "database", bytes_of(options, filled) / size,
                bytes_of(options, filled) / mebibyte);
    std::fflush(stdout);
    if (!options.passwords) return;
    const auto counted = filled.folder() + "/signed-up";  // how many came by that, where the folder was kept
    std::size_t signed_up = 0;
    std::ifstream(counted) >> signed_up;
    std::size_t round = 0;
    for (const auto [processes, threads] : combinations(options, last)) {
        filled.set_processes(processes);
        filled.set_threads(threads);
        std::printf("server processes: %zu, threads of each: %zu\n", processes, threads);
        filled.adopt(model.configuration(), population.sample(people_before_them, round));
        filled.start();
        if (options.warm_up > 0) measure_lookups(filled, Seconds(options.warm_up), Repeat::no);
        filled.adopt(model.configuration(), population.sample(people_who_sign_in, round++));
        measure_requests(filled, options, self, signed_up);
        filled.stop();
        std::ofstream(counted) << signed_up;
    }
}

}  // namespace

void measure_scale(const ScaleOptions& options, const Cores& cores, const std::string& self) {
    std::printf("%s; %s\n", processor_name().c_str(), options.database.empty() ? "SQLite" : "PostgreSQL");
    const Model model(options.server, options.folder.empty() ? "" : options.folder + "/model", cores);
    for (const auto size : options.sizes)
        measure_size(model, model.population(size, options.passwords), options, cores, self,
                     size == options.sizes.back());
}

}  // namespace symbolon::bench
