// Who may call: signatures of administrators, clients and tokens of everybody else (cognito-api.md §1.7; attack rows 37
// and 38). Generated from the table of operations.
#include "aws/house.hpp"
#include "aws/operation.hpp"
#include "aws/samples.hpp"
#include "aws/unknown.hpp"

#include <boost/json/serialize.hpp>

#include <algorithm>
#include <chrono>
#include <set>

namespace symbolon::aws {
namespace {

using namespace std::chrono_literals;

const Refused no_signature{"MissingAuthenticationToken", "Missing Authentication Token"};
const Refused unknown_key{"UnrecognizedClient", "The security token included in the request is invalid."};
const Refused wrong_signature{
    "InvalidSignature",
    "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key "
    "and signing method. Consult the service documentation for details."};

class Callers : public House {
protected:
    /// Sends every administrator's operation after a change to its request.
    template <class Change>
    void each_administrator(Change change) {
        for (const auto& operation : operations()) {
            if (operation.access != Access::administrator) continue;
            SCOPED_TRACE(operation.name);
            auto body = boost::json::serialize(fill(sample(operation.name), nowhere()));
            change(make_request(operation.name, std::move(body)));
        }
    }
    static void strip(net::Request& request) {
        for (const char* name : {"Authorization", "X-Amz-Date", "X-Amz-Content-Sha256"}) request.headers.remove(name);
    }
};

TEST(Operations, each_is_once_in_the_table_and_has_a_sample) {
    std::set<std::string_view> in_table;
    for (const auto& operation : operations()) {
        EXPECT_TRUE(in_table.insert(operation.name).second) << operation.name;
        EXPECT_EQ(find_operation(operation.name), &operation);
        EXPECT_NO_THROW(sample(operation.name));
    }
    std::set<std::string_view> sampled;
    for (const auto& each : samples()) EXPECT_TRUE(sampled.insert(each.operation).second) << each.operation << " twice";
    EXPECT_EQ(sampled, in_table);
    EXPECT_EQ(find_operation("getuser"), nullptr) << "names are case-sensitive";
}

TEST_F(Callers, an_administrators_operation_without_a_signature_is_refused) {
    each_administrator([&](net::Request request) {
        strip(request);
        EXPECT_EQ(refused(serve(std::move(request))), no_signature);
    });
}

TEST_F(Callers, a_signature_with_another_secret_is_refused) {
    each_administrator([&](net::Request request) {
        strip(request);
        sign(request, key_id, "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEZ");
        EXPECT_EQ(refused(serve(std::move(request))), wrong_signature);
    });
}

TEST_F(Callers, an_unknown_access_key_is_refused) {
    each_administrator([&](net::Request request) {
        strip(request);
        sign(request, "AKIDSTRANGER", key_secret);
        EXPECT_EQ(refused(serve(std::move(request))), unknown_key);
    });
}

TEST_F(Callers, a_signature_from_more_than_five_minutes_ago_or_ahead_is_refused) {
    each_administrator([&](net::Request request) {
        clock.advance(5min + 1s);
        const auto late = refused(serve(request));
        EXPECT_EQ(late.type, "InvalidSignature");
        EXPECT_TRUE(late.message.starts_with("Signature expired: ")) << late.message;
        clock.advance(-10min - 2s);
        const auto early = refused(serve(std::move(request)));
        EXPECT_EQ(early.type, "InvalidSignature");
        EXPECT_TRUE(early.message.starts_with("Signature not yet current: ")) << early.message;
        clock.advance(5min + 1s);
    });
}

TEST_F(Callers, a_signature_is_of_one_body_and_one_operation) {
    each_administrator([&](net::Request request) {
        auto other_body = request;
        other_body.body.insert(other_body.body.size() - 1, " ");
        EXPECT_EQ(refused(serve(std::move(other_body))), wrong_signature);
        request.headers.set("X-Amz-Target", request.headers.find("x-amz-target")->ends_with(".DescribeUserPool")
                                                ? "AWSCognitoIdentityProviderService.DeleteUserPool"
                                                : "AWSCognitoIdentityProviderService.DescribeUserPool");
        EXPECT_EQ(refused(serve(std::move(request))), wrong_signature);
    });
}

TEST_F(Callers, a_malformed_authorization_says_what_is_missing) {
    auto request = make_request("ListUserPools", R"({"MaxResults": 1})");
    request.headers.set("Authorization",
                        "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20270115/us-east-1/cognito-idp/aws4_request");
    const auto refusal = refused(serve(std::move(request)));
    EXPECT_EQ(refusal.type, "IncompleteSignature");
    EXPECT_NE(refusal.message.find("'Signature'"), std::string::npos) << refusal.message;
}

TEST_F(Callers, the_signature_is_looked_at_before_the_body) {
    auto request = make_request("ListUserPools", "no JSON");
    strip(request);
    EXPECT_EQ(refused(serve(std::move(request))), no_signature);
}

TEST_F(Callers, a_needless_signature_harms_nobody) {
    for (const auto& operation : operations()) {
        if (operation.access == Access::administrator) continue;
        SCOPED_TRACE(operation.name);
        auto request = make_request(operation.name, boost::json::serialize(fill(sample(operation.name), nowhere())));
        const auto without = refused(serve(request));
        request.headers.add("Authorization", "AWS4-HMAC-SHA256 rubbish");
        EXPECT_EQ(refused(serve(std::move(request))), without);
    }
}

TEST_F(Callers, an_unknown_client_is_named) {
    for (const auto& operation : operations()) {
        if (operation.access != Access::client) continue;
        EXPECT_EQ(refusal(operation.name, fill(sample(operation.name), nowhere())),
                  (Refused{"ResourceNotFound", "User pool client " + nowhere().client + " does not exist."}))
            << operation.name;
    }
}

TEST_F(Callers, what_is_no_access_token_opens_nothing) {
    const auto pool = add_pool(tutorial());
    const auto client = add_client(pool);
    add_user(pool, client);
    const auto given = tokens(pool, client);
    auto access = text(given, "AccessToken");
    auto tampered = access;
    tampered[tampered.size() / 2] = tampered[tampered.size() / 2] == 'A' ? 'B' : 'A';
    for (const auto& operation : operations()) {
        if (operation.access != Access::token) continue;
        SCOPED_TRACE(operation.name);
        auto places = nowhere();
        const auto with_token = [&](const std::string& token) {
            places.token = token;
            return refusal(operation.name, with(fill(sample(operation.name), places),
                                                {{"PreviousPassword", nullptr}, {"AccessToken", token}}));
        };
        const Refused invalid{"NotAuthorized", "Invalid Access Token"};
        EXPECT_EQ(with_token(nowhere().token), invalid);
        EXPECT_EQ(with_token("rubbish"), invalid);
        EXPECT_EQ(with_token(text(given, "IdToken")), invalid);
        EXPECT_EQ(with_token(text(given, "RefreshToken")), invalid);
        EXPECT_EQ(with_token(tampered).type, "NotAuthorized");
        clock.advance(60min);
        EXPECT_EQ(with_token(access), (Refused{"NotAuthorized", "Access Token has expired"}));
        clock.advance(-60min);
    }
}

// Attack row 37.
class CrossPool : public House {
protected:
    Places furnish(const std::string& domain, std::string_view user) {
        Places places;
        places.pool = add_pool();
        places.client = add_client(places.pool);
        places.user = user;
        places.server = "https://" + domain + ".example";
        places.domain = domain;
        places.token = "e30.e30.e30";
        call("CreateUserPoolDomain", {{"UserPoolId", places.pool}, {"Domain", domain}});
        call("CreateResourceServer", {{"UserPoolId", places.pool}, {"Identifier", places.server}, {"Name", "s"}});
        call("AdminCreateUser", {{"UserPoolId", places.pool}, {"Username", user}, {"MessageAction", "SUPPRESS"}});
        return places;
    }
    /// All that the API shows of a pool.
    std::string show(const Places& places) {
        std::string all;
        for (const char* operation : {"DescribeUserPool", "DescribeUserPoolClient", "DescribeUserPoolDomain",
                                      "DescribeResourceServer", "AdminGetUser", "ListUsers", "ListUserPoolClients"}) {
            all += boost::json::serialize(call(operation, fill(sample(operation), places)));
        }
        return all;
    }
};

TEST_F(CrossPool, ids_of_one_pool_are_unknown_in_another) {
    const auto ours = furnish("ours", "alice");
    const auto theirs = furnish("theirs", "bob");
    const auto before = show(theirs);
    auto mixed = theirs;
    mixed.pool = ours.pool;
    int tried = 0;
    for (const auto& operation : operations()) {
        if (!has_unknown_refusal(operation.name)) continue;  // matrix_test sees to it that none is forgotten
        ++tried;
        EXPECT_EQ(refusal(operation.name, fill(sample(operation.name), mixed)), unknown_refusal(operation.name, mixed))
            << operation.name;
    }
    EXPECT_GE(tried, 12);
    EXPECT_EQ(show(theirs), before);
}

TEST_F(CrossPool, the_taken_domain_of_another_pool_stays_theirs) {
    const auto ours = furnish("ours", "alice");
    const auto theirs = furnish("theirs", "bob");
    EXPECT_EQ(refusal("CreateUserPoolDomain", {{"UserPoolId", ours.pool}, {"Domain", "theirs"}}),
              (Refused{"InvalidParameter", "Domain already associated with another user pool."}));
    const auto domain = call("DescribeUserPoolDomain", {{"Domain", "theirs"}});
    EXPECT_EQ(text(domain, "DomainDescription.UserPoolId"), theirs.pool);
}

TEST_F(CrossPool, a_pool_that_is_not_there_is_named) {
    for (const auto& operation : operations()) {
        const auto body = fill(sample(operation.name), nowhere());
        const bool names_a_pool = body.contains("UserPoolId") || body.contains("ResourceArn");
        if (operation.access != Access::administrator || !names_a_pool) continue;
        if (operation.name == "DeleteUserPoolDomain") continue;  // says that of the domain
        EXPECT_EQ(refusal(operation.name, body),
                  (Refused{"ResourceNotFound", "User pool us-east-1_Nowhere99 does not exist."}))
            << operation.name;
    }
}

}  // namespace
}  // namespace symbolon::aws
