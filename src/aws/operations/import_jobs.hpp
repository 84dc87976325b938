#pragma once

#include "aws/operation.hpp"
#include "directory/import_jobs.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// Imports of users from CSV files (cognito-api.md §2.14, §7.2). The file comes by aws/files.hpp, the work is done by
/// directory/import_run.hpp.
namespace symbolon::aws {

bool is_import_job_id(std::string_view text);

namespace shape {
inline constexpr Pattern import_job_id{"import-[0-9a-zA-Z-]+", is_import_job_id};
using UserImportJobId = Text<struct UserImportJobIdTag, 1, 55, import_job_id>;
using UserImportJobName = Text<struct UserImportJobNameTag, 1, 128, pattern::name>;
}  // namespace shape

struct GetCSVHeaderRequest {
    shape::UserPoolId UserPoolId;
};
BOOST_DESCRIBE_STRUCT(GetCSVHeaderRequest, (), (UserPoolId))

struct GetCSVHeaderResponse {
    std::string UserPoolId;
    std::vector<std::string> CSVHeader;
};
BOOST_DESCRIBE_STRUCT(GetCSVHeaderResponse, (), (UserPoolId, CSVHeader))

struct CreateUserImportJobRequest {
    shape::UserImportJobName JobName;
    shape::UserPoolId UserPoolId;
    shape::Arn CloudWatchLogsRoleArn;
    std::optional<directory::PasswordHashingAlgorithmType> PasswordHashingAlgorithm;
};
BOOST_DESCRIBE_STRUCT(CreateUserImportJobRequest, (),
                      (JobName, UserPoolId, CloudWatchLogsRoleArn, PasswordHashingAlgorithm))

/// DescribeUserImportJob, StartUserImportJob and StopUserImportJob.
struct UserImportJobRequest {
    shape::UserPoolId UserPoolId;
    shape::UserImportJobId JobId;
};
BOOST_DESCRIBE_STRUCT(UserImportJobRequest, (), (UserPoolId, JobId))

struct ListUserImportJobsRequest {
    shape::UserPoolId UserPoolId;
    shape::PoolQueryLimit MaxResults;
    std::optional<shape::PaginationKey> PaginationToken;
};
BOOST_DESCRIBE_STRUCT(ListUserImportJobsRequest, (), (UserPoolId, MaxResults, PaginationToken))

struct UserImportJobType {
    std::string JobName;
    std::string JobId;
    std::string UserPoolId;
    std::optional<std::string> PreSignedUrl;  ///< while the file can be uploaded
    Timestamp CreationDate;
    std::optional<Timestamp> StartDate;
    std::optional<Timestamp> CompletionDate;
    directory::UserImportJobStatusType Status{};
    std::string CloudWatchLogsRoleArn;
    std::int64_t ImportedUsers = 0;
    std::int64_t SkippedUsers = 0;
    std::int64_t FailedUsers = 0;
    std::optional<std::string> CompletionMessage;
    std::optional<directory::PasswordHashingAlgorithmType> PasswordHashingAlgorithm;
};
BOOST_DESCRIBE_STRUCT(UserImportJobType, (),
                      (JobName, JobId, UserPoolId, PreSignedUrl, CreationDate, StartDate, CompletionDate, Status,
                       CloudWatchLogsRoleArn, ImportedUsers, SkippedUsers, FailedUsers, CompletionMessage,
                       PasswordHashingAlgorithm))

struct UserImportJobResponse {
    UserImportJobType UserImportJob;
};
BOOST_DESCRIBE_STRUCT(UserImportJobResponse, (), (UserImportJob))

struct ListUserImportJobsResponse {
    std::vector<UserImportJobType> UserImportJobs;
    std::optional<std::string> PaginationToken;
};
BOOST_DESCRIBE_STRUCT(ListUserImportJobsResponse, (), (UserImportJobs, PaginationToken))

/// Fails, this and all below: resource_not_found.
GetCSVHeaderResponse get_csv_header(Scope scope, const GetCSVHeaderRequest& in);
/// Fails, as well: precondition_not_met (users could not get a password), limit_exceeded.
UserImportJobResponse create_user_import_job(Scope scope, const CreateUserImportJobRequest& in);
UserImportJobResponse describe_user_import_job(Scope scope, const UserImportJobRequest& in);
/// Latest first.
ListUserImportJobsResponse list_user_import_jobs(Scope scope, const ListUserImportJobsRequest& in);
/// Fails, as well: precondition_not_met.
UserImportJobResponse start_user_import_job(Scope scope, const UserImportJobRequest& in);
UserImportJobResponse stop_user_import_job(Scope scope, const UserImportJobRequest& in);

std::span<const Operation> import_job_operations();

}  // namespace symbolon::aws
