#pragma once

#include "net/client.hpp"

#include <curl/curl.h>

#include <chrono>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

namespace symbolon::net {

/// A libcurl handle; it keeps connections open between exchanges. Threads: one at a time. Fails: ClientError.
class CurlHandle {
public:
    CurlHandle();
    CURL* get() const { return handle_.get(); }

private:
    std::unique_ptr<CURL, void (*)(CURL*)> handle_;
};

/// libcurl's list of lines.
class CurlList {
public:
    CurlList() = default;
    CurlList(const CurlList&) = delete;
    CurlList& operator=(const CurlList&) = delete;
    ~CurlList() { curl_slist_free_all(list_); }

    void add(const std::string& line);
    curl_slist* get() const { return list_; }

private:
    curl_slist* list_ = nullptr;
};

/// Fails: ClientError when the library lacks the option.
template <class T>
void set_option(CURL* handle, CURLoption option, T value) {
    if (curl_easy_setopt(handle, option, value) != CURLE_OK)
        throw ClientError(Failure::other, "the HTTP library lacks option " + std::to_string(option));
}

/// The fields as libcurl's lines, and nothing that libcurl would add of its own. Fails: ClientError for a field with a
/// line break.
void add_fields(CurlList& lines, const Headers& fields);

/// What every exchange of ours has: http and https alone, TLS 1.2 or newer, no redirect, no proxy, a limit for the
/// whole. `ca_file`: PEM roots beside the system's; "" for these alone.
void set_connection(CURL* handle, std::chrono::milliseconds limit, const std::string& ca_file);

/// Takes the head of an answer, line by line as libcurl gives it. Behind an interim answer comes another head, which
/// takes its place; trailers are passed over.
class HeadReader {
public:
    explicit HeadReader(std::size_t limit) : limit_(limit) {}
    /// False when the head is too large.
    bool take(std::string_view line, Headers& fields);

private:
    std::size_t limit_;  ///< bytes
    std::size_t size_ = 0;
    bool done_ = false;
};

Failure failure_of(CURLcode code);

}  // namespace symbolon::net
