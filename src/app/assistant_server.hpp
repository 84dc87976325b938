#pragma once

#include "app/options.hpp"
#include "net/http.hpp"
#include "voice/assistant.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace symbolon::app {

/// The assistant, put together and served.
class AssistantServer {
public:
    /// `first` is asked before the assistant: a place for pages that stand beside it (the demo's). It answers nothing
    /// for a path that is not its own.
    using First = std::function<std::optional<Task<net::Response>>(const net::Request&)>;

    /// Opens the data folder and the database, binds the listener. Fails: Error, std::system_error.
    explicit AssistantServer(const AssistantOptions& options, First first = {}, voice::Beside beside = {});
    ~AssistantServer();
    AssistantServer(const AssistantServer&) = delete;
    AssistantServer& operator=(const AssistantServer&) = delete;

    void start();
    void stop();

    std::vector<std::string> urls() const;
    const std::string& base_url() const;
    voice::Assistant& assistant();

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace symbolon::app
