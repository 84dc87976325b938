// Imports of users from CSV files (cognito-api.md §2.14, §7.2): the operations, and the address for the file.
#include "aws/house.hpp"
#include "directory/claim.hpp"
#include "directory/import_file.hpp"
#include "directory/import_run.hpp"

#include <chrono>
#include <set>
#include <string>

namespace symbolon::aws {
namespace {

using namespace std::chrono_literals;

class ImportJobs : public House {
protected:
    std::string pool = add_pool(tutorial());

    object create_request(const object& more = {}) {
        return with({{"JobName", "from elsewhere"},
                     {"UserPoolId", pool},
                     {"CloudWatchLogsRoleArn", "arn:aws:iam::000000000000:role/logs"}},
                    more);
    }
    object create(const object& more = {}) {
        return part(call("CreateUserImportJob", create_request(more)), "UserImportJob");
    }
    object of(const object& job) { return {{"UserPoolId", pool}, {"JobId", text(job, "JobId")}}; }
    object describe(const object& job) { return part(call("DescribeUserImportJob", of(job)), "UserImportJob"); }
    net::Request put_request(const std::string& url, std::string body = {}) {
        net::Request request;
        request.method = net::Method::put;
        const auto target = url.substr(base_url.size());
        const auto mark = target.find('?');
        request.path = target.substr(0, mark);
        if (mark != std::string::npos) request.query = target.substr(mark + 1);
        request.body = std::move(body);
        return request;
    }
    int put(const std::string& url, std::string body) { return serve(put_request(url, std::move(body))).status; }
    void work() {
        directory::Claim claim(*db, {clock, directory::NodeId("anna")}, "import users");
        for (int i = 0; i < 100; ++i) {
            if (!run(db->read([&](db::Transaction& tx) { return directory::any_import_due(tx, clock.now()); }))) return;
            ASSERT_TRUE(run(claim.take()));
            run(directory::do_import_step(*db, random, claim, clock.now(), 10));
        }
        FAIL() << "the work does not end";
    }
    static std::string file() {
        return "cognito:username,cognito:mfa_enabled,phone_number_verified\n" + std::string(jane) + ",true,TRUE\n" +
               std::string(john) + ",true,TRUE\nnobody,true,TRUE\n";
    }
};

TEST_F(ImportJobs, begin_with_the_columns_of_the_pool) {
    const auto header = call("GetCSVHeader", {{"UserPoolId", pool}});
    EXPECT_EQ(text(header, "UserPoolId"), pool);
    const auto& columns = header.at("CSVHeader").as_array();
    EXPECT_EQ(columns.front(), "name");
    EXPECT_EQ(columns.back(), "cognito:username");
}

TEST_F(ImportJobs, bring_users_from_a_file_that_is_put_without_a_signature) {
    const auto job = create();
    EXPECT_EQ(text(job, "Status"), "Created");
    EXPECT_EQ(text(job, "JobName"), "from elsewhere");
    const auto url = text(job, "PreSignedUrl");
    EXPECT_TRUE(url.starts_with("https://id.example/files/imports/" + pool + "/" + text(job, "JobId") + "?token="))
        << url;
    EXPECT_EQ(put(url, file()), 200);
    const auto started = part(call("StartUserImportJob", of(job)), "UserImportJob");
    EXPECT_EQ(text(started, "Status"), "Pending");
    EXPECT_TRUE(started.contains("StartDate"));
    EXPECT_FALSE(started.contains("PreSignedUrl"));
    work();
    const auto done = describe(job);
    EXPECT_EQ(text(done, "Status"), "Succeeded") << text(done, "CompletionMessage");
    EXPECT_EQ(done.at("ImportedUsers"), 2);
    EXPECT_EQ(done.at("SkippedUsers"), 0);
    EXPECT_EQ(done.at("FailedUsers"), 1);
    EXPECT_TRUE(done.contains("CompletionDate"));
    const auto user = call("AdminGetUser", {{"UserPoolId", pool}, {"Username", jane}});
    EXPECT_EQ(text(user, "UserStatus"), "RESET_REQUIRED");
    EXPECT_TRUE(messages(pool).empty());
}

TEST_F(ImportJobs, take_a_file_with_the_token_of_the_job_in_time_alone) {
    const auto job = create();
    const auto other = create();
    const auto url = text(job, "PreSignedUrl");
    const auto token = url.substr(url.find('?'));
    const auto other_url = text(other, "PreSignedUrl");
    for (const auto& wrong :
         {url.substr(0, url.find('?')), url.substr(0, url.find('?')) + "?token=", url + "A",
          other_url.substr(0, other_url.find('?')) + token, url.substr(0, url.find('?')) + "?a=b&" + token.substr(1)}) {
        EXPECT_EQ(door.body_limit(put_request(wrong)), 0U) << wrong;
        const int status = put(wrong, file());
        EXPECT_TRUE(status == 403 || status == 404) << wrong << " " << status;
    }
    EXPECT_EQ(door.body_limit(put_request(url)), directory::max_import_file);
    auto get = put_request(url);
    get.method = net::Method::get;
    EXPECT_EQ(door.body_limit(get), 0U);
    EXPECT_EQ(serve(std::move(get)).status, 404) << "nobody reads the file";
    clock.advance(15min - 1ms);
    EXPECT_EQ(put(url, file()), 200);
    clock.advance(1ms);
    EXPECT_EQ(put(url, file()), 403);
    EXPECT_EQ(door.body_limit(put_request(url)), 0U);
    EXPECT_FALSE(describe(job).contains("PreSignedUrl"));
    call("StartUserImportJob", of(job));
}

// Attack class 40: the file lies in no folder under a name that somebody sent, and there is one address for it.
TEST_F(ImportJobs, have_one_address_whose_name_leads_to_no_file) {
    const auto job = create();
    const auto url = text(job, "PreSignedUrl");
    const auto mark = url.find('?');
    const auto address = url.substr(0, mark), query = url.substr(mark);
    const auto folder = address.substr(0, address.rfind('/') + 1), name = address.substr(address.rfind('/') + 1);
    for (const auto& other : {folder + "../" + name, folder + "..%2F" + name, folder + "%2e%2e/" + name,
                              folder + "./" + name, folder + name + "/..", folder + name + "%00", folder + name + "/",
                              folder + "/etc/passwd", folder + "..", folder, address + "\\..\\x"}) {
        EXPECT_EQ(door.body_limit(put_request(other + query)), 0U) << other;
        const int status = put(other + query, file());
        EXPECT_TRUE(status == 403 || status == 404) << other << " " << status;
    }
    EXPECT_EQ(put(url, file()), 200);
}

TEST_F(ImportJobs, have_a_settled_file_once_they_are_started) {
    const auto job = create();
    EXPECT_EQ(refusal("StartUserImportJob", of(job)).type, "PreconditionNotMet");
    EXPECT_EQ(put(text(job, "PreSignedUrl"), file()), 200);
    call("StartUserImportJob", of(job));
    EXPECT_EQ(put(text(job, "PreSignedUrl"), file()), 409);
    EXPECT_EQ(refusal("StartUserImportJob", of(job)).type, "PreconditionNotMet");
}

TEST_F(ImportJobs, are_stopped) {
    const auto job = create();
    EXPECT_EQ(refusal("StopUserImportJob", of(job)).type, "PreconditionNotMet");
    put(text(job, "PreSignedUrl"), file());
    call("StartUserImportJob", of(job));
    EXPECT_EQ(text(call("StopUserImportJob", of(job)), "UserImportJob.Status"), "Stopping");
    work();
    EXPECT_EQ(text(describe(job), "Status"), "Stopped");
    EXPECT_EQ(text(describe(job), "CompletionMessage"), "The Import Job was stopped by the developer.");
    EXPECT_TRUE(call("ListUsers", {{"UserPoolId", pool}}).at("Users").as_array().empty());
}

TEST_F(ImportJobs, hold_off_changes_of_the_pool) {
    const auto job = create();
    put(text(job, "PreSignedUrl"), file());
    call("StartUserImportJob", of(job));
    EXPECT_EQ(refusal("UpdateUserPool", {{"UserPoolId", pool}}).type, "UserImportInProgress");
    EXPECT_EQ(refusal("DeleteUserPool", {{"UserPoolId", pool}}).type, "UserImportInProgress");
    work();
    call("DeleteUserPool", {{"UserPoolId", pool}});
}

TEST_F(ImportJobs, need_a_way_to_a_password) {
    pool = add_pool();
    EXPECT_EQ(refusal("CreateUserImportJob", create_request()).type, "PreconditionNotMet");
    EXPECT_EQ(text(create({{"PasswordHashingAlgorithm", "BCRYPT"}}), "PasswordHashingAlgorithm"), "BCRYPT");
}

TEST_F(ImportJobs, are_listed_latest_first) {
    std::vector<std::string> made;
    for (int i = 0; i < 5; ++i) {
        clock.advance(1s);
        made.insert(made.begin(), text(create(), "JobId"));
    }
    std::vector<std::string> seen;
    object request{{"UserPoolId", pool}, {"MaxResults", 2}};
    while (true) {
        const auto page = call("ListUserImportJobs", request);
        for (const auto& job : page.at("UserImportJobs").as_array()) seen.push_back(text(job.as_object(), "JobId"));
        if (!page.contains("PaginationToken")) break;
        request["PaginationToken"] = page.at("PaginationToken");
    }
    EXPECT_EQ(seen, made);
    EXPECT_EQ(refusal("ListUserImportJobs", with(request, {{"UserPoolId", add_pool()}})), invalid_page);
}

TEST_F(ImportJobs, of_another_pool_are_unknown) {
    const auto job = create();
    const auto elsewhere = with(of(job), {{"UserPoolId", add_pool(tutorial())}});
    for (const char* operation : {"DescribeUserImportJob", "StartUserImportJob", "StopUserImportJob"})
        EXPECT_EQ(refusal(operation, elsewhere),
                  (Refused{"ResourceNotFound", "User import job " + text(job, "JobId") + " does not exist."}))
            << operation;
}

}  // namespace
}  // namespace symbolon::aws
