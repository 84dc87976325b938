#include "voice/log/exchange_log.hpp"

#include "base/error.hpp"
#include "base/shape/codec.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <utility>

namespace symbolon::voice {

namespace json = boost::json;

namespace {

constexpr std::int64_t most_kept = 200;
constexpr std::string_view purpose = "assistant";

struct ExchangeRow {
    std::int64_t number;
    Bytes sealed;
};
BOOST_DESCRIBE_STRUCT(ExchangeRow, (), (number, sealed))

struct LastRow {
    std::int64_t number;
};
BOOST_DESCRIBE_STRUCT(LastRow, (), (number))

constexpr std::string_view last_exchange_sql =
    "SELECT COALESCE(MAX(number), 0) AS number FROM exchanges WHERE skill_id = $1";
constexpr std::string_view add_exchange_sql =
    "INSERT INTO exchanges (skill_id, number, account, at_ms, sealed) VALUES ($1, $2, $3, $4, $5)";
constexpr std::string_view trim_exchanges_sql = "DELETE FROM exchanges WHERE skill_id = $1 AND number <= $2";
constexpr std::string_view find_exchange_sql =
    "SELECT number, sealed FROM exchanges WHERE skill_id = $1 AND number = $2";
constexpr std::string_view list_exchanges_sql =
    "SELECT number, sealed FROM exchanges WHERE skill_id = $1 ORDER BY number DESC LIMIT $2";
constexpr std::string_view forget_exchanges_sql = "DELETE FROM exchanges WHERE skill_id = $1";

std::string context_of(std::string_view skill_id, std::int64_t number) {
    return "exchanges|" + std::string(skill_id) + "|" + std::to_string(number);
}

Exchange from_row(const crypto::Sealer& sealer, std::string_view skill_id, const ExchangeRow& row) {
    const auto context = context_of(skill_id, row.number);
    const auto plain = sealer.open(purpose, context, row.sealed);
    if (!plain) throw Error(Errc::internal, "", context + " cannot be opened with this master key");
    auto out = decode<Exchange>(json::parse(to_string(*plain)).as_object());
    json::error_code unreadable;
    auto envelope = json::parse(out.response, unreadable);
    auto* whole = unreadable ? nullptr : envelope.if_object();
    auto* answer = whole != nullptr ? whole->if_contains("response") : nullptr;
    if (answer != nullptr && answer->is_object()) out.answer = std::move(answer->get_object());
    return out;
}

}  // namespace

void ExchangeLog::add(std::string_view skill_id, Exchange& exchange) {
    exchange.number = tx_.row<LastRow>(last_exchange_sql, skill_id)->number + 1;
    const auto plain = json::serialize(encode(exchange));
    const auto sealed = sealer_.seal(purpose, context_of(skill_id, exchange.number), bytes_of(plain));
    tx_.execute(add_exchange_sql, skill_id, exchange.number, exchange.account, exchange.at_ms, sealed);
    tx_.execute(trim_exchanges_sql, skill_id, exchange.number - most_kept);
}

std::optional<Exchange> ExchangeLog::find(std::string_view skill_id, std::int64_t number) {
    const auto row = tx_.row<ExchangeRow>(find_exchange_sql, skill_id, number);
    if (!row) return std::nullopt;
    return from_row(sealer_, skill_id, *row);
}

std::vector<Exchange> ExchangeLog::list(std::string_view skill_id, int limit) {
    std::vector<Exchange> out;
    for (const auto& row : tx_.rows<ExchangeRow>(list_exchanges_sql, skill_id, limit)) {
        out.push_back(from_row(sealer_, skill_id, row));
    }
    return out;
}

void ExchangeLog::forget(std::string_view skill_id) {
    tx_.execute(forget_exchanges_sql, skill_id);
}

}  // namespace symbolon::voice
