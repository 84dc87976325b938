#pragma once

#include <string>
#include <utility>

namespace symbolon::skill {

/// The access token that account linking put into a request. It has no stream operator and no conversion to text, so
/// that it cannot be logged by accident; reveal() is the word that reviewers search for.
class AccessToken {
public:
    explicit AccessToken(std::string text) : text_(std::move(text)) {}
    const std::string& reveal() const { return text_; }

private:
    std::string text_;
};

}  // namespace symbolon::skill
