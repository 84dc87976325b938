#include "oauth/response_types.hpp"

#include <algorithm>

namespace symbolon::oauth {

std::optional<ResponseType> ResponseType::parse(std::string_view text) {
    ResponseType type;
    while (!text.empty()) {
        const auto end = std::min(text.find(' '), text.size());
        const auto word = text.substr(0, end);
        bool* part = word == "code"       ? &type.code
                     : word == "token"    ? &type.token
                     : word == "id_token" ? &type.id_token
                                          : nullptr;
        if (!part || *part) return std::nullopt;
        *part = true;
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    if (type == ResponseType{}) return std::nullopt;
    return type;
}

std::string ResponseType::str() const {
    std::string out;
    const auto add = [&](bool wanted, std::string_view word) {
        if (!wanted) return;
        if (!out.empty()) out += ' ';
        out += word;
    };
    add(code, "code");
    add(id_token, "id_token");
    add(token, "token");
    return out;
}

std::optional<AskedResponseMode> parse_response_mode(std::string_view text) {
    constexpr std::string_view jwt = ".jwt";
    if (text == jwt.substr(1)) return AskedResponseMode{std::nullopt, true};
    const bool as_jwt = text.ends_with(jwt);
    if (as_jwt) text.remove_suffix(jwt.size());
    if (text == "query") return AskedResponseMode{ResponseMode::query, as_jwt};
    if (text == "fragment") return AskedResponseMode{ResponseMode::fragment, as_jwt};
    if (text == "form_post") return AskedResponseMode{ResponseMode::form_post, as_jwt};
    return std::nullopt;
}

}  // namespace symbolon::oauth
