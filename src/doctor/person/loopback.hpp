#pragma once

#include "doctor/person/browser_person.hpp"

#include <chrono>
#include <functional>
#include <memory>
#include <string>

namespace symbolon::net {
class Server;
}

namespace symbolon::doctor {

/// A person in a browser on this machine, and the listener where the browser comes back to.
class LoopbackPerson final : public Person {
public:
    /// `redirect_uri`: http, on a loopback address. `tell`: shows a line to the person. Fails: Error{invalid_parameter}
    /// for another redirect URI, std::system_error when its port is taken.
    LoopbackPerson(const std::string& redirect_uri, std::chrono::seconds patience,
                   std::function<void(const std::string&)> tell);
    ~LoopbackPerson() override;

    std::optional<Arrival> go(const Errand& errand) override { return browser_.go(errand); }

private:
    BrowserPerson browser_;
    std::unique_ptr<net::Server> server_;
};

}  // namespace symbolon::doctor
