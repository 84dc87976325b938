#pragma once

#include "doctor/person/person.hpp"
#include "net/http.hpp"

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>

namespace symbolon::doctor {

/// A person in a browser that comes back to us: the redirect URI leads here, and what comes there is sent on to the
/// next request by itself, so that one sign-in serves many. Takes what comes only while something is awaited.
class BrowserPerson : public Person {
public:
    struct Places {
        Url redirect;
        std::string start = "/doctor";  ///< path where the browser is sent on from; the way of a fragment is below it
        std::string done = {};          ///< path to go to when nothing is left; "": stay
    };
    /// `tell`: shows a line to the person; called without a lock held by others.
    BrowserPerson(Places places, std::chrono::seconds patience, std::function<void(const std::string&)> tell);

    std::optional<Arrival> go(const Errand& errand) override;

    /// Answers the browser; nothing for paths that are not of this. Threads: any.
    std::optional<net::Response> serve(const net::Request& request);
    /// No more errands: the browser is told so, and who waits gets nothing.
    void end();

private:
    using SteadyClock = std::chrono::steady_clock;

    net::Response send_on();
    net::Response take(std::string url);

    const Places places_;
    const std::chrono::seconds patience_;
    const std::function<void(const std::string&)> tell_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::optional<Errand> errand_;
    std::optional<SteadyClock::time_point> sent_;
    std::optional<Arrival> arrival_;
    bool invited_ = false;
    bool ended_ = false;
};

}  // namespace symbolon::doctor
