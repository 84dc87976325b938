#include "pages/house.hpp"

namespace symbolon::pages {
namespace {

class SignedOut : public House {
protected:
    net::Response log_out(Visitor& who, const Pairs& parameters) {
        return who.get(std::string(site_path) + "/logout?" + encode(parameters));
    }
    Visitor visitor{*this};
};

TEST_F(SignedOut, without_a_place_to_go_sees_so_and_the_developer_what_is_missing) {
    visitor.sign_in();
    const auto target = location(log_out(visitor, {{"client_id", client_id.str()}}));
    const auto response = visitor.get(target, {{"Accept-Language", "en"}});
    EXPECT_EQ(response.status, 400);
    EXPECT_NE(response.body.find("You are signed out"), std::string::npos) << response.body;
    EXPECT_NE(response.body.find("logout_uri"), std::string::npos);
    EXPECT_NE(visitor.authorize().find("/login?"), std::string::npos) << "the next sign-in asks again";
}

TEST_F(SignedOut, with_a_registered_place_goes_there) {
    visitor.sign_in();
    EXPECT_EQ(location(visitor.sign_out()), "https://client.example/bye");
    EXPECT_NE(visitor.authorize().find("/login?"), std::string::npos);
}

}  // namespace
}  // namespace symbolon::pages
