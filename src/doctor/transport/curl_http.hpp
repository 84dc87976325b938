#pragma once

#include "doctor/transport.hpp"

#include <memory>
#include <string>
#include <vector>

namespace symbolon::doctor {

/// The real Http, on libcurl: a new connection for each exchange, as a platform's first is.
class CurlHttp final : public Http {
public:
    /// `ca_file`: PEM roots beside the system's; "" for these alone.
    CurlHttp(std::string ca_file, std::vector<Detour> detours);

    HttpAnswer send(const HttpRequest& request) override;

private:
    std::string ca_file_;
    std::vector<std::string> detours_;  ///< as libcurl writes them
};

}  // namespace symbolon::doctor
