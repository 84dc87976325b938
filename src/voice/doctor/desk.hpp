#pragma once

#include "doctor/doctor.hpp"
#include "doctor/person/browser_person.hpp"

#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

namespace symbolon::voice {

/// Where examinations are made, one at a time, on a thread of its own. Threads: any.
class DoctorDesk {
public:
    /// The ways to the server; they outlive the desk.
    struct Tools {
        doctor::Http& http;
        doctor::Network& network;
        const Clock& clock;
        crypto::Random& random;
    };
    explicit DoctorDesk(Tools tools) : tools_(tools) {}
    ~DoctorDesk();
    DoctorDesk(const DoctorDesk&) = delete;
    DoctorDesk& operator=(const DoctorDesk&) = delete;

    struct State {
        std::string skill;  ///< whose examination it is
        bool running = false;
        std::size_t done = 0, of = 0;          ///< checks
        std::string asks;                      ///< what the person is asked at the moment
        std::optional<doctor::Report> report;  ///< of the last examination that came to its end
        std::string failure;                   ///< why it did not
    };

    /// Begins. `places`: where the person's browser comes back to; nothing: nobody signs in. False when one is running.
    bool begin(std::string skill, doctor::Subject subject, std::optional<doctor::BrowserPerson::Places> places);
    State state() const;
    /// Answers the browser of who signs in; nothing for other paths.
    std::optional<net::Response> serve(const net::Request& request);

private:
    void examine(const doctor::Subject& subject, doctor::Person* person);
    void set_failure(const char* why);

    Tools tools_;
    mutable std::mutex mutex_;
    State state_;
    bool stop_ = false;
    std::shared_ptr<doctor::BrowserPerson> person_;
    std::thread thread_;
};

}  // namespace symbolon::voice
