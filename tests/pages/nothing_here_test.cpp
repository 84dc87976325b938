#include "pages/house.hpp"

#include <boost/json/parse.hpp>

namespace symbolon::pages {
namespace {

constexpr const char* browsers_accept = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

class NothingHere : public House {
protected:
    static std::string below(std::string_view path) { return std::string(site_path) + std::string(path); }
    net::Response ask(const std::string& target, const Pairs& headers, net::Method method = net::Method::get,
                      std::string body = {}) {
        return Visitor(*this).send(method, target, std::move(body), headers);
    }
};

TEST_F(NothingHere, shows_browsers_a_page_in_their_language) {
    for (const auto& target : {below("/logni"), below("/"), below(""), below("/oauth2/autorize")}) {
        const auto response = ask(target, {{"Accept", browsers_accept}, {"Accept-Language", "de-AT,de;q=0.9"}});
        EXPECT_EQ(response.status, 404) << target;
        EXPECT_EQ(header(response, "Content-Type"), "text/html; charset=utf-8");
        EXPECT_NE(response.body.find("Hier ist nichts"), std::string::npos) << target;
        EXPECT_NE(response.body.find("<html lang=\"de\""), std::string::npos) << target;
    }
}

TEST_F(NothingHere, offers_the_same_address_in_other_languages) {
    const auto response = ask(below("/logni?x=1"), {{"Accept", browsers_accept}});
    EXPECT_NE(response.body.find("/logni?x=1&amp;lang=fr"), std::string::npos) << response.body;
    EXPECT_NE(ask(below("/logni?x=1&lang=fr"), {{"Accept", browsers_accept}}).body.find("rien ici"), std::string::npos);
}

TEST_F(NothingHere, tells_clients_in_json) {
    for (const Pairs& headers : {Pairs{}, Pairs{{"Accept", "*/*"}}, Pairs{{"Accept", "application/json"}}}) {
        const auto response = ask(below("/oauth2/tokens"), headers, net::Method::post, "{}");
        EXPECT_EQ(response.status, 404);
        EXPECT_EQ(header(response, "Content-Type"), "application/json");
        EXPECT_NO_THROW(boost::json::parse(response.body));
    }
}

TEST_F(NothingHere, whatever_is_sent_there) {
    for (const char* body : {"%zz", "{\"a\":1}", ""}) {
        EXPECT_EQ(ask(below("/logni"), {{"Accept", browsers_accept}}, net::Method::post, body).status, 404) << body;
    }
    EXPECT_EQ(ask(below("/logni"), {{"Accept", browsers_accept}}, net::Method::put).status, 404);
}

}  // namespace
}  // namespace symbolon::pages
