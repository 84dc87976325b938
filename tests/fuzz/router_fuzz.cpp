#include "base/run.hpp"
#include "fuzz.hpp"
#include "net/router.hpp"

#include <string>

using namespace symbolon;

namespace {

Task<net::Response> answer(net::Request, net::PathParameters parameters) {
    net::Response response;
    for (const auto& [name, value] : parameters) {
        fuzz::require(value.find('\0') == std::string::npos, "no parameter holds a NUL");
        if (name == "rest") continue;
        fuzz::require(!value.empty(), "a segment is not empty");
        fuzz::require(value.find('/') == std::string::npos, "a segment is one");
    }
    co_return response;
}

const net::Router& router() {
    static const auto made = [] {
        net::Router out;
        for (const auto* pattern : {"/", "/login", "/skills/{id}", "/skills/{id}/model/{locale}", "/skills/new"})
            out.add(net::Method::get, pattern, answer);
        out.add(net::Method::post, "/skills/{id}", answer);
        out.add(net::Method::get, "/assets/{rest...}", answer);
        return out;
    }();
    return made;
}

}  // namespace

/// The path of a request.
int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    for (const auto method : {net::Method::get, net::Method::head, net::Method::post, net::Method::other}) {
        net::Request request;
        request.method = method;
        request.path = fuzz::text_of(data, size);
        auto found = router().find(request, request.path);
        fuzz::require(found.has_value() == router().knows(request.path), "a known path is answered");
        if (!found) continue;
        const auto response = run(std::move(*found));
        fuzz::require(response.status == 200 || response.status == 405, "by its handler, or with what is allowed");
        fuzz::require(response.status == 200 || response.headers.find("Allow").has_value(), "which is told");
    }
    return 0;
}
