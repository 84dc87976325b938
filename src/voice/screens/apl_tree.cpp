#include "voice/screens/apl_tree.hpp"

#include "voice/models/json_read.hpp"
#include "voice/talk/speech.hpp"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include <array>
#include <string_view>

namespace symbolon::voice {

namespace json = boost::json;

namespace {

constexpr std::size_t most_lines = 200;
constexpr std::size_t deepest = 12;

/// The data that a document is bound to, by the names of its parameters.
class Bindings {
public:
    explicit Bindings(const json::object& directive) {
        const auto* sources = object_of(directive, "datasources");
        if (sources != nullptr) payload_ = *sources;
    }

    /// "${payload.page.title}" replaced by its value. What no value is found for stays as it is written.
    std::string fill_in(std::string text) const {
        for (auto at = text.find("${"); at != std::string::npos; at = text.find("${", at + 1)) {
            const auto end = text.find('}', at);
            if (end == std::string::npos) break;
            const auto* found = find(std::string_view(text).substr(at + 2, end - at - 2));
            if (found == nullptr) continue;
            const auto value = found->is_string() ? std::string(found->get_string()) : json::serialize(*found);
            text.replace(at, end + 1 - at, value);
        }
        return text;
    }

private:
    /// Only plain paths: expressions are the device's to compute.
    const json::value* find(std::string_view path) const {
        const json::object* object = &payload_;
        const json::value* found = nullptr;
        auto rest = path.substr(path.starts_with("payload.") ? std::string_view("payload.").size() : 0);
        while (!rest.empty()) {
            const auto dot = rest.find('.');
            found = object != nullptr ? object->if_contains(rest.substr(0, dot)) : nullptr;
            if (found == nullptr) return nullptr;
            object = found->if_object();
            rest = dot == std::string_view::npos ? std::string_view{} : rest.substr(dot + 1);
        }
        return found;
    }

    json::object payload_;
};

class Tree {
public:
    explicit Tree(const Bindings& bindings) : bindings_(bindings) {}

    void add(const json::value& value, std::size_t depth) {
        if (depth > deepest || lines_.size() >= most_lines) return;
        if (const auto* list = value.if_array()) {
            for (const auto& item : *list) add(item, depth);
        } else if (const auto* component = value.if_object()) {
            lines_.push_back({depth, text_of(*component, "type"), words_of(*component)});
            for (const auto* children : {"firstItem", "item", "items", "lastItem"}) {
                if (const auto* found = component->if_contains(children)) add(*found, depth + 1);
            }
        }
    }

    std::vector<AplLine> take() { return std::move(lines_); }

private:
    std::string words_of(const json::object& component) const {
        for (const auto* member : {"text", "primaryText", "headerTitle", "title", "source", "buttonText"}) {
            auto text = text_of(component, member);
            if (text.empty()) continue;
            std::string out;
            for (const auto& piece : hear_ssml(bindings_.fill_in(std::move(text)))) {
                out += (out.empty() ? "" : " ") + piece.text;
            }
            return out;
        }
        return {};
    }

    const Bindings& bindings_;
    std::vector<AplLine> lines_;
};

}  // namespace

std::vector<AplLine> apl_tree(const json::object& directive) {
    const Bindings bindings(directive);
    Tree tree(bindings);
    const auto* document = object_of(directive, "document");
    const auto* main = document != nullptr ? object_of(*document, "mainTemplate") : nullptr;
    if (main == nullptr) return {};
    for (const auto* member : {"item", "items"}) {
        if (const auto* found = main->if_contains(member)) tree.add(*found, 0);
    }
    return tree.take();
}

}  // namespace symbolon::voice
