#pragma once

#include "base/bytes.hpp"
#include "crypto/random.hpp"

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace symbolon::crypto {

/// Authenticated encryption under the master key: AES-256-GCM with a key derived per purpose (HKDF-SHA-256) and a
/// random 96-bit nonce. `context` is authenticated but not stored, so that a sealed value cannot be moved to another
/// row, user or step: `table|column|row key` for columns, the binding for tokens. Threads: any.
class Sealer {
public:
    /// `master_key` is 32 bytes. Fails: Error{invalid_parameter}.
    Sealer(ByteView master_key, Random& random);
    ~Sealer();

    Bytes seal(std::string_view purpose, std::string_view context, ByteView plain) const;
    /// Nothing when the value was changed, cut, made for another purpose or context, or under another key.
    std::optional<Bytes> open(std::string_view purpose, std::string_view context, ByteView sealed) const;

    /// The same as base64url text.
    std::string seal_text(std::string_view purpose, std::string_view context, std::string_view plain) const;
    std::optional<std::string> open_text(std::string_view purpose, std::string_view context,
                                         std::string_view sealed) const;

    /// A keyed hash for what is looked up by value but must not be stored (one-time codes, refresh tokens).
    Bytes keyed_hash(std::string_view purpose, std::string_view context, std::string_view text) const;

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace symbolon::crypto
