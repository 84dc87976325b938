#include "pages/house.hpp"

namespace symbolon::pages {
namespace {

class PhoneField : public House {
protected:
    /// The country's line of the picker.
    std::string option(const std::string& body, const std::string& country) {
        const auto at = body.find("<option value=\"" + country + "\"");
        return at == std::string::npos ? std::string{} : body.substr(at, body.find('>', at) - at + 1);
    }
};

// Who types +1 … is not asked again, and must not be moved to the first of the twenty-five countries that share it.
TEST_F(PhoneField, names_the_main_country_of_a_shared_code_and_an_example) {
    const auto body = Visitor(*this).get(page("/login")).body;
    EXPECT_EQ(option(body, "US"),
              "<option value=\"US\" data-dial=\"1\" data-main data-example=\"(201) 555-0123\" selected>");
    EXPECT_EQ(option(body, "CA").find("data-main"), std::string::npos);
    EXPECT_NE(option(body, "CA").find("data-example"), std::string::npos);
    EXPECT_NE(option(body, "DE").find("data-main"), std::string::npos);
}

}  // namespace
}  // namespace symbolon::pages
