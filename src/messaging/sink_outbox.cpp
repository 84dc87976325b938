#include "messaging/sink_outbox.hpp"

namespace symbolon::messaging {

Task<void> OutboxSink::send(Message) {
    co_return;  // the row is the delivery
}

}  // namespace symbolon::messaging
