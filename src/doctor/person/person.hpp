#pragma once

#include "doctor/html.hpp"
#include "doctor/url.hpp"
#include "net/http.hpp"

#include <optional>
#include <string>
#include <vector>

namespace symbolon::doctor {

/// What a person is asked to do at the server under examination.
enum class Intent {
    sign_in,        ///< and allow
    deny,           ///< press "cancel" where the server asks
    sign_out,       ///< of the server, in the browser of the sign-in
    leave_at_code,  ///< sign in, and stop where a code is asked for
    end_access,     ///< change the password or remove the account
};

struct Errand {
    Intent intent = Intent::sign_in;
    std::string url;  ///< to open; "" for what is done elsewhere
    std::string why;  ///< one sentence for the person
};

/// A page that was shown on the way.
struct PageSeen {
    Url url;
    int status = 0;
    net::Headers headers;
    std::string html;
};

struct Arrival {
    std::string url;                  ///< the redirect URI with what came with it; "" where none was to come
    std::vector<PageSeen> pages;      ///< empty when they are not known
    std::vector<std::string> passed;  ///< addresses that the browser went through, where they are known
    std::optional<bool> asked;        ///< whether a page was shown before the way back, where it is known
    std::vector<std::string> notes;   ///< what went wrong, for the report
};

/// Who has an account at the server under examination.
class Person {
public:
    virtual ~Person() = default;
    /// Does it, or nothing: this person cannot or does not want to.
    virtual std::optional<Arrival> go(const Errand& errand) = 0;
    /// What must not stand in a report, e.g. a password.
    virtual std::vector<std::string> secrets() const { return {}; }
    /// Opens a page as it was left when a code was asked for; nothing where the person does not keep pages.
    virtual std::optional<PageSeen> reload_code_page() { return std::nullopt; }
};

}  // namespace symbolon::doctor
