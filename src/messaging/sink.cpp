#include "messaging/sink.hpp"

#include "base/error.hpp"
#include "messaging/sink_file.hpp"
#include "messaging/sink_outbox.hpp"

#include <string_view>

namespace symbolon::messaging {

std::unique_ptr<Sink> make_sink(const std::string& url) {
    constexpr std::string_view file = "file:";
    if (url == "outbox:") return std::make_unique<OutboxSink>();
    if (url.starts_with(file) && url.size() > file.size()) return std::make_unique<FileSink>(url.substr(file.size()));
    throw Error{Errc::invalid_parameter, "A message sink is outbox: or file:PATH."};
}

}  // namespace symbolon::messaging
