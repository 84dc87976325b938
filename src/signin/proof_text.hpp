#pragma once

#include "base/clock.hpp"
#include "signin/proof.hpp"

#include <string>
#include <string_view>

namespace symbolon::signin {

/// What is inside a sealed proof, beside what it is bound to.
struct ProofContent {
    std::string user;
    std::string username;
    std::string login;
    std::string id;
    std::string mark;  ///< of the password
    Instant expires{};
    Progress progress;
};

std::string to_text(const ProofContent& content);
/// What to_text() wrote: only what was sealed by us gets here.
ProofContent parse_proof_content(std::string_view text);

}  // namespace symbolon::signin
