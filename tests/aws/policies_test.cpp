// What access keys open: every policy against every operation of administrators, on one's own pool and on another's
// (docs/administrators.md; attack row 51).
#include "aws/house.hpp"
#include "aws/operation.hpp"
#include "aws/permissions.hpp"
#include "aws/samples.hpp"
#include "directory/access_keys.hpp"

#include <boost/json/serialize.hpp>

#include <algorithm>
#include <chrono>

namespace symbolon::aws {
namespace {

using namespace std::chrono_literals;
using directory::AccessPolicy;
using Opens = AccessPolicy::Kind;
using Type = Description::Kind;

class Policies : public House {
protected:
    directory::AccessKey add_key(AccessPolicy policy) {
        auto key = directory::make_access_key(random, std::move(policy), clock.now());
        write([&](db::Transaction& tx) { directory::AccessKeys(tx, sealer).create(key); });
        return key;
    }
    net::Response send_as(const directory::AccessKey& key, std::string_view operation, const object& body) {
        auto request = make_request(operation, boost::json::serialize(body));
        for (const char* name : {"Authorization", "X-Amz-Date", "X-Amz-Content-Sha256"}) request.headers.remove(name);
        sign(request, key.id, key.secret.reveal());
        return serve(std::move(request));
    }
    Refused refusal_as(const directory::AccessKey& key, std::string_view operation, const object& body) {
        return refused(send_as(key, operation, body));
    }
    static Refused denied(const directory::AccessKey& key, std::string_view operation, const std::string& pool) {
        const auto resource = pool.empty() ? "*" : "arn:aws:cognito-idp:us-east-1:000000000000:userpool/" + pool;
        return {"AccessDenied", "User: arn:aws:iam::000000000000:user/" + key.id +
                                    " is not authorized to perform: cognito-idp:" + std::string(operation) +
                                    " on resource: " + resource};
    }
    template <class Check>
    static void each_administrators(Check check) {
        for (const auto& operation : operations()) {
            if (operation.access != Access::administrator) continue;
            SCOPED_TRACE(operation.name);
            check(operation);
        }
    }
    static bool names_a_pool(const Operation& operation) {
        return operation.request().find("UserPoolId") != nullptr || operation.request().find("ResourceArn") != nullptr;
    }
    /// Only the pool of this is there.
    static Places in_pool(const std::string& pool) {
        auto places = nowhere();
        places.pool = pool;
        return places;
    }
    static std::string arn_of(const std::string& pool) {
        return "arn:aws:cognito-idp:us-east-1:000000000000:userpool/" + pool;
    }
};

TEST_F(Policies, what_reads_is_told_from_what_changes_by_its_name) {
    each_administrators([](const Operation& operation) {
        if (operation.effect) {
            EXPECT_EQ(only_reads(operation.name), operation.effect == Effect::reads);
        }
        for (const std::string_view verb :
             {"Create",      "Update",        "Delete",       "Set",         "Add",
              "AdminCreate", "AdminUpdate",   "AdminDelete",  "AdminSet",    "AdminAdd",
              "AdminRemove", "AdminConfirm",  "AdminDisable", "AdminEnable", "AdminReset",
              "AdminLink",   "AdminInitiate", "AdminRespond", "AdminForget", "AdminRevoke",
              "AdminUser",   "Start",         "Stop",         "Tag",         "Untag"})
            EXPECT_FALSE(operation.name.starts_with(verb) && only_reads(operation.name)) << verb;
    });
}

bool holds_secret(const Description* type) {
    if (type == nullptr) return false;
    if (type->element != nullptr && holds_secret(type->element)) return true;
    return std::any_of(type->members.begin(), type->members.end(), [](const Description::Member& member) {
        const bool secret = member.name.find("Secret") != std::string_view::npos && member.type->kind == Type::text;
        return (secret && member.name != "ClientSecretId") || member.name == "ProviderDetails" ||
               member.name == "PreSignedUrl" || member.name == "Password" || holds_secret(member.type);
    });
}

TEST_F(Policies, an_answer_with_a_secret_is_known_as_such) {
    each_administrators([](const Operation& operation) {
        if (!only_reads(operation.name)) return;
        if (operation.name == "ListUserPoolClientSecrets") return;  // the value is in the answer that makes one, alone
        EXPECT_EQ(shows_secrets(operation.name), holds_secret(operation.response()));
    });
}

TEST_F(Policies, full_opens_everything) {
    const auto key = add_key({});
    each_administrators([&](const Operation& operation) {
        EXPECT_NE(refusal_as(key, operation.name, fill(sample(operation.name), nowhere())).type, "AccessDenied");
    });
}

TEST_F(Policies, read_only_changes_nothing_and_shows_no_secret) {
    const auto key = add_key({Opens::read_only});
    const auto pool = add_pool();
    each_administrators([&](const Operation& operation) {
        const auto body = fill(sample(operation.name), in_pool(pool));
        const auto answer = refusal_as(key, operation.name, body);
        if (only_reads(operation.name) && !shows_secrets(operation.name)) {
            EXPECT_NE(answer.type, "AccessDenied");
        } else {
            EXPECT_EQ(answer, denied(key, operation.name, names_a_pool(operation) ? pool : ""));
        }
    });
    EXPECT_EQ(refused(send_as(key, "DescribeUserPool", {{"UserPoolId", pool}})).type, "(not refused)");
}

TEST_F(Policies, a_key_of_one_pool_opens_that_and_no_other) {
    const auto ours = add_pool();
    const auto theirs = add_pool();
    const auto key = add_key({Opens::pool, PoolId(ours)});
    each_administrators([&](const Operation& operation) {
        const auto on_theirs = refusal_as(key, operation.name, fill(sample(operation.name), in_pool(theirs)));
        if (!names_a_pool(operation)) {
            if (operation.name == "DescribeUserPoolDomain") return;  // has its own test
            EXPECT_EQ(on_theirs, denied(key, operation.name, ""));
            return;
        }
        EXPECT_EQ(on_theirs, denied(key, operation.name, theirs));
        if (operation.name == "DeleteUserPool") return;
        const auto on_ours = refusal_as(key, operation.name, fill(sample(operation.name), in_pool(ours)));
        EXPECT_NE(on_ours.type, "AccessDenied") << on_ours;
    });
    EXPECT_EQ(refusal_as(key, "DeleteUserPool", {{"UserPoolId", ours}}).type, "(not refused)");
}

// Members that an operation passes over name nothing: else a list of all pools would be about one's own.
TEST_F(Policies, a_pool_that_the_operation_does_not_look_at_opens_nothing) {
    const auto ours = add_pool();
    const auto theirs = add_pool();
    const auto key = add_key({Opens::pool, PoolId(ours)});
    const object more{{"UserPoolId", ours}, {"ResourceArn", arn_of(ours)}, {"Domain", "nowhere"}};
    each_administrators([&](const Operation& operation) {
        auto body = fill(sample(operation.name), in_pool(theirs));
        for (const auto& [member, value] : more) {
            if (!body.contains(member) && operation.request().find(member) == nullptr) body[member] = value;
        }
        if (operation.name == "DescribeUserPoolDomain") return;
        EXPECT_EQ(refusal_as(key, operation.name, body).type, "AccessDenied");
    });
}

TEST_F(Policies, two_pools_are_not_one) {
    const auto ours = add_pool();
    const auto theirs = add_pool();
    const auto key = add_key({Opens::pool, PoolId(ours)});
    call("CreateUserPoolDomain", {{"UserPoolId", theirs}, {"Domain", "theirs"}});
    call("CreateUserPoolDomain", {{"UserPoolId", ours}, {"Domain", "ours"}});
    EXPECT_EQ(refusal_as(key, "DescribeUserPoolDomain", {{"Domain", "ours"}}).type, "(not refused)");
    for (const object& body : {object{{"Domain", "theirs"}}, object{{"Domain", "theirs"}, {"UserPoolId", ours}}}) {
        EXPECT_EQ(refusal_as(key, "DescribeUserPoolDomain", body), denied(key, "DescribeUserPoolDomain", ""));
    }
    for (const char* operation : {"CreateUserPoolDomain", "UpdateUserPoolDomain", "DeleteUserPoolDomain"}) {
        EXPECT_EQ(refusal_as(key, operation, {{"Domain", "theirs"}, {"UserPoolId", ours}}),
                  denied(key, operation, ours));
        EXPECT_EQ(refusal_as(key, operation, {{"Domain", "ours"}, {"UserPoolId", theirs}}),
                  denied(key, operation, theirs));
    }
}

TEST_F(Policies, whether_a_domain_is_free_may_be_asked_by_everybody) {
    const auto key = add_key({Opens::pool, PoolId(add_pool())});
    const auto answer = send_as(key, "DescribeUserPoolDomain", {{"Domain", "nobodys"}});
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.body, R"({"DomainDescription":{}})");
}

TEST_F(Policies, a_pool_that_is_malformed_is_not_ones_own) {
    const auto ours = add_pool();
    const auto key = add_key({Opens::pool, PoolId(ours)});
    for (const boost::json::value& id :
         {boost::json::value(7), boost::json::value(array{ours}), boost::json::value(nullptr),
          boost::json::value(ours + " "), boost::json::value(" " + ours), boost::json::value(ours + "/x"),
          boost::json::value("*"), boost::json::value("")}) {
        EXPECT_EQ(refusal_as(key, "DescribeUserPool", {{"UserPoolId", id}}), denied(key, "DescribeUserPool", ""))
            << boost::json::serialize(id);
    }
}

// One's own domain does not make up for it.
TEST_F(Policies, a_pool_that_is_malformed_beside_ones_own_domain_opens_nothing) {
    const auto ours = add_pool();
    call("CreateUserPoolDomain", {{"UserPoolId", ours}, {"Domain", "ours"}});
    const auto key = add_key({Opens::pool, PoolId(ours)});
    const object malformed{{"UserPoolId", ours + "/x"}, {"Domain", "ours"}};
    EXPECT_EQ(refusal_as(key, "DeleteUserPoolDomain", malformed), denied(key, "DeleteUserPoolDomain", ""));
    EXPECT_EQ(refusal_as(key, "DeleteUserPoolDomain", {{"UserPoolId", ours}, {"Domain", "ours"}}).type,
              "(not refused)");
}

TEST_F(Policies, an_arn_names_the_pool_only_as_a_whole) {
    const auto ours = add_pool();
    const auto theirs = add_pool();
    const auto key = add_key({Opens::pool, PoolId(ours)});
    EXPECT_EQ(refusal_as(key, "ListTagsForResource", {{"ResourceArn", arn_of(ours)}}).type, "(not refused)");
    for (const auto& arn : {arn_of(theirs), arn_of(theirs) + "/" + ours, arn_of(ours) + ":userpool/" + theirs,
                            arn_of(ours) + "/" + theirs, "arn:aws:cognito-idp:userpool/" + ours, ours, std::string()}) {
        EXPECT_EQ(refusal_as(key, "ListTagsForResource", {{"ResourceArn", arn}}).type, "AccessDenied") << arn;
    }
}

TEST_F(Policies, a_disabled_key_is_unknown_after_a_second) {
    const auto key = add_key({});
    const object body{{"MaxResults", 1}};
    EXPECT_EQ(refusal_as(key, "ListUserPools", body).type, "(not refused)");
    write([&](db::Transaction& tx) { directory::AccessKeys(tx, sealer).set_enabled(key.id, false); });
    clock.advance(1s);
    EXPECT_EQ(refusal_as(key, "ListUserPools", body),
              (Refused{"UnrecognizedClient", "The security token included in the request is invalid."}));
}

TEST_F(Policies, one_key_s_secret_does_not_sign_for_another) {
    const auto weak = add_key({Opens::read_only});
    const auto strong = add_key({});
    directory::AccessKey mixed;
    mixed.id = strong.id;
    mixed.secret = weak.secret.clone();
    EXPECT_EQ(refusal_as(mixed, "ListUserPools", {{"MaxResults", 1}}).type, "InvalidSignature");
}

// The header is read twice: for the key to look up, and for the signature. Whoever says two things proves neither.
TEST_F(Policies, a_header_with_two_credentials_opens_nothing) {
    const auto weak = add_key({Opens::read_only});
    auto request = make_request("CreateUserPool", R"({"PoolName": "x"})");
    for (const char* name : {"Authorization", "X-Amz-Date", "X-Amz-Content-Sha256"}) request.headers.remove(name);
    sign(request, weak.id, weak.secret.reveal());
    const std::string honest(*request.headers.find("Authorization"));
    const auto credential = honest.substr(honest.find("Credential="), honest.find(',') - honest.find("Credential="));
    for (const auto& header :
         {honest + ", Credential=" + std::string(key_id) + credential.substr(credential.find('/')),
          "AWS4-HMAC-SHA256 X=Credential=" + std::string(key_id) + "/" + honest.substr(honest.find(' ')),
          "AWS4-HMAC-SHA256 xCredential=" + std::string(key_id) + "/x, " + honest.substr(honest.find(' ') + 1)}) {
        auto forged = request;
        forged.headers.set("Authorization", header);
        const auto answer = refused(serve(std::move(forged)));
        EXPECT_NE(answer.type, "(not refused)") << header;
    }
}

}  // namespace
}  // namespace symbolon::aws
