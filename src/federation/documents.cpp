#include "federation/documents.hpp"

#include "federation/exchange.hpp"

#include <algorithm>
#include <utility>

namespace symbolon::federation {

Documents::Text Documents::find(const std::string& url, std::chrono::seconds oldest) {
    const std::lock_guard lock(mutex_);
    const auto found = kept_.find(url);
    if (found == kept_.end() || found->second.fetched + oldest < clock_.now()) return nullptr;
    return found->second.text;
}

void Documents::keep(const std::string& url, Text text) {
    const std::lock_guard lock(mutex_);
    kept_.insert_or_assign(url, Kept{std::move(text), clock_.now()});
    if (kept_.size() <= most) return;
    kept_.erase(std::min_element(kept_.begin(), kept_.end(),
                                 [](const auto& a, const auto& b) { return a.second.fetched < b.second.fetched; }));
}

Task<Documents::Text> Documents::get(std::string url, std::chrono::seconds oldest, std::string part) {
    if (auto kept = find(url, oldest)) co_return kept;
    net::ClientRequest request;
    request.url = url;
    request.headers.add("Accept", "application/json, application/samlmetadata+xml, application/xml;q=0.9");
    auto response = co_await exchange(fetcher_, std::move(request), part);
    if (response.status != 200)
        throw_failure("The IdP " + part + " answered with status " + std::to_string(response.status), url);
    auto text = std::make_shared<const std::string>(std::move(response.body));
    keep(url, text);
    co_return text;
}

}  // namespace symbolon::federation
