#include "net/client/exchange.hpp"

#include "net/client/public_socket.hpp"

#include <array>
#include <string_view>

namespace symbolon::net {
namespace {

constexpr std::size_t max_head = 256 * 1024;  ///< bytes of an answer's header

/// What libcurl's callbacks see of one exchange.
struct State {
    const ClientRequest& request;
    const std::atomic<bool>& stop;
    ClientResponse response{};
    HeadReader head{max_head};
    bool too_large = false;
    bool refused_address = false;
};

std::size_t take_head(char* data, std::size_t, std::size_t size, void* user) {
    auto& state = *static_cast<State*>(user);
    if (state.head.take({data, size}, state.response.headers)) return size;
    state.too_large = true;
    return 0;
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

void set_request(CURL* handle, const ClientRequest& request, const CurlList& lines) {
    const std::string_view url = request.url;
    if (!url.starts_with("http://") && !url.starts_with("https://")) {
        throw ClientError(Failure::other, "not an http or https URL");
    }
    if (request.method.empty() || request.method.find_first_of(" \r\n\t") != std::string::npos) {
        throw ClientError(Failure::other, "not a method");
    }
    set_option(handle, CURLOPT_URL, request.url.c_str());
    set_option(handle, CURLOPT_HTTPHEADER, lines.get());
    if (!request.body.empty() || request.method == "POST" || request.method == "PUT" || request.method == "PATCH") {
        set_option(handle, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
        set_option(handle, CURLOPT_POSTFIELDS, request.body.data());
    }
    if (request.method == "HEAD") {
        set_option(handle, CURLOPT_NOBODY, 1L);
    } else {
        set_option(handle, CURLOPT_CUSTOMREQUEST, request.method.c_str());
    }
}

/// A connection that is open already was not looked at.
void open_anew(CURL* handle) {
    set_option(handle, CURLOPT_FRESH_CONNECT, 1L);
    set_option(handle, CURLOPT_FORBID_REUSE, 1L);
}

void set_callbacks(CURL* handle, State& state) {
    set_option(handle, CURLOPT_HEADERFUNCTION, take_head);
    set_option(handle, CURLOPT_HEADERDATA, &state);
    set_option(handle, CURLOPT_WRITEFUNCTION, take_body);
    set_option(handle, CURLOPT_WRITEDATA, &state);
    set_option(handle, CURLOPT_OPENSOCKETFUNCTION, open_socket);
    set_option(handle, CURLOPT_OPENSOCKETDATA, &state);
    set_option(handle, CURLOPT_NOPROGRESS, 0L);
    set_option(handle, CURLOPT_XFERINFOFUNCTION, look_at_stop);
    set_option(handle, CURLOPT_XFERINFODATA, &state);
}

/// Puts the handle back to its defaults, so that nothing of this exchange is referred to after it; open connections
/// stay.
struct Reset {
    CURL* handle;
    ~Reset() { curl_easy_reset(handle); }
};

}  // namespace

ClientResponse exchange(const CurlHandle& curl, const ClientRequest& request, const std::atomic<bool>& stop) {
    CURL* const handle = curl.get();
    State state{.request = request, .stop = stop};
    CurlList lines;
    std::array<char, CURL_ERROR_SIZE> complaint{};
    const Reset reset{handle};
    set_option(handle, CURLOPT_ERRORBUFFER, complaint.data());
    add_fields(lines, request.headers);
    set_request(handle, request, lines);
    set_connection(handle, request.limit, request.ca_file);
    if (request.public_addresses_only) open_anew(handle);
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
