#pragma once

#include "app/metrics.hpp"
#include "aws/door.hpp"
#include "base/task.hpp"
#include "db/database.hpp"
#include "net/http.hpp"
#include "oauth/endpoints.hpp"
#include "oauth/site.hpp"
#include "pages/pages.hpp"

#include <functional>
#include <string>
#include <string_view>

namespace symbolon::app {

/// Brings every request to its door: the JSON API at "/", the service paths (/healthz, /readyz, /metrics), and below a
/// pool's prefix or host the protocol endpoints and the hosted pages.
class Dispatch {
public:
    struct Doors {
        aws::Door& api;
        oauth::Sites& sites;
        oauth::Endpoints& endpoints;
        pages::Pages& pages;
        db::Database& db;
        Metrics& metrics;
        std::function<net::Server::Counters()> server_counters;
    };
    explicit Dispatch(Doors doors) : doors_(std::move(doors)) {}

    Task<net::Response> serve(net::Request request);

private:
    struct Answer {
        net::Response response;
        std::string_view door;
    };
    Task<Answer> answer(net::Request request);
    Answer refuse(net::Request request, const Error& error);
    Task<net::Response> service(std::string path);

    Doors doors_;
};

}  // namespace symbolon::app
