#include "api_mutation.hpp"

#include "aws/operation.hpp"
#include "base/shape/description.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>
#include <array>
#include <cstdint>
#include <random>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

namespace symbolon::fuzz {
namespace {

namespace json = boost::json;
using Kind = Description::Kind;

constexpr std::size_t max_calls = 12;

/// What members of that name are mostly filled with, so that calls get somewhere.
struct Usual {
    std::string_view member;
    std::array<std::string_view, 4> values;
};

constexpr std::array usual_values{
    Usual{"UserPoolId", {"$pool", "$pool", "$pool", "us-east-1_Nowhere12"}},
    Usual{"ClientId", {"$client", "$client", "$web", "nobodynobody"}},
    Usual{"Username", {"$user", "john", "new@example.com", "+14155550177"}},
    Usual{"AccessToken", {"$token", "$token", "$token", "eyJ.e.s"}},
    Usual{"RefreshToken", {"$refresh", "$refresh", "$token", "a"}},
    Usual{"Token", {"$refresh", "$refresh", "$token", "a"}},
    Usual{"Session", {"$session", "$session", "$session", "aaaaaaaaaaaaaaaaaaaaaaaa"}},
    Usual{"Password", {"$password", "$password", "Other-Horse-77", "short1"}},
    Usual{"PreviousPassword", {"$password", "$password", "Other-Horse-77", ""}},
    Usual{"ProposedPassword", {"$password", "Other-Horse-77", "Other-Horse-77", "short1"}},
    Usual{"ConfirmationCode", {"$code", "$code", "$code", "000000"}},
    Usual{"Code", {"$code", "$code", "$code", "000000"}},
    Usual{"UserCode", {"$code", "000000", "000000", "123456"}},
    Usual{"DeviceKey", {"$device", "$device", "us-east-1_1", "a"}},
    Usual{"NextToken", {"$page", "$page", "a", "$session"}},
    Usual{"PaginationToken", {"$page", "$page", "a", "$session"}},
    Usual{"JobId", {"$job", "$job", "$job", "import-1"}},
    Usual{"EventId", {"$event", "$event", "a", "b"}},
    Usual{"TermsId", {"$terms", "$terms", "$terms", "11111111-1111-4111-8111-111111111111"}},
    Usual{"ManagedLoginBrandingId", {"$style", "$style", "$style", "11111111-1111-4111-8111-111111111111"}},
    Usual{"ClientSecretId", {"$secret", "$secret", "$secret", "a"}},
    Usual{"GroupName", {"group", "group", "other", "a"}},
    Usual{"ProviderName", {"Provider", "Provider", "COGNITO", "Cognito"}},
    Usual{"ProviderAttributeValue", {"$user", "john", "subject", "a"}},
    Usual{"Identifier", {"api", "api", "https://api.example/v1", "a"}},
    Usual{"Domain", {"fuzzed", "fuzzed", "other-domain", "auth.example.com"}},
    Usual{"AttributeName", {"email", "phone_number", "custom:color", "sub"}},
    Usual{"AttributeNames", {"email", "phone_number", "custom:color", "sub"}},
    Usual{"Name", {"email", "phone_number", "custom:color", "gender"}},
    Usual{"Filter", {"username ^= \"j\"", "email = \"jane@example.com\"", "status = \"Enabled\"", "sub = \"\""}},
    Usual{"Value", {"new@example.com", "+14155550166", "true", "a"}},
    Usual{"ResourceArn",
          {"arn:aws:cognito-idp:us-east-1:000000000000:userpool/$pool",
           "arn:aws:cognito-idp:us-east-1:000000000000:userpool/$pool", "arn:aws:iam::000000000000:role/a", "a"}},
    Usual{"CallbackURLs", {"https://client.example/cb", "myapp://cb", "http://localhost/cb", "javascript:a"}},
    Usual{"AllowedOAuthScopes", {"openid", "phone", "api/read", "a"}},
};

/// What API calls are made of where a member names them in a map.
constexpr std::array<std::pair<std::string_view, std::string_view>, 18> parameters{
    {{"USERNAME", "$user"},
     {"PASSWORD", "$password"},
     {"NEW_PASSWORD", "Other-Horse-77"},
     {"REFRESH_TOKEN", "$refresh"},
     {"SMS_MFA_CODE", "$code"},
     {"SMS_OTP_CODE", "$code"},
     {"EMAIL_OTP_CODE", "$code"},
     {"EMAIL_MFA_CODE", "$code"},
     {"SOFTWARE_TOKEN_MFA_CODE", "000000"},
     {"ANSWER", "SMS_MFA"},
     {"PREFERRED_CHALLENGE", "PASSWORD"},
     {"DEVICE_KEY", "$device"},
     {"SRP_A", "2"},
     {"PASSWORD_CLAIM_SECRET_BLOCK", "$block"},
     {"PASSWORD_CLAIM_SIGNATURE", "AAAA"},
     {"TIMESTAMP", "Tue Nov 3 08:05:09 UTC 2026"},
     {"CREDENTIAL", "{}"},
     {"SESSION", "$session"}}};

/// Chance, from libFuzzer's seed.
class Dice {
public:
    explicit Dice(unsigned seed) : engine_(seed) {}
    std::size_t below(std::size_t bound) { return bound == 0 ? 0 : engine_() % bound; }
    bool one_in(std::size_t count) { return below(count) == 0; }
    template <class T>
    const T& pick(std::span<const T> of) {
        return of[below(of.size())];
    }

private:
    std::mt19937 engine_;
};

/// Makes requests and values of the shapes that operations describe.
class Maker {
public:
    explicit Maker(Dice& dice) : dice_(dice) {}

    json::value make(const Description& type, std::string_view member, int depth) {
        if (dice_.one_in(40)) return odd_value();
        switch (type.kind) {
            case Kind::text:
                return json::value(make_text(type, member));
            case Kind::number:
                return make_number(type);
            case Kind::flag:
                return dice_.one_in(2);
            case Kind::choice:
                return json::value(pick_choice(type.choices));
            case Kind::time:
                return json::value(1'800'000'000.5);
            case Kind::document:
                return json::object{{"a", json::array{1, "b", json::object{}}}};
            case Kind::list:
                return make_list(type, member, depth);
            case Kind::map:
                return make_map(type, depth);
            case Kind::structure:
                return make_structure(type, depth);
        }
        return nullptr;
    }

    json::object make_structure(const Description& type, int depth) {
        json::object out;
        for (const auto& member : type.members) {
            const bool wanted = member.required ? !dice_.one_in(30) : dice_.one_in(depth == 0 ? 4 : 3);
            if (wanted) out[member.name] = make(*member.type, member.name, depth + 1);
        }
        return out;
    }

private:
    json::value odd_value() {
        switch (dice_.below(6)) {
            case 0:
                return nullptr;
            case 1:
                return json::value(std::string(300, 'a'));
            case 2:
                return json::array{};
            case 3:
                return json::object{};
            case 4:
                return json::value(INT64_MIN);
            default:
                return json::value("\xF0\x9F\x98\x80\xCC\x81 \t%00'\"<q>");
        }
    }

    std::string make_text(const Description& type, std::string_view member) {
        const auto known = std::ranges::find(usual_values, member, &Usual::member);
        if (known != usual_values.end() && !dice_.one_in(10))
            return std::string(dice_.pick(std::span<const std::string_view>(known->values)));
        constexpr std::array<std::string_view, 6> forms{"a",
                                                        "arn:aws:iam::000000000000:role/a",
                                                        "https://client.example/a",
                                                        "12",
                                                        "a@example.com",
                                                        "{####} {username}"};
        std::string out(dice_.pick(std::span<const std::string_view>(forms)));
        while (static_cast<std::int64_t>(out.size()) < std::min<std::int64_t>(type.min, 200)) out += 'a';
        return out;
    }

    std::int64_t make_number(const Description& type) {
        const auto low = std::max<std::int64_t>(type.min, -1);
        const auto high = std::min<std::int64_t>(type.max, low + 100);
        switch (dice_.below(4)) {
            case 0:
                return type.min;
            case 1:
                return type.max;
            default:
                return low + static_cast<std::int64_t>(dice_.below(static_cast<std::size_t>(high - low + 1)));
        }
    }

    std::string pick_choice(std::string_view choices) {
        std::vector<std::string_view> all;
        while (!choices.empty()) {
            const auto end = choices.find(", ");
            all.push_back(choices.substr(0, end));
            choices = end == std::string_view::npos ? std::string_view{} : choices.substr(end + 2);
        }
        return all.empty() ? std::string{} : std::string(dice_.pick(std::span<const std::string_view>(all)));
    }

    json::array make_list(const Description& type, std::string_view member, int depth) {
        json::array out;
        const auto count =
            std::max<std::size_t>(dice_.below(3), static_cast<std::size_t>(std::clamp<std::int64_t>(type.min, 0, 3)));
        for (std::size_t i = 0; i < count; ++i) out.push_back(make(*type.element, member, depth + 1));
        return out;
    }

    json::object make_map(const Description& type, int depth) {
        json::object out;
        for (std::size_t count = dice_.below(4); count > 0; --count) {
            const auto& [name, value] = parameters[dice_.below(parameters.size())];
            if (type.element->kind == Kind::text && !dice_.one_in(8)) {
                out[name] = value;
            } else {
                out[name] = make(*type.element, name, depth + 1);
            }
        }
        return out;
    }

    Dice& dice_;
};

std::vector<std::string> split(const std::string& text) {
    std::vector<std::string> lines;
    std::size_t at = 0;
    while (at < text.size() && lines.size() < max_calls) {
        const auto end = std::min(text.find('\n', at), text.size());
        if (end > at) lines.push_back(text.substr(at, end - at));
        at = end + 1;
    }
    return lines;
}

std::string new_call(Dice& dice) {
    const auto all = aws::operations();
    const auto& operation = all[dice.below(all.size())];
    const json::object request = Maker(dice).make_structure(operation.request(), 0);
    return std::string(operation.name) + " " + json::serialize(request);
}

/// Another value for one member of a call, or one fewer; a new call when it is none that the server knows.
std::string change_call(const std::string& line, Dice& dice) {
    const auto blank = std::min(line.find(' '), line.size());
    const auto* operation = aws::find_operation(std::string_view(line).substr(0, blank));
    json::error_code failure;
    auto body = json::parse(line.substr(std::min(blank + 1, line.size())), failure);
    if (operation == nullptr || failure || !body.is_object()) return new_call(dice);
    const auto& members = operation->request().members;
    if (members.empty()) return line;
    const auto& member = members[dice.below(members.size())];
    if (dice.one_in(6)) {
        body.get_object().erase(member.name);
    } else {
        body.get_object()[member.name] = Maker(dice).make(*member.type, member.name, 1);
    }
    return std::string(operation->name) + " " + json::serialize(body);
}

}  // namespace

std::string mutate_calls(const std::string& calls, unsigned seed) {
    Dice dice(seed);
    auto lines = split(calls);
    const auto place = [&] { return lines.begin() + static_cast<std::ptrdiff_t>(dice.below(lines.size())); };
    switch (lines.empty() ? 0 : dice.below(8)) {
        case 0:
        case 1:
            if (lines.size() >= max_calls) lines.erase(place());
            lines.insert(lines.empty() ? lines.end() : place() + static_cast<std::ptrdiff_t>(dice.below(2)),
                         new_call(dice));
            break;
        case 2:
            lines.erase(place());
            break;
        case 3:
            std::iter_swap(place(), place());
            break;
        case 4:
            if (lines.size() < max_calls) lines.push_back(*place());
            break;
        default: {
            const auto at = place();
            *at = change_call(*at, dice);
        }
    }
    std::string out;
    for (const auto& line : lines) out += line + "\n";
    return out;
}

}  // namespace symbolon::fuzz
