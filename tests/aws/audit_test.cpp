// The audit log: every call of an administrator's operation, whatever became of it, and nothing that is secret.
#include "aws/audit.hpp"
#include "aws/house.hpp"
#include "aws/named.hpp"
#include "aws/operation.hpp"
#include "aws/samples.hpp"

#include <boost/json/serialize.hpp>

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>

namespace symbolon::aws {
namespace {

namespace fs = std::filesystem;

/// A folder that goes with the test.
class Folder {
public:
    Folder() {
        std::string name = (fs::temp_directory_path() / "symbolon-audit-XXXXXX").string();
        if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
        path_ = name;
    }
    ~Folder() { fs::remove_all(path_); }
    std::string file(const std::string& name) const { return (path_ / name).string(); }

private:
    fs::path path_;
};

std::string text_of(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

std::vector<object> lines_of(const std::string& path) {
    std::vector<object> lines;
    std::ifstream in(path);
    for (std::string line; std::getline(in, line);) lines.push_back(parse(line));
    return lines;
}

AuditEntry entry(const std::string& operation) {
    return {.time = from_ms(1'800'000'000'000), .access_key_id = "AKIDEXAMPLE", .operation = operation};
}

class Audit : public House {
protected:
    Audit() { options.audit = &audit; }
    object last_line() {
        const auto lines = lines_of(path);
        return lines.empty() ? object{} : lines.back();
    }
    void strip(net::Request& request) {
        for (const char* name : {"Authorization", "X-Amz-Date", "X-Amz-Content-Sha256"}) request.headers.remove(name);
    }

    Folder folder;
    const std::string path = folder.file("audit.log");
    AuditLog audit{path};
};

TEST_F(Audit, a_call_is_a_line_of_who_what_where_and_outcome) {
    const auto pool = add_pool();
    const auto client = add_client(pool);
    const auto line = last_line();
    EXPECT_EQ(boost::json::serialize(line),
              R"({"time":"2027-01-15T08:00:00.000Z","access_key_id":"AKIDEXAMPLE","client_address":"192.0.2.1",)"
              R"("operation":"CreateUserPoolClient","pool":")" +
                  pool + R"(","client":")" + client +
                  R"(","outcome":"ok","request_id":"22222222-2222-4222-8222-222222222222"})");
    struct stat status{};
    ASSERT_EQ(::stat(path.c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777U, 0600U);
}

TEST_F(Audit, every_administrators_operation_is_written_down_and_no_other) {
    for (const auto& operation : operations()) {
        SCOPED_TRACE(operation.name);
        const auto before = lines_of(path).size();
        const auto answer = refused(send(operation.name, fill(sample(operation.name), nowhere())));
        const bool administrators = operation.access == Access::administrator;
        ASSERT_EQ(lines_of(path).size(), before + (administrators ? 1 : 0));
        if (!administrators) continue;
        const auto line = last_line();
        EXPECT_EQ(text(line, "operation"), operation.name);
        EXPECT_EQ(text(line, "outcome"), answer.type == "(not refused)" ? "ok" : answer.type + "Exception");
    }
}

TEST_F(Audit, a_refused_call_is_written_down_too) {
    auto request = make_request("DeleteUserPool", R"({"UserPoolId": "us-east-1_Nowhere99"})");
    strip(request);
    serve(request);
    EXPECT_EQ(text(last_line(), "outcome"), "MissingAuthenticationTokenException");
    EXPECT_EQ(text(last_line(), "access_key_id"), "");
    sign(request, "AKIDSTRANGER", key_secret);
    serve(request);
    EXPECT_EQ(text(last_line(), "outcome"), "UnrecognizedClientException");
    EXPECT_EQ(text(last_line(), "access_key_id"), "AKIDSTRANGER");
    strip(request);
    sign(request, key_id, "another secret");
    serve(std::move(request));
    EXPECT_EQ(text(last_line(), "outcome"), "InvalidSignatureException");
    serve(make_request("DeleteUserPool", "no JSON"));
    EXPECT_EQ(text(last_line(), "outcome"), "SerializationException");
    EXPECT_EQ(lines_of(path).size(), 4U);
}

TEST_F(Audit, what_was_made_is_named) {
    const auto pool = call("CreateUserPool", {{"PoolName", "made"}});
    EXPECT_EQ(text(last_line(), "pool"), text(pool, "UserPool.Id"));
}

TEST_F(Audit, neither_secrets_nor_names_of_people_are_in_it) {
    const auto pool = add_pool(tutorial());
    const object user{{"UserPoolId", pool}, {"Username", jane}};
    call("AdminCreateUser", with(user, {{"TemporaryPassword", "Temporary-Secret-1"}, {"MessageAction", "SUPPRESS"}}));
    call("AdminSetUserPassword", with(user, {{"Password", good}, {"Permanent", true}}));
    refusal("DescribeUserPoolClient", {{"UserPoolId", pool}, {"ClientId", "a secret in the wrong place"}});
    refusal("AdminGetUser", {{"UserPoolId", "a password: hunter2"}, {"Username", john}});
    const auto all = text_of(path);
    EXPECT_EQ(lines_of(path).size(), 4U);
    for (const std::string_view never : {std::string_view("Temporary-Secret-1"), good, jane, john,
                                         std::string_view("wrong place"), std::string_view("hunter2"), key_secret}) {
        EXPECT_EQ(all.find(never), std::string::npos) << never;
    }
}

TEST_F(Audit, a_user_is_the_same_in_every_line_and_another_in_another_pool) {
    const auto one = add_pool(tutorial());
    const auto two = add_pool(tutorial());
    const auto user_of = [&](const std::string& pool, std::string_view name) {
        refusal("AdminGetUser", {{"UserPoolId", pool}, {"Username", name}});
        return text(last_line(), "user");
    };
    const auto user = user_of(one, jane);
    EXPECT_EQ(user, audited_user(sealer, one, jane));
    EXPECT_TRUE(user.starts_with("hash:")) << user;
    EXPECT_EQ(user_of(one, jane), user);
    EXPECT_NE(user_of(one, john), user);
    EXPECT_NE(user_of(two, jane), user);
    const std::string sub = "11111111-2222-4333-8444-555555555555";
    EXPECT_EQ(user_of(one, sub), sub);
}

TEST_F(Audit, a_strange_access_key_is_not_quoted) {
    auto request = make_request("ListUserPools", R"({"MaxResults": 1})");
    for (const auto& id : {std::string("\"},{\"x\":\""), std::string("a\nb"), std::string(200, 'A'),
                           std::string("\xFF\xFE"), std::string("a b")}) {
        request.headers.set("Authorization", "AWS4-HMAC-SHA256 Credential=" + id +
                                                 "/20270115/us-east-1/cognito-idp/aws4_request, "
                                                 "SignedHeaders=host;x-amz-date;x-amz-target, Signature=00");
        serve(request);
        EXPECT_EQ(text(last_line(), "access_key_id"), id == "a b" ? "a" : "") << id;
        EXPECT_NE(text(last_line(), "outcome"), "ok");
    }
}

TEST_F(Audit, a_call_of_the_server_itself_is_in_the_name_of_who_made_it) {
    run(door.call("bootstrap", "ListUserPools", {{"MaxResults", 1}}, {}));
    EXPECT_EQ(text(last_line(), "access_key_id"), "bootstrap");
    EXPECT_EQ(text(last_line(), "outcome"), "ok");
    EXPECT_THROW(run(door.call("bootstrap", "DescribeUserPool", {{"UserPoolId", "us-east-1_Nowhere99"}}, {})), Error);
    EXPECT_EQ(text(last_line(), "outcome"), "ResourceNotFoundException");
    EXPECT_EQ(text(last_line(), "pool"), "us-east-1_Nowhere99");
}

TEST_F(Audit, a_full_disk_stops_no_call_and_is_counted) {
    AuditLog full("/dev/full");
    options.audit = &full;
    EXPECT_EQ(send("ListUserPools", object{{"MaxResults", 1}}).status, 200);
    EXPECT_EQ(full.lost(), 1U);
    EXPECT_EQ(refusal("DescribeUserPool", {{"UserPoolId", "us-east-1_Nowhere99"}}).type, "ResourceNotFound");
    EXPECT_EQ(full.lost(), 2U);
    EXPECT_EQ(audit.lost(), 0U);
}

TEST(AuditLog, a_file_that_was_moved_away_is_made_anew) {
    const Folder folder;
    const auto path = folder.file("audit.log");
    AuditLog log(path);
    log.write(entry("One"));
    fs::rename(path, path + ".1");
    log.write(entry("Two"));
    EXPECT_EQ(lines_of(path + ".1").size(), 1U);
    ASSERT_EQ(lines_of(path).size(), 1U);
    EXPECT_EQ(text(lines_of(path).front(), "operation"), "Two");
    fs::remove(path);
    log.reopen();
    log.write(entry("Three"));
    EXPECT_EQ(lines_of(path).size(), 1U);
    EXPECT_EQ(log.lost(), 0U);
}

TEST(AuditLog, goes_on_where_another_process_stopped_in_the_middle_of_a_line) {
    const Folder folder;
    const auto path = folder.file("audit.log");
    std::ofstream(path) << "{\"time\":\"2027";
    AuditLog(path).write(entry("One"));
    AuditLog(path).write(entry("Two"));
    const auto all = text_of(path);
    EXPECT_TRUE(all.starts_with("{\"time\":\"2027\n{")) << all;
    EXPECT_EQ(std::count(all.begin(), all.end(), '\n'), 3);
}

TEST(AuditLog, a_file_that_cannot_be_opened_is_an_error_at_the_start_and_later_a_lost_line) {
    const Folder folder;
    EXPECT_THROW(AuditLog(folder.file("no/such/folder/audit.log")), Error);
    const auto place = folder.file("sub");
    fs::create_directory(place);
    AuditLog log(place + "/audit.log");
    fs::remove_all(place);
    log.write(entry("One"));
    EXPECT_EQ(log.lost(), 1U);
    fs::create_directory(place);
    log.write(entry("Two"));
    EXPECT_EQ(log.lost(), 1U);
    EXPECT_EQ(lines_of(place + "/audit.log").size(), 1U);
}

}  // namespace
}  // namespace symbolon::aws
