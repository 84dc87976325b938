// A registration with every check of WebAuthn §7.1 broken once (attack rows 41 and 42).
#include "base/encoding.hpp"
#include "crypto/web_authn/ceremonies.hpp"

#include <string>
#include <utility>

namespace symbolon::crypto::web_authn {
namespace {

class Registrations : public WebAuthn {};

TEST_P(Registrations, takes_a_new_credential) {
    authenticator.aaguid.fill(0x11);
    authenticator.sign_count = 7;
    authenticator.flags = 0x05 | 0x08 | 0x10;
    verification_required = true;
    const auto result = create();
    ASSERT_TRUE(std::holds_alternative<Registration>(result));
    const auto& registration = std::get<Registration>(result);
    EXPECT_EQ(registration.id, authenticator.id);
    EXPECT_EQ(registration.public_key, authenticator.key.cose());
    EXPECT_EQ(registration.sign_count, 7U);
    EXPECT_EQ(registration.aaguid, authenticator.aaguid);
    EXPECT_TRUE(registration.user_verified);
    EXPECT_TRUE(registration.backup_eligible);
}

TEST_P(Registrations, new_credential_without_verification_is_taken_where_none_is_required) {
    authenticator.flags = 0x01;
    const auto result = create();
    ASSERT_TRUE(std::holds_alternative<Registration>(result));
    EXPECT_FALSE(std::get<Registration>(result).user_verified);
    verification_required = true;
    EXPECT_EQ(create_fault(), Fault::user_not_verified);
}

TEST_P(Registrations, new_credential_of_an_absent_user_is_refused) {
    authenticator.flags = 0x04;
    EXPECT_EQ(create_fault(), Fault::user_not_present);
}

TEST_P(Registrations, new_credential_that_is_backed_up_but_cannot_be_is_refused) {
    authenticator.flags = 0x05 | 0x10;
    EXPECT_EQ(create_fault(), Fault::malformed);
}

TEST_P(Registrations, new_credential_of_another_ceremony_is_refused) {
    authenticator.type = "webauthn.get";
    EXPECT_EQ(create_fault(), Fault::wrong_type);
    authenticator.type = "payment.get";
    EXPECT_EQ(create_fault(), Fault::wrong_type);
}

TEST_P(Registrations, new_credential_for_another_challenge_is_refused) {
    const auto created = authenticator.create(Bytes(32, 0x5B));
    const auto result =
        verify_registration({authenticator.id, created.client_data, created.attestation_object}, expected());
    EXPECT_EQ(std::get<Fault>(result), Fault::wrong_challenge);
}

TEST_P(Registrations, an_empty_challenge_is_nobodys) {
    challenge.clear();
    EXPECT_EQ(create_fault(), Fault::wrong_challenge);
}

TEST_P(Registrations, new_credential_of_another_origin_or_in_its_frame_is_refused) {
    authenticator.origin = "https://evil.example";
    EXPECT_EQ(create_fault(), Fault::wrong_origin);
    authenticator.origin = "https://app.example.com";
    authenticator.change_client_data = [](boost::json::object& data) { data["crossOrigin"] = true; };
    EXPECT_EQ(create_fault(), Fault::wrong_origin);
    authenticator.change_client_data = [](boost::json::object& data) { data["crossOrigin"] = "true"; };
    EXPECT_EQ(create_fault(), Fault::wrong_origin);
    authenticator.change_client_data = [](boost::json::object& data) { data.erase("crossOrigin"); };
    EXPECT_TRUE(std::holds_alternative<Registration>(create()));
}

TEST_P(Registrations, new_credential_bound_to_a_connection_that_is_not_ours_is_refused) {
    authenticator.change_client_data = [](boost::json::object& data) {
        data["tokenBinding"] = boost::json::object{{"status", "present"}, {"id", "AAAA"}};
    };
    EXPECT_EQ(create_fault(), Fault::malformed);
    authenticator.change_client_data = [](boost::json::object& data) {
        data["tokenBinding"] = boost::json::object{{"status", "supported"}};
    };
    EXPECT_TRUE(std::holds_alternative<Registration>(create()));
}

TEST_P(Registrations, new_credential_for_another_relying_party_is_refused) {
    authenticator.relying_party = "evil.example";
    EXPECT_EQ(create_fault(), Fault::wrong_relying_party);
}

TEST_P(Registrations, new_credential_with_another_id_than_the_browser_says_is_refused) {
    response_id = Bytes(32, 0xC2);
    EXPECT_EQ(create_fault(), Fault::malformed);
}

TEST_P(Registrations, ids_are_bounded) {
    authenticator.id = Bytes(max_credential_id, 1);
    EXPECT_TRUE(std::holds_alternative<Registration>(create()));
    authenticator.id = Bytes(max_credential_id + 1, 1);
    EXPECT_EQ(create_fault(), Fault::malformed);
    authenticator.id.clear();
    EXPECT_EQ(create_fault(), Fault::malformed);
}

TEST_P(Registrations, no_prefix_of_a_new_credential_is_one) {
    const auto created = authenticator.create(challenge);
    for (std::size_t size = 0; size < created.attestation_object.size(); ++size) {
        const Bytes cut(created.attestation_object.begin(),
                        created.attestation_object.begin() + static_cast<std::ptrdiff_t>(size));
        const auto result = verify_registration({authenticator.id, created.client_data, cut}, expected());
        ASSERT_TRUE(std::holds_alternative<Fault>(result)) << size;
    }
    // And of the authenticator data alone.
    for (std::size_t size = 0;; ++size) {
        bool cut = false;
        authenticator.change_data = [&](Bytes& data) {
            cut = size < data.size();
            if (cut) data.resize(size);
        };
        const auto result = create();
        if (!cut) break;
        ASSERT_TRUE(std::holds_alternative<Fault>(result)) << size;
    }
}

TEST_P(Registrations, new_credential_with_something_behind_it_is_refused) {
    authenticator.change_data = [](Bytes& data) { data.push_back(0); };
    EXPECT_EQ(create_fault(), Fault::malformed);
}

TEST_P(Registrations, extensions_that_nobody_asked_for_are_passed_over_if_they_are_well_formed) {
    const auto extended = [](Bytes extensions) {
        return [extensions](Bytes& data) {
            data[32] |= 0x80;
            data.insert(data.end(), extensions.begin(), extensions.end());
        };
    };
    authenticator.change_data = extended(cbor_map({{cbor_text("credProtect"), cbor_integer(2)}}));
    EXPECT_TRUE(std::holds_alternative<Registration>(create()));
    authenticator.change_data = extended(cbor_integer(2));
    EXPECT_EQ(create_fault(), Fault::malformed);
    authenticator.change_data = extended({});
    EXPECT_EQ(create_fault(), Fault::malformed);
}

TEST_P(Registrations, client_data_that_is_no_json_of_a_browser_is_refused) {
    const auto created = authenticator.create(challenge);
    for (const std::string& text :
         {std::string(), std::string("null"), std::string("[]"), std::string("{"), std::string("{}"),
          std::string(R"({"type":"webauthn.create","challenge":1,"origin":"https://app.example.com"})"),
          std::string(R"({"type":"webauthn.create","challenge":"WlpaWg"})"), std::string(max_client_data + 1, ' '),
          std::string(1000, '[')}) {
        const Bytes client_data(text.begin(), text.end());
        const auto result =
            verify_registration({authenticator.id, client_data, created.attestation_object}, expected());
        ASSERT_TRUE(std::holds_alternative<Fault>(result));
        EXPECT_EQ(std::get<Fault>(result), Fault::malformed) << text.substr(0, 40);
    }
}

// Attestation.

TEST_P(Registrations, attestation_none_says_nothing) {
    authenticator.make_statement = [](ByteView) { return cbor_map({{cbor_text("alg"), cbor_integer(-7)}}); };
    EXPECT_EQ(create_fault(), Fault::wrong_attestation);
}

TEST_P(Registrations, attestation_by_the_credential_itself_must_be_right) {
    authenticator.format = "packed";
    authenticator.make_statement = self_attestation(authenticator);
    EXPECT_TRUE(std::holds_alternative<Registration>(create()));

    authenticator.make_statement = [&](ByteView) { return self_attestation(authenticator)(bytes_of("other data")); };
    EXPECT_EQ(create_fault(), Fault::wrong_attestation);
    authenticator.make_statement = [&](ByteView data) {
        const int other = authenticator.key.algorithm() == -7 ? -257 : -7;
        return cbor_map(
            {{cbor_text("alg"), cbor_integer(other)}, {cbor_text("sig"), cbor_bytes(authenticator.key.sign(data))}});
    };
    EXPECT_EQ(create_fault(), Fault::wrong_attestation) << "another algorithm than the credential's";
    authenticator.make_statement = [](ByteView) { return cbor_map({}); };
    EXPECT_EQ(create_fault(), Fault::wrong_attestation);
    authenticator.make_statement = [](ByteView) {
        return cbor_map({{cbor_text("alg"), cbor_integer(-7)},
                         {cbor_text("sig"), cbor_bytes({})},
                         {cbor_text("ecdaaKeyId"), cbor_bytes({})}});
    };
    EXPECT_EQ(create_fault(), Fault::unsupported_attestation);
}

TEST_P(Registrations, attestation_by_a_certificate_must_be_right) {
    authenticator.format = "packed";
    authenticator.aaguid.fill(0x22);
    const auto with = [&](const CertificateFlaws& flaws) {
        authenticator.make_statement = certified_attestation(flaws);
        return create();
    };
    EXPECT_TRUE(std::holds_alternative<Registration>(with({})));
    EXPECT_TRUE(std::holds_alternative<Registration>(with({.aaguid = Bytes(16, 0x22)})));
    const Fault wrong = Fault::wrong_attestation;
    const auto fault = [&](const CertificateFlaws& flaws) {
        const auto result = with(flaws);
        return std::holds_alternative<Fault>(result) ? std::get<Fault>(result) : Fault::malformed;
    };
    EXPECT_EQ(fault({.another_key = true}), wrong);
    EXPECT_EQ(fault({.organizational_unit = "Something else"}), wrong);
    EXPECT_EQ(fault({.organizational_unit = ""}), wrong);
    EXPECT_EQ(fault({.authority = true}), wrong);
    EXPECT_EQ(fault({.basic_constraints = false}), wrong);
    EXPECT_EQ(fault({.version = 1}), wrong);
    EXPECT_EQ(fault({.aaguid = Bytes(16, 0x23)}), wrong) << "of another model";
    EXPECT_EQ(fault({.aaguid = Bytes(15, 0x22)}), wrong);
    for (const Bytes& chain :
         {cbor_array({}), cbor_array({cbor_integer(1)}), cbor_array({cbor_bytes(Bytes{0x30, 0})}), cbor_bytes({})}) {
        authenticator.make_statement = [&](ByteView data) {
            return cbor_map({{cbor_text("alg"), cbor_integer(authenticator.key.algorithm())},
                             {cbor_text("sig"), cbor_bytes(authenticator.key.sign(data))},
                             {cbor_text("x5c"), chain}});
        };
        EXPECT_EQ(create_fault(), wrong) << to_hex(chain);
    }
}

TEST_P(Registrations, attestation_of_another_maker_is_taken_like_none_and_of_nobody_refused) {
    for (const char* known : {"tpm", "android-key", "android-safetynet", "fido-u2f", "apple"}) {
        authenticator.format = known;
        EXPECT_TRUE(std::holds_alternative<Registration>(create())) << known;
    }
    for (const char* unknown : {"", "None", "packed2", "made-up"}) {
        authenticator.format = unknown;
        EXPECT_EQ(create_fault(), Fault::unsupported_attestation) << unknown;
    }
}

INSTANTIATE_TEST_SUITE_P(Algorithms, Registrations, testing::Values(-7, -257, -8), algorithm_name);

class RegisteredKeys : public testing::Test {
protected:
    using Entry = std::pair<Bytes, Bytes>;
    static Entry entry(std::int64_t label, Bytes value) { return {cbor_integer(label), std::move(value)}; }

    /// Registers with this key instead.
    static bool is_taken(const Bytes& cose) {
        Authenticator authenticator;
        const auto own = authenticator.key.cose();
        authenticator.change_data = [&](Bytes& data) {
            data.resize(data.size() - own.size());
            data.insert(data.end(), cose.begin(), cose.end());
        };
        const Bytes challenge(16, 1);
        const auto created = authenticator.create(challenge);
        const Expected expected{.challenge = challenge,
                                .relying_party_id = "example.com",
                                .is_allowed_origin = [](std::string_view) { return true; }};
        const auto result =
            verify_registration({authenticator.id, created.client_data, created.attestation_object}, expected);
        if (const auto* fault = std::get_if<Fault>(&result)) {
            EXPECT_EQ(*fault, Fault::unsupported_key);
            return false;
        }
        return true;
    }
};

// Attack row 41, and row 11: the algorithm belongs to the key.
TEST_F(RegisteredKeys, that_do_not_fit_their_algorithm_are_refused) {
    EXPECT_TRUE(is_taken(CredentialKey(-8).cose()));
    const Bytes zero(32, 0);
    const Bytes one(32, 1);
    const auto ec = [&](std::int64_t kty, std::int64_t alg, std::int64_t crv, const Bytes& x, const Bytes& y) {
        return cbor_map({entry(1, cbor_integer(kty)), entry(3, cbor_integer(alg)), entry(-1, cbor_integer(crv)),
                         entry(-2, cbor_bytes(x)), entry(-3, cbor_bytes(y))});
    };
    EXPECT_FALSE(is_taken(ec(2, -7, 1, zero, zero))) << "not on the curve";
    EXPECT_FALSE(is_taken(ec(2, -7, 1, one, one))) << "not on the curve";
    EXPECT_FALSE(is_taken(ec(2, -7, 1, Bytes(31, 1), one)));
    EXPECT_FALSE(is_taken(ec(2, -7, 1, Bytes(33, 1), one)));
    EXPECT_FALSE(is_taken(ec(2, -35, 2, one, one))) << "ES384";
    EXPECT_FALSE(is_taken(ec(2, -7, 2, one, one)));
    EXPECT_FALSE(is_taken(ec(3, -7, 1, one, one)));
    EXPECT_FALSE(is_taken(ec(1, -8, 4, one, one))) << "X25519";
    EXPECT_FALSE(is_taken(cbor_map({entry(1, cbor_integer(1)), entry(3, cbor_integer(-8)), entry(-1, cbor_integer(6)),
                                    entry(-2, cbor_bytes(Bytes(31, 1)))})));
    const auto rsa = [&](const Bytes& n, const Bytes& e) {
        return cbor_map({entry(1, cbor_integer(3)), entry(3, cbor_integer(-257)), entry(-1, cbor_bytes(n)),
                         entry(-2, cbor_bytes(e))});
    };
    EXPECT_FALSE(is_taken(rsa(Bytes(128, 0xFF), Bytes{1, 0, 1}))) << "1024 bits";
    EXPECT_FALSE(is_taken(rsa(Bytes(256, 0xFF), Bytes{1})));
    EXPECT_FALSE(is_taken(rsa(Bytes(256, 0xFF), {})));
    EXPECT_FALSE(is_taken(rsa(Bytes(1025, 0xFF), Bytes{1, 0, 1})));
    EXPECT_FALSE(is_taken(cbor_map({})));
    EXPECT_FALSE(is_taken(cbor_map({entry(1, cbor_integer(2)), entry(-1, cbor_integer(1)), entry(-2, cbor_bytes(one)),
                                    entry(-3, cbor_bytes(one))})))
        << "no algorithm";
}

}  // namespace
}  // namespace symbolon::crypto::web_authn
