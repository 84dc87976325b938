#pragma once

#include <atomic>
#include <string>
#include <thread>
#include <vector>

namespace symbolon::db::postgres {

/// A wire between the program and the server that can be cut at the worst moment. It takes connections on a free port
/// of 127.0.0.1 and hands them on to the server's Unix socket.
class CuttingProxy {
public:
    /// For a server that listens in `folder`, as on `port`.
    CuttingProxy(const std::string& folder, const std::string& port);
    CuttingProxy(const CuttingProxy&) = delete;
    CuttingProxy& operator=(const CuttingProxy&) = delete;
    ~CuttingProxy();

    int port() const { return port_; }

    /// The server still gets the next request and answers it, but the wire is cut before the answer arrives.
    void swallow_next_answer() { swallow_ = true; }

private:
    void accept_all();
    void carry(int client);

    std::string server_;
    int listener_ = -1;
    int port_ = 0;
    std::atomic<bool> swallow_ = false;
    std::atomic<bool> ending_ = false;
    std::vector<std::thread> carriers_;
    std::thread acceptor_;
};

}  // namespace symbolon::db::postgres
