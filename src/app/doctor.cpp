#include "app/doctor.hpp"

#include "base/error.hpp"
#include "doctor/person/command.hpp"
#include "doctor/person/forms.hpp"
#include "doctor/person/loopback.hpp"
#include "doctor/person/paste.hpp"
#include "doctor/report/report.hpp"
#include "doctor/transport/curl_http.hpp"
#include "doctor/transport/sockets.hpp"

#include <unistd.h>

#include <csignal>
#include <fstream>
#include <iostream>
#include <iterator>
#include <memory>
#include <thread>
#include <utility>

namespace symbolon::app {

namespace {

constexpr std::int64_t day = 24 * 3600;  ///< seconds

/// A secret from a file, without the end of its line, or from the environment.
std::string secret_from(const std::string& file, const std::string& given) {
    if (file.empty()) return given;
    std::ifstream in(file);
    std::string line;
    if (!in || !std::getline(in, line)) throw Error(Errc::invalid_parameter, "Cannot read " + file);
    while (line.ends_with('\r')) line.pop_back();
    return line;
}

std::string read_file(const std::string& file) {
    if (file.empty()) return {};
    std::ifstream in(file, std::ios::binary);
    if (!in) throw Error(Errc::invalid_parameter, "Cannot read " + file);
    return {std::istreambuf_iterator<char>(in), {}};
}

/// A file for a report, opened before the examination: nobody signs in twenty times for nothing.
class ReportFile {
public:
    explicit ReportFile(std::string file) : file_(std::move(file)) {
        if (file_.empty()) return;
        out_.open(file_, std::ios::binary | std::ios::trunc);
        check();
    }
    void write(const std::string& text) {
        if (file_.empty()) return;
        out_ << text << std::flush;
        check();
    }

private:
    void check() const {
        if (!out_) throw Error(Errc::invalid_parameter, "Cannot write " + file_);
    }

    std::string file_;  ///< "": no such report is wanted
    std::ofstream out_;
};

std::vector<doctor::Platform> platforms_of(const DoctorOptions& options) {
    std::vector<doctor::Platform> out;
    for (const auto& name : options.platforms) {
        if (const auto platform = doctor::parse_platform(name)) out.push_back(*platform);
    }
    return out.empty() ? std::vector{doctor::Platform::alexa} : out;
}

doctor::Subject subject_of(DoctorOptions& o) {
    auto out = std::move(o.subject);
    out.platforms = platforms_of(o);
    out.client.secret = ClientSecret(secret_from(o.client_secret_file, o.client_secret));
    if (!o.other_client_id.empty())
        out.other_client = doctor::Credentials{
            o.other_client_id, ClientSecret(secret_from(o.other_client_secret_file, o.other_client_secret))};
    out.scheme = o.scheme == "body" ? doctor::Scheme::body : doctor::Scheme::basic;
    if (o.refresh_lifetime_days) out.refresh_lifetime = *o.refresh_lifetime_days * day;
    out.skill.key_pem = read_file(o.skill_key);
    return out;
}

std::vector<std::string> hosts_of(const doctor::Subject& subject) {
    std::vector<std::string> out;
    for (const auto* text : {&subject.authorization_url, &subject.token_url, &subject.end_session_url}) {
        if (const auto url = doctor::parse_url(*text)) out.push_back(url->host);
    }
    return out;
}

doctor::Account account_of(const DoctorOptions& o) {
    if (o.user.empty()) throw Error(Errc::invalid_parameter, "--sign-in-with forms needs --user.");
    std::function<std::string()> code;
    if (!o.code_command.empty()) {
        code = [command = o.code_command, wait = std::chrono::seconds(o.wait)] {
            return doctor::run_command(command, {}, wait).value_or("");
        };
    }
    return {o.user, Password(secret_from(o.password_file, o.password)), std::move(code)};
}

std::unique_ptr<doctor::Person> make_person(const DoctorOptions& o, const doctor::Subject& subject,
                                            doctor::Http& http) {
    const std::chrono::seconds wait(o.wait);
    if (o.sign_in_with == "nobody" || subject.redirect_uri.empty()) return nullptr;
    if (o.sign_in_with == "paste") return std::make_unique<doctor::PastingPerson>(std::cin, std::cerr);
    if (o.sign_in_with == "forms")
        return std::make_unique<doctor::FormPerson>(http, hosts_of(subject), subject.redirect_uri,
                                                    subject.end_session_url, account_of(o));
    if (o.sign_in_with == "browser")
        return std::make_unique<doctor::LoopbackPerson>(
            subject.redirect_uri, wait, [](const std::string& line) { std::cerr << line << std::endl; });
    return std::make_unique<doctor::CommandPerson>(o.sign_in_with, wait);
}

/// Tells on a terminal how far the examination is.
doctor::Progress progress() {
    if (::isatty(STDERR_FILENO) == 0) return {};
    return [](const doctor::Finding& finding, std::size_t done, std::size_t of) {
        std::cerr << "\r" << done << "/" << of << " " << finding.check->id << "   " << (done == of ? "\n" : "")
                  << std::flush;
    };
}

}  // namespace

int examine(DoctorOptions options) {
    std::signal(SIGPIPE, SIG_IGN);  // a server that hangs up during a handshake
    const auto subject = subject_of(options);
    doctor::check_subject(subject);
    std::vector<doctor::Detour> detours;
    for (const auto& text : options.connect_to) detours.push_back(doctor::parse_detour(text));
    ReportFile junit(options.junit), html(options.html);
    const SystemClock clock;
    crypto::SystemRandom random;
    doctor::CurlHttp http(options.ca_file, detours);
    doctor::SocketNetwork network(options.ca_file, detours, clock);
    const auto person = make_person(options, subject, http);
    const auto wait = [](std::chrono::seconds time) { std::this_thread::sleep_for(time); };
    const auto report = doctor::examine({subject, http, network, person.get(), clock, random, wait}, progress());
    std::cout << (options.json ? doctor::to_json(report) : doctor::to_terminal(report, ::isatty(STDOUT_FILENO) != 0))
              << std::flush;
    junit.write(doctor::to_junit(report));
    html.write(doctor::to_html(report));
    if (!report.examined()) return 2;
    return report.fit() ? 0 : 1;
}

}  // namespace symbolon::app
