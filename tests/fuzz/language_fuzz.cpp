#include "fuzz.hpp"
#include "pages/languages.hpp"

#include <algorithm>
#include <string>

using namespace symbolon;

/// The lines: Accept-Language, the Cookie header, and the query, in which ui_locales and lang may be.
int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    auto query = fuzz::text_of(data, size);
    net::Request request;
    request.headers.add("Accept-Language", std::string(fuzz::take_part(query)));
    request.headers.add("Cookie", std::string(fuzz::take_part(query)));
    fuzz::allow_refusal([&] {
        const auto form = net::Form::parse(query);
        const auto& chosen = pages::choose_language(request, form);
        const auto& known = pages::languages();
        fuzz::require(std::ranges::any_of(known, [&](const auto& language) { return &language == &chosen; }),
                      "a page is in a language that it has");
        if (form.get("ui_locales").empty() && form.get("lang").empty() && request.headers.find("Cookie")->empty() &&
            request.headers.find("Accept-Language")->empty()) {
            fuzz::require(chosen.code == "en", "who asks for nothing reads English");
        }
    });
    return 0;
}
