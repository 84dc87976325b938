#include "voice/talk/speech.hpp"

#include "voice/models/json_read.hpp"

#include <array>
#include <cctype>
#include <utility>

namespace symbolon::voice {

namespace {

std::string unescape(std::string text) {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 5> entities{
        {{"&lt;", "<"}, {"&gt;", ">"}, {"&quot;", "\""}, {"&apos;", "'"}, {"&amp;", "&"}}};
    for (const auto& [entity, character] : entities) {
        for (auto at = text.find(entity); at != std::string::npos; at = text.find(entity, at + 1)) {
            text.replace(at, entity.size(), character);
        }
    }
    return text;
}

std::string trim(std::string text) {
    const auto blank = [](char c) { return std::isspace(static_cast<unsigned char>(c)) != 0; };
    while (!text.empty() && blank(text.back())) text.pop_back();
    std::size_t begin = 0;
    while (begin < text.size() && blank(text[begin])) ++begin;
    return text.substr(begin);
}

/// A tag between its angle brackets.
struct Tag {
    std::string_view inside;

    bool closes() const { return inside.starts_with('/'); }
    bool is_empty() const { return inside.ends_with('/'); }
    std::string_view name() const {
        const auto from = inside.substr(closes() ? 1 : 0);
        return from.substr(0, from.find_first_of(" \t\r\n/"));
    }
    std::string attribute(std::string_view wanted) const {
        for (auto at = inside.find(wanted); at != std::string_view::npos; at = inside.find(wanted, at + 1)) {
            auto rest = inside.substr(at + wanted.size());
            if (rest.size() < 2 || rest[0] != '=' || (rest[1] != '"' && rest[1] != '\'')) continue;
            const char quote = rest[1];
            rest.remove_prefix(2);
            return unescape(std::string(rest.substr(0, rest.find(quote))));
        }
        return {};
    }
};

/// Takes text and tags off the front, one after the other.
class Scanner {
public:
    explicit Scanner(std::string_view rest) : rest_(rest) {}

    bool done() const { return rest_.empty(); }
    std::string_view take_text() {
        const auto text = rest_.substr(0, rest_.find('<'));
        rest_.remove_prefix(text.size());
        return text;
    }
    /// Nothing when the bracket is not closed; then nothing is left.
    bool take_tag(Tag& tag) {
        const auto end = rest_.find('>');
        if (end == std::string_view::npos) {
            rest_ = {};
            return false;
        }
        tag.inside = rest_.substr(1, end - 1);
        rest_.remove_prefix(end + 1);
        return true;
    }

private:
    std::string_view rest_;
};

}  // namespace

std::vector<Heard> hear_ssml(std::string_view ssml) {
    std::vector<Heard> out;
    std::string words;
    bool replaced = false;  // inside <sub>: its alias is heard instead
    const auto end_words = [&] {
        auto text = trim(unescape(std::exchange(words, {})));
        if (!text.empty()) out.push_back({std::move(text), {}});
    };
    Scanner scanner(ssml);
    while (!scanner.done()) {
        const auto text = scanner.take_text();
        if (!replaced) words += text;
        Tag tag;
        if (scanner.done() || !scanner.take_tag(tag)) break;
        if (tag.name() == "audio" && !tag.closes()) {
            end_words();
            if (auto url = tag.attribute("src"); !url.empty()) out.push_back({{}, std::move(url)});
        } else if (tag.name() == "sub") {
            replaced = !tag.closes() && !tag.is_empty();
            if (replaced) words += tag.attribute("alias");
        } else if (tag.name() == "break" || tag.name() == "p" || tag.name() == "s") {
            words += ' ';
        }
    }
    end_words();
    return out;
}

std::string ssml_problem(std::string_view ssml) {
    std::vector<std::string_view> open;
    bool spoke = false;
    Scanner scanner(ssml);
    while (!scanner.done()) {
        const auto text = scanner.take_text();
        if (open.empty() && text.find_first_not_of(" \t\r\n") != std::string_view::npos) {
            return "there is text outside <speak>";
        }
        Tag tag;
        if (scanner.done()) break;
        if (!scanner.take_tag(tag)) return "a tag is not closed with >";
        if (tag.closes()) {
            if (open.empty() || open.back() != tag.name()) return "</" + std::string(tag.name()) + "> closes nothing";
            open.pop_back();
        } else if (!tag.is_empty()) {
            if (open.empty() && (tag.name() != "speak" || spoke)) return "<speak> must be the one outermost tag";
            spoke = true;
            open.push_back(tag.name());
        }
    }
    if (!open.empty()) return "<" + std::string(open.back()) + "> is not closed";
    return spoke ? "" : "<speak> is missing";
}

std::vector<Heard> heard(const boost::json::object& speech) {
    if (auto text = text_of(speech, "text"); !text.empty()) return {{std::move(text), {}}};
    return hear_ssml(text_of(speech, "ssml"));
}

std::string spoken_text(const boost::json::object& speech) {
    std::string out;
    for (const auto& piece : heard(speech)) {
        if (!out.empty() && !piece.text.empty()) out += ' ';
        out += piece.text;
    }
    return out;
}

}  // namespace symbolon::voice
