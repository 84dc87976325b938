// Attacks on the hosted pages; the numbers are those of tests/attack_classes.md.
#include "pages/house.hpp"

#include <array>
#include <tuple>

namespace symbolon::pages {
namespace {

const std::string hostile = R"("><script>alert(1)</script><img src=x onerror=alert(2)>'`${7*7}{{7*7}})";

/// Every page, as links of the service spell them.
constexpr std::array<std::string_view, 7> interactive{
    "/login", "/signup", "/confirm", "/mfa", "/newPassword", "/forgotPassword", "/confirmForgotPassword"};

class Attacks : public House {
protected:
    /// A person who gave the right password and was sent a code; where the code is asked for.
    std::string begin_sign_in(Visitor& who, std::string_view phone = jane) {
        return location(
            who.submit(page("/login"), {{"username", std::string(phone)}, {"password", std::string(good)}}));
    }
    static bool reaches_client(const net::Response& response) {
        return location(response).starts_with("https://client.example");
    }
    Visitor visitor{*this};
};

void expect_harmless(const net::Response& response, const std::string& where) {
    EXPECT_EQ(response.body.find("<script>alert"), std::string::npos) << where;
    EXPECT_EQ(response.body.find("<img src=x"), std::string::npos) << where;
    if (response.status == 302) return;
    const auto policy = header(response, "Content-Security-Policy");
    EXPECT_NE(policy.find("default-src 'none'"), std::string::npos) << where;
    EXPECT_EQ(policy.find("unsafe"), std::string::npos) << where;
    EXPECT_EQ(policy.find("alert"), std::string::npos) << where;
    EXPECT_EQ(header(response, "X-Frame-Options"), "DENY") << where;
    EXPECT_EQ(header(response, "Cache-Control"), "no-store") << where;
}

// Row 38: no page does anything for a form that is not its own.
TEST_F(Attacks, no_page_takes_a_form_without_the_token_of_its_browser) {
    const Pairs everything{{"username", std::string(john)},
                           {"password", std::string(good)},
                           {"code", "123456"},
                           {"confirm_password", std::string(good)},
                           {"continue", "true"}};
    Visitor other(*this);
    other.get(page("/login"));
    visitor.get(page("/login"));
    const auto own = visitor.cookies.at("XSRF-TOKEN");
    for (const auto name : interactive) {
        const auto target = page(name);
        const auto refused = [&](const net::Response& response, std::string_view why) {
            EXPECT_EQ(response.status, 403) << name << ": " << why;
            EXPECT_FALSE(reaches_client(response)) << name << ": " << why;
        };
        const auto with = [&](std::string token) {
            auto form = everything;
            form.emplace_back("_csrf", std::move(token));
            return form;
        };
        refused(visitor.post(target, everything), "no token");
        refused(visitor.post(target, with("")), "an empty token");
        refused(visitor.post(target, with(other.cookies.at("XSRF-TOKEN"))), "another browser's token");
        refused(visitor.post(target, with(own), {{"Sec-Fetch-Site", "cross-site"}}), "sent by another site");
        refused(visitor.post(target, with(own), {{"Sec-Fetch-Site", "same-site"}}), "sent by a sibling host");
        refused(Visitor(*this).post(target, with(own)), "no cookie");
        refused(visitor.post(target + "&_csrf=" + own, everything), "the token in the query");
        refused(visitor.send(net::Method::post, target, R"({"_csrf":")" + own + "\"}",
                             {{"Content-Type", "application/json"}}),
                "the token in JSON");
    }
    EXPECT_TRUE(texts().empty()) << "nothing was sent";
    EXPECT_FALSE(find_user(john)) << "nobody was signed up";
}

TEST_F(Attacks, other_spellings_of_a_path_lead_to_no_other_page) {
    const Pairs form{{"username", std::string(jane)}, {"password", std::string(good)}};
    for (const std::string name : {"/%6Cogin", "/login/", "//login", "/login%2f", "/login%00", "/login;x", "/./login",
                                   "/x/../login", "/login%3f", "/mfa%20", "\\login", "/logi\xC4\xB1n"}) {
        for (const auto& response : {visitor.get(page(name)), visitor.post(page(name), form)}) {
            EXPECT_EQ(response.status, 404) << name;
        }
    }
    EXPECT_EQ(visitor.post(page("/LOGIN"), form).status, 403) << "one page in another spelling, with the same check";
    EXPECT_TRUE(texts().empty());
}

TEST_F(Attacks, the_page_of_an_address_where_nothing_is_shows_nothing_of_it_as_markup) {
    for (const std::string path :
         {"/\"><script>alert(1)</script>", "/%3Cscript%3Ealert(1)%3C/script%3E", "/'onload='x"}) {
        const auto response = visitor.send(net::Method::get, page(path), "", {{"Accept", "text/html"}});
        EXPECT_EQ(response.status, 404) << path;
        expect_harmless(response, path);
    }
}

TEST_F(Attacks, no_page_opens_without_a_proven_client_and_redirect_uri) {
    for (const auto name : interactive) {
        for (const Pairs& changes :
             {Pairs{{"client_id", "nobodysclientnobodysclient"}}, Pairs{{"redirect_uri", "https://evil.example/cb"}},
              Pairs{{"redirect_uri", "https://client.example/cb/../evil"}}, Pairs{{"client_id", ""}}}) {
            for (const auto& response : {visitor.get(page(name, changes)), visitor.submit(page(name, changes), {})}) {
                EXPECT_EQ(response.status, 400) << name;
                EXPECT_EQ(location(response), "") << name;
                EXPECT_EQ(response.body.find("<form"), std::string::npos) << name << " must not ask for anything";
            }
        }
    }
}

TEST_F(Attacks, pages_answer_to_get_and_post_alone) {
    for (const auto method :
         {net::Method::put, net::Method::delete_, net::Method::patch, net::Method::options, net::Method::other}) {
        for (const auto name : interactive) {
            const auto response = visitor.send(method, page(name), {}, {});
            EXPECT_EQ(response.status, 405) << name;
            EXPECT_EQ(header(response, "Allow"), "GET, HEAD, POST");
        }
    }
}

// Rows 8, 22 and 24: a step without the proofs before it.
TEST_F(Attacks, no_page_completes_without_the_steps_before_it) {
    const Pairs answers{{"code", "123456"}, {"password", "Another-Horse-8"}, {"confirm_password", "Another-Horse-8"}};
    const auto before = find_user(jane)->password_hash;
    for (const auto* name : {"/mfa", "/newPassword", "/confirm", "/confirmForgotPassword"}) {
        for (const auto& response : {visitor.get(page(name)), visitor.submit(page(name), answers),
                                     visitor.submit(page(name), {{"resend", "true"}})}) {
            EXPECT_EQ(response.status, 302) << name;
            EXPECT_FALSE(reaches_client(response)) << name;
        }
    }
    EXPECT_FALSE(reaches_client(visitor.submit(page("/login"), {{"continue", "true"}})));
    EXPECT_EQ(find_user(jane)->password_hash, before);
    EXPECT_TRUE(texts().empty());
}

TEST_F(Attacks, a_right_password_alone_reaches_neither_the_client_nor_a_session) {
    const auto to_code = begin_sign_in(visitor);
    EXPECT_FALSE(visitor.cookies.contains("cognito"));
    EXPECT_EQ(parameter_of(visitor.authorize(), "code"), "");
    EXPECT_FALSE(reaches_client(visitor.submit(page("/login"), {{"continue", "true"}})));
    EXPECT_FALSE(reaches_client(visitor.submit(
        page("/newPassword"), {{"password", std::string(good)}, {"confirm_password", std::string(good)}})));
    EXPECT_FALSE(reaches_client(visitor.submit(to_code, {{"code", last_code() == "000000" ? "000001" : "000000"}})));
}

TEST_F(Attacks, a_new_password_by_recovery_does_not_skip_the_second_factor) {
    const auto to_reset = location(visitor.submit(page("/forgotPassword"), {{"username", std::string(jane)}}));
    visitor.submit(to_reset,
                   {{"code", last_code()}, {"password", "Another-Horse-8"}, {"confirm_password", "Another-Horse-8"}});
    EXPECT_FALSE(visitor.cookies.contains("cognito"));
    EXPECT_NE(visitor.authorize().find("/login?"), std::string::npos);
    const auto next =
        visitor.submit(page("/login"), {{"username", std::string(jane)}, {"password", "Another-Horse-8"}});
    EXPECT_NE(location(next).find("/mfa?"), std::string::npos);
}

TEST_F(Attacks, a_recovery_of_one_user_does_not_set_the_password_of_another) {
    add_user(john);
    const auto johns = find_user(john)->password_hash;
    Visitor johns_browser(*this);
    johns_browser.submit(page("/forgotPassword"), {{"username", std::string(john)}});
    const auto to_reset = location(visitor.submit(page("/forgotPassword"), {{"username", std::string(jane)}}));
    visitor.submit(to_reset, {{"code", last_code()},
                              {"username", std::string(john)},
                              {"password", "Another-Horse-8"},
                              {"confirm_password", "Another-Horse-8"}});
    EXPECT_EQ(find_user(john)->password_hash, johns) << "whose password it is, the browser does not say";
}

// Rows 8, 28 and 29: what one browser began is worth nothing in another.
TEST_F(Attacks, what_a_browser_carries_is_bound_to_it_to_its_pool_and_to_our_seal) {
    const auto to_code = begin_sign_in(visitor);
    const auto carried = visitor.cookies.at("page-data");
    const auto tries = [&](std::string value, bool with_handle) {
        Visitor thief(*this);
        thief.get(page("/login"));
        if (with_handle) thief.cookies["XSRF-TOKEN"] = visitor.cookies.at("XSRF-TOKEN");
        thief.cookies["page-data"] = std::move(value);
        return thief.submit(to_code, {{"code", last_code()}});
    };
    EXPECT_FALSE(reaches_client(tries(carried, false))) << "another browser";
    auto flipped = carried;
    flipped[flipped.size() / 2] = flipped[flipped.size() / 2] == 'A' ? 'B' : 'A';
    EXPECT_FALSE(reaches_client(tries(flipped, true))) << "a changed character";
    EXPECT_FALSE(reaches_client(tries(carried.substr(0, carried.size() / 2), true))) << "a cut";
    EXPECT_FALSE(reaches_client(tries("{\"step\":\"mfa\"}", true))) << "plain text";
    EXPECT_TRUE(reaches_client(tries(carried, true))) << "and this is how it would look if it worked";
}

TEST_F(Attacks, a_step_that_one_browser_reached_is_not_reached_in_another) {
    const auto to_reset = location(visitor.submit(page("/forgotPassword"), {{"username", std::string(jane)}}));
    ASSERT_EQ(visitor.get(to_reset).status, 200);
    Visitor thief(*this);
    thief.get(page("/login"));
    thief.cookies["page-data"] = visitor.cookies.at("page-data");
    const auto shown = thief.get(to_reset);
    EXPECT_EQ(shown.status, 302);
    EXPECT_EQ(shown.body.find(jane), std::string::npos) << "whose password was forgotten is nobody else's to know";
}

// Row 29: a session that was there before is not the one that is signed in.
TEST_F(Attacks, every_sign_in_has_a_new_session_whatever_the_browser_brought) {
    visitor.cookies["cognito"] = "planted-by-somebody-else-planted-by-somebody";
    visitor.sign_in();
    const auto first = visitor.cookies.at("cognito");
    EXPECT_NE(first, "planted-by-somebody-else-planted-by-somebody");
    visitor.submit(page("/login"), {{"continue", "true"}});
    EXPECT_EQ(visitor.cookies.at("cognito"), first) << "who goes on signs in to nothing anew";
    const auto to_code = visitor.submit(visitor.authorize({{"prompt", "login"}}),
                                        {{"username", std::string(jane)}, {"password", std::string(good)}});
    visitor.submit(location(to_code), {{"code", last_code()}});
    EXPECT_NE(visitor.cookies.at("cognito"), first);
    Visitor attacker(*this);
    attacker.cookies["cognito"] = "planted-by-somebody-else-planted-by-somebody";
    EXPECT_NE(attacker.authorize().find("/login?"), std::string::npos);
}

TEST_F(Attacks, session_cookies_are_out_of_reach_of_scripts_and_of_plain_http) {
    const auto to_code = begin_sign_in(visitor);
    const auto done = visitor.submit(to_code, {{"code", last_code()}});
    bool session = false;
    for (const auto line : done.headers.find_all("Set-Cookie")) {
        EXPECT_NE(line.find("HttpOnly"), std::string_view::npos) << line;
        EXPECT_NE(line.find("Secure"), std::string_view::npos) << line;
        EXPECT_NE(line.find("SameSite=Lax"), std::string_view::npos) << line;
        EXPECT_EQ(line.find("Domain="), std::string_view::npos) << line;
        session = session || line.starts_with("cognito=");
    }
    EXPECT_TRUE(session);
}

// Rows 30 and 57: one device, two people.
TEST_F(Attacks, who_comes_next_on_a_shared_device_is_not_who_was_there_before) {
    const auto johns_id = add_user(john);
    visitor.sign_in(jane);
    const auto janes_session = visitor.cookies.at("cognito");
    EXPECT_EQ(location(visitor.sign_out()), "https://client.example/bye");
    EXPECT_NE(visitor.authorize().find("/login?"), std::string::npos) << "authorize right after logout asks again";
    visitor.cookies["cognito"] = janes_session;
    EXPECT_NE(visitor.authorize().find("/login?"), std::string::npos) << "the old cookie is dead";
    visitor.cookies.erase("cognito");
    const auto url = visitor.sign_in(john);
    EXPECT_EQ(subject_of(parameter_of(url, "code")), johns_id.str());
    EXPECT_EQ(subject_of(parameter_of(visitor.authorize(), "code")), johns_id.str());
}

// Row 16: whoever is disabled is out, on every page.
TEST_F(Attacks, a_disabled_user_neither_signs_in_nor_goes_on) {
    visitor.sign_in();
    Visitor halfway(*this);
    const auto to_code = begin_sign_in(halfway);
    const auto code = last_code();
    auto user = *find_user(jane);
    user.enabled = false;
    run(db->write([&](db::Transaction& tx) { directory::Users(tx).save(directory::Pools(tx).get(pool_id), user); }));
    EXPECT_FALSE(reaches_client(visitor.submit(page("/login"), {{"continue", "true"}})));
    EXPECT_FALSE(reaches_client(halfway.submit(to_code, {{"code", code}})));
    EXPECT_EQ(Visitor(*this)
                  .submit(page("/login"), {{"username", std::string(jane)}, {"password", std::string(good)}})
                  .status,
              400);
}

// Row 31: whatever a client calls us.
TEST_F(Attacks, names_that_a_client_sends_are_in_no_link_no_redirect_and_no_cookie) {
    const Pairs poison{{"X-Forwarded-Host", "evil.example"},    {"X-Forwarded-Proto", "http"},
                       {"Forwarded", "host=evil.example"},      {"X-Original-URL", "https://evil.example/"},
                       {"X-Forwarded-Prefix", "/evil.example"}, {"Host", "evil.example"},
                       {"Origin", "https://evil.example"},      {"Referer", "https://evil.example/"}};
    for (const auto name :
         {"/login", "/signup", "/forgotPassword", "/mfa", "/error", "/signedout", "/oauth2/authorize"}) {
        const auto response = visitor.get(page(name), poison);
        EXPECT_EQ(response.body.find("evil.example"), std::string::npos) << name;
        for (const auto& [field, value] : response.headers) {
            EXPECT_EQ(value.find("evil.example"), std::string::npos) << name << ": " << field;
        }
    }
}

// Row 33: the pages do not say who has an account.
TEST_F(Attacks, forgetting_a_password_looks_the_same_for_somebody_and_for_nobody) {
    const auto ask = [&](std::string_view phone) {
        Visitor who(*this);
        const auto answer = who.submit(page("/forgotPassword"), {{"username", std::string(phone)}});
        EXPECT_EQ(answer.status, 302);
        auto text = who.get(location(answer)).body;
        for (const auto& part : {std::string(phone), who.cookies.at("XSRF-TOKEN")}) {
            for (auto at = text.find(part); at != std::string::npos; at = text.find(part)) text.erase(at, part.size());
        }
        const auto wrong =
            who.submit(location(answer),
                       {{"code", "000000"}, {"password", "Another-Horse-8"}, {"confirm_password", "Another-Horse-8"}});
        return std::tuple(location(answer), text, wrong.status, wrong.body.size());
    };
    const auto somebody = ask(jane);
    const auto nobody_there = ask(nobody);
    EXPECT_EQ(std::get<0>(somebody), std::get<0>(nobody_there));
    EXPECT_EQ(std::get<1>(somebody), std::get<1>(nobody_there));
    EXPECT_EQ(std::get<2>(somebody), std::get<2>(nobody_there));
    EXPECT_EQ(std::get<3>(somebody), std::get<3>(nobody_there));
}

TEST_F(Attacks, a_wrong_password_looks_the_same_for_somebody_and_for_nobody) {
    const auto ask = [&](std::string_view phone) {
        const auto runs = hasher.runs();
        const auto answer =
            visitor.submit(page("/login"), {{"username", std::string(phone)}, {"password", "Wrong-Horse-7"}});
        auto text = answer.body;
        const std::string number(phone.substr(2));
        for (auto at = text.find(number); at != std::string::npos; at = text.find(number))
            text.erase(at, number.size());
        return std::tuple(answer.status, text, hasher.runs() - runs);
    };
    EXPECT_EQ(ask(jane), ask(nobody));
}

// Row 39: no secret comes back.
TEST_F(Attacks, neither_passwords_nor_codes_nor_secrets_come_back) {
    std::vector<net::Response> answers;
    const std::string password = "Typed-Horse-77";
    answers.push_back(visitor.submit(page("/login"), {{"username", std::string(jane)}, {"password", password}}));
    answers.push_back(visitor.submit(page("/signup"), {{"username", "no number"}, {"password", password}}));
    const auto to_code = begin_sign_in(visitor);
    answers.push_back(visitor.get(to_code));
    answers.push_back(visitor.submit(to_code, {{"code", "909091"}}));
    for (const auto& answer : answers) {
        for (const std::string& secret : {password, last_code(), std::string("909091"), std::string(client_secret),
                                          std::string("argon2"), std::string("-----BEGIN")}) {
            EXPECT_EQ(answer.body.find(secret), std::string::npos) << secret;
        }
    }
}

// Row 45: whatever is shown is text.
TEST_F(Attacks, what_comes_from_outside_is_never_markup) {
    change_client([](directory::Client& client) { client.name = hostile; });
    const Pairs parameters{{"state", hostile},      {"login_hint", hostile}, {"lang", hostile},
                           {"ui_locales", hostile}, {"error", hostile},      {"error_description", hostile},
                           {hostile, hostile}};
    for (const auto name : {"/login", "/signup", "/forgotPassword", "/mfa", "/confirm", "/error", "/signedout"}) {
        expect_harmless(visitor.get(page(name, parameters)), name);
    }
    const Pairs fields{{"username", hostile},
                       {"password", hostile},
                       {"country", hostile},
                       {"code", hostile},
                       {"requiredAttributes[name]", hostile}};
    for (const auto name : {"/login", "/signup", "/forgotPassword"}) {
        expect_harmless(visitor.submit(page(name, parameters), fields), name);
    }
    const auto to_code = begin_sign_in(visitor);
    expect_harmless(visitor.get(to_code), "the code page");
    expect_harmless(visitor.submit(to_code, fields), "a wrong code");
    auto user = *find_user(jane);
    user.attributes["name"] = hostile;
    run(db->write([&](db::Transaction& tx) { directory::Users(tx).save(directory::Pools(tx).get(pool_id), user); }));
    visitor.sign_in();
    expect_harmless(visitor.get(page("/login")), "who is signed in");
}

TEST_F(Attacks, a_query_or_a_form_that_cannot_be_read_is_a_plain_error) {
    for (const std::string broken : {"%zz", "a=%00", "a=%FF%FE", "a=%c0%af"}) {
        for (const auto name : interactive) {
            const auto answer = visitor.get(page(name) + "&" + broken);
            EXPECT_EQ(answer.status, 400) << name << " " << broken;
            expect_harmless(answer, std::string(name));
        }
        visitor.get(page("/login"));
        const auto answer = visitor.send(net::Method::post, page("/login"), broken, {});
        EXPECT_EQ(answer.status, 400) << broken;
    }
}

// Row 46: no page may be read by another site.
TEST_F(Attacks, no_page_lets_another_origin_read_it) {
    for (const auto name : interactive) {
        const auto response = visitor.get(page(name), {{"Origin", "https://evil.example"}});
        EXPECT_EQ(header(response, "Access-Control-Allow-Origin"), "") << name;
        EXPECT_EQ(header(response, "Access-Control-Allow-Credentials"), "") << name;
    }
}

// Row 50: what is switched off is not there.
TEST_F(Attacks, signing_up_is_not_there_where_it_is_switched_off) {
    EXPECT_NE(visitor.get(page("/login")).body.find("/signup?"), std::string::npos);
    change_pool(
        [](directory::PoolSettings& settings) { settings.AdminCreateUserConfig->AllowAdminCreateUserOnly = true; });
    EXPECT_EQ(visitor.get(page("/login")).body.find("/signup?"), std::string::npos);
    for (const auto& response :
         {visitor.get(page("/signup")),
          visitor.submit(page("/signup"), {{"username", std::string(john)}, {"password", std::string(good)}})}) {
        EXPECT_EQ(response.status, 404);
        EXPECT_EQ(response.body.find("<form"), std::string::npos);
    }
    EXPECT_FALSE(find_user(john));
    EXPECT_TRUE(texts().empty());
}

TEST_F(Attacks, a_client_without_the_hosted_pages_has_none) {
    change_client([](directory::Client& client) { client.settings.AllowedOAuthFlowsUserPoolClient = false; });
    for (const auto name : interactive) {
        const auto response =
            visitor.submit(page(name), {{"username", std::string(jane)}, {"password", std::string(good)}});
        EXPECT_EQ(response.status, 400) << name;
        EXPECT_EQ(response.body.find("<form"), std::string::npos) << name;
    }
    EXPECT_TRUE(texts().empty());
}

// Rows 18 and 19, through the pages: a thousand guesses in as many browsers.
TEST_F(Attacks, guessing_codes_through_many_browsers_ends) {
    int reached = 0;
    for (int round = 0; round < 60; ++round) {
        Visitor guesser(*this);
        const auto to_code = begin_sign_in(guesser);
        if (to_code.find("/mfa?") == std::string::npos) break;  // nothing is sent any more
        for (int guess = 0; guess < 20; ++guess) {
            const auto code = last_code() == "000000" ? "000001" : "000000";
            reached += reaches_client(guesser.submit(to_code, {{"code", code}})) ? 1 : 0;
        }
    }
    EXPECT_EQ(reached, 0);
    Visitor owner(*this);
    const auto to_code = begin_sign_in(owner);
    if (to_code.find("/mfa?") != std::string::npos) {
        EXPECT_FALSE(reaches_client(owner.submit(to_code, {{"code", last_code()}})))
            << "locked for the user, not for one browser";
    }
    clock.advance(std::chrono::hours(2));
    EXPECT_TRUE(owner.sign_in().starts_with(callback)) << "and open again later";
}

}  // namespace
}  // namespace symbolon::pages
