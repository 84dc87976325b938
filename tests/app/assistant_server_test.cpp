#include "app/assistant_server.hpp"

#include "base/error.hpp"
#include "net/raw_connection.hpp"
#include "net/respond.hpp"
#include "temporary_folder.hpp"

#include <gtest/gtest.h>

#include <string>

namespace symbolon::app {
namespace {

Task<net::Response> show_texts() {
    co_return net::text(200, "the code is 123456");
}

/// The assistant with a page beside it, as the demo has them.
class RunningAssistant {
public:
    explicit RunningAssistant(const std::string& base_url) : assistant_(options(base_url), find_texts) {
        assistant_.start();
    }

    std::string get(const std::string& path, const std::string& host, const std::string& accept = "*/*") {
        RawConnection connection(url());
        connection.send("GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\nAccept: " + accept + "\r\n\r\n");
        return connection.read_response();
    }
    std::string url() const { return assistant_.urls().front(); }

private:
    AssistantOptions options(const std::string& base_url) const {
        AssistantOptions out;
        out.data = folder_.path();
        out.listen = "127.0.0.1:0";
        out.base_url = base_url;
        out.log_level = "error";
        return out;
    }
    static std::optional<Task<net::Response>> find_texts(const net::Request& request) {
        if (request.path != "/phone/messages") return std::nullopt;
        return show_texts();
    }

    TemporaryFolder folder_;
    AssistantServer assistant_;
};

TEST(AssistantFolder, is_one_assistants_at_a_time) {
    const TemporaryFolder folder;
    AssistantOptions options;
    options.data = folder.path();
    options.listen = "127.0.0.1:0";
    options.log_level = "error";
    {
        const AssistantServer first(options);
        try {
            const AssistantServer second(options);
            FAIL() << "two have it";
        } catch (const Error& error) {
            EXPECT_NE(error.message.find("Another assistant runs on"), std::string::npos) << error.message;
        }
    }
    EXPECT_NO_THROW(AssistantServer{options});
}

TEST(AssistantHosts, answers_to_its_own_names) {
    RunningAssistant assistant("http://assistant.example");
    for (const char* host : {"127.0.0.1", "localhost:8500", "assistant.example"}) {
        EXPECT_EQ(status_of(assistant.get("/", host)), 200) << host;
        EXPECT_EQ(status_of(assistant.get("/phone/messages", host)), 200) << host;
    }
}

// A page whose name was pointed to this machine would read the texts and drive the forms as its own (DNS rebinding).
TEST(AssistantHosts, gives_nothing_to_a_name_that_was_pointed_here) {
    RunningAssistant assistant("http://assistant.example");
    for (const char* path : {"/", "/phone/messages", "/v1/skills", "/assets/assistant.css", "/healthz"}) {
        const auto answer = assistant.get(path, "rebound.example:8500");
        EXPECT_EQ(status_of(answer), 421) << path;
        EXPECT_EQ(answer.find("123456"), std::string::npos) << path;
        EXPECT_EQ(answer.find("rebound"), std::string::npos) << path << ": the name must not come back";
    }
}

TEST(AssistantHosts, takes_who_typed_localhost_to_where_its_forms_lead) {
    RunningAssistant assistant("");
    const auto port = assistant.url().substr(assistant.url().rfind(':'));
    const auto answer = assistant.get("/skills/x?saved=true", "localhost" + port, "text/html,*/*;q=0.8");
    EXPECT_EQ(status_of(answer), 302);
    EXPECT_EQ(field_of(answer, "Location"), assistant.url() + "/skills/x?saved=true");
    EXPECT_EQ(status_of(assistant.get("/", "127.0.0.1" + port, "text/html")), 200) << "and stays there";
    EXPECT_EQ(status_of(assistant.get("/v1/skills", "localhost" + port)), 401) << "a client of the API is answered";
}

}  // namespace
}  // namespace symbolon::app
