#include "directory/transfer/records.hpp"
#include "fuzz.hpp"

#include <string>

using namespace symbolon;
using namespace symbolon::directory;
using namespace symbolon::directory::transfer;

namespace {

/// What is read of a record is written and read back as the same.
template <class Record, class Read>
void check(std::string_view kind, const Line& line, Read read) {
    if (line.kind != kind) return;
    const Record record = read();
    const auto written = to_line(kind, record);
    const auto again = to_record<Record>(parse_line(written, 2), 2);
    fuzz::require(to_line(kind, again) == written, "a record is read as it is written");
}

void check_user(const Line& line) {
    check<UserRecord>("user", line, [&] {
        auto record = to_user_record(line, 1);
        const auto user = to_user(PoolId("us-east-1_Pool12345"), record);
        fuzz::require(user.attributes.size() == record.attributes.size(), "a user keeps every attribute");
        const auto back = to_record(user);
        fuzz::require(back.sub == record.sub && back.username == record.username && back.enabled == record.enabled &&
                          back.password_hash == record.password_hash && back.created_ms == record.created_ms,
                      "a user is who the line says");
        return record;
    });
}

void check_pool(const Line& line) {
    check<PoolRecord>("pool", line, [&] {
        auto record = to_record<PoolRecord>(line, 1);
        for (auto& client : record.clients) {
            const auto id = client.client_id;
            fuzz::require(to_client(PoolId(record.pool_id), client).id.str() == id, "a client keeps its id");
        }
        for (const auto& domain : record.domains) to_domain(PoolId(record.pool_id), domain);
        for (const auto& key : record.keys) fuzz::allow_refusal([&] { to_key(key); });
        return record;
    });
}

}  // namespace

/// A line of `symbolon admin import`.
int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    try {
        const auto line = parse_line(fuzz::text_of(data, size), 1);
        check_user(line);
        check_pool(line);
        check<EndRecord>("end", line, [&] { return to_record<EndRecord>(line, 1); });
    } catch (const Error& error) {
        fuzz::require(error.code == Errc::invalid_parameter, "a line is refused as one");
        fuzz::require(error.message.starts_with("Line 1"), "and it is told which");
    }
    return 0;
}
