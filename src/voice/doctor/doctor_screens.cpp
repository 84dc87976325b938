#include "voice/doctor/doctor_screens.hpp"

#include "base/error.hpp"
#include "doctor/report/report.hpp"
#include "net/respond.hpp"
#include "voice/store.hpp"

#include <boost/json/array.hpp>

#include <utility>

namespace symbolon::voice {

namespace json = boost::json;

namespace {

constexpr int see_other = 303;
constexpr std::string_view start_path = "/doctor/next";

std::vector<doctor::Platform> platforms_in(const net::Form& form) {
    std::vector<doctor::Platform> out;
    for (const auto& [name, value] : form) {
        const auto platform = name == "platform" ? doctor::parse_platform(value) : std::nullopt;
        if (platform) out.push_back(*platform);
    }
    return out.empty() ? std::vector{doctor::Platform::alexa} : out;
}

const char* name_of(doctor::Platform platform) {
    switch (platform) {
        case doctor::Platform::alexa:
            return "Alexa custom skill";
        case doctor::Platform::smart_home:
            return "Alexa smart home";
        case doctor::Platform::alexa_plus:
            return "Alexa+ add-on";
        case doctor::Platform::google:
            return "Google";
        case doctor::Platform::smartthings:
            return "SmartThings";
    }
    return "";
}

json::array findings_of(const doctor::Report& report) {
    json::array out;
    for (const auto* finding : doctor::by_importance(report)) {
        if (finding->outcome.kind != doctor::Outcome::Kind::failed) continue;
        json::array evidence;
        for (const auto& line : finding->outcome.evidence) evidence.push_back(json::object{{"line", line}});
        out.push_back(json::object{{"id", finding->check->id},
                                   {"title", finding->check->title},
                                   {"severity", doctor::to_text(finding->severity)},
                                   {"error", finding->severity == doctor::Severity::error},
                                   {"summary", finding->outcome.summary},
                                   {"remedy", finding->check->remedy},
                                   {"has_evidence", !evidence.empty()},
                                   {"evidence", evidence}});
    }
    return out;
}

json::object report_context(const doctor::Report& report, const std::string& report_url) {
    auto findings = findings_of(report);
    return {{"verdict", doctor::verdict(report)},
            {"fit", report.examined() && report.fit()},
            {"has_findings", !findings.empty()},
            {"findings", std::move(findings)},
            {"url", report_url}};
}

}  // namespace

void DoctorScreens::add_routes(net::Router& router) {
    const std::string page = "/skills/{skillId}/doctor";
    const auto add = [&](net::Method method, const std::string& pattern, Handler handler) {
        router.add(method, pattern, [this, handler](net::Request request, net::PathParameters path) {
            return guarded(handler, std::move(request), std::move(path));
        });
    };
    add(net::Method::get, page, &DoctorScreens::show);
    add(net::Method::post, page, &DoctorScreens::begin);
    add(net::Method::get, page + "/report", &DoctorScreens::report);
}

Task<net::Response> DoctorScreens::guarded(Handler handler, net::Request request, net::PathParameters path) {
    Visit visit;
    std::optional<Error> refused;
    try {
        visit = begin_visit(std::move(request), std::move(path), parts_.random);
        if (visit.request.method == net::Method::post && !is_from_our_page(visit, base_url_))
            throw Error(Errc::access_denied, "This form was not sent from this page. Reload it and try again.");
        co_return co_await (this->*handler)(visit);
    } catch (const Error& e) {
        refused = e;
    }
    co_return show_refusal(visit, *refused);
}

net::Response DoctorScreens::show_refusal(const Visit& visit, const Error& error) {
    const bool missing = error.code == Errc::resource_not_found;
    auto context = screen_context(visit, base_url_, beside_);
    context["title"] = missing ? "There is nothing here" : "That did not work";
    context["text"] = error.message;
    return screen_response(visit, missing ? 404 : error.code == Errc::access_denied ? 403 : 400, "error", context);
}

Task<DoctorScreens::Examined> DoctorScreens::load(std::string skill_id) {
    const auto work = [&](db::Transaction& tx) {
        Store store(tx, parts_.sealer);
        auto skill = store.find_skill(skill_id);
        if (!skill) throw Error(Errc::resource_not_found, "There is no such skill.");
        return Examined{std::move(*skill), store.find_linking(skill_id)};
    };
    co_return co_await parts_.db.read(work);
}

Task<net::Response> DoctorScreens::show(Visit visit) {
    const auto found = co_await load(visit.path.at("skillId"));
    const auto here = base_url_ + "/skills/" + found.skill.id;
    const auto state = desk_.state();
    const bool ours = state.skill == found.skill.id;
    auto context = screen_context(visit, base_url_, beside_);
    context["skill"] = json::object{{"name", found.skill.name()}, {"url", here}};
    context["action"] = here + "/doctor";
    context["redirect_uri"] = base_url_ + std::string(doctor_redirect_path);
    context["configured"] = found.linking.has_value();
    if (found.linking) context["authorization_url"] = found.linking->config.authorizationUrl;
    json::array platforms;
    for (const auto platform : doctor::all_platforms) {
        platforms.push_back(json::object{{"value", doctor::to_text(platform)},
                                         {"name", name_of(platform)},
                                         {"checked", platform == doctor::Platform::alexa}});
    }
    context["platforms"] = std::move(platforms);
    context["running"] = state.running;
    if (state.running) {
        context["progress"] = std::to_string(state.done) + " of " + std::to_string(state.of);
        context["asks"] = state.asks;
        context["next_url"] = base_url_ + std::string(start_path);
    }
    if (ours && state.report) context["report"] = report_context(*state.report, here + "/doctor/report");
    if (ours && !state.failure.empty()) context["failure"] = state.failure;
    co_return screen_response(visit, 200, "doctor", context);
}

doctor::Subject DoctorScreens::subject_of(const Examined& examined, const net::Form& form) const {
    const auto& config = examined.linking->config;
    doctor::Subject out;
    out.platforms = platforms_in(form);
    out.authorization_url = config.authorizationUrl;
    out.token_url = config.accessTokenUrl.value_or("");
    out.client = {config.clientId, ClientSecret(examined.linking->client_secret)};
    out.scheme = config.accessTokenScheme == AccessTokenScheme::REQUEST_BODY_CREDENTIALS ? doctor::Scheme::body
                                                                                         : doctor::Scheme::basic;
    out.implicit = config.type == GrantType::IMPLICIT;
    out.scopes = config.scopes.value_or(std::vector<std::string>{});
    out.domains = config.domains.value_or(std::vector<std::string>{});
    out.default_expiration = config.defaultTokenExpirationInSeconds;
    out.redirect_uri = base_url_ + std::string(doctor_redirect_path);
    out.vendor_id = form.get("vendor_id");
    out.google_project = form.get("google_project");
    out.skill = {examined.skill.endpoint(), examined.skill.id, chain_url_, identity_.authority.leaf_key_pem};
    out.smart_home_url = examined.skill.smart_home_endpoint();
    return out;
}

Task<net::Response> DoctorScreens::begin(Visit visit) {
    const auto found = co_await load(visit.path.at("skillId"));
    if (!found.linking) throw Error(Errc::invalid_parameter, "The skill has no account linking yet.");
    auto subject = subject_of(found, visit.form);
    doctor::check_subject(subject);
    const auto here = base_url_ + "/skills/" + found.skill.id + "/doctor";
    const auto redirect = doctor::parse_url(subject.redirect_uri);
    std::optional<doctor::BrowserPerson::Places> places;
    if (visit.form.find("sign_in") && redirect)
        places = doctor::BrowserPerson::Places{*redirect, std::string(start_path), here};
    const bool signs_in = places.has_value();
    if (!desk_.begin(found.skill.id, std::move(subject), std::move(places)))
        throw Error(Errc::limit_exceeded, "The doctor is examining already. Wait until that is done.");
    co_return net::redirect(see_other, signs_in ? base_url_ + std::string(start_path) : here);
}

Task<net::Response> DoctorScreens::report(Visit visit) {
    const auto state = desk_.state();
    if (state.skill != visit.path.at("skillId") || !state.report)
        throw Error(Errc::resource_not_found, "There is no report of this skill.");
    auto out = net::html(200, doctor::to_html(*state.report));
    out.headers.set("Content-Security-Policy",
                    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'");
    out.headers.set("Content-Disposition", "inline; filename=\"doctor.html\"");
    out.headers.set("Cache-Control", "no-store");
    co_return out;
}

}  // namespace symbolon::voice
