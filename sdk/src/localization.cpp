#include "symbolon/skill/localization.hpp"

#include "symbolon/skill/ssml.hpp"

#include "crypto/random.hpp"

#include <boost/json/array.hpp>
#include <boost/json/value.hpp>

#include <cstdint>
#include <cstring>
#include <set>
#include <span>
#include <utility>

namespace symbolon::skill {
namespace {

/// Which variant is said matters to nobody's safety, so that the remainder is even enough.
std::size_t choose_at_random(std::size_t count) {
    crypto::SystemRandom random;
    std::uint8_t bytes[4];
    random.fill(bytes);
    const std::uint32_t number = std::uint32_t{bytes[0]} << 24U | std::uint32_t{bytes[1]} << 16U |
                                 std::uint32_t{bytes[2]} << 8U | std::uint32_t{bytes[3]};
    return number % count;
}

std::string_view language_of(std::string_view locale) {
    return locale.substr(0, locale.find('-'));
}

}  // namespace

Localization::Localization(std::string fallback_locale)
    : fallback_(std::move(fallback_locale)), choose_(choose_at_random) {}

Localization& Localization::choose_by(Choose choose) {
    choose_ = std::move(choose);
    return *this;
}

Localization::Pieces Localization::parse(std::string_view text) {
    const auto refuse = [&] { throw std::invalid_argument("a brace without its pair in: " + std::string(text)); };
    Pieces pieces(1);
    bool in_name = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        const bool is_brace = c == '{' || c == '}';
        const bool is_doubled = is_brace && !in_name && i + 1 < text.size() && text[i + 1] == c;
        if (!is_brace || is_doubled) {
            pieces.back() += c;
            if (is_doubled) ++i;
            continue;
        }
        if (in_name != (c == '}') || (in_name && pieces.back().empty())) refuse();
        in_name = !in_name;
        pieces.emplace_back();
    }
    if (in_name) refuse();
    return pieces;
}

Localization& Localization::add(std::string locale, const json::object& table) {
    Table& texts = tables_[std::move(locale)];
    for (const auto& [key, value] : table) {
        std::vector<Pieces> variants;
        if (const auto* text = value.if_string()) variants.push_back(parse(*text));
        if (const auto* list = value.if_array()) {
            for (const auto& variant : *list) {
                if (variant.is_string()) variants.push_back(parse(variant.get_string()));
            }
            if (variants.size() != list->size()) variants.clear();
        }
        if (variants.empty()) throw std::invalid_argument("no text and no list of texts: " + std::string(key));
        texts.insert_or_assign(std::string(key), std::move(variants));
    }
    return *this;
}

const std::vector<Localization::Pieces>* Localization::find(std::string_view locale, std::string_view key) const {
    const auto look_in = [&](const Table& table) {
        const auto found = table.find(key);
        return found == table.end() ? nullptr : &found->second;
    };
    const auto look_at = [&](std::string_view name) {
        const auto table = tables_.find(name);
        return table == tables_.end() ? nullptr : look_in(table->second);
    };
    for (const std::string_view wanted : {locale, std::string_view(fallback_)}) {
        const auto language = language_of(wanted);
        if (const auto* found = look_at(wanted)) return found;
        if (const auto* found = look_at(language)) return found;
        for (const auto& [name, table] : tables_) {
            if (language_of(name) != language) continue;
            if (const auto* found = look_in(table)) return found;
        }
    }
    return nullptr;
}

std::string Localization::fill(std::string_view locale, std::string_view key, const Arguments& arguments,
                               Escape escape) const {
    const auto* variants = find(locale, key);
    if (variants == nullptr) throw MissingText("no text " + std::string(key) + " for " + std::string(locale));
    const Pieces& pieces = variants->size() == 1 ? variants->front() : variants->at(choose_(variants->size()));
    std::string out;
    for (std::size_t i = 0; i < pieces.size(); ++i) {
        if (i % 2 == 0) {
            out += pieces[i];
            continue;
        }
        const auto argument = arguments.find(pieces[i]);
        if (argument == arguments.end()) throw MissingText("no value for {" + pieces[i] + "} of " + std::string(key));
        out += escape == Escape::ssml ? escape_ssml(argument->second) : argument->second;
    }
    return out;
}

std::string Localization::speech(std::string_view locale, std::string_view key, const Arguments& arguments) const {
    return fill(locale, key, arguments, Escape::ssml);
}

std::string Localization::plain(std::string_view locale, std::string_view key, const Arguments& arguments) const {
    return fill(locale, key, arguments, Escape::nothing);
}

std::vector<std::string> Localization::list_gaps() const {
    std::set<std::string> keys;
    for (const auto& [locale, table] : tables_) {
        for (const auto& [key, variants] : table) keys.insert(key);
    }
    std::vector<std::string> gaps;
    for (const auto& [locale, table] : tables_) {
        for (const auto& key : keys) {
            if (!table.contains(key)) gaps.push_back(locale + ' ' + key);
        }
    }
    return gaps;
}

}  // namespace symbolon::skill
