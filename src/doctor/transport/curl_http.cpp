#include "doctor/transport/curl_http.hpp"

#include "net/client/exchange.hpp"
#include "net/client/public_socket.hpp"

#include <algorithm>
#include <array>
#include <new>
#include <string_view>

namespace symbolon::doctor {

namespace {

constexpr std::size_t max_head = 64 * 1024;  ///< bytes

/// What libcurl's callbacks see of one exchange.
struct State {
    const HttpRequest& request;
    HttpAnswer answer{};
    std::size_t head = 0;
    bool too_large = false;
    bool refused_address = false;
};

class Lines {
public:
    Lines() = default;
    Lines(const Lines&) = delete;
    Lines& operator=(const Lines&) = delete;
    ~Lines() { curl_slist_free_all(list_); }

    void add(const std::string& line) {
        auto* longer = curl_slist_append(list_, line.c_str());
        if (longer == nullptr) throw std::bad_alloc();
        list_ = longer;
    }
    curl_slist* get() const { return list_; }

private:
    curl_slist* list_ = nullptr;
};

template <class T>
void set(CURL* handle, CURLoption option, T value) {
    if (curl_easy_setopt(handle, option, value) != CURLE_OK)
        throw net::ClientError(net::Failure::other, "the HTTP library lacks option " + std::to_string(option));
}

std::size_t take_head(char* data, std::size_t, std::size_t size, void* user) {
    auto& state = *static_cast<State*>(user);
    std::string_view line(data, size);
    state.head += size;
    if (state.head > max_head) {
        state.too_large = true;
        return 0;
    }
    while (line.ends_with('\n') || line.ends_with('\r')) line.remove_suffix(1);
    if (line.starts_with("HTTP/")) state.answer.headers = {};
    const auto colon = line.find(':');
    if (colon == std::string_view::npos) return size;
    auto value = line.substr(colon + 1);
    while (value.starts_with(' ') || value.starts_with('\t')) value.remove_prefix(1);
    state.answer.headers.add(std::string(line.substr(0, colon)), std::string(value));
    return size;
}

std::size_t take_body(char* data, std::size_t, std::size_t size, void* user) {
    auto& state = *static_cast<State*>(user);
    if (state.request.hang_up) return 0;
    if (state.answer.body.size() + size > Http::max_answer) {
        state.too_large = true;
        return 0;
    }
    state.answer.body.append(data, size);
    return size;
}

/// Leaves as soon as everything is sent.
int look_at_progress(void* user, curl_off_t, curl_off_t, curl_off_t total, curl_off_t sent) {
    const auto& state = *static_cast<State*>(user);
    return state.request.hang_up && total > 0 && sent >= total ? 1 : 0;
}

curl_socket_t open_socket(void* user, curlsocktype, curl_sockaddr* address) {
    auto& state = *static_cast<State*>(user);
    if (state.request.public_addresses_only && !net::is_public(address->addr)) {
        state.refused_address = true;
        return CURL_SOCKET_BAD;
    }
    return net::open_close_on_exec(address->family, address->socktype, address->protocol);
}

void set_request(CURL* handle, const HttpRequest& request, Lines& lines) {
    for (const auto& [name, value] : request.headers) {
        if (name.empty() || (name + value).find_first_of(std::string_view("\r\n\0", 3)) != std::string::npos)
            throw net::ClientError(net::Failure::other, "a header field with a line break");
        lines.add(value.empty() ? name + ';' : name + ": " + value);
    }
    lines.add("Expect:");
    if (!request.headers.find("Content-Type")) lines.add("Content-Type:");
    set(handle, CURLOPT_URL, request.url.c_str());
    set(handle, CURLOPT_PROTOCOLS_STR, "http,https");
    set(handle, CURLOPT_HTTPHEADER, lines.get());
    if (request.method == "POST") {
        set(handle, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
        set(handle, CURLOPT_POSTFIELDS, request.body.data());
    }
    set(handle, CURLOPT_CUSTOMREQUEST, request.method.c_str());
}

void set_connection(CURL* handle, const HttpRequest& request, const std::string& ca_file, const Lines& detours) {
    const auto limit = static_cast<long>(std::max<std::int64_t>(request.limit.count(), 1));
    set(handle, CURLOPT_NOSIGNAL, 1L);
    set(handle, CURLOPT_FOLLOWLOCATION, 0L);
    set(handle, CURLOPT_PROXY, "");
    set(handle, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
    set(handle, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
    set(handle, CURLOPT_TIMEOUT_MS, limit);
    set(handle, CURLOPT_CONNECTTIMEOUT_MS, limit);
    if (!ca_file.empty()) set(handle, CURLOPT_CAINFO, ca_file.c_str());
    if (detours.get() != nullptr) set(handle, CURLOPT_CONNECT_TO, detours.get());
}

void set_callbacks(CURL* handle, State& state) {
    set(handle, CURLOPT_HEADERFUNCTION, take_head);
    set(handle, CURLOPT_HEADERDATA, &state);
    set(handle, CURLOPT_WRITEFUNCTION, take_body);
    set(handle, CURLOPT_WRITEDATA, &state);
    set(handle, CURLOPT_OPENSOCKETFUNCTION, open_socket);
    set(handle, CURLOPT_OPENSOCKETDATA, &state);
    set(handle, CURLOPT_NOPROGRESS, 0L);
    set(handle, CURLOPT_XFERINFOFUNCTION, look_at_progress);
    set(handle, CURLOPT_XFERINFODATA, &state);
}

net::Failure failure_of(CURLcode code) {
    switch (code) {
        case CURLE_COULDNT_RESOLVE_HOST:
            return net::Failure::dns;
        case CURLE_COULDNT_CONNECT:
            return net::Failure::connect;
        case CURLE_OPERATION_TIMEDOUT:
            return net::Failure::timeout;
        case CURLE_SSL_CONNECT_ERROR:
        case CURLE_PEER_FAILED_VERIFICATION:
        case CURLE_SSL_CIPHER:
        case CURLE_SSL_CACERT_BADFILE:
        case CURLE_SSL_ISSUER_ERROR:
            return net::Failure::tls;
        default:  // libcurl's list is open
            return net::Failure::other;
    }
}

std::chrono::milliseconds time_of(CURL* handle, CURLINFO what) {
    curl_off_t microseconds = 0;
    curl_easy_getinfo(handle, what, &microseconds);
    return std::chrono::milliseconds(microseconds / 1000);
}

}  // namespace

CurlHttp::CurlHttp(std::string ca_file, std::vector<Detour> detours) : ca_file_(std::move(ca_file)) {
    for (const auto& detour : detours) {
        detours_.push_back(detour.host + ":" + std::to_string(detour.port) + ":" + detour.to_host + ":" +
                           std::to_string(detour.to_port));
    }
}

HttpAnswer CurlHttp::send(const HttpRequest& request) {
    const net::CurlHandle curl;
    CURL* const handle = curl.get();
    State state{.request = request};
    Lines lines, detours;
    for (const auto& detour : detours_) detours.add(detour);
    std::array<char, CURL_ERROR_SIZE> complaint{};
    set(handle, CURLOPT_ERRORBUFFER, complaint.data());
    set_request(handle, request, lines);
    set_connection(handle, request, ca_file_, detours);
    set_callbacks(handle, state);
    const auto code = curl_easy_perform(handle);
    if (state.refused_address) throw net::ClientError(net::Failure::connect, "the address is not a public one");
    if (state.too_large) throw net::ClientError(net::Failure::too_large, "the answer is too large");
    if (request.hang_up) throw net::ClientError(net::Failure::other, "hung up");
    if (code != CURLE_OK)
        throw net::ClientError(failure_of(code), complaint[0] != '\0' ? complaint.data() : curl_easy_strerror(code));
    long status = 0;
    curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &status);
    state.answer.status = static_cast<int>(status);
    state.answer.took = {time_of(handle, CURLINFO_NAMELOOKUP_TIME_T), time_of(handle, CURLINFO_CONNECT_TIME_T),
                         time_of(handle, CURLINFO_APPCONNECT_TIME_T), time_of(handle, CURLINFO_STARTTRANSFER_TIME_T),
                         time_of(handle, CURLINFO_TOTAL_TIME_T)};
    return std::move(state.answer);
}

}  // namespace symbolon::doctor
