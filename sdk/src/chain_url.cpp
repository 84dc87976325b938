#include "chain_url.hpp"

#include <boost/url/parse.hpp>
#include <boost/url/url.hpp>

#include <algorithm>
#include <charconv>

namespace symbolon::skill {
namespace {

constexpr std::size_t max_length = 2048;

std::string to_text(boost::core::string_view text) {
    return {text.data(), text.size()};
}

std::uint16_t default_port(std::string_view scheme) {
    return scheme == "https" ? 443 : 80;
}

std::optional<std::uint16_t> parse_port(std::string_view text) {
    std::uint16_t port = 0;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), port);
    if (failure != std::errc{} || end != text.data() + text.size() || port == 0) return std::nullopt;
    return port;
}

}  // namespace

std::optional<ChainUrl> ChainUrl::parse(std::string_view text) {
    // Genuine chains have plain names. Escapes and backslashes exist in such a URL only to be read in two ways.
    if (text.size() > max_length || text.find_first_of("%\\") != std::string_view::npos) return std::nullopt;
    const auto parsed = boost::urls::parse_uri(boost::core::string_view(text.data(), text.size()));
    if (!parsed) return std::nullopt;
    boost::urls::url url(*parsed);
    if (url.has_userinfo() || url.has_query() || url.has_fragment() || url.encoded_host().empty()) return std::nullopt;
    url.normalize();

    ChainUrl out{to_text(url.scheme()), to_text(url.encoded_host()), 0, to_text(url.encoded_path())};
    if (out.scheme != "https" && out.scheme != "http") return std::nullopt;
    if (!out.path.starts_with('/')) return std::nullopt;
    // Normalizing keeps the ".." of a path that climbs above its root; whoever fetches it would resolve them.
    if ((out.path + "/").find("/../") != std::string::npos) return std::nullopt;
    const auto port = url.has_port() ? parse_port(to_text(url.port())) : default_port(out.scheme);
    if (!port) return std::nullopt;
    out.port = *port;
    return out;
}

std::string ChainUrl::to_string() const {
    const std::string suffix = port == default_port(scheme) ? std::string{} : ":" + std::to_string(port);
    return scheme + "://" + host + suffix + path;
}

bool ChainUrl::satisfies(const TrustRules& rules) const {
    return scheme == rules.scheme && std::ranges::find(rules.hosts, host) != rules.hosts.end() &&
           std::ranges::find(rules.ports, port) != rules.ports.end() && path.starts_with(rules.path_prefix);
}

}  // namespace symbolon::skill
