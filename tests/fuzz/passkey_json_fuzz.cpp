#include "crypto/web_authn/web_authn.hpp"
#include "fuzz.hpp"
#include "signin/passkey_json.hpp"

#include <boost/json/parse.hpp>

#include <algorithm>
#include <set>
#include <string>

using namespace symbolon;

namespace {

void check_id(const Bytes& id) {
    fuzz::require(!id.empty() && id.size() <= crypto::web_authn::max_credential_id, "an id is bounded");
}

void check_new(const boost::json::value& value) {
    const auto credential = signin::read_new_credential(value);
    if (!credential) return;
    check_id(credential->response.id);
    const auto& way = credential->attachment;
    fuzz::require(way.empty() || way == "platform" || way == "cross-platform", "an attachment is one that we know");
    const std::set<std::string> apart(credential->transports.begin(), credential->transports.end());
    fuzz::require(apart.size() == credential->transports.size() && apart.size() <= 8, "transports are few and differ");
    for (const auto& transport : apart) {
        fuzz::require(!transport.empty() && transport.size() <= 32, "a transport is short");
        fuzz::require(transport.find_first_of("<>\"& ") == std::string::npos, "a transport is a plain word");
    }
}

}  // namespace

/// What a browser reports of a passkey: RegistrationResponseJSON or AuthenticationResponseJSON.
int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto text = fuzz::text_of(data, size);
    if (const auto claimed = signin::read_claimed_credential(text)) check_id(claimed->id);
    boost::json::error_code failure;
    const auto value = boost::json::parse(boost::json::string_view(text.data(), text.size()), failure);
    if (!failure) check_new(value);
    return 0;
}
