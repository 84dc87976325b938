#include "net/client/curl.hpp"

#include <algorithm>
#include <cstdint>
#include <new>

namespace symbolon::net {

namespace {

bool breaks_lines(std::string_view text) {
    return text.find_first_of(std::string_view("\r\n\0", 3)) != text.npos;
}

bool is_blank(char c) {
    return c == ' ' || c == '\t';
}

}  // namespace

CurlHandle::CurlHandle() : handle_(nullptr, curl_easy_cleanup) {
    static const auto ready = curl_global_init(CURL_GLOBAL_DEFAULT);
    if (ready == CURLE_OK) handle_.reset(curl_easy_init());
    if (!handle_) throw ClientError(Failure::other, "the HTTP library does not start");
}

void CurlList::add(const std::string& line) {
    auto* longer = curl_slist_append(list_, line.c_str());
    if (longer == nullptr) throw std::bad_alloc();
    list_ = longer;
}

void add_fields(CurlList& lines, const Headers& fields) {
    for (const auto& [name, value] : fields) {
        if (name.empty() || breaks_lines(name) || breaks_lines(value))
            throw ClientError(Failure::other, "a header field with a line break");
        lines.add(value.empty() ? name + ';' : name + ": " + value);  // "name:" would leave the field out
    }
    if (!fields.find("Content-Type")) lines.add("Content-Type:");
    if (!fields.find("Expect")) lines.add("Expect:");  // asking first costs a round trip
    if (!fields.find("User-Agent")) lines.add("User-Agent: symbolon");
}

void set_connection(CURL* handle, std::chrono::milliseconds limit, const std::string& ca_file) {
    const auto milliseconds = static_cast<long>(std::max<std::int64_t>(limit.count(), 1));
    set_option(handle, CURLOPT_PROTOCOLS_STR, "http,https");
    set_option(handle, CURLOPT_NOSIGNAL, 1L);
    set_option(handle, CURLOPT_FOLLOWLOCATION, 0L);
    set_option(handle, CURLOPT_PROXY, "");
    set_option(handle, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
    set_option(handle, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
    set_option(handle, CURLOPT_TIMEOUT_MS, milliseconds);
    set_option(handle, CURLOPT_CONNECTTIMEOUT_MS, milliseconds);
    // The system's roots stay in force beside the file: they are the folder, CURLOPT_CAPATH.
    if (!ca_file.empty()) set_option(handle, CURLOPT_CAINFO, ca_file.c_str());
}

bool HeadReader::take(std::string_view line, Headers& fields) {
    size_ += line.size();
    if (size_ > limit_) return false;
    while (line.ends_with('\n') || line.ends_with('\r')) line.remove_suffix(1);
    if (line.starts_with("HTTP/")) {
        fields = Headers{};
        done_ = false;
    } else if (line.empty()) {
        done_ = true;
    } else if (const auto colon = line.find(':'); colon != std::string_view::npos && !done_) {
        auto value = line.substr(colon + 1);
        while (!value.empty() && is_blank(value.front())) value.remove_prefix(1);
        while (!value.empty() && is_blank(value.back())) value.remove_suffix(1);
        fields.add(std::string(line.substr(0, colon)), std::string(value));
    }
    return true;
}

Failure failure_of(CURLcode code) {
    switch (code) {
        case CURLE_COULDNT_RESOLVE_HOST:
            return Failure::dns;
        case CURLE_COULDNT_CONNECT:
            return Failure::connect;
        case CURLE_OPERATION_TIMEDOUT:
            return Failure::timeout;
        case CURLE_SSL_CONNECT_ERROR:
        case CURLE_PEER_FAILED_VERIFICATION:
        case CURLE_SSL_CERTPROBLEM:
        case CURLE_SSL_CIPHER:
        case CURLE_SSL_CACERT_BADFILE:
        case CURLE_SSL_ISSUER_ERROR:
        case CURLE_SSL_INVALIDCERTSTATUS:
        case CURLE_SSL_ENGINE_INITFAILED:
            return Failure::tls;
        default:  // libcurl's list is open
            return Failure::other;
    }
}

}  // namespace symbolon::net
