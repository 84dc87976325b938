#include "crypto/x509.hpp"
#include "crypto/x509_fixtures.hpp"
#include "fuzz.hpp"

using namespace symbolon;

/// A PEM chain, leaf first, as it is fetched for the signature of a skill's request.
int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const std::vector<std::string> roots{std::string(crypto::fixtures::root)};
    fuzz::allow_refusal([&] {
        const auto chain = crypto::x509::TrustedChain::verify(fuzz::text_of(data, size), "echo-api.example", roots,
                                                              false, crypto::fixtures::now);
        fuzz::require(chain.not_before() <= crypto::fixtures::now && crypto::fixtures::now <= chain.not_after(),
                      "a trusted chain is valid now");
        fuzz::require(!chain.verify_sha256(bytes_of("a request"), Bytes(256, 7)), "no signature fits by chance");
    });
    return 0;
}
