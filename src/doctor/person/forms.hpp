#pragma once

#include "base/secret.hpp"
#include "doctor/observe/browser.hpp"
#include "doctor/person/person.hpp"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace symbolon::doctor {

/// An account for tests, whose password the doctor may type.
struct Account {
    std::string name;
    Password password;
    std::function<std::string()> one_time_code;  ///< called when a page asks for one; may be empty
};

/// Fills in the forms of sign-in pages that work without scripts.
class FormPerson : public Person {
public:
    /// `redirect_uri`: where ways end. `sign_out_url`: "" when not known.
    FormPerson(Http& http, std::vector<std::string> ours, std::string redirect_uri, std::string sign_out_url,
               Account account);

    std::optional<Arrival> go(const Errand& errand) override;
    std::vector<std::string> secrets() const override { return {std::string(account_.password.reveal())}; }
    std::optional<PageSeen> reload_code_page() override;

private:
    std::optional<Arrival> walk(Browser& browser, const Errand& errand);
    std::optional<Visit> answer(Browser& browser, const Visit& page, Intent intent);
    net::Form fill(const PageForm& form, Intent intent) const;
    bool ends_way(const Url& url) const;

    Browser browser_;
    Browser other_browser_;  ///< without the session, for what is left half done
    std::string redirect_uri_;
    std::string sign_out_url_;
    Account account_;
    std::optional<Url> code_page_;
    bool denied_ = false;  ///< a way to say no was found
};

/// "Cancel", "Deny" and their like, in the languages that we have seen.
bool says_no(std::string_view label);

}  // namespace symbolon::doctor
