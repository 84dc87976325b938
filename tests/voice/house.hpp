#pragma once

#include "base/clock.hpp"
#include "crypto/random.hpp"
#include "crypto/seal.hpp"
#include "db/database.hpp"
#include "net/client.hpp"
#include "net/http.hpp"
#include "voice/assistant.hpp"

#include <memory>
#include <string>

namespace symbolon::voice::test {

/// An assistant with a clock that stands still, and a way to ask it.
struct House {
    ManualClock clock{from_ms(1'790'000'000'000)};
    crypto::SeededRandom random{7};
    crypto::Sealer sealer{Bytes(32, 1), random};
    std::unique_ptr<db::Database> db = db::open("sqlite::memory:", db::Schema::assistant);
    net::Client client{1};
    Assistant assistant{{*db, sealer, random, clock, client}, "http://127.0.0.1:1"};

    net::Response ask(net::Method method, std::string target, std::string body = {}, std::string token = {},
                      net::Headers headers = {});
    /// With the assistant's own bearer token.
    net::Response rest(net::Method method, std::string target, std::string body = {}, net::Headers headers = {});
    /// A skill with account linking set up; its id.
    std::string make_skill();
};

}  // namespace symbolon::voice::test
