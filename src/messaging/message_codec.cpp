#include "messaging/message_codec.hpp"

#include "base/error.hpp"

#include <boost/describe/enum_from_string.hpp>
#include <boost/describe/enum_to_string.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>

namespace symbolon::messaging {
namespace {

constexpr std::size_t longest_recipient = 320;  // RFC 5321: 64 + "@" + 255
constexpr std::size_t longest_subject = 998;    // RFC 5322 §2.1.1

std::string_view channel_name(Channel channel) {
    return boost::describe::enum_to_string(channel, "sms");
}

bool is_control(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte < 0x20 || byte == 0x7f;
}

bool has_control(std::string_view text) {
    // The second byte of U+0080 to U+009F and the line separators U+2028 and U+2029 end a line for some mail programs.
    if (text.find("\u2028") != text.npos || text.find("\u2029") != text.npos) return true;
    for (std::size_t i = 0; i + 1 < text.size(); ++i) {
        const auto next = static_cast<unsigned char>(text[i + 1]);
        if (text[i] == '\xc2' && next >= 0x80 && next <= 0x9f) return true;
    }
    return std::ranges::any_of(text, is_control);
}

bool is_phone_number(std::string_view text) {
    return text.size() >= 3 && text.size() <= 16 && text.front() == '+' &&
           std::ranges::all_of(text.substr(1), [](char c) { return c >= '0' && c <= '9'; });
}

bool is_mail_address(std::string_view text) {
    const auto at = text.find('@');
    return text.size() <= longest_recipient && at != text.npos && at > 0 && at + 1 < text.size() &&
           text.find('@', at + 1) == text.npos && text.find_first_of(" ,;<>\"") == text.npos && !has_control(text);
}

std::string text_at(const boost::json::object& in, std::string_view name) {
    const auto* value = in.if_contains(name);
    const auto* text = value ? value->if_string() : nullptr;
    if (!text) throw Error{Errc::internal, {}, "a stored message lacks a member"};
    return std::string(*text);
}

boost::json::object to_json(const SenderEvent& event) {
    const auto map = [](const SenderEvent::Texts& texts) {
        boost::json::object out;
        for (const auto& [name, value] : texts) out[name] = value;
        return out;
    };
    return {{"source", event.source},
            {"client_id", event.client_id},
            {"metadata", map(event.metadata)},
            {"attributes", map(event.attributes)}};
}

SenderEvent::Texts texts_at(const boost::json::object& in, std::string_view name) {
    const auto* value = in.if_contains(name);
    const auto* texts = value ? value->if_object() : nullptr;
    if (!texts) throw Error{Errc::internal, {}, "a stored message lacks a member"};
    SenderEvent::Texts out;
    for (const auto& entry : *texts) out[entry.key()] = text_at(*texts, entry.key());
    return out;
}

SenderEvent parse_event(const boost::json::object& in) {
    const auto* value = in.if_contains("event");
    const auto* event = value ? value->if_object() : nullptr;
    if (!event) return {};
    return {.source = text_at(*event, "source"),
            .client_id = text_at(*event, "client_id"),
            .metadata = texts_at(*event, "metadata"),
            .attributes = texts_at(*event, "attributes")};
}

void put_senders(boost::json::object& out, const Message& message) {
    if (!message.from.empty()) out["from"] = message.from;
    if (!message.reply_to.empty()) out["reply_to"] = message.reply_to;
}

bool is_sender(std::string_view text) {
    return text.size() <= longest_subject && !has_control(text);
}

/// What everybody is told who is handed a message.
void put_content(boost::json::object& out, const Message& message) {
    out["channel"] = channel_name(message.channel);
    out["to"] = message.to;
    out["subject"] = message.subject;
    out["text"] = message.text;
    out["html"] = message.html;
    out["code"] = message.code;
    out["purpose"] = message.purpose;
    out["pool"] = message.pool_id.str();
    out["username"] = message.username;
    put_senders(out, message);
}

}  // namespace

std::string to_json_line(const Message& message) {
    boost::json::object out;
    out["time"] = to_iso8601(message.created);
    put_content(out, message);
    return boost::json::serialize(out);
}

std::string to_stored_json(const Message& message) {
    boost::json::object out;
    put_content(out, message);
    if (!message.function.empty()) {
        out["function"] = message.function;
        out["event"] = to_json(message.event);
    }
    return boost::json::serialize(out);
}

Message parse_stored_json(std::string_view json) {
    boost::json::error_code failure;
    const auto value = boost::json::parse(json, failure);
    const auto* in = failure ? nullptr : value.if_object();
    if (!in) throw Error{Errc::internal, {}, "a stored message is not an object"};
    Message out;
    if (!boost::describe::enum_from_string(text_at(*in, "channel").c_str(), out.channel))
        throw Error{Errc::internal, {}, "a stored message has an unknown channel"};
    out.to = text_at(*in, "to");
    out.subject = text_at(*in, "subject");
    out.text = text_at(*in, "text");
    out.html = text_at(*in, "html");
    out.code = text_at(*in, "code");
    out.purpose = text_at(*in, "purpose");
    out.username = text_at(*in, "username");
    if (in->contains("from")) out.from = text_at(*in, "from");
    if (in->contains("reply_to")) out.reply_to = text_at(*in, "reply_to");
    if (in->contains("function")) out.function = text_at(*in, "function");
    out.event = parse_event(*in);
    return out;
}

void check_envelope(const Message& message) {
    const bool valid = message.channel == Channel::sms ? is_phone_number(message.to) : is_mail_address(message.to);
    if (!valid) throw Error{Errc::invalid_parameter, "The message's recipient is not valid."};
    if (message.subject.size() > longest_subject || has_control(message.subject))
        throw Error{Errc::invalid_parameter, "The message's subject is not valid."};
    if (!is_sender(message.from) || !is_sender(message.reply_to))
        throw Error{Errc::invalid_parameter, "The message's sender is not valid."};
}

}  // namespace symbolon::messaging
