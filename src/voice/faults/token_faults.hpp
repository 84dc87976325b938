#pragma once

#include "net/client.hpp"
#include "net/form.hpp"
#include "voice/faults/catalogue.hpp"
#include "voice/skill.hpp"

namespace symbolon::voice {

/// Proves the client as the configuration says, or as FI-06 does: in the header, in the body, or in both.
void prove_client(net::ClientRequest& request, net::Form& form, const StoredLinking& linking,
                  const Behaviour& behaviour);

/// The token endpoint's answer as FI-14 (how long it took) and FI-15 (what it looks like) make it. Pure.
net::ClientResponse spoil_token_answer(net::ClientResponse response, const Behaviour& behaviour);

}  // namespace symbolon::voice
