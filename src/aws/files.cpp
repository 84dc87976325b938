#include "aws/files.hpp"

#include "base/error.hpp"
#include "base/log.hpp"
#include "directory/import_file.hpp"
#include "directory/ui_customizations.hpp"
#include "net/respond.hpp"
#include "net/spool.hpp"

#include <array>
#include <optional>
#include <span>
#include <utility>

namespace symbolon::aws {
namespace {

constexpr std::string_view prefix = "/files/";
constexpr std::string_view pictures = "pictures";
constexpr std::string_view imports = "imports";

/// /files/pictures/<pool>/<client or ALL>/<hash>
struct PictureAddress {
    PoolId pool;
    std::string client;
    std::string hash;
};

/// /files/imports/<pool>/<job>?token=…
struct UploadAddress {
    PoolId pool;
    std::string job;
    std::string token;
};

/// The parts between the slashes, if there are as many.
template <std::size_t count>
std::optional<std::array<std::string, count>> split(std::string_view path) {
    std::array<std::string, count> parts;
    for (std::size_t i = 0; i < count; ++i) {
        const auto slash = path.find('/');
        if ((slash == std::string_view::npos) != (i + 1 == count)) return std::nullopt;
        parts[i] = path.substr(0, slash);
        if (parts[i].empty()) return std::nullopt;
        path.remove_prefix(slash == std::string_view::npos ? path.size() : slash + 1);
    }
    return parts;
}

/// What comes after /files/<kind>/; nothing for a path of another kind.
std::optional<std::string_view> after(std::string_view path, std::string_view kind) {
    if (!path.starts_with(prefix)) return std::nullopt;
    path.remove_prefix(prefix.size());
    if (!path.starts_with(kind) || path.size() <= kind.size() || path[kind.size()] != '/') return std::nullopt;
    return path.substr(kind.size() + 1);
}

std::optional<PictureAddress> parse_picture(const net::Request& request) {
    const auto rest = after(request.path, pictures);
    auto parts = rest ? split<3>(*rest) : std::nullopt;
    if (!parts) return std::nullopt;
    return PictureAddress{PoolId((*parts)[0]), (*parts)[1], (*parts)[2]};
}

std::optional<UploadAddress> parse_upload(const net::Request& request) {
    constexpr std::string_view name = "token=";
    const auto rest = after(request.path, imports);
    auto parts = rest ? split<2>(*rest) : std::nullopt;
    // The query is what we gave out, and nothing else.
    if (!parts || !request.query.starts_with(name)) return std::nullopt;
    return UploadAddress{PoolId((*parts)[0]), (*parts)[1], request.query.substr(name.size())};
}

bool proves(const Context& context, const UploadAddress& address) {
    const auto& services = context.services;
    return directory::proves_upload(services.sealer, address.pool, address.job, address.token, services.clock.now());
}

net::Response refuse(int status, const char* text) {
    auto response = net::text(status, std::string(text) + "\n");
    response.headers.set("Cache-Control", "no-store");
    return response;
}

int status_of(Errc code) {
    switch (code) {
        case Errc::resource_not_found:
            return 404;
        case Errc::precondition_not_met:
            return 409;
        case Errc::invalid_parameter:
            return 400;
        default:
            return 503;
    }
}

Task<net::Response> send_picture(Context& context, PictureAddress address) {
    const auto find = [&](db::Transaction& tx) {
        return directory::UiCustomizations(tx).find_picture(address.pool, address.client, address.hash);
    };
    const auto picture = co_await context.services.db.read(find);
    if (!picture) co_return refuse(404, "Nothing is here.");
    net::Response response;
    response.headers.set("Content-Type", std::string(directory::media_type(picture->type)));
    // It came from outside: it is a picture and nothing else, wherever it is opened.
    response.headers.set("X-Content-Type-Options", "nosniff");
    response.headers.set("Content-Security-Policy", "default-src 'none'; sandbox");
    response.headers.set("Cross-Origin-Resource-Policy", "cross-origin");
    response.headers.set("Cache-Control", "public, max-age=31536000, immutable");
    response.body = to_string(picture->bytes);
    co_return response;
}

/// The body of a request, in memory or not. It keeps what it reads from.
directory::UploadedFile uploaded(net::Request& request) {
    if (!request.spooled) return directory::in_memory(std::move(request.body));
    return {request.spooled->size(), [spooled = request.spooled](std::size_t from, std::span<char> out) {
                if (spooled->read(from, out) != out.size()) throw Error(Errc::unavailable, {}, "an upload was cut");
            }};
}

Task<net::Response> take_file(Context& context, UploadAddress address, directory::UploadedFile file) {
    if (!proves(context, address)) co_return refuse(403, "The address is not valid, or has expired.");
    auto& services = context.services;
    co_await directory::store_import_file(services.db, services.random, address.pool, address.job, std::move(file));
    log::info("import_file_uploaded", {{"pool", address.pool.str()}, {"job", address.job}});
    net::Response response;
    response.headers.set("Cache-Control", "no-store");
    co_return response;
}

}  // namespace

bool is_file_path(std::string_view path) {
    return path.starts_with(prefix);
}

std::string picture_url(std::string_view base_url, const PoolId& pool, std::string_view client, std::string_view hash) {
    std::string url(base_url);
    url += prefix;
    url += pictures;
    for (const std::string_view part : {std::string_view(pool.str()), client, hash}) {
        url += '/';
        url += part;
    }
    return url;
}

std::string upload_url(const Context& context, const directory::ImportJob& job) {
    std::string url = context.options.base_url;
    url += prefix;
    url += imports;
    url += "/" + job.pool_id.str() + "/" + job.id + "?token=";
    return url + directory::seal_upload_token(context.services.sealer, job.pool_id, job.id,
                                              job.created + directory::import_upload_life);
}

std::size_t file_limit(const Context& context, const net::Request& head) {
    if (head.method != net::Method::put) return 0;
    const auto address = parse_upload(head);
    return address && proves(context, *address) ? directory::max_import_file : 0;
}

Task<net::Response> serve_file(Context& context, net::Request request) {
    const bool reads = request.method == net::Method::get || request.method == net::Method::head;
    std::optional<Error> refused;
    try {
        if (auto picture = parse_picture(request); picture && reads)
            co_return co_await send_picture(context, std::move(*picture));
        if (auto upload = parse_upload(request); upload && request.method == net::Method::put) {
            auto file = uploaded(request);
            co_return co_await take_file(context, std::move(*upload), std::move(file));
        }
    } catch (const Error& error) {
        refused = error;
    }
    if (!refused) co_return refuse(404, "Nothing is here.");
    const int status = status_of(refused->code);
    if (status == 503) log::error("file_error", {{"request_id", request.request_id}, {"detail", refused->detail}});
    co_return refuse(status, status == 503 ? "Try again later." : refused->message.c_str());
}

}  // namespace symbolon::aws
