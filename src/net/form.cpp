#include "net/form.hpp"

#include "base/encoding.hpp"
#include "base/error.hpp"

#include <algorithm>

namespace symbolon::net {
namespace {

[[noreturn]] void refuse(const char* why) {
    throw Error{Errc::invalid_parameter, why};
}

std::string decode(std::string_view encoded) {
    std::string spaced(encoded);
    std::replace(spaced.begin(), spaced.end(), '+', ' ');
    auto text = spaced.find('%') == std::string::npos ? std::optional(std::move(spaced)) : percent_decode(spaced);
    if (!text) refuse("The form has a broken percent-encoding.");
    if (text->find('\0') != std::string::npos) refuse("The form has a NUL character.");
    if (!count_characters(*text)) refuse("The form is not valid UTF-8.");
    return std::move(*text);
}

void encode_into(std::string& out, std::string_view text) {
    // percent_encode() writes a space as %20; a literal '+' has become %2B by then, so the exchange is unambiguous.
    std::string encoded = percent_encode(text);
    for (std::size_t at = 0; (at = encoded.find("%20", at)) != std::string::npos; ++at) encoded.replace(at, 3, 1, '+');
    out += encoded;
}

}  // namespace

Form Form::parse(std::string_view encoded, std::size_t max_fields) {
    Form form;
    while (!encoded.empty()) {
        const auto end = encoded.find('&');
        const auto pair = encoded.substr(0, end);
        encoded.remove_prefix(end == std::string_view::npos ? encoded.size() : end + 1);
        if (pair.empty()) continue;
        if (form.fields_.size() == max_fields) refuse("The form has too many fields.");
        const auto equals = pair.find('=');
        auto name = decode(pair.substr(0, equals));
        auto value = equals == std::string_view::npos ? std::string{} : decode(pair.substr(equals + 1));
        form.add(std::move(name), std::move(value));
    }
    return form;
}

void Form::set(std::string_view name, std::string value) {
    remove(name);
    fields_.emplace_back(std::string(name), std::move(value));
}

void Form::remove(std::string_view name) {
    std::erase_if(fields_, [&](const auto& field) { return field.first == name; });
}

std::optional<std::string> Form::find(std::string_view name) const {
    const auto field = std::find_if(fields_.begin(), fields_.end(), [&](const auto& f) { return f.first == name; });
    if (field == fields_.end() || field->second.empty()) return std::nullopt;
    return field->second;
}

std::size_t Form::count(std::string_view name) const {
    const auto named = std::count_if(fields_.begin(), fields_.end(), [&](const auto& f) { return f.first == name; });
    return static_cast<std::size_t>(named);
}

std::string Form::encode() const {
    std::string out;
    for (const auto& [name, value] : fields_) {
        if (!out.empty()) out += '&';
        encode_into(out, name);
        out += '=';
        encode_into(out, value);
    }
    return out;
}

}  // namespace symbolon::net
