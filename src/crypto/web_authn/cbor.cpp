#include "crypto/web_authn/cbor.hpp"

#include "base/encoding.hpp"

#include <limits>

namespace symbolon::crypto::web_authn::cbor {
namespace {

enum class Major { positive, negative, bytes, text, array, map, tag, simple };

struct Head {
    Major major{};
    std::uint64_t argument = 0;
};

class Reader {
public:
    explicit Reader(ByteView bytes) : bytes_(bytes) {}

    std::optional<Value> read(std::size_t depth);
    std::size_t position() const { return at_; }

private:
    std::optional<Head> read_head();
    std::optional<ByteView> read_string(std::uint64_t size);
    std::optional<Value> read_array(std::uint64_t size, std::size_t depth);
    std::optional<Value> read_map(std::uint64_t size, std::size_t depth);
    std::size_t left() const { return bytes_.size() - at_; }

    ByteView bytes_;
    std::size_t at_ = 0;
    std::size_t items_ = 0;
};

/// The argument of a head, in the shortest form that holds it (RFC 8949 §4.2.1).
std::optional<Head> Reader::read_head() {
    if (left() == 0) return std::nullopt;
    const std::uint8_t first = bytes_[at_++];
    Head head{.major = static_cast<Major>(first >> 5), .argument = first & 0x1Fu};
    if (head.argument < 24) return head;
    if (head.argument > 27) return std::nullopt;  // reserved, or of indefinite length
    const std::size_t size = std::size_t{1} << (head.argument - 24);
    if (left() < size) return std::nullopt;
    std::uint64_t argument = 0;
    for (std::size_t i = 0; i < size; ++i) argument = (argument << 8) | bytes_[at_++];
    const std::uint64_t least = size == 1 ? 24 : std::uint64_t{1} << (size * 4);
    if (argument < least) return std::nullopt;
    head.argument = argument;
    return head;
}

std::optional<ByteView> Reader::read_string(std::uint64_t size) {
    if (size > left()) return std::nullopt;
    const ByteView out = bytes_.subspan(at_, static_cast<std::size_t>(size));
    at_ += out.size();
    return out;
}

std::optional<Value> Reader::read_array(std::uint64_t size, std::size_t depth) {
    if (size > left()) return std::nullopt;  // an item is a byte at least
    Array out;
    for (std::uint64_t i = 0; i < size; ++i) {
        auto item = read(depth + 1);
        if (!item) return std::nullopt;
        out.push_back(std::move(*item));
    }
    return Value{std::move(out)};
}

std::optional<Value> Reader::read_map(std::uint64_t size, std::size_t depth) {
    if (size > left() / 2) return std::nullopt;
    Value out{Map{}};
    for (std::uint64_t i = 0; i < size; ++i) {
        auto key = read(depth + 1);
        if (!key) return std::nullopt;
        const bool twice = key->integer() ? out.find(*key->integer()) != nullptr
                                          : key->text() == nullptr || out.find(*key->text()) != nullptr;
        if (twice) return std::nullopt;
        auto value = read(depth + 1);
        if (!value) return std::nullopt;
        std::get<Map>(out.item).entries.emplace_back(std::move(*key), std::move(*value));
    }
    return out;
}

std::optional<Value> Reader::read(std::size_t depth) {
    constexpr std::uint64_t greatest = std::numeric_limits<std::int64_t>::max();
    if (depth > max_depth || ++items_ > max_items) return std::nullopt;
    const auto head = read_head();
    if (!head) return std::nullopt;
    switch (head->major) {
        case Major::positive:
            if (head->argument > greatest) return std::nullopt;
            return Value{static_cast<std::int64_t>(head->argument)};
        case Major::negative:
            if (head->argument > greatest) return std::nullopt;
            return Value{-1 - static_cast<std::int64_t>(head->argument)};
        case Major::bytes:
            if (const auto bytes = read_string(head->argument)) return Value{*bytes};
            return std::nullopt;
        case Major::text: {
            const auto bytes = read_string(head->argument);
            if (!bytes || !count_characters(text_of(*bytes))) return std::nullopt;
            return Value{text_of(*bytes)};
        }
        case Major::array:
            return read_array(head->argument, depth);
        case Major::map:
            return read_map(head->argument, depth);
        case Major::simple:
            if (head->argument == 20 || head->argument == 21) return Value{head->argument == 21};
            if (head->argument == 22) return Value{Null{}};
            return std::nullopt;
        case Major::tag:
            return std::nullopt;
    }
    return std::nullopt;
}

template <class T>
const T* as(const Value* value) {
    return value ? std::get_if<T>(&value->item) : nullptr;
}

}  // namespace

const Value* Value::find(std::string_view key) const {
    if (!map()) return nullptr;
    for (const auto& [name, value] : map()->entries)
        if (name.text() && *name.text() == key) return &value;
    return nullptr;
}

const Value* Value::find(std::int64_t key) const {
    if (!map()) return nullptr;
    for (const auto& [name, value] : map()->entries)
        if (name.integer() && *name.integer() == key) return &value;
    return nullptr;
}

const std::int64_t* Value::find_integer(std::int64_t key) const {
    return as<std::int64_t>(find(key));
}
const ByteView* Value::find_bytes(std::int64_t key) const {
    return as<ByteView>(find(key));
}
const std::int64_t* Value::find_integer(std::string_view key) const {
    return as<std::int64_t>(find(key));
}
const ByteView* Value::find_bytes(std::string_view key) const {
    return as<ByteView>(find(key));
}

std::optional<Parsed> parse_first(ByteView bytes) {
    Reader reader(bytes);
    auto value = reader.read(0);
    if (!value) return std::nullopt;
    return Parsed{std::move(*value), reader.position()};
}

std::optional<Value> parse(ByteView bytes) {
    auto parsed = parse_first(bytes);
    if (!parsed || parsed->size != bytes.size()) return std::nullopt;
    return std::move(parsed->value);
}

}  // namespace symbolon::crypto::web_authn::cbor
