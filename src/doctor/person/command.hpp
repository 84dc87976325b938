#pragma once

#include "doctor/person/person.hpp"

#include <chrono>
#include <string>
#include <utility>
#include <vector>

namespace symbolon::doctor {

/// A program that signs in: it is run by the shell with the intent ("sign_in", "deny", "sign_out", "end_access") and
/// the address as its last two arguments, and prints the address where its browser ended. Another exit code than 0
/// leaves the errand out.
class CommandPerson final : public Person {
public:
    CommandPerson(std::string command, std::chrono::seconds patience)
        : command_(std::move(command)), patience_(patience) {}
    std::optional<Arrival> go(const Errand& errand) override;

private:
    std::string command_;
    std::chrono::seconds patience_;
};

/// What a command prints, without the last line's end; nothing when it fails or takes too long. The arguments are the
/// command's last ones.
std::optional<std::string> run_command(const std::string& command, const std::vector<std::string>& arguments,
                                       std::chrono::seconds patience);

}  // namespace symbolon::doctor
