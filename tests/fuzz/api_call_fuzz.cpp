#include "api_mutation.hpp"
#include "base/run.hpp"
#include "fuzz.hpp"
#include "server.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>
#include <array>
#include <initializer_list>
#include <map>
#include <string>
#include <utility>

using namespace symbolon;

namespace {

namespace json = boost::json;

constexpr int max_calls = 12;

/// What makes a key takes longer than a thousand other calls.
constexpr std::array<std::string_view, 2> too_slow{"CreateUserPool", "GetSigningCertificate"};

/// What later calls name of what earlier ones answered.
using Places = std::map<std::string, std::string, std::less<>>;

std::string text_at(const json::value& in, std::string_view path) {
    json::error_code none;
    const auto* found = in.find_pointer(json::string_view(path.data(), path.size()), none);
    return found != nullptr && found->is_string() ? std::string(found->get_string()) : std::string{};
}

void remember(Places& places, const json::value& answer) {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 13> members{
        {{"$session", "/Session"},
         {"$token", "/AuthenticationResult/AccessToken"},
         {"$refresh", "/AuthenticationResult/RefreshToken"},
         {"$device", "/AuthenticationResult/NewDeviceMetadata/DeviceKey"},
         {"$block", "/ChallengeParameters/SECRET_BLOCK"},
         {"$page", "/NextToken"},
         {"$page", "/PaginationToken"},
         {"$job", "/UserImportJob/JobId"},
         {"$style", "/ManagedLoginBranding/ManagedLoginBrandingId"},
         {"$terms", "/Terms/TermsId"},
         {"$secret", "/ClientSecretDescriptor/ClientSecretId"},
         {"$seed", "/SecretCode"},
         {"$event", "/AuthEvents/0/EventId"}}};
    for (const auto& [name, path] : members) {
        auto value = text_at(answer, path);
        if (!value.empty()) places[std::string(name)] = std::move(value);
    }
}

std::string fill(std::string_view text, const Places& places) {
    std::string out(text);
    for (const auto& [name, value] : places) {
        for (auto at = out.find(name); at != std::string::npos; at = out.find(name, at + value.size()))
            out.replace(at, name.size(), value);
    }
    return out;
}

void check(std::string_view operation, const net::Response& response) {
    if (response.status >= 500)
        std::fprintf(stderr, "%.*s: %s\n", int(operation.size()), operation.data(), response.body.c_str());
    fuzz::require(response.status < 500, "no call is too much for the server");
    // Attack row 39.
    for (const std::string_view trace : {"-----BEGIN", "\"dp\":", "argon2", "password_hash", "sealed_"})
        fuzz::require(response.body.find(trace) == std::string::npos, "no secret leaves the house");
}

void call(fuzz::Server& server, std::string_view operation, std::string_view body, Places& places) {
    if (std::ranges::find(too_slow, operation) != too_slow.end()) return;
    places["$code"] = server.last_code();
    const auto response = server.call(operation, fill(body, places));
    check(operation, response);
    json::error_code failure;
    const auto answer = json::parse(response.body, failure);
    if (response.status == 200) {
        fuzz::require(response.body.empty() || (!failure && answer.is_object()), "an answer is an object, or nothing");
        if (!failure) remember(places, answer);
    } else {
        fuzz::require(!failure && !text_at(answer, "/__type").empty(), "a refusal says which");
    }
}

/// Whatever was called before, the house stands.
void check_house(fuzz::Server& server, const Places& places) {
    for (const std::string_view operation : {"DescribeUserPool", "ListUsers", "ListUserPoolClients", "ListGroups"}) {
        const auto response = server.call(operation, fill(R"({"UserPoolId": "$pool"})", places));
        check(operation, response);
        fuzz::require(response.status == 200 || response.status == 400, "a pool is there, or it is not");
    }
}

}  // namespace

/// Calls of the API, one a line: the operation, a blank, and its request. `$pool`, `$client`, `$token`, … stand for
/// what there is and for what was answered before. The house is a new one for each input.
int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    fuzz::Server server;
    Places places{{"$pool", std::string(fuzz::Server::pool)},
                  {"$client", std::string(fuzz::Server::app)},
                  {"$web", std::string(fuzz::Server::web)},
                  {"$user", std::string(fuzz::Server::jane)},
                  {"$password", std::string(fuzz::Server::password)}};
    auto rest = fuzz::text_of(data, size);
    for (int i = 0; i < max_calls && !rest.empty(); ++i) {
        auto line = fuzz::take_part(rest);
        const auto operation = fuzz::take_part(line, ' ');
        call(server, operation, line, places);
    }
    check_house(server, places);
    return 0;
}

/// libFuzzer changes bytes; this changes requests, so that they stay ones.
extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size, std::size_t max_size,
                                               unsigned int seed) {
    const auto changed = fuzz::mutate_calls(std::string(fuzz::text_of(data, size)), seed);
    const auto end = std::min(changed.size(), max_size);
    std::copy_n(changed.begin(), end, data);
    return end;
}
