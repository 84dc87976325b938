// Terms documents (cognito-api.md §2.16, §5.11).
#include "aws/house.hpp"

#include <set>
#include <string>

namespace symbolon::aws {
namespace {

const object links{{"cognito:default", "https://example.com/terms"}, {"cognito:german", "https://example.com/agb"}};

class TermsOfClients : public House {
protected:
    std::string pool = add_pool();
    std::string client = add_client(pool);

    object request(const char* name = "terms-of-use") {
        return {{"UserPoolId", pool},    {"ClientId", client},    {"TermsName", name},
                {"TermsSource", "LINK"}, {"Enforcement", "NONE"}, {"Links", links}};
    }
    object create(const char* name = "terms-of-use") { return part(call("CreateTerms", request(name)), "Terms"); }
    object of(const object& terms) { return {{"UserPoolId", pool}, {"TermsId", text(terms, "TermsId")}}; }
};

TEST_F(TermsOfClients, are_made_described_and_deleted) {
    const auto terms = create();
    EXPECT_EQ(text(terms, "ClientId"), client);
    EXPECT_EQ(terms.at("Links"), links);
    EXPECT_EQ(part(call("DescribeTerms", of(terms)), "Terms"), terms);
    EXPECT_EQ(
        part(call("DescribeTermsByClient", {{"UserPoolId", pool}, {"ClientId", client}, {"TermsName", "terms-of-use"}}),
             "Terms"),
        terms);
    EXPECT_EQ(send("DeleteTerms", of(terms)).body, "");
    EXPECT_EQ(refusal("DescribeTerms", of(terms)), (Refused{"ResourceNotFound", "Terms do not exist."}));
    EXPECT_EQ(refusal("DeleteTerms", of(terms)).type, "ResourceNotFound");
}

TEST_F(TermsOfClients, are_one_of_each_name_for_a_client) {
    create();
    EXPECT_EQ(refusal("CreateTerms", request()).type, "TermsExists");
    create("privacy-policy");
    const auto other = add_client(pool);
    call("CreateTerms", with(request(), {{"ClientId", other}}));
}

TEST_F(TermsOfClients, change_their_links_and_their_name) {
    const auto terms = create();
    const object fewer{{"cognito:default", "https://example.com/new"}};
    auto changed = part(call("UpdateTerms", with(of(terms), {{"Links", fewer}})), "Terms");
    EXPECT_EQ(changed.at("Links"), fewer);
    EXPECT_EQ(text(changed, "TermsName"), "terms-of-use");
    changed = part(call("UpdateTerms", with(of(terms), {{"TermsName", "privacy-policy"}})), "Terms");
    EXPECT_EQ(text(changed, "TermsId"), text(terms, "TermsId"));
    EXPECT_EQ(changed.at("Links"), fewer);
    const auto second = create();
    EXPECT_EQ(refusal("UpdateTerms", with(of(second), {{"TermsName", "privacy-policy"}})).type, "TermsExists");
    EXPECT_EQ(text(part(call("DescribeTerms", of(second)), "Terms"), "TermsName"), "terms-of-use")
        << "a refused change leaves them as they were";
}

TEST_F(TermsOfClients, are_listed_page_by_page) {
    std::set<std::string> made;
    for (int i = 0; i < 3; ++i) {
        client = add_client(pool);
        made.insert(text(create(), "TermsId"));
        made.insert(text(create("privacy-policy"), "TermsId"));
    }
    std::set<std::string> seen;
    object request{{"UserPoolId", pool}, {"MaxResults", 4}};
    while (true) {
        const auto page = call("ListTerms", request);
        for (const auto& terms : page.at("Terms").as_array()) {
            EXPECT_TRUE(seen.insert(text(terms.as_object(), "TermsId")).second);
            EXPECT_FALSE(terms.as_object().contains("Links"));
        }
        if (!page.contains("NextToken")) break;
        request["NextToken"] = page.at("NextToken");
    }
    EXPECT_EQ(seen, made);
    EXPECT_EQ(refusal("ListTerms", with(request, {{"UserPoolId", add_pool()}})), invalid_page);
}

TEST_F(TermsOfClients, lead_to_web_pages) {  // attack row 5
    for (const char* url : {"javascript:alert(1)", "data:text/html,x", "//evil.example", "ftp://example.com"})
        EXPECT_EQ(refusal("CreateTerms", with(request(), {{"Links", object{{"cognito:default", url}}}})).type,
                  "InvalidParameter")
            << url;
    EXPECT_EQ(refusal("CreateTerms", with(request(), {{"Links", object{}}})).type, "InvalidParameter");
    EXPECT_NE(refusal("CreateTerms", with(request(), {{"Links", object{{"cognito:klingon", "https://a.example"}}}}))
                  .message.find("cognito:(default|"),
              std::string::npos);
    EXPECT_NE(refusal("CreateTerms", with(request(), {{"TermsName", "cookies"}})).message.find("^(terms-of-use|"),
              std::string::npos);
}

TEST_F(TermsOfClients, of_another_pool_are_unknown) {
    const auto elsewhere = with(of(create()), {{"UserPoolId", add_pool()}});
    for (const char* operation : {"DescribeTerms", "UpdateTerms", "DeleteTerms"})
        EXPECT_EQ(refusal(operation, elsewhere).type, "ResourceNotFound") << operation;
}

}  // namespace
}  // namespace symbolon::aws
