#include "postgres/server.hpp"

#include "db/database.hpp"

#include <fcntl.h>
#include <libpq-fe.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <cstdlib>
#include <fstream>
#include <stdexcept>
#include <utility>

extern char** environ;

namespace symbolon::tests {
namespace {

constexpr const char* template_name = "symbolon_template";

[[noreturn]] void fail(const std::string& why) {
    throw std::runtime_error("PostgreSQL for the tests: " + why);
}

struct Finish {
    void operator()(PGconn* connection) const { PQfinish(connection); }
};
struct Clear {
    void operator()(PGresult* result) const { PQclear(result); }
};
using Connection = std::unique_ptr<PGconn, Finish>;

Connection connect(const std::string& url) {
    Connection connection(PQconnectdb(url.c_str()));
    if (PQstatus(connection.get()) != CONNECTION_OK) fail(PQerrorMessage(connection.get()));
    PQsetNoticeReceiver(connection.get(), [](void*, const PGresult*) {}, nullptr);  // "does not exist, skipping"
    return connection;
}

std::string execute(PGconn* connection, const std::string& statements) {
    const std::unique_ptr<PGresult, Clear> result(PQexec(connection, statements.c_str()));
    const auto status = PQresultStatus(result.get());
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) fail(PQerrorMessage(connection));
    return PQntuples(result.get()) > 0 ? PQgetvalue(result.get(), 0, 0) : "";
}

/// Makes the template once for all test processes, whichever comes first. It gets its name when it is complete.
void make_template(PGconn* server, const std::string& server_url) {
    const std::string name = template_name;
    const std::string unfinished = name + "_unfinished";
    execute(server, "SELECT pg_advisory_lock(1)");
    if (execute(server, "SELECT 1 FROM pg_database WHERE datname = '" + name + "'").empty()) {
        execute(server, "DROP DATABASE IF EXISTS " + unfinished + " WITH (FORCE)");
        execute(server, "CREATE DATABASE " + unfinished);
        db::open(with_database(server_url, unfinished));
        execute(server, "CREATE DATABASE " + name + " TEMPLATE " + unfinished);
        execute(server, "DROP DATABASE " + unfinished + " WITH (FORCE)");
    }
    execute(server, "SELECT pg_advisory_unlock(1)");
}

SharedServer find_shared_server() {
    if (const char* file = std::getenv("SYMBOLON_TEST_POSTGRES")) {
        SharedServer server;
        std::ifstream(file) >> server.url >> server.port;
        if (server.url.empty()) fail(std::string("no URL in ") + file);
        return server;
    }
    static PostgresServer own;
    return {own.url(), own.port()};
}

}  // namespace

PostgresServer::PostgresServer() {
    int to_child[2];
    int from_child[2];
    if (pipe2(to_child, O_CLOEXEC) != 0 || pipe2(from_child, O_CLOEXEC) != 0) fail("no pipe");
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, to_child[0], STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&actions, from_child[1], STDOUT_FILENO);
    char script[] = POSTGRES_SERVE_SCRIPT;
    char* arguments[] = {script, nullptr};
    const int error = posix_spawn(&pid_, script, &actions, nullptr, arguments, environ);
    posix_spawn_file_actions_destroy(&actions);
    close(to_child[0]);
    close(from_child[1]);
    input_ = to_child[1];
    output_ = from_child[0];
    if (error != 0) fail("serve.sh cannot be run");
    const std::string line = read_line();
    url_ = line.substr(0, line.find(' '));
    port_ = line.substr(line.find(' ') + 1);
}

PostgresServer::~PostgresServer() {
    close(input_);
    close(output_);
    waitpid(pid_, nullptr, 0);
}

void PostgresServer::command(const std::string& word) {
    const std::string line = word + "\n";
    if (write(input_, line.data(), line.size()) != static_cast<ssize_t>(line.size())) fail("it does not listen");
    read_line();
}

std::string PostgresServer::read_line() {
    std::string line;
    for (char c = 0; read(output_, &c, 1) == 1;) {
        if (c == '\n') return line;
        line += c;
    }
    fail("it has ended");
}

const SharedServer& shared_server() {
    static const SharedServer server = find_shared_server();
    return server;
}

FreshDatabase::FreshDatabase(std::string server_url) : server_url_(std::move(server_url)) {
    static std::atomic<int> number = 0;
    const auto server = connect(server_url_);
    make_template(server.get(), server_url_);
    name_ = "test_" + std::to_string(getpid()) + "_" + std::to_string(++number);
    execute(server.get(), "CREATE DATABASE " + name_ + " TEMPLATE " + template_name + " STRATEGY FILE_COPY");
    url_ = with_database(server_url_, name_);
}

FreshDatabase::~FreshDatabase() {
    try {
        run_sql(server_url_, "DROP DATABASE " + name_ + " WITH (FORCE)");
    } catch (const std::runtime_error&) {
        // The server goes with its databases.
    }
}

std::string with_database(const std::string& url, const std::string& name) {
    const auto begin = url.find("@/") + 2;
    return url.substr(0, begin) + name + url.substr(url.find('?', begin));
}

std::string run_sql(const std::string& url, const std::string& statements) {
    return execute(connect(url).get(), statements);
}

}  // namespace symbolon::tests
