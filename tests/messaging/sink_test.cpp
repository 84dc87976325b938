#include "messaging/sink.hpp"

#include "base/error.hpp"
#include "base/run.hpp"
#include "messaging/message_codec.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

namespace symbolon::messaging {
namespace {

/// A folder of one test.
class Folder {
public:
    Folder() {
        std::string name = (std::filesystem::temp_directory_path() / "sink-XXXXXX").string();
        path_ = ::mkdtemp(name.data());
    }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    ~Folder() { std::filesystem::remove_all(path_); }
    std::string file(const std::string& name) const { return (path_ / name).string(); }

private:
    std::filesystem::path path_;
};

std::string content(const std::string& path) {
    std::ostringstream out;
    out << std::ifstream(path).rdbuf();
    return out.str();
}

Message text_message(std::string text) {
    Message message;
    message.to = "+14155550123";
    message.text = std::move(text);
    return message;
}

TEST(FileSink, appends_one_line_a_message_to_a_file_that_only_its_owner_reads) {
    const Folder folder;
    const std::string path = folder.file("texts.jsonl");
    const auto sink = make_sink("file:" + path);
    struct stat status{};
    ASSERT_EQ(::stat(path.c_str(), &status), 0) << "the file is there before the first message";
    EXPECT_EQ(status.st_mode & 0777U, 0600U);

    run(sink->send(text_message("first\nline")));
    run(sink->send(text_message("second")));
    EXPECT_EQ(content(path),
              to_json_line(text_message("first\nline")) + "\n" + to_json_line(text_message("second")) + "\n");
    EXPECT_FALSE(sink->keeps());
}

TEST(FileSink, a_file_that_was_moved_away_is_made_anew) {
    const Folder folder;
    const std::string path = folder.file("texts.jsonl");
    const auto sink = make_sink("file:" + path);
    std::filesystem::rename(path, folder.file("old.jsonl"));
    run(sink->send(text_message("after")));
    EXPECT_EQ(content(path), to_json_line(text_message("after")) + "\n");
}

TEST(FileSink, a_file_that_cannot_be_opened_is_told_at_the_start) {
    const Folder folder;
    try {
        make_sink("file:" + folder.file("missing/texts.jsonl"));
        FAIL() << "no such folder";
    } catch (const Error& error) {
        EXPECT_EQ(error.code, Errc::invalid_parameter);
    }
}

TEST(FileSink, a_file_that_can_no_longer_be_opened_is_a_failed_delivery) {
    const Folder folder;
    std::filesystem::create_directory(folder.file("sub"));
    const auto sink = make_sink("file:" + folder.file("sub/texts.jsonl"));
    std::filesystem::remove_all(folder.file("sub"));
    try {
        run(sink->send(text_message("lost?")));
        FAIL() << "there is nowhere to write to";
    } catch (const Error& error) {
        EXPECT_EQ(error.code, Errc::code_delivery_failed);
    }
}

TEST(Sink, the_outbox_keeps_what_it_gets) {
    EXPECT_TRUE(make_sink("outbox:")->keeps());
}

TEST(Sink, other_urls_are_refused) {
    for (const std::string url : {"", "outbox", "file:", "files:/tmp/x", "smtp://host", "OUTBOX:"}) {
        EXPECT_THROW(make_sink(url), Error) << url;
    }
}

}  // namespace
}  // namespace symbolon::messaging
