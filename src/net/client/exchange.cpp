#include "net/client/exchange.hpp"

#include "net/client/public_socket.hpp"

#include <algorithm>
#include <array>
#include <new>
#include <string_view>

namespace symbolon::net {
namespace {

constexpr std::size_t max_head = 256 * 1024;  ///< bytes of an answer's header

/// What libcurl's callbacks see of one exchange.
struct State {
    const ClientRequest& request;
    const std::atomic<bool>& stop;
    ClientResponse response{};
    std::size_t head_size = 0;
    bool head_done = false;
    bool too_large = false;
    bool refused_address = false;
};

/// libcurl's list of header lines.
class HeaderLines {
public:
    HeaderLines() = default;
    HeaderLines(const HeaderLines&) = delete;
    HeaderLines& operator=(const HeaderLines&) = delete;
    ~HeaderLines() { curl_slist_free_all(list_); }

    void add(const std::string& line) {
        auto* longer = curl_slist_append(list_, line.c_str());
        if (!longer) throw std::bad_alloc();
        list_ = longer;
    }
    curl_slist* get() const { return list_; }

private:
    curl_slist* list_ = nullptr;
};

template <class T>
void set(CURL* handle, CURLoption option, T value) {
    if (curl_easy_setopt(handle, option, value) != CURLE_OK) {
        throw ClientError(Failure::other, "the HTTP library lacks option " + std::to_string(option));
    }
}

std::size_t take_head(char* data, std::size_t, std::size_t size, void* user) {
    auto& state = *static_cast<State*>(user);
    std::string_view line(data, size);
    state.head_size += size;
    if (state.head_size > max_head) {
        state.too_large = true;
        return 0;
    }
    while (line.ends_with('\n') || line.ends_with('\r')) line.remove_suffix(1);
    if (line.starts_with("HTTP/")) {  // behind an interim answer comes another head
        state.response.headers = Headers{};
        state.head_done = false;
    } else if (line.empty()) {
        state.head_done = true;
    } else if (const auto colon = line.find(':'); colon != std::string_view::npos && !state.head_done) {
        auto value = line.substr(colon + 1);
        while (value.starts_with(' ') || value.starts_with('\t')) value.remove_prefix(1);
        while (value.ends_with(' ') || value.ends_with('\t')) value.remove_suffix(1);
        state.response.headers.add(std::string(line.substr(0, colon)), std::string(value));
    }
    return size;
}

std::size_t take_body(char* data, std::size_t, std::size_t size, void* user) {
    auto& state = *static_cast<State*>(user);
    if (state.response.body.size() + size > state.request.max_body) {
        state.too_large = true;
        return 0;
    }
    state.response.body.append(data, size);
    return size;
}

int look_at_stop(void* user, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
    return static_cast<State*>(user)->stop.load(std::memory_order_relaxed) ? 1 : 0;
}

curl_socket_t open_socket(void* user, curlsocktype, curl_sockaddr* address) {
    auto& state = *static_cast<State*>(user);
    if (state.request.public_addresses_only && !is_public(address->addr)) {
        state.refused_address = true;
        return CURL_SOCKET_BAD;
    }
    return open_close_on_exec(address->family, address->socktype, address->protocol);
}

bool breaks_lines(std::string_view text) {
    return text.find_first_of(std::string_view("\r\n\0", 3)) != text.npos;
}

void add_headers(HeaderLines& lines, const ClientRequest& request) {
    for (const auto& [name, value] : request.headers) {
        if (name.empty() || breaks_lines(name) || breaks_lines(value)) {
            throw ClientError(Failure::other, "a header field with a line break");
        }
        lines.add(value.empty() ? name + ';' : name + ": " + value);  // "name:" would leave the field out
    }
    if (!request.headers.find("Content-Type")) lines.add("Content-Type:");
    if (!request.headers.find("Expect")) lines.add("Expect:");  // asking first costs a round trip
    if (!request.headers.find("User-Agent")) lines.add("User-Agent: symbolon");
}

void set_request(CURL* handle, const ClientRequest& request, const HeaderLines& lines) {
    const std::string_view url = request.url;
    if (!url.starts_with("http://") && !url.starts_with("https://")) {
        throw ClientError(Failure::other, "not an http or https URL");
    }
    if (request.method.empty() || request.method.find_first_of(" \r\n\t") != std::string::npos) {
        throw ClientError(Failure::other, "not a method");
    }
    set(handle, CURLOPT_URL, request.url.c_str());
    set(handle, CURLOPT_PROTOCOLS_STR, "http,https");
    set(handle, CURLOPT_HTTPHEADER, lines.get());
    if (!request.body.empty() || request.method == "POST" || request.method == "PUT" || request.method == "PATCH") {
        set(handle, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
        set(handle, CURLOPT_POSTFIELDS, request.body.data());
    }
    if (request.method == "HEAD") {
        set(handle, CURLOPT_NOBODY, 1L);
    } else {
        set(handle, CURLOPT_CUSTOMREQUEST, request.method.c_str());
    }
}

void set_connection(CURL* handle, const ClientRequest& request) {
    set(handle, CURLOPT_NOSIGNAL, 1L);
    set(handle, CURLOPT_FOLLOWLOCATION, 0L);
    set(handle, CURLOPT_PROXY, "");
    set(handle, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
    set(handle, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
    set(handle, CURLOPT_TIMEOUT_MS, static_cast<long>(std::max<std::int64_t>(request.limit.count(), 1)));
    set(handle, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(std::max<std::int64_t>(request.limit.count(), 1)));
    // The system's roots stay in force beside the file: they are the folder, CURLOPT_CAPATH.
    if (!request.ca_file.empty()) set(handle, CURLOPT_CAINFO, request.ca_file.c_str());
    if (request.public_addresses_only) {  // a connection that is open already was not looked at
        set(handle, CURLOPT_FRESH_CONNECT, 1L);
        set(handle, CURLOPT_FORBID_REUSE, 1L);
    }
}

void set_callbacks(CURL* handle, State& state) {
    set(handle, CURLOPT_HEADERFUNCTION, take_head);
    set(handle, CURLOPT_HEADERDATA, &state);
    set(handle, CURLOPT_WRITEFUNCTION, take_body);
    set(handle, CURLOPT_WRITEDATA, &state);
    set(handle, CURLOPT_OPENSOCKETFUNCTION, open_socket);
    set(handle, CURLOPT_OPENSOCKETDATA, &state);
    set(handle, CURLOPT_NOPROGRESS, 0L);
    set(handle, CURLOPT_XFERINFOFUNCTION, look_at_stop);
    set(handle, CURLOPT_XFERINFODATA, &state);
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

/// Puts the handle back to its defaults, so that nothing of this exchange is referred to after it; open connections
/// stay.
struct Reset {
    CURL* handle;
    ~Reset() { curl_easy_reset(handle); }
};

}  // namespace

CurlHandle::CurlHandle() : handle_(nullptr, curl_easy_cleanup) {
    static const auto ready = curl_global_init(CURL_GLOBAL_DEFAULT);
    if (ready == CURLE_OK) handle_.reset(curl_easy_init());
    if (!handle_) throw ClientError(Failure::other, "the HTTP library does not start");
}

ClientResponse exchange(const CurlHandle& curl, const ClientRequest& request, const std::atomic<bool>& stop) {
    CURL* const handle = curl.get();
    State state{.request = request, .stop = stop};
    HeaderLines lines;
    std::array<char, CURL_ERROR_SIZE> complaint{};
    const Reset reset{handle};
    set(handle, CURLOPT_ERRORBUFFER, complaint.data());
    add_headers(lines, request);
    set_request(handle, request, lines);
    set_connection(handle, request);
    set_callbacks(handle, state);

    const auto started = std::chrono::steady_clock::now();
    const auto code = curl_easy_perform(handle);
    if (state.refused_address) throw ClientError(Failure::connect, "the address is not a public one");
    if (state.too_large) throw ClientError(Failure::too_large, "the answer is too large");
    if (code != CURLE_OK) {
        throw ClientError(failure_of(code), complaint[0] != '\0' ? complaint.data() : curl_easy_strerror(code));
    }
    long status = 0;
    curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &status);
    state.response.status = static_cast<int>(status);
    state.response.took =
        std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - started);
    return std::move(state.response);
}

}  // namespace symbolon::net
