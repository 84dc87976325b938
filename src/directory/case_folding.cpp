#include "directory/unicode.hpp"

#include <cstdint>

namespace symbolon::directory {
namespace {

enum Rule : std::uint8_t { by_offset, even_to_odd, odd_to_even };
struct Range {
    char32_t first;
    char32_t last;
    Rule rule;
    std::int32_t offset;
};

// Sorted. Made from Unicode's CaseFolding.txt (C and S): Latin, Greek, Cyrillic, Armenian, full-width letters.
// clang-format off
constexpr Range ranges[] = {
    {0x0041, 0x005A, by_offset, 32}, {0x00B5, 0x00B5, by_offset, 775}, {0x00C0, 0x00D6, by_offset, 32},
    {0x00D8, 0x00DE, by_offset, 32}, {0x0100, 0x012F, even_to_odd, 0}, {0x0132, 0x0137, even_to_odd, 0},
    {0x0139, 0x0148, odd_to_even, 0}, {0x014A, 0x0177, even_to_odd, 0}, {0x0178, 0x0178, by_offset, -121},
    {0x0179, 0x017E, odd_to_even, 0}, {0x017F, 0x017F, by_offset, -268}, {0x0181, 0x0181, by_offset, 210},
    {0x0182, 0x0185, even_to_odd, 0}, {0x0186, 0x0186, by_offset, 206}, {0x0187, 0x0187, by_offset, 1},
    {0x0189, 0x018A, by_offset, 205}, {0x018B, 0x018B, by_offset, 1}, {0x018E, 0x018E, by_offset, 79},
    {0x018F, 0x018F, by_offset, 202}, {0x0190, 0x0190, by_offset, 203}, {0x0191, 0x0191, by_offset, 1},
    {0x0193, 0x0193, by_offset, 205}, {0x0194, 0x0194, by_offset, 207}, {0x0196, 0x0196, by_offset, 211},
    {0x0197, 0x0197, by_offset, 209}, {0x0198, 0x0198, by_offset, 1}, {0x019C, 0x019C, by_offset, 211},
    {0x019D, 0x019D, by_offset, 213}, {0x019F, 0x019F, by_offset, 214}, {0x01A0, 0x01A5, even_to_odd, 0},
    {0x01A6, 0x01A6, by_offset, 218}, {0x01A7, 0x01A7, by_offset, 1}, {0x01A9, 0x01A9, by_offset, 218},
    {0x01AC, 0x01AC, by_offset, 1}, {0x01AE, 0x01AE, by_offset, 218}, {0x01AF, 0x01AF, by_offset, 1},
    {0x01B1, 0x01B2, by_offset, 217}, {0x01B3, 0x01B6, odd_to_even, 0}, {0x01B7, 0x01B7, by_offset, 219},
    {0x01B8, 0x01B8, by_offset, 1}, {0x01BC, 0x01BC, by_offset, 1}, {0x01C4, 0x01C4, by_offset, 2},
    {0x01C5, 0x01C5, by_offset, 1}, {0x01C7, 0x01C7, by_offset, 2}, {0x01C8, 0x01C8, by_offset, 1},
    {0x01CA, 0x01CA, by_offset, 2}, {0x01CB, 0x01DC, odd_to_even, 0}, {0x01DE, 0x01EF, even_to_odd, 0},
    {0x01F1, 0x01F1, by_offset, 2}, {0x01F2, 0x01F5, even_to_odd, 0}, {0x01F6, 0x01F6, by_offset, -97},
    {0x01F7, 0x01F7, by_offset, -56}, {0x01F8, 0x021F, even_to_odd, 0}, {0x0220, 0x0220, by_offset, -130},
    {0x0222, 0x0233, even_to_odd, 0}, {0x023A, 0x023A, by_offset, 10795}, {0x023B, 0x023B, by_offset, 1},
    {0x023D, 0x023D, by_offset, -163}, {0x023E, 0x023E, by_offset, 10792}, {0x0241, 0x0241, by_offset, 1},
    {0x0243, 0x0243, by_offset, -195}, {0x0244, 0x0244, by_offset, 69}, {0x0245, 0x0245, by_offset, 71},
    {0x0246, 0x024F, even_to_odd, 0}, {0x0345, 0x0345, by_offset, 116}, {0x0370, 0x0373, even_to_odd, 0},
    {0x0376, 0x0376, by_offset, 1}, {0x037F, 0x037F, by_offset, 116}, {0x0386, 0x0386, by_offset, 38},
    {0x0388, 0x038A, by_offset, 37}, {0x038C, 0x038C, by_offset, 64}, {0x038E, 0x038F, by_offset, 63},
    {0x0391, 0x03A1, by_offset, 32}, {0x03A3, 0x03AB, by_offset, 32}, {0x03C2, 0x03C2, by_offset, 1},
    {0x03CF, 0x03CF, by_offset, 8}, {0x03D0, 0x03D0, by_offset, -30}, {0x03D1, 0x03D1, by_offset, -25},
    {0x03D5, 0x03D5, by_offset, -15}, {0x03D6, 0x03D6, by_offset, -22}, {0x03D8, 0x03EF, even_to_odd, 0},
    {0x03F0, 0x03F0, by_offset, -54}, {0x03F1, 0x03F1, by_offset, -48}, {0x03F4, 0x03F4, by_offset, -60},
    {0x03F5, 0x03F5, by_offset, -64}, {0x03F7, 0x03F7, by_offset, 1}, {0x03F9, 0x03F9, by_offset, -7},
    {0x03FA, 0x03FA, by_offset, 1}, {0x03FD, 0x03FF, by_offset, -130}, {0x0400, 0x040F, by_offset, 80},
    {0x0410, 0x042F, by_offset, 32}, {0x0460, 0x0481, even_to_odd, 0}, {0x048A, 0x04BF, even_to_odd, 0},
    {0x04C0, 0x04C0, by_offset, 15}, {0x04C1, 0x04CE, odd_to_even, 0}, {0x04D0, 0x052F, even_to_odd, 0},
    {0x0531, 0x0556, by_offset, 48}, {0x1E00, 0x1E95, even_to_odd, 0}, {0x1E9B, 0x1E9B, by_offset, -58},
    {0x1E9E, 0x1E9E, by_offset, -7615}, {0x1EA0, 0x1EFF, even_to_odd, 0}, {0x1F08, 0x1F0F, by_offset, -8},
    {0x1F18, 0x1F1D, by_offset, -8}, {0x1F28, 0x1F2F, by_offset, -8}, {0x1F38, 0x1F3F, by_offset, -8},
    {0x1F48, 0x1F4D, by_offset, -8}, {0x1F59, 0x1F59, by_offset, -8}, {0x1F5B, 0x1F5B, by_offset, -8},
    {0x1F5D, 0x1F5D, by_offset, -8}, {0x1F5F, 0x1F5F, by_offset, -8}, {0x1F68, 0x1F6F, by_offset, -8},
    {0x1F88, 0x1F8F, by_offset, -8}, {0x1F98, 0x1F9F, by_offset, -8}, {0x1FA8, 0x1FAF, by_offset, -8},
    {0x1FB8, 0x1FB9, by_offset, -8}, {0x1FBA, 0x1FBB, by_offset, -74}, {0x1FBC, 0x1FBC, by_offset, -9},
    {0x1FBE, 0x1FBE, by_offset, -7173}, {0x1FC8, 0x1FCB, by_offset, -86}, {0x1FCC, 0x1FCC, by_offset, -9},
    {0x1FD8, 0x1FD9, by_offset, -8}, {0x1FDA, 0x1FDB, by_offset, -100}, {0x1FE8, 0x1FE9, by_offset, -8},
    {0x1FEA, 0x1FEB, by_offset, -112}, {0x1FEC, 0x1FEC, by_offset, -7}, {0x1FF8, 0x1FF9, by_offset, -128},
    {0x1FFA, 0x1FFB, by_offset, -126}, {0x1FFC, 0x1FFC, by_offset, -9}, {0x2126, 0x2126, by_offset, -7517},
    {0x212A, 0x212A, by_offset, -8383}, {0x212B, 0x212B, by_offset, -8262}, {0xFF21, 0xFF3A, by_offset, 32},
};
// clang-format on

}  // namespace

char32_t fold_case(char32_t character) {
    if (character < 0x80) return character >= 'A' && character <= 'Z' ? character + 32 : character;
    for (const Range& range : ranges) {
        if (character < range.first) return character;
        if (character > range.last) continue;
        const bool odd = (character & 1) != 0;
        switch (range.rule) {
            case by_offset:
                return static_cast<char32_t>(static_cast<std::int32_t>(character) + range.offset);
            case even_to_odd:
                return odd ? character : character + 1;
            case odd_to_even:
                return odd ? character + 1 : character;
        }
    }
    return character;
}

}  // namespace symbolon::directory
