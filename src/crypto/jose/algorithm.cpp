#include "crypto/jose/algorithm.hpp"

#include <algorithm>

namespace symbolon::crypto::jose {

std::string_view to_text(Algorithm algorithm) {
    switch (algorithm) {
        case Algorithm::rs256:
            return "RS256";
        case Algorithm::ps256:
            return "PS256";
        case Algorithm::es256:
            return "ES256";
        case Algorithm::eddsa:
            return "EdDSA";
    }
    return "";
}

std::optional<Algorithm> parse_algorithm(std::string_view text) {
    const auto found = std::find_if(all_algorithms.begin(), all_algorithms.end(),
                                    [&](Algorithm algorithm) { return to_text(algorithm) == text; });
    if (found == all_algorithms.end()) return std::nullopt;
    return *found;
}

std::string_view key_type_of(Algorithm algorithm) {
    switch (algorithm) {
        case Algorithm::rs256:
        case Algorithm::ps256:
            return "RSA";
        case Algorithm::es256:
            return "EC";
        case Algorithm::eddsa:
            return "OKP";
    }
    return "";
}

}  // namespace symbolon::crypto::jose
