#pragma once

#include "doctor/person/person.hpp"

#include <iosfwd>

namespace symbolon::doctor {

/// A person who opens addresses anywhere and pastes where the browser ended: for redirect URIs that lead to a platform.
/// An empty line leaves an errand out.
class PastingPerson final : public Person {
public:
    PastingPerson(std::istream& in, std::ostream& out) : in_(in), out_(out) {}
    std::optional<Arrival> go(const Errand& errand) override;

private:
    std::istream& in_;
    std::ostream& out_;
};

}  // namespace symbolon::doctor
