// Imports of users as jobs: their states, their files, and their work in steps, whoever does them.

#include "directory/import_jobs.hpp"

#include "base/log.hpp"
#include "directory/import_file.hpp"
#include "directory/import_run.hpp"
#include "storage/directory_fixture.hpp"

#include <gtest/gtest.h>

#include <string>

namespace symbolon::storage {
namespace {

using namespace std::chrono_literals;
using namespace symbolon::directory;
using Status = UserImportJobStatusType;

class ImportJobsStore : public DirectoryTest {
protected:
    ImportJobsStore() {
        pool = make_pool("us-east-1_a", SignInWith::username);
        pool.settings.AutoVerifiedAttributes = List<VerifiedAttributeType>{VerifiedAttributeType::email};
        write([&](db::Transaction& tx) { Pools(tx).create(pool); });
        log::set_level(log::Level::error);
    }

    static std::string header() { return "cognito:username,cognito:mfa_enabled,email,email_verified\n"; }
    static std::string row(int number) {
        const auto name = "user" + std::to_string(number);
        return name + ",false," + name + "@example.com,true\n";
    }
    static std::string rows(int count) {
        std::string text = header();
        for (int i = 0; i < count; ++i) text += row(i);
        return text;
    }

    ImportJob create(const std::string& id = "import-1") {
        ImportJob job;
        job.pool_id = pool.id;
        job.id = id;
        job.details = {"name", "arn:aws:iam::000000000000:role/logs", algorithm, {}};
        job.created = clock.now();
        write([&](db::Transaction& tx) { ImportJobs(tx).create(job); });
        return job;
    }
    void upload(const std::string& text, const std::string& id = "import-1") {
        run(store_import_file(database(), random_, pool.id, id, in_memory(text)));
    }
    ImportJob start(const std::string& id = "import-1") {
        return write([&](db::Transaction& tx) { return ImportJobs(tx).start(pool.id, id, clock.now()); });
    }
    ImportJob stop(const std::string& id = "import-1") {
        return write([&](db::Transaction& tx) { return ImportJobs(tx).stop(pool.id, id); });
    }
    ImportJob get(const std::string& id = "import-1") {
        return read([&](db::Transaction& tx) { return ImportJobs(tx).get(pool.id, id); });
    }
    bool is_due() {
        return read([&](db::Transaction& tx) { return any_import_due(tx, clock.now()); });
    }
    /// One step of a process; it takes the claim if it can.
    bool step(Claim& claim, int limit = 3) {
        if (!run(claim.take())) return false;
        run(do_import_step(database(), random_, claim, clock.now(), limit));
        return true;
    }
    void finish(int limit = 3) {
        Claim claim(database(), {clock, NodeId("anna")}, "import users");
        for (int i = 0; i < 1000 && is_due(); ++i) step(claim, limit);
        EXPECT_FALSE(is_due());
    }
    /// A job with this file, to its end.
    ImportJob import(const std::string& text, int limit = 3) {
        create();
        upload(text);
        start();
        finish(limit);
        return get();
    }
    std::int64_t users() {
        return read([&](db::Transaction& tx) { return Users(tx).count(pool.id); });
    }
    static std::string counts(const ImportJob& job) {
        return std::to_string(job.imported) + " " + std::to_string(job.skipped) + " " + std::to_string(job.failed);
    }

    ManualClock clock{noon};
    Pool pool;
    std::optional<PasswordHashingAlgorithmType> algorithm;
};

TEST_P(ImportJobsStore, import_a_file_part_by_part) {
    for (const int limit : {1, 2, 3, 7, 100}) {
        const auto id = "import-" + std::to_string(limit);
        create(id);
        upload(rows(7), id);
        start(id);
        finish(limit);
        EXPECT_EQ(get(id).status, limit == 1 ? Status::Succeeded : Status::Failed) << get(id).details.message;
        EXPECT_EQ(counts(get(id)), limit == 1 ? "7 0 0" : "0 7 0") << limit;
        EXPECT_EQ(users(), 7);
    }
    const auto user = read([&](db::Transaction& tx) { return Users(tx).get_by_login(pool, "user3"); });
    EXPECT_EQ(user.status, UserStatus::RESET_REQUIRED);
    EXPECT_EQ(user.attribute("email"), "user3@example.com");
}

TEST_P(ImportJobsStore, count_rows_that_break_a_rule_and_go_on) {
    const auto job = import(header() + row(1) + "broken\n" + row(1) + "\"no end,\n" + row(2) + ",,,\n" + row(3));
    EXPECT_EQ(job.status, Status::Succeeded);
    EXPECT_EQ(counts(job), "3 1 3");
    EXPECT_EQ(job.details.message, "Import Job Completed Successfully.");
    EXPECT_EQ(job.completed, noon);
}

TEST_P(ImportJobsStore, say_of_each_line_what_became_of_it_and_not_whose_it_is) {
    log::set_level(log::Level::debug);
    testing::internal::CaptureStderr();
    import(header() + row(1) + row(1) + "user2,false,user2@example.com,false\n");
    const auto log = testing::internal::GetCapturedStderr();
    log::set_level(log::Level::error);
    EXPECT_NE(log.find("[SUCCEEDED] Line Number 2 - The import succeeded."), std::string::npos) << log;
    EXPECT_NE(log.find("[SKIPPED] Line Number 3 - The user already exists."), std::string::npos) << log;
    EXPECT_NE(log.find("[FAILED] Line Number 4 - "), std::string::npos) << log;
    EXPECT_EQ(log.find("user1"), std::string::npos);
    EXPECT_EQ(log.find("user2"), std::string::npos);
}

TEST_P(ImportJobsStore, read_rows_that_go_over_lines_and_pieces) {
    std::string text = header();
    for (int i = 0; i < 40; ++i) {
        const auto name = "user" + std::to_string(i);
        text += "\n" + name + ",false,\"" + name + "@example.com\",true\r\n";
    }
    text.insert(0, "\xEF\xBB\xBF");
    text += "user40,false,user40@example.com,true," + std::string(700'000, 'x') + "\n";  // longer than a piece
    text += "user41,false,user41@example.com,true";                                      // no end of line
    const auto job = import(text, 7);
    EXPECT_EQ(job.status, Status::Succeeded) << job.details.message;
    EXPECT_EQ(counts(job), "41 0 1");
}

TEST_P(ImportJobsStore, fail_for_a_header_that_is_none_of_the_pool) {
    for (const auto* text : {"", "user1,false\n", "cognito:username,cognito:mfa_enabled,secret\n", "\"\n"}) {
        create("import-x");
        upload(text, "import-x");
        start("import-x");
        finish();
        EXPECT_EQ(get("import-x").status, Status::Failed) << text;
        EXPECT_NE(get("import-x").details.message, "");
        write([&](db::Transaction& tx) { tx.execute("DELETE FROM import_jobs"); });
    }
    EXPECT_EQ(users(), 0);
}

TEST_P(ImportJobsStore, fail_when_nobody_came) {
    const auto job = import(header() + "broken\n");
    EXPECT_EQ(job.status, Status::Failed);
    EXPECT_EQ(job.details.message, "Too many users have failed or been skipped during the import.");
}

TEST_P(ImportJobsStore, take_password_hashes_of_their_algorithm_alone) {
    const std::string with_hashes =
        "cognito:username,cognito:mfa_enabled,password_hash\n"
        "jane,false,$2b$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy\n"
        "john,false,$pbkdf2-sha256$29000$c2FsdHNhbHQ$" +
        std::string(43, 'A') + "\n";
    EXPECT_EQ(import(with_hashes).status, Status::Failed);
    write([&](db::Transaction& tx) { tx.execute("DELETE FROM import_jobs"); });
    algorithm = PasswordHashingAlgorithmType::BCRYPT;
    const auto job = import(with_hashes);
    EXPECT_EQ(job.status, Status::Succeeded) << job.details.message;
    EXPECT_EQ(counts(job), "1 0 1");
    const auto user = read([&](db::Transaction& tx) { return Users(tx).get_by_login(pool, "jane"); });
    EXPECT_EQ(user.status, UserStatus::CONFIRMED);
}

TEST_P(ImportJobsStore, go_on_with_another_process_and_count_every_row_once) {
    create();
    upload(rows(20));
    start();
    Claim anna(database(), {clock, NodeId("anna")}, "import users");
    Claim bert(database(), {clock, NodeId("bert")}, "import users");
    for (int i = 0; i < 4; ++i) EXPECT_TRUE(step(anna));
    EXPECT_EQ(counts(get()), "9 0 0") << "one step began it";
    EXPECT_FALSE(step(bert)) << "it is anna's";
    clock.advance(Claim::lease + 1s);  // anna is gone
    EXPECT_TRUE(step(bert));
    // She comes back with a part that she read before: it is not hers any more.
    EXPECT_EQ(refusal_of([&] { run(do_import_step(database(), random_, anna, clock.now(), 3)); }),
              Errc::concurrent_modification);
    for (int i = 0; i < 10; ++i) step(bert);
    EXPECT_EQ(get().status, Status::Succeeded);
    EXPECT_EQ(counts(get()), "20 0 0");
    EXPECT_EQ(users(), 20);
}

TEST_P(ImportJobsStore, stop_where_they_are) {
    create();
    upload(rows(20));
    start();
    Claim claim(database(), {clock, NodeId("anna")}, "import users");
    for (int i = 0; i < 3; ++i) step(claim);
    EXPECT_EQ(stop().status, Status::Stopping);
    step(claim);
    EXPECT_EQ(get().status, Status::Stopped);
    EXPECT_EQ(get().details.message, "The Import Job was stopped by the developer.");
    finish();
    EXPECT_EQ(users(), 6);
    EXPECT_EQ(refusal_of([&] { stop(); }), Errc::precondition_not_met);
    EXPECT_EQ(refusal_of([&] { start(); }), Errc::precondition_not_met);
}

TEST_P(ImportJobsStore, start_with_a_file_once_and_one_at_a_time) {
    create();
    create("import-2");
    EXPECT_EQ(refusal_of([&] { start(); }), Errc::precondition_not_met) << "no file";
    EXPECT_EQ(refusal_of([&] { stop(); }), Errc::precondition_not_met);
    EXPECT_EQ(refusal_of([&] { start("import-3"); }), Errc::resource_not_found);
    upload(rows(1));
    upload(rows(2), "import-2");
    EXPECT_EQ(start().status, Status::Pending);
    EXPECT_EQ(refusal_of([&] { start(); }), Errc::precondition_not_met);
    EXPECT_EQ(refusal_of([&] { start("import-2"); }), Errc::precondition_not_met) << "another is active";
    EXPECT_EQ(refusal_of([&] { upload(rows(5)); }), Errc::precondition_not_met) << "its file is settled";
    finish();
    start("import-2");
    finish();
    EXPECT_EQ(counts(get("import-2")), "1 1 0");
}

TEST_P(ImportJobsStore, have_the_file_that_was_uploaded_last) {
    create();
    upload(rows(300));
    upload(rows(2));
    start();
    finish();
    EXPECT_EQ(users(), 2);
}

TEST_P(ImportJobsStore, expire_and_leave_nothing_behind) {
    create();
    upload(rows(2));
    EXPECT_FALSE(is_due());
    clock.advance(import_job_life);
    EXPECT_EQ(refusal_of([&] { start(); }), Errc::precondition_not_met);
    EXPECT_TRUE(is_due());
    finish();
    EXPECT_EQ(get().status, Status::Expired);
    const auto job = get();
    EXPECT_FALSE(read([&](db::Transaction& tx) { return ImportJobs(tx).find_chunk(job, 0); }));
}

TEST_P(ImportJobsStore, keep_their_pool_as_it_is) {
    create();
    upload(rows(2));
    const auto save = [&] { return write([&](db::Transaction& tx) { Pools(tx).save(Pools(tx).get(pool.id)); }); };
    const auto erase = [&] { return write([&](db::Transaction& tx) { Pools(tx).erase(pool.id); }); };
    save();
    start();
    EXPECT_EQ(refusal_of(save), Errc::import_in_progress);
    EXPECT_EQ(refusal_of(erase), Errc::import_in_progress);
    finish();
    save();
    erase();
    EXPECT_FALSE(is_due());
}

TEST_P(ImportJobsStore, that_are_gone_leave_no_pieces) {
    create();
    upload(rows(2));
    write([&](db::Transaction& tx) { Pools(tx).erase(pool.id); });
    EXPECT_TRUE(is_due());
    finish();
}

TEST_P(ImportJobsStore, are_a_thousand_of_a_pool_at_most_and_listed_latest_first) {
    for (int i = 0; i < 1000; ++i) create("import-" + std::to_string(1000 + i));
    EXPECT_EQ(refusal_of([&] { create("import-x"); }), Errc::limit_exceeded);
    const auto page = read([&](db::Transaction& tx) { return ImportJobs(tx).list(pool.id, "import-1500", 2); });
    ASSERT_EQ(page.size(), 2u);
    EXPECT_EQ(page[0].id, "import-1499");
    EXPECT_EQ(page[1].id, "import-1498");
}

TEST_P(ImportJobsStore, need_a_way_to_a_password) {
    check_can_import(pool, std::nullopt);
    pool.settings.AutoVerifiedAttributes.reset();
    EXPECT_EQ(refusal_of([&] { check_can_import(pool, std::nullopt); }), Errc::precondition_not_met);
    check_can_import(pool, PasswordHashingAlgorithmType::ARGON2ID);
}

TEST_P(ImportJobsStore, give_out_a_token_for_one_job_and_a_time) {
    const auto token = seal_upload_token(sealer_, pool.id, "import-1", noon + 15min);
    const auto proves = [&](const PoolId& of, const char* job, const std::string& text, Instant now) {
        return proves_upload(sealer_, of, job, text, now);
    };
    EXPECT_TRUE(proves(pool.id, "import-1", token, noon + 15min - 1ms));
    EXPECT_FALSE(proves(pool.id, "import-1", token, noon + 15min));
    EXPECT_FALSE(proves(pool.id, "import-2", token, noon));
    EXPECT_FALSE(proves(PoolId("us-east-1_b"), "import-1", token, noon));
    EXPECT_FALSE(proves(pool.id, "import-1", token.substr(1), noon));
    EXPECT_FALSE(proves(pool.id, "import-1", "", noon));
}

INSTANTIATE_TEST_SUITE_P(Engines, ImportJobsStore, engines(), engine_name);

}  // namespace
}  // namespace symbolon::storage
