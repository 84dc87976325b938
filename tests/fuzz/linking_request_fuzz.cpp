#include "base/shape/codec.hpp"
#include "fuzz.hpp"
#include "voice/rest/linking_request.hpp"
#include "voice/screens/linking_form.hpp"

#include <boost/json/parse.hpp>

#include <string>

using namespace symbolon;

namespace {

void check_accepted(const voice::StoredLinking& linking) {
    const auto is_url = [](std::string_view url) {
        return (url.starts_with("https://") || url.starts_with("http://")) &&
               url.find_first_of("#\"< \r\n") == std::string_view::npos;
    };
    fuzz::require(voice::find_linking_problems(linking).empty(), "what was accepted has no problem");
    fuzz::require(is_url(linking.config.authorizationUrl), "a person is sent to a web page and nowhere else");
    if (linking.config.type == voice::GrantType::AUTH_CODE) {
        fuzz::require(is_url(linking.config.accessTokenUrl.value_or("")), "a code is sent to a web server");
        fuzz::require(!linking.client_secret.empty(), "a code is exchanged with a secret");
    }
}

void check_json(const boost::json::object& body) {
    fuzz::allow_refusal([&] {
        const auto linking = voice::read_linking_request(body, std::nullopt);
        check_accepted(linking);
        const auto written = encode(linking.config);
        const auto again = voice::read_linking_request(written, linking);
        fuzz::require(encode(again.config) == written, "a configuration is read as it is written");
        fuzz::require(again.client_secret == linking.client_secret, "a secret that is left out stays");
    });
}

void check_form(std::string_view text) {
    fuzz::allow_refusal([&] {
        const auto form = voice::read_linking_form(net::Form::parse(text), std::nullopt);
        if (form.problems.empty()) check_accepted(form.linking);
        const auto shown = voice::linking_form_context(std::nullopt, &form, "/skills/1");
        fuzz::require(!shown.contains("client_secret"), "a secret is not shown again");
    });
}

}  // namespace

/// A skill's account-linking configuration: as the REST API has it when it is JSON, else as the page's form has it.
int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto text = fuzz::text_of(data, size);
    boost::json::error_code failure;
    const auto value = boost::json::parse(boost::json::string_view(text.data(), text.size()), failure);
    if (!failure && value.is_object()) {
        check_json(value.get_object());
    } else {
        check_form(text);
    }
    return 0;
}
