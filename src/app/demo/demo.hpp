#pragma once

#include "app/options.hpp"

#include <memory>
#include <string>
#include <vector>

namespace symbolon::app {

/// The six steps on one machine: the identity server, the assistant and the tutorial's skill in one process, configured
/// as the tutorial configures them.
class Demo {
public:
    /// Fails: Error, std::system_error.
    explicit Demo(const DemoOptions& options);
    ~Demo();
    Demo(const Demo&) = delete;
    Demo& operator=(const Demo&) = delete;

    /// Starts all three and makes the configuration. Fails: Error{unavailable}.
    void start();
    void stop();

    /// Identity server, assistant, skill.
    std::vector<std::string> urls() const;
    /// The few lines that a newcomer needs.
    std::string what_to_do() const;

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace symbolon::app
