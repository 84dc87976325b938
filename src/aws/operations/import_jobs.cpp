#include "aws/operations/import_jobs.hpp"

#include "aws/files.hpp"
#include "aws/paging.hpp"
#include "aws/parties.hpp"
#include "directory/auth_events.hpp"
#include "directory/pools.hpp"
#include "directory/transfer/csv_users.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace symbolon::aws {
namespace {

using Status = directory::UserImportJobStatusType;

UserImportJobType to_wire(const Scope& scope, const directory::ImportJob& job) {
    UserImportJobType out;
    out.JobName = job.details.name;
    out.JobId = job.id;
    out.UserPoolId = job.pool_id.str();
    if (job.status == Status::Created && scope.now < job.created + directory::import_upload_life)
        out.PreSignedUrl = upload_url(scope.context, job);
    out.CreationDate = job.created;
    if (job.started) out.StartDate = *job.started;
    if (job.completed) out.CompletionDate = *job.completed;
    out.Status = job.status;
    out.CloudWatchLogsRoleArn = job.details.role_arn;
    out.ImportedUsers = job.imported;
    out.SkippedUsers = job.skipped;
    out.FailedUsers = job.failed;
    if (!job.details.message.empty()) out.CompletionMessage = job.details.message;
    out.PasswordHashingAlgorithm = job.details.algorithm;
    return out;
}

}  // namespace

bool is_import_job_id(std::string_view text) {
    constexpr std::string_view prefix = "import-";
    const auto fits = [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-';
    };
    return text.size() > prefix.size() && text.starts_with(prefix) &&
           std::all_of(text.begin() + prefix.size(), text.end(), fits);
}

GetCSVHeaderResponse get_csv_header(Scope scope, const GetCSVHeaderRequest& in) {
    const auto pool = get_pool(scope, in.UserPoolId);
    return {pool.id.str(), directory::transfer::csv_header(pool.settings)};
}

UserImportJobResponse create_user_import_job(Scope scope, const CreateUserImportJobRequest& in) {
    const auto pool = get_pool(scope, in.UserPoolId);
    directory::check_can_import(pool, in.PasswordHashingAlgorithm);
    directory::ImportJob job;
    job.pool_id = pool.id;
    job.id = "import-" + directory::make_event_id(scope.context.services.random, scope.now);
    job.details = {in.JobName.str(), in.CloudWatchLogsRoleArn.str(), in.PasswordHashingAlgorithm, {}};
    job.created = scope.now;
    directory::ImportJobs(scope.tx).create(job);
    return {to_wire(scope, job)};
}

UserImportJobResponse describe_user_import_job(Scope scope, const UserImportJobRequest& in) {
    const auto pool = get_pool(scope, in.UserPoolId).id;
    return {to_wire(scope, directory::ImportJobs(scope.tx).get(pool, in.JobId.str()))};
}

ListUserImportJobsResponse list_user_import_jobs(Scope scope, const ListUserImportJobsRequest& in) {
    const auto pool = get_pool(scope, in.UserPoolId).id;
    const ListPage page(scope, "ListUserImportJobs|" + pool.str(), in.PaginationToken, std::optional(in.MaxResults));
    auto jobs = directory::ImportJobs(scope.tx).list(pool, page.after(), page.reads());
    ListUserImportJobsResponse out;
    out.PaginationToken = page.cut(jobs, &directory::ImportJob::id);
    for (const auto& job : jobs) out.UserImportJobs.push_back(to_wire(scope, job));
    return out;
}

UserImportJobResponse start_user_import_job(Scope scope, const UserImportJobRequest& in) {
    const auto pool = get_pool(scope, in.UserPoolId).id;
    return {to_wire(scope, directory::ImportJobs(scope.tx).start(pool, in.JobId.str(), scope.now))};
}

UserImportJobResponse stop_user_import_job(Scope scope, const UserImportJobRequest& in) {
    const auto pool = get_pool(scope, in.UserPoolId).id;
    return {to_wire(scope, directory::ImportJobs(scope.tx).stop(pool, in.JobId.str()))};
}

std::span<const Operation> import_job_operations() {
    using enum Access;
    using enum Effect;
    static constexpr std::array table{
        operation<get_csv_header, reads>("GetCSVHeader", administrator),
        operation<create_user_import_job, writes>("CreateUserImportJob", administrator),
        operation<describe_user_import_job, reads>("DescribeUserImportJob", administrator),
        operation<list_user_import_jobs, reads>("ListUserImportJobs", administrator),
        operation<start_user_import_job, writes>("StartUserImportJob", administrator),
        operation<stop_user_import_job, writes>("StopUserImportJob", administrator),
    };
    return table;
}

}  // namespace symbolon::aws
