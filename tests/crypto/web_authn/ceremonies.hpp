#pragma once

#include "crypto/web_authn/authenticator.hpp"
#include "crypto/web_authn/web_authn.hpp"

#include <gtest/gtest.h>

#include <functional>
#include <optional>
#include <ostream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <variant>

namespace symbolon::crypto::web_authn {

inline void PrintTo(Fault fault, std::ostream* out) {
    *out << to_name(fault);
}

/// A relying party and an authenticator of an algorithm (its COSE number): tests break one check at a time.
class WebAuthn : public testing::TestWithParam<int> {
protected:
    Expected expected() const {
        return {.challenge = challenge,
                .relying_party_id = "example.com",
                .is_allowed_origin = [](std::string_view origin) { return origin == "https://app.example.com"; },
                .user_verification_required = verification_required};
    }
    std::variant<Registration, Fault> create() {
        const auto created = authenticator.create(challenge);
        return verify_registration(
            {response_id.value_or(authenticator.id), created.client_data, created.attestation_object}, expected());
    }
    Fault create_fault() {
        const auto result = create();
        if (const auto* fault = std::get_if<Fault>(&result)) return *fault;
        throw std::logic_error("the registration was accepted");
    }
    KnownCredential known() {
        const auto result = create();
        if (const auto* fault = std::get_if<Fault>(&result))
            throw std::logic_error("refused: " + std::string(to_name(*fault)));
        const auto& registration = std::get<Registration>(result);
        return {registration.public_key, registration.sign_count};
    }
    std::variant<Assertion, Fault> get(const KnownCredential& credential) {
        const auto asserted = authenticator.get(challenge);
        return verify_assertion({asserted.client_data, asserted.authenticator_data, asserted.signature}, expected(),
                                credential);
    }
    /// A good credential, and then a change.
    Fault get_fault(const std::function<void(Authenticator&)>& change) {
        const auto credential = known();
        change(authenticator);
        const auto result = get(credential);
        if (const auto* fault = std::get_if<Fault>(&result)) return *fault;
        throw std::logic_error("the assertion was accepted");
    }

    Authenticator authenticator{GetParam()};
    Bytes challenge = Bytes(32, 0x5A);
    std::optional<Bytes> response_id;
    bool verification_required = false;
};

inline std::string algorithm_name(const testing::TestParamInfo<int>& info) {
    return info.param == -7 ? "es256" : info.param == -257 ? "rs256" : "eddsa";
}

}  // namespace symbolon::crypto::web_authn
