#include "pages/qr_code.hpp"

#include "base/error.hpp"

#include <qrencode.h>

#include <memory>
#include <string_view>

namespace symbolon::pages {
namespace {

constexpr int quiet_zone = 4;

struct Free {
    void operator()(QRcode* code) const { QRcode_free(code); }
};

/// One rectangle for each run of dark modules of a row.
void add_row(std::string& path, int y, const unsigned char* modules, int width) {
    for (int x = 0; x < width;) {
        if ((modules[x] & 1U) == 0) {
            ++x;
            continue;
        }
        const int begin = x;
        while (x < width && (modules[x] & 1U) != 0) ++x;
        path += "M" + std::to_string(begin + quiet_zone) + " " + std::to_string(y + quiet_zone) + "h" +
                std::to_string(x - begin) + "v1h-" + std::to_string(x - begin) + "z";
    }
}

}  // namespace

QrCode make_qr_code(const std::string& text) {
    constexpr int any_version = 0;
    const std::unique_ptr<QRcode, Free> code(QRcode_encodeString8bit(text.c_str(), any_version, QR_ECLEVEL_M));
    if (!code) throw Error(Errc::internal, {}, "QR code: the text does not fit");
    QrCode out;
    out.size = code->width + 2 * quiet_zone;
    for (int y = 0; y < code->width; ++y) add_row(out.path, y, code->data + y * code->width, code->width);
    return out;
}

}  // namespace symbolon::pages
