#pragma once

#include <string.h>  // explicit_bzero

#include <string_view>
#include <utility>
#include <vector>

namespace symbolon {

/// Text that must not leak: cannot be copied, compared or printed, and is wiped when it ends. Its text is read only
/// through reveal(), a word that reviewers search for. It is held in a vector, not in a string, since a short string
/// that is moved from keeps its characters.
template <class Tag>
class Secret {
public:
    Secret() = default;
    explicit Secret(std::string_view text) : text_(text.begin(), text.end()) {}
    Secret(const Secret&) = delete;
    Secret& operator=(const Secret&) = delete;
    Secret(Secret&& other) noexcept : text_(std::exchange(other.text_, {})) {}
    Secret& operator=(Secret&& other) noexcept {
        if (this != &other) {
            wipe();
            text_ = std::exchange(other.text_, {});
        }
        return *this;
    }
    ~Secret() { wipe(); }

    std::string_view reveal() const { return {text_.data(), text_.size()}; }
    bool empty() const { return text_.empty(); }
    Secret clone() const { return Secret(reveal()); }

private:
    void wipe() {
        if (!text_.empty()) explicit_bzero(text_.data(), text_.size());
        text_.clear();
    }

    std::vector<char> text_;
};

using Password = Secret<struct PasswordTag>;
using ClientSecret = Secret<struct ClientSecretTag>;
using OneTimeCode = Secret<struct OneTimeCodeTag>;

}  // namespace symbolon
