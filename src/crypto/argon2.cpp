#include "crypto/argon2.hpp"

#include "base/error.hpp"
#include "crypto/hash.hpp"
#include "crypto/password_hash/hash_text.hpp"
#include "crypto/password_hash/password_hash.hpp"

#include <argon2.h>
#include <fmt/format.h>
#include <sys/mman.h>

#include <cstddef>
#include <utility>

namespace symbolon::crypto::argon2 {

namespace {

/// The working memory of a thread, 19 MiB at the default cost. It is mapped, not allocated: after a few calls glibc's
/// allocator would keep blocks of that size for ever, and an idle server would hold them resident. Between two hashes
/// in a row it is kept, since getting it page by page costs a third of a hash or more. libargon2 wipes it after each.
class WorkingMemory {
public:
    WorkingMemory() = default;
    WorkingMemory(const WorkingMemory&) = delete;
    WorkingMemory& operator=(const WorkingMemory&) = delete;
    ~WorkingMemory() { release(); }

    std::uint8_t* provide(std::size_t size) {
        if (size_ == size) return data_;
        release();
        void* mapped = mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        if (mapped == MAP_FAILED) return nullptr;
        madvise(mapped, size, MADV_HUGEPAGE);  // fewer page faults, where the system has them
        data_ = static_cast<std::uint8_t*>(mapped);
        size_ = size;
        return data_;
    }

    void release() {
        if (data_) munmap(data_, size_);
        data_ = nullptr;
        size_ = 0;
    }

private:
    std::uint8_t* data_ = nullptr;
    std::size_t size_ = 0;
};

thread_local WorkingMemory working_memory;

int allocate(std::uint8_t** memory, std::size_t size) {
    *memory = working_memory.provide(size);
    return *memory ? ARGON2_OK : ARGON2_MEMORY_ALLOCATION_ERROR;
}

void keep(std::uint8_t*, std::size_t) {}

constexpr std::uint32_t max_memory_kib = 256 * 1024;
constexpr std::uint64_t max_memory_times_passes_kib = 768 * 1024;
constexpr std::uint32_t max_passes = 64;
constexpr std::uint32_t max_lanes = 16;

/// The type of libargon2 and its name in the text form.
argon2_type to_library(Type type) {
    switch (type) {
        case Type::d:
            return Argon2_d;
        case Type::i:
            return Argon2_i;
        case Type::id:
            return Argon2_id;
    }
    throw Error(Errc::internal, {}, "Argon2: an unknown type");
}

std::string_view to_name(Type type) {
    return argon2_type2string(to_library(type), 0);
}

bool take_type(std::string_view& rest, Type& type) {
    for (const Type known : {Type::id, Type::i, Type::d}) {
        std::string_view after = rest;
        if (!hash_text::take(after, to_name(known)) || !hash_text::take(after, "$")) continue;
        rest = after;
        type = known;
        return true;
    }
    return false;
}

bool take_number(std::string_view& rest, std::string_view name, std::uint32_t& number) {
    if (!hash_text::take(rest, name)) return false;
    const auto taken = hash_text::take_number(rest);
    number = taken.value_or(0);
    return taken.has_value();
}

class Argon2Hash final : public PasswordHash {
public:
    explicit Argon2Hash(Encoded encoded) : encoded_(std::move(encoded)) {}
    bool matches(std::string_view password) const override {
        return equal_in_constant_time(derive(password, encoded_), encoded_.hash);
    }

private:
    const Encoded encoded_;
};

}  // namespace

std::optional<Encoded> parse(std::string_view text) {
    Encoded out;
    Parameters& p = out.parameters;
    if (!hash_text::take(text, "$") || !take_type(text, out.type) || !take_number(text, "v=19$m=", p.memory_kib) ||
        !take_number(text, ",t=", p.passes) || !take_number(text, ",p=", p.lanes) || !hash_text::take(text, "$")) {
        return std::nullopt;
    }
    const bool valid = p.lanes >= 1 && p.lanes < (1U << 24) && p.passes >= 1 && p.memory_kib >= 8 * p.lanes;
    const auto salt_text = hash_text::take_part(text);
    if (!valid || !salt_text) return std::nullopt;
    auto salt = hash_text::parse_unpadded(*salt_text);
    auto hash = hash_text::parse_unpadded(text);
    if (!salt || salt->size() < 8 || salt->size() > 64 || !hash || hash->size() < 16 || hash->size() > 64) {
        return std::nullopt;
    }
    out.salt = std::move(*salt);
    out.hash = std::move(*hash);
    return out;
}

std::string to_text(const Encoded& encoded) {
    return fmt::format("${}$v=19$m={},t={},p={}${}${}", to_name(encoded.type), encoded.parameters.memory_kib,
                       encoded.parameters.passes, encoded.parameters.lanes, hash_text::to_unpadded(encoded.salt),
                       hash_text::to_unpadded(encoded.hash));
}

bool is_affordable(const Parameters& parameters) {
    const std::uint64_t work = std::uint64_t{parameters.memory_kib} * parameters.passes;
    return parameters.memory_kib <= max_memory_kib && work <= max_memory_times_passes_kib &&
           parameters.passes <= max_passes && parameters.lanes <= max_lanes;
}

Bytes derive(std::string_view password, const Encoded& encoded) {
    Bytes out(encoded.hash.size());
    Bytes secret(password.begin(), password.end());
    Bytes salt = encoded.salt;
    argon2_context context{};
    context.out = out.data();
    context.outlen = static_cast<std::uint32_t>(out.size());
    context.pwd = secret.data();
    context.pwdlen = static_cast<std::uint32_t>(secret.size());
    context.salt = salt.data();
    context.saltlen = static_cast<std::uint32_t>(salt.size());
    context.t_cost = encoded.parameters.passes;
    context.m_cost = encoded.parameters.memory_kib;
    context.lanes = encoded.parameters.lanes;
    context.threads = 1;
    context.version = ARGON2_VERSION_13;
    context.allocate_cbk = allocate;
    context.free_cbk = keep;
    context.flags = ARGON2_FLAG_CLEAR_PASSWORD;
    if (const int failure = argon2_ctx(&context, to_library(encoded.type)); failure != ARGON2_OK) {
        throw Error(Errc::internal, {}, argon2_error_message(failure));
    }
    return out;
}

void release_memory() {
    working_memory.release();
}

}  // namespace symbolon::crypto::argon2

namespace symbolon::crypto {

ParsedHash parse_argon2(std::string_view text) {
    auto encoded = argon2::parse(text);
    if (!encoded) return HashFault::malformed;
    if (!argon2::is_affordable(encoded->parameters)) return HashFault::too_costly;
    return std::make_unique<argon2::Argon2Hash>(std::move(*encoded));
}

}  // namespace symbolon::crypto
