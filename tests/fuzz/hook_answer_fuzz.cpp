#include "base/error.hpp"
#include "fuzz.hpp"
#include "triggers/read_answers.hpp"
#include "triggers/response.hpp"

#include <optional>
#include <string>

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

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string text(fuzz::text_of(data, size));
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
