#include "doctor/redaction.hpp"

#include "base/encoding.hpp"
#include "base/utf8.hpp"
#include "crypto/hash.hpp"

#include <algorithm>

namespace symbolon::doctor {

namespace {

constexpr std::size_t shortest = 6;
constexpr std::size_t most_shown = 1200;  ///< bytes

}  // namespace

void Redaction::remember(std::string_view secret, std::string_view kind) {
    if (secret.size() < shortest) return;
    const std::string shown = "[" + std::string(kind) + ", " + std::to_string(secret.size()) + " bytes, " +
                              to_hex(crypto::sha256(secret)).substr(0, 8) + "]";
    const std::scoped_lock lock(mutex_);
    // In addresses and forms it stands percent-encoded.
    for (const auto& form : {std::string(secret), percent_encode(secret)}) {
        const auto same = [&](const Known& known) { return known.secret == form; };
        if (std::none_of(known_.begin(), known_.end(), same)) known_.push_back({form, shown});
    }
    std::stable_sort(known_.begin(), known_.end(),
                     [](const Known& a, const Known& b) { return a.secret.size() > b.secret.size(); });
}

std::string Redaction::clean(std::string_view text) const {
    std::string out(text);
    {
        const std::scoped_lock lock(mutex_);
        for (const auto& known : known_) {
            for (std::size_t at = 0; (at = out.find(known.secret, at)) != std::string::npos; at += known.shown.size())
                out.replace(at, known.secret.size(), known.shown);
        }
    }
    if (out.size() > most_shown) out = out.substr(0, most_shown) + "…";
    out = replace_invalid_utf8(out);
    std::replace_if(
        out.begin(), out.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }, ' ');
    return out;
}

}  // namespace symbolon::doctor
