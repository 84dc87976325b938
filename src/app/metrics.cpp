#include "app/metrics.hpp"

#include <prometheus/counter.h>
#include <prometheus/family.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

#include <unistd.h>

#include <array>
#include <fstream>
#include <utility>
#include <vector>

namespace symbolon::app {

namespace {

constexpr std::array<std::string_view, 4> doors{"api", "oauth", "pages", "service"};
constexpr std::array<const char*, 5> status_classes{"1xx", "2xx", "3xx", "4xx", "5xx"};

std::size_t door_index(std::string_view door) {
    for (std::size_t i = 0; i < doors.size(); ++i) {
        if (doors[i] == door) return i;
    }
    return doors.size() - 1;
}

double resident_bytes() {
    std::ifstream statm("/proc/self/statm");
    double total = 0;
    double resident = 0;
    statm >> total >> resident;
    return resident * static_cast<double>(::sysconf(_SC_PAGESIZE));
}

}  // namespace

struct Metrics::Impl {
    using Histogram = prometheus::Histogram;

    prometheus::Registry registry;
    std::array<std::array<prometheus::Counter*, status_classes.size()>, doors.size()> requests{};
    std::array<Histogram*, doors.size()> seconds{};
    prometheus::Family<prometheus::Gauge>& gauges = prometheus::BuildGauge()
                                                        .Name("symbolon_state")
                                                        .Help("Counters and sizes of the process, by name")
                                                        .Register(registry);

    Impl() {
        auto& request_family = prometheus::BuildCounter()
                                   .Name("symbolon_requests_total")
                                   .Help("Answered requests by door and class of status")
                                   .Register(registry);
        auto& seconds_family = prometheus::BuildHistogram()
                                   .Name("symbolon_request_seconds")
                                   .Help("Time from a request's last byte to its answer, by door")
                                   .Register(registry);
        const Histogram::BucketBoundaries bounds{0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5};
        for (std::size_t door = 0; door < doors.size(); ++door) {
            const std::string name(doors[door]);
            seconds[door] = &seconds_family.Add({{"door", name}}, bounds);
            for (std::size_t status = 0; status < status_classes.size(); ++status) {
                requests[door][status] = &request_family.Add({{"door", name}, {"status", status_classes[status]}});
            }
        }
    }

    std::vector<std::pair<std::string, std::function<double()>>> watched{};

    void set(const std::string& name, double value) { gauges.Add({{"name", name}}).Set(value); }
};

Metrics::Metrics() : impl_(std::make_unique<Impl>()) {}
Metrics::~Metrics() = default;

void Metrics::watch(std::string name, std::function<double()> read) {
    impl_->watched.emplace_back(std::move(name), std::move(read));
}

void Metrics::count(std::string_view door, int status, std::chrono::nanoseconds took) {
    const auto index = door_index(door);
    const auto status_class = std::min<std::size_t>(static_cast<std::size_t>(std::max(status, 100)) / 100 - 1, 4);
    impl_->requests[index][status_class]->Increment();
    impl_->seconds[index]->Observe(std::chrono::duration<double>(took).count());
}

std::string Metrics::expose(const net::Server::Counters& server, const db::Database::Counters& database) {
    impl_->set("connections", static_cast<double>(server.connections));
    impl_->set("open_connections", static_cast<double>(server.open_connections));
    impl_->set("connection_places", static_cast<double>(server.places));
    impl_->set("refused_connections", static_cast<double>(server.refused_connections));
    impl_->set("displaced_connections", static_cast<double>(server.displaced_connections));
    impl_->set("refused_requests", static_cast<double>(server.bad_requests));
    impl_->set("database_reads", static_cast<double>(database.reads));
    impl_->set("database_writes", static_cast<double>(database.writes));
    impl_->set("database_commits", static_cast<double>(database.commits));
    impl_->set("resident_bytes", resident_bytes());
    for (const auto& [name, read] : impl_->watched) impl_->set(name, read());
    return prometheus::TextSerializer().Serialize(impl_->registry.Collect());
}

}  // namespace symbolon::app
