#pragma once

#include "deployment.hpp"
#include "scale/population.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace symbolon::bench {

/// A pool with one user, made in a database of its own: what every population is copied from.
class Model {
public:
    /// `folder`: where it is kept, and taken from when it is there already; "": nowhere.
    Model(const std::string& server, const std::string& folder, const Cores& cores);

    const Deployment::Configuration& configuration() const { return configuration_; }
    Population population(std::uint64_t size, bool passwords) const;

private:
    Deployment::Configuration configuration_;
    std::string phone_number_;
    std::vector<std::string> exported_;  ///< lines: the pool's, the user's
};

}  // namespace symbolon::bench
