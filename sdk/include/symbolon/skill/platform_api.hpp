#pragma once

#include "symbolon/skill/http.hpp"
#include "symbolon/skill/input.hpp"

#include <boost/describe/class.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include <chrono>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

/// The platform's own APIs, called with the token and at the address that each request brings.
namespace symbolon::skill {

/// Why the platform did not answer.
enum class ApiFailure {
    no_permission,  ///< the user has not granted it: answer with permissions_card()
    unauthorized,   ///< the request's token is not accepted, or there is none
    not_found,      ///< no such device, person or request
    limited,        ///< too many calls
    unavailable     ///< no answer, or one that makes no sense; perhaps later
};

class ApiError : public std::runtime_error {
public:
    ApiError(ApiFailure failure, const std::string& detail) : std::runtime_error(detail), failure_(failure) {}
    ApiFailure failure() const { return failure_; }

private:
    ApiFailure failure_;
};

/// A device's address, as the user entered it in the app. Scope read::alexa:device:all:address; for country and postal
/// code alone read::alexa:device:all:address:country_and_postal_code.
struct Address {
    std::string address_line1 = {};
    std::string address_line2 = {};
    std::string address_line3 = {};
    std::string city = {};
    std::string district_or_county = {};
    std::string state_or_region = {};
    std::string postal_code = {};
    std::string country_code = {};  ///< ISO 3166-1 alpha-2
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(Address, (),
                      (address_line1, address_line2, address_line3, city, district_or_county, state_or_region,
                       postal_code, country_code))

struct PhoneNumber {
    std::string country_code = {};  ///< with its plus sign
    std::string phone_number = {};
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(PhoneNumber, (), (country_code, phone_number))

/// Whose profile: the account's, or that of the person whose voice was recognised.
enum class Whose { account, person };

struct PlatformApiOptions {
    std::chrono::milliseconds limit{2000};  ///< of the platform's eight seconds
    std::string ca_file = {};               ///< PEM roots beside the system's
    Fetch fetch = http_fetch();
};

/// Threads: any. Every call fails with ApiError.
class PlatformApi {
public:
    explicit PlatformApi(PlatformApiOptions options = {});

    /// Spec: Alexa Skills Kit, "Device Address API".
    Address device_address(const Input& in) const;
    /// Only `postal_code` and `country_code`.
    Address country_and_postal_code(const Input& in) const;

    /// Nothing when the profile has none. Scopes alexa::profile:name:read, …:given_name:read, …:email:read,
    /// …:mobile_number:read; of a person alexa::person_id:read beside. Spec: Alexa Skills Kit, "Customer Profile API".
    std::optional<std::string> name(const Input& in, Whose whose = Whose::account) const;
    std::optional<std::string> given_name(const Input& in, Whose whose = Whose::account) const;
    std::optional<std::string> email(const Input& in) const;
    std::optional<PhoneNumber> mobile_number(const Input& in, Whose whose = Whose::account) const;

    /// An IANA name, e.g. "Europe/Berlin". Spec: Alexa Skills Kit, "Alexa Settings API".
    std::optional<std::string> time_zone(const Input& in) const;

    /// Says something while the handler still works, at most five times a request; the answer follows after it.
    /// Spec: Alexa Skills Kit, "Send the user a progressive response".
    void say_meanwhile(const Input& in, std::string_view ssml) const;

private:
    std::optional<json::value> get(const Input& in, const std::string& path) const;
    std::optional<std::string> get_text(const Input& in, const std::string& path) const;
    HttpResponse send(const Input& in, FetchRequest request) const;

    PlatformApiOptions options_;
};

}  // namespace symbolon::skill
