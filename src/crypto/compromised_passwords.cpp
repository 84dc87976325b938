#include "crypto/compromised_passwords.hpp"

#include "base/encoding.hpp"
#include "base/error.hpp"
#include "base/log.hpp"
#include "crypto/common_passwords.hpp"

#include <fcntl.h>
#include <openssl/evp.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdint>
#include <optional>
#include <string_view>
#include <system_error>
#include <utility>

namespace symbolon::crypto {
namespace {

constexpr std::size_t digest_digits = 40;
constexpr std::uint64_t longest_line = 64;    // hash, colon, count and the end of the line
constexpr std::uint64_t last_stretch = 4096;  // what is left to read as a whole

std::string to_upper(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(),
                   [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
    return text;
}

/// SHA-1 (FIPS 180-4) as 40 upper-case digits. It is the published lists' key, and protects nothing here.
std::string list_key(const Password& password) {
    std::array<std::uint8_t, 20> digest{};
    const auto text = password.reveal();
    if (EVP_Digest(text.data(), text.size(), digest.data(), nullptr, EVP_sha1(), nullptr) != 1)
        throw Error(Errc::internal, {}, "SHA-1 failed");
    return to_upper(to_hex(digest));
}

/// The hash at the beginning of a line; nothing when the line does not begin with one.
std::optional<std::string> hash_of(std::string_view line) {
    if (line.size() < digest_digits) return std::nullopt;
    auto digits = to_upper(std::string(line.substr(0, digest_digits)));
    const bool hexadecimal = digits.find_first_not_of("0123456789ABCDEF") == std::string::npos;
    const auto rest = line.substr(digest_digits);
    const bool ends = rest.empty() || rest.front() == ':' || rest.front() == '\r' || rest.front() == '\n';
    if (!hexadecimal || !ends) return std::nullopt;
    return digits;
}

}  // namespace

/// An open list.
class CompromisedPasswords::List {
public:
    explicit List(const std::string& path) : file_(::open(path.c_str(), O_RDONLY | O_CLOEXEC)) {
        struct stat status{};
        if (file_ < 0 || ::fstat(file_, &status) != 0 || !S_ISREG(status.st_mode)) {
            const auto reason = std::generic_category().message(errno);
            close();
            throw Error(Errc::invalid_parameter, "The list of compromised passwords cannot be read: " + reason);
        }
        size_ = static_cast<std::uint64_t>(status.st_size);
        if (!is_list()) {
            close();
            throw Error(Errc::invalid_parameter, path + " is not a list of SHA-1 hashes in their order.");
        }
    }
    ~List() { close(); }
    List(const List&) = delete;
    List& operator=(const List&) = delete;

    /// Binary search over bytes: lines differ in length. All lines that begin before `low` come before the key, all
    /// that begin at `high` or later come after it.
    bool contains(std::string_view key) const {
        std::uint64_t low = 0;
        std::uint64_t high = size_;
        while (high - low > last_stretch) {
            const std::uint64_t middle = low + (high - low) / 2;
            const auto text = read(middle, 2 * longest_line);
            const auto end = text.find('\n');
            if (end == std::string::npos || end > longest_line) throw damaged(middle);
            const auto hash = hash_of(std::string_view(text).substr(end + 1));
            if (!hash) throw damaged(middle);
            if (*hash == key) return true;
            (*hash < key ? low : high) = middle + end + 1;
        }
        return holds(read(low, high - low), key);
    }

private:
    static Error damaged(std::uint64_t at) {
        return Error(Errc::unavailable, {}, "damaged near byte " + std::to_string(at));
    }

    static bool holds(std::string_view lines, std::string_view key) {
        while (!lines.empty()) {
            if (hash_of(lines) == key) return true;
            const auto end = lines.find('\n');
            if (end == std::string_view::npos) break;
            lines.remove_prefix(end + 1);
        }
        return false;
    }

    /// Looks at both ends only: the whole may have a thousand million lines.
    bool is_list() const {
        const auto first = hash_of(read(0, longest_line));
        if (!first) return false;
        auto tail = read(size_ - std::min(size_, 2 * longest_line), 2 * longest_line);
        while (!tail.empty() && (tail.back() == '\n' || tail.back() == '\r')) tail.pop_back();
        const auto begin = tail.rfind('\n');
        const auto last = hash_of(begin == std::string::npos ? tail : tail.substr(begin + 1));
        return last && *first <= *last;
    }

    std::string read(std::uint64_t at, std::uint64_t length) const {
        std::string text(std::min(length, size_ - std::min(at, size_)), '\0');
        std::size_t have = 0;
        while (have < text.size()) {
            const auto got = ::pread(file_, text.data() + have, text.size() - have, static_cast<off_t>(at + have));
            if (got < 0 && errno == EINTR) continue;
            if (got <= 0) throw damaged(at);
            have += static_cast<std::size_t>(got);
        }
        return text;
    }

    void close() {
        if (file_ >= 0) ::close(std::exchange(file_, -1));
    }

    int file_ = -1;
    std::uint64_t size_ = 0;
};

CompromisedPasswords::CompromisedPasswords(std::string path) : path_(std::move(path)) {
    reopen();
}

CompromisedPasswords::~CompromisedPasswords() = default;

std::shared_ptr<const CompromisedPasswords::List> CompromisedPasswords::list() const {
    const std::lock_guard lock(mutex_);
    return list_;
}

bool CompromisedPasswords::contains(const Password& password) const {
    if (is_common_password(password.reveal())) return true;
    const auto list = this->list();
    if (!list) return false;
    try {
        return list->contains(list_key(password));
    } catch (const Error& error) {  // people must still be able to sign in
        log::error("compromised_passwords_unreadable", {{"reason", error.detail}});
        return false;
    }
}

void CompromisedPasswords::reopen() {
    if (path_.empty()) return;
    auto opened = std::make_shared<const List>(path_);
    const std::lock_guard lock(mutex_);
    list_ = std::move(opened);
}

}  // namespace symbolon::crypto
