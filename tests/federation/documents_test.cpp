#include "federation/documents.hpp"

#include "base/error.hpp"
#include "base/run.hpp"
#include "net/fake_fetcher.hpp"

#include <gtest/gtest.h>

namespace symbolon::federation {
namespace {

using namespace std::chrono_literals;

class DocumentsTest : public testing::Test {
protected:
    std::string get(const std::string& url, std::chrono::seconds oldest = 60s) {
        return *run(documents.get(url, oldest, "document"));
    }
    ManualClock clock{from_ms(1'800'000'000'000)};
    net::FakeFetcher fetcher;
    Documents documents{fetcher, clock};
};

TEST_F(DocumentsTest, are_fetched_when_they_are_too_old) {
    fetcher.put("https://a.example/", "one");
    EXPECT_EQ(get("https://a.example/"), "one");
    fetcher.put("https://a.example/", "two");
    clock.advance(60s);
    EXPECT_EQ(get("https://a.example/"), "one");
    EXPECT_EQ(get("https://a.example/", 59s), "two");
    EXPECT_EQ(fetcher.asked.size(), 2U);
}

TEST_F(DocumentsTest, nothing_is_kept_of_a_failure) {
    EXPECT_THROW(get("https://a.example/"), Error);
    fetcher.put("https://a.example/", "one");
    EXPECT_EQ(get("https://a.example/"), "one");
    net::ClientResponse moved;
    moved.status = 302;
    fetcher.put("https://b.example/", moved);
    EXPECT_THROW(get("https://b.example/"), Error);
}

TEST_F(DocumentsTest, the_memory_is_bounded) {
    for (std::size_t i = 0; i <= Documents::most; ++i) {
        const auto url = "https://a.example/" + std::to_string(i);
        fetcher.put(url, "x");
        get(url);
        clock.advance(1ms);
    }
    const auto before = fetcher.asked.size();
    get("https://a.example/1");
    EXPECT_EQ(fetcher.asked.size(), before);
    get("https://a.example/0");  // the oldest made room
    EXPECT_EQ(fetcher.asked.size(), before + 1);
}

}  // namespace
}  // namespace symbolon::federation
