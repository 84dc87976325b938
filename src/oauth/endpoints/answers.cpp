#include "net/respond.hpp"
#include "oauth/endpoints/doors.hpp"

#include <utility>

namespace symbolon::oauth {

std::string parameters_of(const net::Request& request) {
    if (request.method != net::Method::post) return request.query;
    return net::Form::parse(request.body).encode();
}

net::Response redirect_to_error_page(const Site& site, std::string_view code, std::string_view client_id) {
    net::Form page;
    page.add("error", std::string(code));
    if (!client_id.empty()) page.add("client_id", std::string(client_id));
    return net::redirect(302, site.url + "/error?" + page.encode());
}

net::Response json_answer(std::string body) {
    net::Response response;
    response.headers.reserve(12);
    response.headers.add("Content-Type", "application/json;charset=UTF-8");
    response.body = std::move(body);
    return response;
}

}  // namespace symbolon::oauth
