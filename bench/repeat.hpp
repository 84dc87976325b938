#pragma once

#include "load.hpp"

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace symbolon::bench {

/// Every connection repeats one request, as long as all are answered with that status.
class Repeat final : public Script {
public:
    explicit Repeat(std::vector<std::string> requests, int status = 200)
        : requests_(std::move(requests)), status_(status) {}
    std::optional<std::string> next(std::size_t connection) override {
        return requests_[connection % requests_.size()];
    }
    void answered(std::size_t /*connection*/, const Answer& answer) override { expect(answer, status_); }

private:
    std::vector<std::string> requests_;
    int status_;
};

}  // namespace symbolon::bench
