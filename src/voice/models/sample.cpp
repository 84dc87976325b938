#include "voice/models/sample.hpp"

#include "voice/models/words.hpp"

namespace symbolon::voice {

namespace {

void add_words(std::vector<SamplePart>& out, std::string_view text) {
    for (auto& word : split_words(text)) out.push_back({false, std::move(word.plain)});
}

}  // namespace

std::optional<std::vector<SamplePart>> read_sample(std::string_view sample) {
    std::vector<SamplePart> out;
    while (!sample.empty()) {
        const auto open = sample.find('{');
        const auto words = sample.substr(0, open);
        if (words.find('}') != std::string_view::npos) return std::nullopt;
        add_words(out, words);
        if (open == std::string_view::npos) break;
        sample.remove_prefix(open + 1);
        const auto close = sample.find('}');
        if (close == std::string_view::npos || close == 0) return std::nullopt;
        const auto name = sample.substr(0, close);
        if (name.find('{') != std::string_view::npos) return std::nullopt;
        out.push_back({true, std::string(name)});
        sample.remove_prefix(close + 1);
    }
    return out;
}

}  // namespace symbolon::voice
