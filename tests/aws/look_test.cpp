// The look of the hosted pages: classic customization and styles of managed login (cognito-api.md §2.15, §5.11).
#include "aws/house.hpp"
#include "base/encoding.hpp"

#include <chrono>
#include <string>

namespace symbolon::aws {
namespace {

using namespace std::string_literals;

const std::string png = "\x89PNG\r\n\x1A\n"s + std::string(100, 'x');
const std::string jpeg = "\xFF\xD8\xFF\xE0"s + std::string(100, 'x');
const std::string svg = "<?xml version=\"1.0\"?>\n<!-- logo -->\n<svg xmlns=\"http://www.w3.org/2000/svg\"/>";

std::string base64(const std::string& bytes) {
    return to_base64(bytes_of(bytes));
}

class Look : public House {
protected:
    std::string pool = add_pool();
    std::string client = add_client(pool);

    net::Response get(const std::string& url, net::Method method = net::Method::get) {
        net::Request request;
        request.method = method;
        request.path = request.target = url.substr(base_url.size());
        return serve(std::move(request));
    }
};

class UiCustomization : public Look {
protected:
    void add_domain() { call("CreateUserPoolDomain", {{"UserPoolId", pool}, {"Domain", "look"}}); }
    object set(const object& more) {
        return part(call("SetUICustomization", with({{"UserPoolId", pool}}, more)), "UICustomization");
    }
    object shown(const object& more = {}) {
        return part(call("GetUICustomization", with({{"UserPoolId", pool}}, more)), "UICustomization");
    }
    Refused set_refusal(const object& more) {
        return refusal("SetUICustomization", with({{"UserPoolId", pool}}, more));
    }
};

TEST_F(UiCustomization, needs_a_domain) {
    EXPECT_EQ(set_refusal({{"CSS", ""}}),
              (Refused{"InvalidParameter", "There has to be an existing domain associated with this user pool"}));
    add_domain();
    EXPECT_EQ(shown(), object{});
}

TEST_F(UiCustomization, of_a_client_stands_before_that_of_the_pool) {
    add_domain();
    const auto css = [](const char* color) { return ".logo-customizable { color: "s + color + " }"; };
    const auto of_pool = set({{"ClientId", "ALL"}, {"CSS", css("red")}});
    EXPECT_EQ(text(of_pool, "ClientId"), "ALL");
    EXPECT_EQ(text(of_pool, "UserPoolId"), pool);
    EXPECT_EQ(text(of_pool, "CSSVersion").size(), 14U);
    EXPECT_EQ(text(shown({{"ClientId", client}}), "CSS"), css("red"));
    set({{"ClientId", client}, {"CSS", css("blue")}});
    EXPECT_EQ(text(shown({{"ClientId", client}}), "CSS"), css("blue"));
    EXPECT_EQ(text(shown(), "CSS"), css("red"));
    EXPECT_EQ(set({{"ClientId", client}}), object{}) << "nothing given: back to the pool's";
    EXPECT_EQ(text(shown({{"ClientId", client}}), "ClientId"), "ALL");
}

TEST_F(UiCustomization, of_an_unknown_client_is_refused) {
    add_domain();
    const auto other = add_client(add_pool());
    EXPECT_EQ(set_refusal({{"ClientId", other}, {"CSS", ""}}),
              (Refused{"ResourceNotFound", "User pool client " + other + " does not exist."}));
}

TEST_F(UiCustomization, goes_with_its_client) {
    add_domain();
    set({{"ClientId", client}, {"CSS", ".label-customizable { color: red }"}});
    call("DeleteUserPoolClient", {{"UserPoolId", pool}, {"ClientId", client}});
    EXPECT_EQ(refusal("GetUICustomization", {{"UserPoolId", pool}, {"ClientId", client}}).type, "ResourceNotFound");
}

TEST_F(UiCustomization, shows_its_picture_to_everybody_and_as_a_picture_only) {
    add_domain();
    for (const auto& [bytes, type] : {std::pair{png, "image/png"}, std::pair{jpeg, "image/jpeg"}}) {
        const auto url = text(set({{"ImageFile", base64(bytes)}}), "ImageUrl");
        ASSERT_TRUE(url.starts_with("https://id.example/files/pictures/" + pool + "/ALL/")) << url;
        const auto response = get(url);
        EXPECT_EQ(response.status, 200);
        EXPECT_EQ(response.body, bytes);
        EXPECT_EQ(header(response, "Content-Type"), type);
        EXPECT_EQ(header(response, "X-Content-Type-Options"), "nosniff");
        EXPECT_EQ(header(response, "Content-Security-Policy"), "default-src 'none'; sandbox");
    }
}

TEST_F(UiCustomization, has_its_picture_at_one_address_alone) {  // attack rows 37, 40
    add_domain();
    const auto url = text(set({{"ImageFile", base64(png)}}), "ImageUrl");
    const auto begin = "https://id.example/files/pictures/"s;
    const auto hash = url.substr(url.rfind('/') + 1);
    for (const auto& other :
         {begin + add_pool() + "/ALL/" + hash, begin + pool + "/" + client + "/" + hash, begin + pool + "/ALL/" + "x",
          url + "/", url + "/..", begin + pool + "/ALL/../ALL/" + hash, begin + "../" + pool + "/ALL/" + hash,
          begin + pool + "/ALL%2F" + hash, begin, "https://id.example/files/"s, "https://id.example/files/x/y"s})
        EXPECT_EQ(get(other).status, 404) << other;
    EXPECT_EQ(get(url, net::Method::post).status, 404);
    set({{"ImageFile", base64(jpeg)}});
    EXPECT_EQ(get(url).status, 404) << "another picture has another address";
}

TEST_F(UiCustomization, takes_pictures_and_style_sheets_that_harm_nobody) {
    add_domain();
    EXPECT_EQ(set_refusal({{"ImageFile", base64(svg)}}).message, "The image must be a PNG or JPEG file.");
    EXPECT_EQ(set_refusal({{"ImageFile", base64("<html>")}}).type, "InvalidParameter");
    EXPECT_EQ(set_refusal({{"ImageFile", "no base64"}}).type, "Serialization");
    EXPECT_EQ(set_refusal({{"ImageFile", base64(png + std::string(131'072, 'x'))}}).type, "InvalidParameter");
    EXPECT_EQ(set_refusal({{"CSS", "body { color: red }"}}).message,
              "Invalid CSS: line 1: Only the classes of the hosted pages can be styled.");
}

class ManagedLogin : public Look {
protected:
    object create_request(const object& more) { return with({{"UserPoolId", pool}, {"ClientId", client}}, more); }
    object create(const object& more) {
        return part(call("CreateManagedLoginBranding", create_request(more)), "ManagedLoginBranding");
    }
    object of(const object& style) {
        return {{"UserPoolId", pool}, {"ManagedLoginBrandingId", text(style, "ManagedLoginBrandingId")}};
    }
    object update(const object& style, const object& more) {
        return part(call("UpdateManagedLoginBranding", with(of(style), more)), "ManagedLoginBranding");
    }
    static object asset(const std::string& bytes, const char* extension = "PNG") {
        return {{"Category", "FORM_LOGO"}, {"ColorMode", "LIGHT"}, {"Extension", extension}, {"Bytes", base64(bytes)}};
    }
};

TEST_F(ManagedLogin, is_made_described_and_deleted) {
    const object settings{{"components", object{{"form", object{{"borderRadius", 3}}}}}};
    const auto style = create({{"Settings", settings}, {"Assets", array{asset(png)}}});
    EXPECT_EQ(style.at("Settings"), settings);
    EXPECT_EQ(style.at("UseCognitoProvidedValues"), false);
    EXPECT_EQ(style.at("Assets").as_array().size(), 1U);
    EXPECT_EQ(part(call("DescribeManagedLoginBranding", of(style)), "ManagedLoginBranding"), style);
    EXPECT_EQ(part(call("DescribeManagedLoginBrandingByClient", {{"UserPoolId", pool}, {"ClientId", client}}),
                   "ManagedLoginBranding"),
              style);
    EXPECT_EQ(send("DeleteManagedLoginBranding", of(style)).body, "");
    EXPECT_EQ(refusal("DescribeManagedLoginBranding", of(style)).type, "ResourceNotFound");
    EXPECT_EQ(refusal("DeleteManagedLoginBranding", of(style)).type, "ResourceNotFound");
}

TEST_F(ManagedLogin, is_one_for_a_client) {
    create({{"UseCognitoProvidedValues", true}});
    EXPECT_EQ(refusal("CreateManagedLoginBranding", create_request({{"UseCognitoProvidedValues", true}})).type,
              "ManagedLoginBrandingExists");
}

TEST_F(ManagedLogin, without_settings_has_none_in_its_answer) {
    const auto style = create({{"UseCognitoProvidedValues", true}});
    EXPECT_FALSE(style.contains("Settings"));
    EXPECT_TRUE(style.at("Assets").as_array().empty());
    const auto merged = part(call("DescribeManagedLoginBranding", with(of(style), {{"ReturnMergedResources", true}})),
                             "ManagedLoginBranding");
    EXPECT_TRUE(merged.at("Settings").as_object().contains("categories"));
}

TEST_F(ManagedLogin, merges_what_it_says_over_the_defaults) {
    const object settings{{"components", object{{"form", object{{"borderRadius", 3}}}}}, {"own", 1}};
    const auto style = create({{"Settings", settings}});
    const auto merged = part(call("DescribeManagedLoginBranding", with(of(style), {{"ReturnMergedResources", true}})),
                             "ManagedLoginBranding.Settings");
    EXPECT_EQ(part(merged, "components.form").at("borderRadius"), 3);
    EXPECT_TRUE(part(merged, "components.form").contains("logo"));
    EXPECT_EQ(merged.at("own"), 1);
}

TEST_F(ManagedLogin, keeps_by_an_update_what_is_not_given) {
    const object settings{{"a", 1}};
    const auto style = create({{"Settings", settings}, {"Assets", array{asset(png)}}});
    clock.advance(std::chrono::seconds(5));
    const auto changed = update(style, {{"Assets", array{}}});
    EXPECT_EQ(changed.at("Settings"), settings);
    EXPECT_TRUE(changed.at("Assets").as_array().empty());
    EXPECT_EQ(changed.at("CreationDate"), style.at("CreationDate"));
    EXPECT_NE(changed.at("LastModifiedDate"), style.at("LastModifiedDate"));
    const auto reset = update(style, {{"UseCognitoProvidedValues", true}});
    EXPECT_FALSE(reset.contains("Settings"));
    EXPECT_EQ(reset.at("UseCognitoProvidedValues"), true);
}

TEST_F(ManagedLogin, adds_pictures_to_the_service_s_values) {
    const object request{{"UseCognitoProvidedValues", true}, {"Assets", array{asset(png)}}};
    const auto style = create(request);
    EXPECT_EQ(style.at("UseCognitoProvidedValues"), true);
    EXPECT_EQ(style.at("Assets").as_array().size(), 1U);
    EXPECT_EQ(update(style, request).at("Assets"), style.at("Assets"));
    EXPECT_TRUE(update(style, {{"UseCognitoProvidedValues", true}}).at("Assets").as_array().empty());
}

TEST_F(ManagedLogin, takes_the_service_s_values_or_its_own_and_real_pictures) {
    const auto refused_with = [&](const object& more) {
        return refusal("CreateManagedLoginBranding", create_request(more)).type;
    };
    EXPECT_EQ(refused_with({}), "InvalidParameter");
    EXPECT_EQ(refused_with({{"UseCognitoProvidedValues", false}}), "InvalidParameter");
    EXPECT_EQ(refused_with({{"UseCognitoProvidedValues", true}, {"Settings", object{}}}), "InvalidParameter");
    EXPECT_EQ(refused_with({{"Settings", "text"}}), "InvalidParameter");
    EXPECT_EQ(refused_with({{"Assets", array{asset(jpeg)}}}), "InvalidParameter") << "not what its extension says";
    EXPECT_EQ(refused_with({{"Assets", array{asset("<script>", "SVG")}}}), "InvalidParameter");
    EXPECT_EQ(refused_with({{"Assets", array{with(asset(png), {{"Bytes", nullptr}})}}}), "InvalidParameter");
    EXPECT_EQ(refused_with({{"Assets", array{asset(png + std::string(1'000'000, 'x'))}}}), "InvalidParameter");
    EXPECT_EQ(refused_with({{"Assets", array(41, asset(png))}}), "InvalidParameter");
    create({{"Assets", array{asset(svg, "SVG"), asset(png + std::string(900'000, 'x'))}}});
}

TEST_F(ManagedLogin, of_another_pool_is_unknown) {
    const auto style = create({{"UseCognitoProvidedValues", true}});
    const auto elsewhere = with(of(style), {{"UserPoolId", add_pool()}});
    for (const char* operation :
         {"DescribeManagedLoginBranding", "UpdateManagedLoginBranding", "DeleteManagedLoginBranding"})
        EXPECT_EQ(refusal(operation, elsewhere).type, "ResourceNotFound") << operation;
}

TEST_F(ManagedLogin, may_send_two_megabytes_and_others_may_not) {
    const auto limit = [&](const char* operation, const char* path = "/") {
        auto request = make_request(operation, "{}");
        request.path = path;
        return door.body_limit(request);
    };
    EXPECT_EQ(limit("CreateManagedLoginBranding"), 2U * 1024 * 1024);
    EXPECT_EQ(limit("UpdateManagedLoginBranding"), 2U * 1024 * 1024);
    EXPECT_EQ(limit("SignUp"), 0U);
    EXPECT_EQ(limit("CreateManagedLoginBranding", "/files/imports/a/b"), 0U);
}

}  // namespace
}  // namespace symbolon::aws
