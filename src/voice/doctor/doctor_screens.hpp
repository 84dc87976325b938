#pragma once

#include "base/error.hpp"
#include "net/router.hpp"
#include "voice/doctor/desk.hpp"
#include "voice/screens/screen.hpp"

#include <string>

namespace symbolon::voice {

/// The doctor's page of a skill: examines the authorization server of its account linking, and the skill.
class DoctorScreens {
public:
    DoctorScreens(const Assistant::Parts& parts, const Identity& identity, DoctorDesk& desk, std::string chain_url,
                  std::string base_url, Beside beside)
        : parts_(parts),
          identity_(identity),
          desk_(desk),
          chain_url_(std::move(chain_url)),
          base_url_(std::move(base_url)),
          beside_(std::move(beside)) {}

    void add_routes(net::Router& router);

private:
    struct Examined {
        Skill skill;
        std::optional<StoredLinking> linking;
    };

    using Handler = Task<net::Response> (DoctorScreens::*)(Visit);

    Task<net::Response> guarded(Handler handler, net::Request request, net::PathParameters path);
    Task<net::Response> show(Visit visit);
    Task<net::Response> begin(Visit visit);
    Task<net::Response> report(Visit visit);
    /// Fails: resource_not_found.
    Task<Examined> load(std::string skill_id);
    doctor::Subject subject_of(const Examined& examined, const net::Form& form) const;
    net::Response show_refusal(const Visit& visit, const Error& error);

    Assistant::Parts parts_;
    const Identity& identity_;
    DoctorDesk& desk_;
    std::string chain_url_;
    std::string base_url_;
    Beside beside_;
};

/// Where the browser of who signs in for the doctor comes back to, below the assistant's URL.
inline constexpr std::string_view doctor_redirect_path = "/doctor/callback";

}  // namespace symbolon::voice
