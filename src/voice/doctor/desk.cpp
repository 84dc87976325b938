#include "voice/doctor/desk.hpp"

#include "base/error.hpp"

#include <utility>

namespace symbolon::voice {

namespace {

constexpr std::chrono::seconds patience{300};  ///< for each thing that a person does

/// The desk is closing.
struct Stopped {};

}  // namespace

DoctorDesk::~DoctorDesk() {
    std::shared_ptr<doctor::BrowserPerson> person;
    {
        const std::scoped_lock lock(mutex_);
        stop_ = true;
        person = person_;
    }
    if (person) person->end();
    if (thread_.joinable()) thread_.join();
}

bool DoctorDesk::begin(std::string skill, doctor::Subject subject,
                       std::optional<doctor::BrowserPerson::Places> places) {
    const std::scoped_lock lock(mutex_);
    if (state_.running || stop_) return false;
    if (thread_.joinable()) thread_.join();  // it has come to its end
    state_ = State{};
    state_.skill = std::move(skill);
    state_.running = true;
    person_.reset();
    if (places) {
        person_ =
            std::make_shared<doctor::BrowserPerson>(std::move(*places), patience, [this](const std::string& line) {
                const std::scoped_lock telling(mutex_);
                state_.asks = line;
            });
    }
    thread_ = std::thread([this, person = person_, examined = std::move(subject)] {
        examine(examined, person.get());
        if (person) person->end();
    });
    return true;
}

void DoctorDesk::examine(const doctor::Subject& subject, doctor::Person* person) {
    const auto progress = [this](const doctor::Finding&, std::size_t done, std::size_t of) {
        const std::scoped_lock lock(mutex_);
        if (stop_) throw Stopped{};
        state_.done = done;
        state_.of = of;
    };
    try {
        auto report = doctor::examine(
            {subject, tools_.http, tools_.network, person, tools_.clock, tools_.random, [](std::chrono::seconds) {}},
            progress);
        const std::scoped_lock lock(mutex_);
        state_.report = std::move(report);
        state_.running = false;
    } catch (const Stopped&) {
        set_failure("It was stopped.");
    } catch (const Error& e) {
        set_failure(e.message.c_str());
    } catch (const std::exception& e) {  // the thread must not end the assistant
        set_failure(e.what());
    }
}

void DoctorDesk::set_failure(const char* why) {
    const std::scoped_lock lock(mutex_);
    state_.failure = why;
    state_.running = false;
}

DoctorDesk::State DoctorDesk::state() const {
    const std::scoped_lock lock(mutex_);
    return state_;
}

std::optional<net::Response> DoctorDesk::serve(const net::Request& request) {
    std::shared_ptr<doctor::BrowserPerson> person;
    {
        const std::scoped_lock lock(mutex_);
        person = person_;
    }
    return person ? person->serve(request) : std::nullopt;
}

}  // namespace symbolon::voice
