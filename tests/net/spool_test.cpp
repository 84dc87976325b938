// Bodies that are too large to lie in memory.
#include "net/spool.hpp"

#include "base/error.hpp"
#include "base/log.hpp"
#include "net/raw_connection.hpp"
#include "net/test_server.hpp"

#include <gtest/gtest.h>

#include <array>
#include <filesystem>
#include <stdexcept>
#include <string>

#include <stdlib.h>

using namespace symbolon;
using namespace symbolon::net;

namespace {

namespace fs = std::filesystem;

class Folder {
public:
    Folder() {
        std::string name = (fs::temp_directory_path() / "symbolon-spool-XXXXXX").string();
        if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
        path_ = name;
    }
    ~Folder() { fs::remove_all(path_); }
    std::string path() const { return path_.string(); }
    bool is_empty() const { return fs::is_empty(path_); }

private:
    fs::path path_;
};

/// "memory" or "file", and the body.
Task<Response> tell(Request request) {
    Response response;
    response.body = "memory|" + request.body;
    if (request.spooled) {
        std::string content(request.spooled->size(), ' ');
        EXPECT_EQ(request.spooled->read(0, content), content.size());
        EXPECT_EQ(request.body, "");
        response.body = "file|" + content;
    }
    co_return response;
}

ServerOptions options(const std::string& folder) {
    ServerOptions options;
    options.max_body = 10;
    options.body_limit = [](const Request& head) -> std::size_t {
        if (head.path == "/huge") return 100'000;
        return head.path == "/large" ? 20 : 0;
    };
    options.spool = {folder, 20};
    return options;
}

std::string put_file(TestServer& server, const std::string& path, const std::string& framed) {
    RawConnection connection(server.url());
    connection.send("PUT " + path + " HTTP/1.1\r\nHost: x\r\n" + framed);
    return connection.read_response();
}

std::string with_length(const std::string& body) {
    return "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

std::string in_chunks(const std::string& body) {
    std::string out = "Transfer-Encoding: chunked\r\n\r\n";
    for (const char c : body) out += std::string("1\r\n") + c + "\r\n";
    return out + "0\r\n\r\n";
}

std::string letters(std::size_t count) {
    std::string out;
    for (std::size_t i = 0; i < count; ++i) out += static_cast<char>('a' + i % 26);
    return out;
}

}  // namespace

TEST(Spool, takes_bodies_that_may_be_huge_and_leaves_nothing_in_its_folder) {
    Folder folder;
    TestServer server(tell, options(folder.path()));
    EXPECT_EQ(body_of(put_file(server, "/huge", with_length(letters(90'000)))), "file|" + letters(90'000));
    EXPECT_EQ(body_of(put_file(server, "/huge", in_chunks(letters(300)))), "file|" + letters(300));
    EXPECT_TRUE(folder.is_empty()) << "the file has no name, also while it is there";
}

TEST(Spool, leaves_other_bodies_in_memory) {
    Folder folder;
    TestServer server(tell, options(folder.path()));
    EXPECT_EQ(body_of(put_file(server, "/large", with_length(letters(20)))), "memory|" + letters(20));
    EXPECT_EQ(body_of(put_file(server, "/huge", with_length(letters(10)))), "memory|" + letters(10));
    EXPECT_EQ(body_of(put_file(server, "/small", with_length(letters(10)))), "memory|" + letters(10));
}

TEST(Spool, is_bounded) {
    Folder folder;
    TestServer server(tell, options(folder.path()));
    EXPECT_EQ(status_of(put_file(server, "/huge", with_length(letters(100'001)))), 413);
    auto chunks = in_chunks(letters(100));
    chunks.insert(chunks.find("1\r\n"), "186A0\r\n" + letters(100'000) + "\r\n");
    EXPECT_EQ(status_of(put_file(server, "/huge", chunks)), 413);
}

TEST(Spool, belongs_to_one_request_of_a_connection) {
    Folder folder;
    TestServer server(tell, options(folder.path()));
    RawConnection connection(server.url());
    connection.send("PUT /huge HTTP/1.1\r\nHost: x\r\n" + with_length(letters(30)) +
                    "PUT /small HTTP/1.1\r\nHost: x\r\n" + with_length(letters(5)) +
                    "PUT /huge HTTP/1.1\r\nHost: x\r\n" + with_length(letters(40)));
    EXPECT_EQ(body_of(connection.read_response()), "file|" + letters(30));
    EXPECT_EQ(body_of(connection.read_response()), "memory|" + letters(5));
    EXPECT_EQ(body_of(connection.read_response()), "file|" + letters(40));
}

TEST(Spool, that_has_no_folder_refuses_the_request) {
    log::set_level(log::Level::error);
    TestServer server(tell, options("/nowhere/at all"));
    EXPECT_EQ(status_of(put_file(server, "/huge", with_length(letters(30)))), 503);
    EXPECT_THROW(SpoolFile("/nowhere/at all"), Error);
}

TEST(SpoolFile, is_read_from_any_place) {
    Folder folder;
    SpoolFile file(folder.path());
    EXPECT_TRUE(file.append("abc"));
    EXPECT_TRUE(file.append("def"));
    EXPECT_EQ(file.size(), 6U);
    std::array<char, 4> out{};
    EXPECT_EQ(file.read(1, out), 4U);
    EXPECT_EQ(std::string(out.data(), 4), "bcde");
    EXPECT_EQ(file.read(4, out), 2U) << "there is no more";
    EXPECT_TRUE(folder.is_empty());
}
