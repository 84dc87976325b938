#pragma once

#include "machine.hpp"

#include <optional>
#include <string>
#include <vector>

namespace symbolon::bench {

/// One line of the report.
struct Row {
    std::string name;
    double value = 0;
    std::string unit;
    std::string limit_name = {};          ///< what it is compared with; "": only with the target
    double limit = 0;                     ///< in the same unit
    std::optional<double> share = {};     ///< value ÷ limit, by the clock
    std::optional<double> cpu_each = {};  ///< CPU time of the server for one, in microseconds
    std::optional<double> cpu_share =
        {};                             ///< the same by CPU time: what it would be on a machine with nothing else to do
    std::optional<double> target = {};  ///< least share, or, without a limit, greatest value
    bool passed() const;
};

/// A row that compares two paces.
Row compare(std::string name, const Pace& pace, std::string limit_name, const Pace& limit, double limit_factor,
            std::optional<double> target);
/// A row whose value must stay under a mark.
Row below(std::string name, double value, std::string unit, std::optional<double> mark);

void print(const std::vector<Row>& rows, const Cores& cores);
void write_json(const std::vector<Row>& rows, const std::string& path);

}  // namespace symbolon::bench
