// Where the endpoints send a browser that cannot go on.
#include "pages/house.hpp"

#include <array>

namespace symbolon::pages {
namespace {

class DeadEnd : public House {
protected:
    net::Response show(std::string_view code) {
        return Visitor(*this).get(std::string(site_path) + "/error?" + encode({{"error", std::string(code)}}));
    }
};

// Who stopped at their identity provider was told that a link does not work.
TEST_F(DeadEnd, tells_people_what_they_can_do) {
    struct Case {
        std::string_view code, said, detail;
        int status = 400;
    };
    constexpr std::array<Case, 6> cases{{{"Sign-in refused", "You were not signed in", "did not let the person in"},
                                         {"Invalid state", "This took too long", "Invalid state: "},
                                         {"redirect_mismatch", "This link does not work", "redirect_mismatch: "},
                                         {"logout_uri_missing", "You are signed out", "/logout takes"},
                                         {"temporarily_unavailable", "Something went wrong on our side", "", 503},
                                         {"of nobody", "This link does not work", ""}}};
    for (const auto& expected : cases) {
        const auto response = show(expected.code);
        EXPECT_EQ(response.status, expected.status) << expected.code;
        EXPECT_NE(response.body.find(expected.said), std::string::npos) << expected.code << response.body;
        EXPECT_NE(response.body.find(expected.detail), std::string::npos) << expected.code << response.body;
    }
}

TEST_F(DeadEnd, shows_nothing_of_the_request) {
    EXPECT_EQ(show("<script>alert(1)").body.find("<script>alert"), std::string::npos);
}

}  // namespace
}  // namespace symbolon::pages
