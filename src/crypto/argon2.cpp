#include "crypto/argon2.hpp"

#include "base/encoding.hpp"
#include "base/error.hpp"

#include <argon2.h>
#include <fmt/format.h>
#include <sys/mman.h>

#include <charconv>
#include <cstddef>

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

/// Takes `prefix` and, if `number` is given, the decimal number behind it off `rest`.
bool take(std::string_view& rest, std::string_view prefix, std::uint32_t* number = nullptr) {
    if (!rest.starts_with(prefix)) return false;
    rest.remove_prefix(prefix.size());
    if (!number) return true;
    const auto [end, error] = std::from_chars(rest.data(), rest.data() + rest.size(), *number);
    if (error != std::errc{}) return false;
    rest.remove_prefix(static_cast<std::size_t>(end - rest.data()));
    return true;
}

/// Standard alphabet without padding, as the PHC string format has it.
std::optional<Bytes> parse_unpadded(std::string_view text) {
    if (text.find('=') != std::string_view::npos) return std::nullopt;
    std::string padded(text);
    padded.append((4 - padded.size() % 4) % 4, '=');
    return parse_base64(padded);
}

std::string to_unpadded(ByteView bytes) {
    std::string text = to_base64(bytes);
    while (text.ends_with('=')) text.pop_back();
    return text;
}

}  // namespace

std::optional<Encoded> parse(std::string_view text) {
    Encoded out;
    Parameters& p = out.parameters;
    if (!take(text, "$argon2id$v=19$m=", &p.memory_kib) || !take(text, ",t=", &p.passes) ||
        !take(text, ",p=", &p.lanes) || !take(text, "$")) {
        return std::nullopt;
    }
    const bool sane = p.lanes >= 1 && p.lanes <= 16 && p.passes >= 1 && p.passes <= 64 && p.memory_kib >= 8 * p.lanes &&
                      p.memory_kib <= 1024 * 1024;
    const std::size_t dollar = text.find('$');
    if (!sane || dollar == std::string_view::npos) return std::nullopt;
    auto salt = parse_unpadded(text.substr(0, dollar));
    auto hash = parse_unpadded(text.substr(dollar + 1));
    if (!salt || salt->size() < 8 || salt->size() > 64 || !hash || hash->size() < 16 || hash->size() > 64) {
        return std::nullopt;
    }
    out.salt = std::move(*salt);
    out.hash = std::move(*hash);
    return out;
}

std::string to_text(const Encoded& encoded) {
    return fmt::format("$argon2id$v=19$m={},t={},p={}${}${}", encoded.parameters.memory_kib, encoded.parameters.passes,
                       encoded.parameters.lanes, to_unpadded(encoded.salt), to_unpadded(encoded.hash));
}

Bytes derive(std::string_view password, ByteView salt, const Parameters& parameters, std::size_t size) {
    Bytes out(size);
    Bytes secret(password.begin(), password.end());
    Bytes salt_copy(salt.begin(), salt.end());
    argon2_context context{};
    context.out = out.data();
    context.outlen = static_cast<std::uint32_t>(out.size());
    context.pwd = secret.data();
    context.pwdlen = static_cast<std::uint32_t>(secret.size());
    context.salt = salt_copy.data();
    context.saltlen = static_cast<std::uint32_t>(salt_copy.size());
    context.t_cost = parameters.passes;
    context.m_cost = parameters.memory_kib;
    context.lanes = parameters.lanes;
    context.threads = 1;
    context.version = ARGON2_VERSION_13;
    context.allocate_cbk = allocate;
    context.free_cbk = keep;
    context.flags = ARGON2_FLAG_CLEAR_PASSWORD;
    if (const int failure = argon2_ctx(&context, Argon2_id); failure != ARGON2_OK) {
        throw Error(Errc::internal, {}, argon2_error_message(failure));
    }
    return out;
}

void release_memory() {
    working_memory.release();
}

}  // namespace symbolon::crypto::argon2
