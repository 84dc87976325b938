#include "voice/platforms/amazon_consent.hpp"

#include "base/encoding.hpp"
#include "crypto/hash.hpp"
#include "net/respond.hpp"
#include "voice/platforms/platform.hpp"
#include "voice/rest/bearer.hpp"
#include "voice/screens/screen.hpp"
#include "voice/store.hpp"

#include <algorithm>
#include <sstream>
#include <utility>

namespace symbolon::voice {

namespace json = boost::json;

namespace {

constexpr std::string_view link_scope = "alexa::skills:account_linking";
constexpr std::size_t user_id_length = 28;

/// What is asked for: "customer" to link from an app, "login" to sign in; "" for a scope that is neither.
std::string purpose_of(const std::string& scope) {
    if (scope == link_scope) return "customer";
    std::istringstream words(scope);
    bool profile = false;
    for (std::string word; words >> word;) {
        if (word != "profile" && word != "postal_code") return {};
        profile = profile || word == "profile";
    }
    return profile ? "login" : "";
}

/// The redirect URL with what came of it.
std::string answered(const std::string& redirect_uri, std::string_view name, const std::string& value,
                     const std::string& state) {
    auto url = redirect_uri + (redirect_uri.find('?') == std::string::npos ? '?' : '&') + std::string(name) + "=" +
               percent_encode(value);
    if (!state.empty()) url += "&state=" + percent_encode(state);
    return url;
}

/// One of this assistant's own: where linking comes back to when the maker's accounts are Amazon's.
bool is_own_redirect(const std::string& redirect_uri, const std::string& base_url, const std::string& vendor_id) {
    return std::ranges::any_of(platforms(), [&](const Platform& platform) {
        return redirect_uri == base_url + redirect_path(platform, vendor_id);
    });
}

/// The same for every skill of one maker.
std::string amazon_user_id(const std::string& vendor_id, const std::string& account) {
    auto hash = to_hex(crypto::sha256("amazon user " + vendor_id + "|" + account)).substr(0, user_id_length);
    std::ranges::transform(hash, hash.begin(),
                           [](char c) { return c >= 'a' && c <= 'f' ? static_cast<char>(c - 32) : c; });
    return "amzn1.account." + hash;
}

/// The challenge as S256 has it, "" where there is none; nothing when it is not one (RFC 7636 §4.2, §4.3).
std::optional<std::string> challenge_of(const net::Form& query) {
    constexpr std::size_t shortest = 43;
    constexpr std::size_t longest = 128;
    auto challenge = query.get("code_challenge");
    const auto method = query.find("code_challenge_method");
    if (challenge.empty()) return method ? std::nullopt : std::optional(std::move(challenge));
    if (challenge.size() < shortest || challenge.size() > longest) return std::nullopt;
    if (method == "S256") return challenge;
    if (method && method != "plain") return std::nullopt;
    return to_base64url(crypto::sha256(challenge));
}

net::Response invalid_token() {
    return net::json(400, json::object{{"error", "invalid_token"},
                                       {"error_description", "The token is unknown, expired, or for another use."}});
}

}  // namespace

Task<AmazonConsent::Asked> AmazonConsent::find_client(std::string client_id, std::string redirect_uri, bool signs_in,
                                                      std::string account) {
    const auto work = [&](db::Transaction& tx) {
        Store store(tx, parts_.sealer);
        Accounts accounts(tx);
        Asked out;
        auto person = accounts.find(account);
        if (!person) person = accounts.find(first_account);
        out.account = std::move(person.value());
        for (auto& skill : store.list_skills()) {
            if (!crypto::equal_in_constant_time(messaging_client_id(skill.id), client_id)) continue;
            const auto linking = store.find_linking(skill.id);
            const auto allowed = linking ? linking->config.redirectUrls.value_or(std::vector<std::string>{})
                                         : std::vector<std::string>{};
            out.redirect_is_known = signs_in ? is_own_redirect(redirect_uri, base_url_, identity_.vendor_id)
                                             : std::ranges::find(allowed, redirect_uri) != allowed.end();
            out.skill = std::move(skill);
        }
        return out;
    };
    co_return co_await parts_.db.read(work);
}

Task<net::Response> AmazonConsent::ask(net::Request request) {
    const auto visit = begin_visit(std::move(request), {}, parts_.random);
    const auto& query = visit.query;
    auto context = screen_context(visit, base_url_, Beside{});
    const auto redirect_uri = query.get("redirect_uri");
    auto purpose = purpose_of(query.get("scope"));
    const bool signs_in = purpose == "login";
    const auto asked = co_await find_client(query.get("client_id"), redirect_uri, signs_in, visit.account);
    if (!asked.skill || !asked.redirect_is_known) {
        context["title"] = "That did not work";
        context["text"] = !asked.skill ? "There is no skill with this client_id."
                          : signs_in   ? "The redirect_uri is none of the platform's."
                                       : "The redirect_uri is not among the redirect URLs of the skill.";
        co_return screen_response(visit, 400, "error", context);
    }
    const auto state = query.get("state");
    if (query.get("response_type") != "code" || purpose.empty()) {
        const bool type = query.get("response_type") != "code";
        const std::string error = type ? "unsupported_response_type" : "invalid_scope";
        co_return net::redirect(302, answered(redirect_uri, "error", error, state));
    }
    auto challenge = challenge_of(query);
    if (!challenge) co_return net::redirect(302, answered(redirect_uri, "error", "invalid_request", state));
    const bool is_ours = !visit.new_browser && crypto::equal_in_constant_time(query.get("_csrf"), visit.browser);
    if (is_ours && query.get("answer") == "deny") {
        co_return net::redirect(302, answered(redirect_uri, "error", "access_denied", state));
    }
    if (is_ours && query.get("answer") == "allow") {
        PlatformGrant grant;
        grant.purpose = std::move(purpose);
        grant.skill_id = asked.skill->id;
        grant.account = asked.account.id;
        grant.redirect_uri = redirect_uri;
        grant.code_challenge = std::move(*challenge);
        const auto code = co_await lwa_.make_code(std::move(grant));
        co_return net::redirect(302, answered(redirect_uri, "code", code, state));
    }
    auto again = query;
    for (const auto* name : {"_csrf", "answer"}) again.remove(name);
    const auto link = base_url_ + visit.request.path + "?" + again.encode() + "&_csrf=" + visit.browser + "&answer=";
    context["skill"] = json::object{{"id", asked.skill->id}, {"name", asked.skill->name()}};
    context["redirect_uri"] = redirect_uri;
    context["person"] = asked.account.name;
    context["signs_in"] = signs_in;
    context["allow_url"] = link + "allow";
    context["deny_url"] = link + "deny";
    co_return screen_response(visit, 200, "consent", context);
}

Task<net::Response> AmazonConsent::profile(net::Request request) {
    const auto who = co_await lwa_.who(bearer_of(request));
    if (!who || who->purpose != "login") co_return invalid_token();
    const auto work = [&](db::Transaction& tx) { return Accounts(tx).find(who->account); };
    const auto account = co_await parts_.db.read(work);
    if (!account) co_return invalid_token();
    json::object out{{"user_id", amazon_user_id(identity_.vendor_id, account->id)}, {"name", account->name}};
    if (!account->email.empty()) out["email"] = account->email;
    co_return net::json(200, out);
}

}  // namespace symbolon::voice
