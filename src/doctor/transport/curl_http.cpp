#include "doctor/transport/curl_http.hpp"

#include "net/client/curl.hpp"
#include "net/client/public_socket.hpp"

#include <array>

namespace symbolon::doctor {

namespace {

constexpr std::size_t max_head = 64 * 1024;  ///< bytes

/// What libcurl's callbacks see of one exchange.
struct State {
    const HttpRequest& request;
    HttpAnswer answer{};
    net::HeadReader head{max_head};
    bool too_large = false;
    bool refused_address = false;
};

std::size_t take_head(char* data, std::size_t, std::size_t size, void* user) {
    auto& state = *static_cast<State*>(user);
    if (state.head.take({data, size}, state.answer.headers)) return size;
    state.too_large = true;
    return 0;
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

void set_request(CURL* handle, const HttpRequest& request, const net::CurlList& lines) {
    net::set_option(handle, CURLOPT_URL, request.url.c_str());
    net::set_option(handle, CURLOPT_HTTPHEADER, lines.get());
    if (request.method == "POST") {
        net::set_option(handle, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
        net::set_option(handle, CURLOPT_POSTFIELDS, request.body.data());
    }
    net::set_option(handle, CURLOPT_CUSTOMREQUEST, request.method.c_str());
}

void set_callbacks(CURL* handle, State& state) {
    net::set_option(handle, CURLOPT_HEADERFUNCTION, take_head);
    net::set_option(handle, CURLOPT_HEADERDATA, &state);
    net::set_option(handle, CURLOPT_WRITEFUNCTION, take_body);
    net::set_option(handle, CURLOPT_WRITEDATA, &state);
    net::set_option(handle, CURLOPT_OPENSOCKETFUNCTION, open_socket);
    net::set_option(handle, CURLOPT_OPENSOCKETDATA, &state);
    net::set_option(handle, CURLOPT_NOPROGRESS, 0L);
    net::set_option(handle, CURLOPT_XFERINFOFUNCTION, look_at_progress);
    net::set_option(handle, CURLOPT_XFERINFODATA, &state);
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
    net::CurlList lines, detours;
    net::add_fields(lines, request.headers);
    for (const auto& detour : detours_) detours.add(detour);
    std::array<char, CURL_ERROR_SIZE> complaint{};
    net::set_option(handle, CURLOPT_ERRORBUFFER, complaint.data());
    set_request(handle, request, lines);
    net::set_connection(handle, request.limit, ca_file_);
    if (!detours_.empty()) net::set_option(handle, CURLOPT_CONNECT_TO, detours.get());
    set_callbacks(handle, state);
    const auto code = curl_easy_perform(handle);
    if (state.refused_address) throw net::ClientError(net::Failure::connect, "the address is not a public one");
    if (state.too_large) throw net::ClientError(net::Failure::too_large, "the answer is too large");
    if (request.hang_up) throw net::ClientError(net::Failure::other, "hung up");
    if (code != CURLE_OK)
        throw net::ClientError(net::failure_of(code),
                               complaint[0] != '\0' ? complaint.data() : curl_easy_strerror(code));
    long status = 0;
    curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &status);
    state.answer.status = static_cast<int>(status);
    state.answer.took = {time_of(handle, CURLINFO_NAMELOOKUP_TIME_T), time_of(handle, CURLINFO_CONNECT_TIME_T),
                         time_of(handle, CURLINFO_APPCONNECT_TIME_T), time_of(handle, CURLINFO_STARTTRANSFER_TIME_T),
                         time_of(handle, CURLINFO_TOTAL_TIME_T)};
    return std::move(state.answer);
}

}  // namespace symbolon::doctor
