#include "base/error.hpp"
#include "fuzz.hpp"
#include "triggers/outcome.hpp"
#include "triggers/read_answers.hpp"
#include "triggers/response.hpp"

#include <optional>
#include <string>
#include <variant>

using namespace symbolon;
using namespace symbolon::triggers;

namespace {

/// What somebody's function answered is understood or refused in one of two ways; nothing else comes of it.
template <class Read>
void read(const Reply& reply, Read use) {
    try {
        use(read_reply("PreSignUp", reply));
    } catch (const Error& error) {
        const bool known = error.code == Errc::hook_answer_invalid || error.code == Errc::hook_refused;
        fuzz::require(known, "an answer is refused as one");
        fuzz::require(!error.message.empty(), "and somebody is told why");
    }
}

/// What comes over HTTP. A failure is told to who asked: of what a stranger's server sent it repeats an error code at
/// most.
void check_outcome(const Outcome& outcome) {
    const auto* failure = std::get_if<Failure>(&outcome);
    if (failure == nullptr) return;
    fuzz::require(!failure->reason.empty() && failure->reason.size() <= 64, "a failure has a short name");
    fuzz::require(failure->reason.find_first_of("<>\"\r\n:/") == std::string::npos, "of plain words");
}

void read_http(const std::string& text) {
    for (const int status : {200, 204, 302, 400, 429, 500}) {
        net::ClientResponse response;
        response.status = status;
        response.headers.add("X-Amzn-ErrorType", text);
        response.body = text;
        check_outcome(read_invoke_response(response));
        check_outcome(read_hook_response(response));
    }
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string text(fuzz::text_of(data, size));
    read_http(text);
    for (const bool is_error : {false, true}) {
        const Reply reply{.body = text, .is_error = is_error};
        read(reply, [](const Response& answer) { read_define(answer); });
        read(reply, [](const Response& answer) { read_claims(answer); });
        read(reply, [](const Response& answer) { read_claims_and_scopes(answer); });
        read(reply, [](const Response& answer) {
            const auto user = read_migrated_user(answer);
            fuzz::require(!user || !user->attributes.empty(), "a migrated user has attributes");
        });
        read(reply, [](const Response& answer) {
            const auto message = read_message(answer, true);
            fuzz::require(!message.sms || message.sms->find("{username}") != std::string::npos,
                          "an invitation says the name");
        });
    }
    return 0;
}
