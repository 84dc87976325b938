#pragma once

#include <sys/types.h>

#include <memory>
#include <string>

namespace symbolon::tests {

/// A PostgreSQL server of one test process, in a temporary folder (serve.sh). It ends with the object and with the
/// process, however that ends.
class PostgresServer {
public:
    PostgresServer();
    PostgresServer(const PostgresServer&) = delete;
    PostgresServer& operator=(const PostgresServer&) = delete;
    ~PostgresServer();

    /// Of the database postgres, as its superuser, over a Unix socket.
    const std::string& url() const { return url_; }
    /// On 127.0.0.1. Passwords are asked for there.
    const std::string& port() const { return port_; }

    void stop() { command("stop"); }
    void start() { command("start"); }

private:
    void command(const std::string& word);
    std::string read_line();

    pid_t pid_ = -1;
    int input_ = -1;
    int output_ = -1;
    std::string url_;
    std::string port_;
};

/// The server that is there for all tests: CTest's fixture, or one of this process.
struct SharedServer {
    std::string url;
    std::string port;
};
const SharedServer& shared_server();

/// A database with the server's schema, made from a template and dropped at the end.
class FreshDatabase {
public:
    explicit FreshDatabase(std::string server_url = shared_server().url);
    FreshDatabase(const FreshDatabase&) = delete;
    FreshDatabase& operator=(const FreshDatabase&) = delete;
    ~FreshDatabase();

    std::string url(const std::string& more_parameters = "") const { return url_ + more_parameters; }
    const std::string& name() const { return name_; }

private:
    std::string server_url_;
    std::string name_;
    std::string url_;
};

/// The same URL with another database.
std::string with_database(const std::string& url, const std::string& name);

/// Runs statements on a connection of its own; the first value of the last result, "" when there is none. Throws
/// std::runtime_error.
std::string run_sql(const std::string& url, const std::string& statements);

}  // namespace symbolon::tests
