#include "base/utf8.hpp"
#include "directory/identifiers.hpp"
#include "fuzz.hpp"

using namespace symbolon;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto text = fuzz::text_of(data, size);
    for (const bool case_sensitive : {false, true}) {
        const auto name = directory::canonical_username(text, case_sensitive);
        fuzz::require(directory::canonical_username(name, case_sensitive) == name, "canonical stays canonical");
        fuzz::require(replace_invalid_utf8(name) == name, "a user name is text");
    }
    if (const auto email = directory::parse_email(text)) {
        fuzz::require(directory::parse_email(*email) == email, "an e-mail address stays as it is");
        fuzz::require(email->find_first_of("\r\n,;<>") == std::string::npos, "an address adds nothing to a header");
        directory::mask_email(*email);
    }
    if (const auto domain = directory::parse_domain(text)) {
        fuzz::require(directory::parse_domain(*domain) == domain, "a domain stays as it is");
        fuzz::require(domain->find_first_of("/:@") == std::string::npos, "a domain is nothing but a name");
    }
    return 0;
}
