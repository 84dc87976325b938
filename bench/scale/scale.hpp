#pragma once

#include "machine.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace symbolon::bench {

struct ScaleOptions {
    std::string server;                  ///< the binary
    std::string folder;                  ///< where the pools are kept, and used when they are there; "": nowhere
    std::string database;                ///< postgresql://… of a database that is emptied; "": SQLite
    std::vector<std::uint64_t> sizes;    ///< users
    std::vector<std::size_t> processes;  ///< that serve; the first number at every size, the others at the last
    std::vector<std::size_t> threads;    ///< of each server; every number at every size
    bool passwords = true;               ///< false: only fills, with users who have none
    double seconds = 5;                  ///< of each measurement
    double warm_up = 0;                  ///< seconds in which other users are looked up first, for the caches
};

/// Fills pools of several sizes with `admin import` and measures the same requests against each; prints a table.
void measure_scale(const ScaleOptions& options, const Cores& cores, const std::string& self);

}  // namespace symbolon::bench
