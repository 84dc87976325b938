#include "signin/verification_link.hpp"

#include "base/encoding.hpp"
#include "base/markup.hpp"
#include "signin/texts.hpp"

namespace symbolon::signin {
namespace {

bool wants_link(const CodeOrder& order, const messaging::Message& message) {
    const auto& texts = order.pool.settings.VerificationMessageTemplate;
    return order.purpose == directory::CodePurpose::sign_up && message.channel == messaging::Channel::email && texts &&
           texts->DefaultEmailOption == directory::DefaultEmailOptionType::CONFIRM_WITH_LINK &&
           !order.occasion.client_id.empty();
}

/// A hosted page of the pool. Its own path is always there, a domain may not be.
std::string link_of(const PublicNames& names, const CodeOrder& order, const messaging::Message& message,
                    const OneTimeCode& code) {
    return names.base_url + "/" + order.pool.id.str() +
           "/confirmUser?client_id=" + percent_encode(order.occasion.client_id) +
           "&user_name=" + percent_encode(message.username) + "&confirmation_code=" + percent_encode(code.reveal());
}

}  // namespace

std::string fill_links(std::string_view text, std::string_view link, Markup markup) {
    constexpr std::string_view opening = "{##";
    constexpr std::string_view closing = "##}";
    std::string out;
    while (true) {
        const auto begin = text.find(opening);
        const auto end = begin == std::string_view::npos ? begin : text.find(closing, begin + opening.size());
        if (end == std::string_view::npos) return out += text;
        const auto label = text.substr(begin + opening.size(), end - begin - opening.size());
        out += text.substr(0, begin);
        if (markup == Markup::html)
            out += "<a href=\"" + escape_html(link) + "\">" + std::string(label) + "</a>";
        else
            out += std::string(label) + ": " + std::string(link);
        text.remove_prefix(end + closing.size());
    }
}

void verify_by_link(messaging::Message& message, const PublicNames& names, const CodeOrder& order,
                    const OneTimeCode& code) {
    if (!wants_link(order, message)) return;
    const auto& own = *order.pool.settings.VerificationMessageTemplate;
    const auto link = link_of(names, order, message, code);
    const std::string text = own.EmailMessageByLink ? own.EmailMessageByLink->str()
                                                    : "Please click the link below to verify your email address. "
                                                      "{##Verify Email##} ";
    message.subject = one_line(own.EmailSubjectByLink ? own.EmailSubjectByLink->str() : "Your verification link");
    message.text = fill_links(text, link, Markup::none);
    message.html = fill_links(text, link, Markup::html);
}

}  // namespace symbolon::signin
