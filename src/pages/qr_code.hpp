#pragma once

#include <string>

namespace symbolon::pages {

/// A QR code as it can be drawn: a square of `size` modules, its quiet zone included, and an SVG path over the dark
/// ones.
struct QrCode {
    int size = 0;
    std::string path;
};

/// Of a text of at most a few hundred bytes. Fails: internal (too long). Spec: ISO/IEC 18004, error correction level M.
QrCode make_qr_code(const std::string& text);

}  // namespace symbolon::pages
