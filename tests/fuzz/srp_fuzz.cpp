#include "base/encoding.hpp"
#include "crypto/srp.hpp"
#include "fuzz.hpp"

#include <algorithm>
#include <string>

using namespace symbolon;
using namespace symbolon::crypto;

namespace {

void check_client_value(std::string_view hex) {
    const auto value = srp::parse_client_value(hex);
    if (!value) return;
    fuzz::require(value->size() >= 64 && value->size() <= srp::number_size, "A has the size of a number of the group");
    fuzz::require(value->front() != 0, "A has no leading zero");
    fuzz::require(srp::parse_client_value(srp::to_wire(*value)) == value, "A is read as it is written");
}

void check_verifier(ByteView salt, ByteView number) {
    const auto verifier = srp::parse_verifier(salt, number);
    if (!verifier) return;
    fuzz::require(verifier->salt.size() >= 8 && verifier->salt.size() <= 64, "a salt is bounded");
    fuzz::require(verifier->salt.front() != 0, "a salt has no leading zero");
    const auto kept = verifier->value.reveal();
    fuzz::require(!kept.empty() && kept.size() <= srp::number_size, "a verifier is a number of the group");
    fuzz::require(srp::parse_verifier(verifier->salt, bytes_of(kept)).has_value(), "what is kept is a verifier");
}

void check_timestamp(std::string_view text) {
    const auto time = srp::parse_timestamp(text);
    if (!time) return;
    fuzz::require(text.ends_with(" UTC " + std::string(text.substr(text.size() - 4))), "a time is in UTC, of a year");
    fuzz::require(text.size() >= 27 && text.size() <= 28, "a time has one form, but for a zero before the day");
}

}  // namespace

/// The lines: SRP_A, TIMESTAMP, and a device's salt and verifier in base64.
int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    auto rest = fuzz::text_of(data, size);
    const auto client_value = fuzz::take_part(rest);
    check_client_value(client_value);
    const auto timestamp = fuzz::take_part(rest);
    check_timestamp(timestamp);
    const auto salt = parse_base64(fuzz::take_part(rest));
    const auto number = parse_base64(fuzz::take_part(rest));
    if (salt && number) check_verifier(*salt, *number);
    return 0;
}
