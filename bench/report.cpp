#include "report.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include <cmath>
#include <cstdio>
#include <fstream>

namespace symbolon::bench {

namespace json = boost::json;

namespace {

std::string percent(const std::optional<double>& share) {
    if (!share) return "-";
    return std::to_string(static_cast<int>(*share * 100 + 0.5)) + " %";
}

std::string microseconds(const std::optional<double>& time) {
    return time ? std::to_string(std::lround(*time)) + " us" : "-";
}

std::string target_text(const Row& row) {
    if (!row.target) return "-";
    if (row.share) return ">= " + percent(row.target);
    return "< " + std::to_string(static_cast<int>(*row.target)) + " " + row.unit;
}

std::string verdict(const Row& row) {
    if (!row.target) return "";
    return row.passed() ? "reached" : "MISSED";
}

json::value or_null(const std::optional<double>& number) {
    return number ? json::value(*number) : json::value();
}

}  // namespace

bool Row::passed() const {
    if (!target) return true;
    return share ? *share >= *target : value < *target;
}

Row compare(std::string name, const Pace& pace, std::string limit_name, const Pace& limit, double limit_factor,
            std::optional<double> target) {
    Row row;
    row.name = std::move(name);
    row.value = pace.per_second();
    row.unit = "/s";
    row.limit_name = std::move(limit_name);
    row.limit = limit.per_second() * limit_factor;
    row.share = row.value / row.limit;
    row.cpu_each = 1e6 / pace.per_cpu_second();
    row.cpu_share = pace.per_cpu_second() / (limit.per_cpu_second() * limit_factor);
    row.target = target;
    return row;
}

Row below(std::string name, double value, std::string unit, std::optional<double> mark) {
    Row row;
    row.name = std::move(name);
    row.value = value;
    row.unit = std::move(unit);
    row.target = mark;
    return row;
}

void print(const std::vector<Row>& rows, const Cores& cores) {
    std::printf("%s; server on core %d, driver on core %d\n", processor_name().c_str(), cores.server, cores.driver);
    if (!cores.are_apart()) std::printf("One core only: the driver takes from the server what it needs itself.\n");
    std::printf("\n%-28s %12s  %-28s %12s %7s %7s %9s  %-10s\n", "", "measured", "limit of this machine", "", "share",
                "by CPU", "CPU each", "target");
    for (const auto& row : rows) {
        const auto limit =
            row.limit_name.empty() ? std::string("-") : std::to_string(static_cast<long>(row.limit)) + row.unit;
        char value[32];
        std::snprintf(value, sizeof value, "%.*f %s", row.value < 100 ? 1 : 0, row.value, row.unit.c_str());
        std::printf("%-28s %12s  %-28s %12s %7s %7s %9s  %-10s %s\n", row.name.c_str(), value, row.limit_name.c_str(),
                    limit.c_str(), percent(row.share).c_str(), percent(row.cpu_share).c_str(),
                    microseconds(row.cpu_each).c_str(), target_text(row).c_str(), verdict(row).c_str());
    }
}

void write_json(const std::vector<Row>& rows, const std::string& path) {
    json::array out;
    for (const auto& row : rows) {
        json::object object{{"name", row.name}, {"value", row.value}, {"unit", row.unit}};
        if (!row.limit_name.empty()) {
            object["limit_name"] = row.limit_name;
            object["limit"] = row.limit;
            object["share"] = or_null(row.share);
            object["cpu_microseconds"] = or_null(row.cpu_each);
            object["cpu_share"] = or_null(row.cpu_share);
        }
        object["target"] = or_null(row.target);
        object["passed"] = row.passed();
        out.push_back(std::move(object));
    }
    std::ofstream(path) << json::serialize(json::object{{"processor", processor_name()}, {"rows", std::move(out)}})
                        << "\n";
}

}  // namespace symbolon::bench
