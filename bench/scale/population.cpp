#include "scale/population.hpp"

#include "base/encoding.hpp"
#include "crypto/hash.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <stdexcept>
#include <utility>

namespace symbolon::bench {

namespace {

constexpr std::array<std::string_view, 20> area_codes{"201", "202", "203", "205", "206", "207", "208",
                                                      "209", "210", "212", "213", "214", "215", "216",
                                                      "217", "218", "219", "224", "225", "228"};
constexpr std::uint64_t numbers_of_an_area = 800 * 10'000;  // its exchanges begin with 2 to 9
constexpr std::uint64_t all_numbers = area_codes.size() * numbers_of_an_area;
constexpr std::uint64_t stride = 61'803'399;  // has no divisor in common with the above: every number comes once

/// Sebastiano Vigna's splitmix64: well-spread bits of a counter.
std::uint64_t spread(std::uint64_t counter) {
    std::uint64_t bits = counter * 0x9e3779b97f4a7c15U;
    bits = (bits ^ (bits >> 30U)) * 0xbf58476d1ce4e5b9U;
    bits = (bits ^ (bits >> 27U)) * 0x94d049bb133111ebU;
    return bits ^ (bits >> 31U);
}

/// What all lines so far come to, as an export counts it.
crypto::Digest extend(const crypto::Digest& former, std::string_view line) {
    std::string text(former.begin(), former.end());
    text += line;
    return crypto::sha256(text);
}

}  // namespace

Population::Population(std::vector<std::string> exported, std::string_view sub, std::string_view phone_number,
                       std::uint64_t size)
    : size_(size) {
    if (exported.size() != 3) throw std::runtime_error("The export does not hold one user.");
    if (size > all_numbers) throw std::runtime_error("There are not so many phone numbers.");
    pool_line_ = std::move(exported[0]);
    std::string_view rest = exported[1];
    for (;;) {
        const auto next_sub = rest.find(sub);
        const auto next_number = rest.find(phone_number);
        const auto place = std::min(next_sub, next_number);
        pieces_.emplace_back(rest.substr(0, place));
        if (place == std::string_view::npos) return;
        is_sub_.push_back(next_sub < next_number);
        rest.remove_prefix(place + (next_sub < next_number ? sub : phone_number).size());
    }
}

void Population::drop_passwords() {
    constexpr std::string_view member = R"("password_hash":")";
    for (auto& piece : pieces_) {
        const auto begin = piece.find(member);
        if (begin == std::string::npos) continue;
        const auto value = begin + member.size();
        piece.erase(value, piece.find('"', value) - value);
        return;
    }
    throw std::runtime_error("The exported user has no password.");
}

std::string Population::phone_number(std::uint64_t index) {
    const auto place = index * stride % all_numbers;
    const auto in_area = place % numbers_of_an_area;
    std::array<char, 16> text{};
    std::snprintf(text.data(), text.size(), "+1%s%03u%04u", area_codes[place / numbers_of_an_area].data(),
                  static_cast<unsigned>(200 + in_area / 10'000), static_cast<unsigned>(in_area % 10'000));
    return text.data();
}

std::vector<std::string> Population::sample(std::size_t count, std::size_t round) const {
    constexpr std::uint64_t leap = 7919;  // a prime: everybody comes once, and neighbours are far apart
    const std::uint64_t wanted = std::min<std::uint64_t>(count, size_);
    const std::uint64_t distance = size_ / wanted;
    std::vector<std::string> numbers;
    for (std::uint64_t i = 0; i < wanted; ++i)
        numbers.push_back(phone_number(i * leap % wanted * distance + round % distance));
    return numbers;
}

/// A random UUID (RFC 9562 §5.4) but for its first bits, which grow with the index.
std::string Population::sub(std::uint64_t index) const {
    const std::uint64_t step = ~std::uint64_t{0} / size_;
    const std::uint64_t high = index * step + spread(index) % step;
    const std::uint64_t low = spread(~index);
    std::array<char, 40> text{};
    std::snprintf(text.data(), text.size(), "%08x-%04x-4%03x-%04x-%012llx", static_cast<unsigned>(high >> 32U),
                  static_cast<unsigned>(high >> 16U & 0xffffU), static_cast<unsigned>(high & 0xfffU),
                  static_cast<unsigned>(0x8000U | (low >> 50U)),
                  static_cast<unsigned long long>(low & 0xffff'ffff'ffffU));
    return text.data();
}

void Population::write(const std::function<void(std::string_view line)>& take) const {
    crypto::Digest digest{};
    const auto put = [&](const std::string& line) {
        digest = extend(digest, line);
        take(line + '\n');
    };
    put(pool_line_);
    std::string line;
    for (std::uint64_t i = 0; i < size_; ++i) {
        line = pieces_.front();
        for (std::size_t place = 0; place < is_sub_.size(); ++place) {
            line += is_sub_[place] ? sub(i) : phone_number(i);
            line += pieces_[place + 1];
        }
        put(line);
    }
    take(R"({"end":{"users":)" + std::to_string(size_) + R"(,"digest":")" + to_base64(digest) + "\"}}\n");
}

}  // namespace symbolon::bench
