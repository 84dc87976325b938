#include "directory/terms.hpp"

#include "base/error.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace symbolon::directory {
namespace {

constexpr std::size_t most_links = 13;

constexpr std::array<std::string_view, 13> languages{"default",
                                                     "dutch",
                                                     "english",
                                                     "french",
                                                     "spanish",
                                                     "german",
                                                     "bahasa-indonesia",
                                                     "italian",
                                                     "japanese",
                                                     "korean",
                                                     "portuguese-brazil",
                                                     "chinese-simplified",
                                                     "chinese-traditional"};

/// Terms are named by their client and their own name, so that a client has one of each.
std::string name_of(std::string_view client, std::string_view terms) {
    std::string name(client);
    name += '|';
    name += terms;
    return name;
}

[[noreturn]] void throw_unknown() {
    throw Error(Errc::resource_not_found, "Terms do not exist.");
}

[[noreturn]] void throw_taken(const std::string& name) {
    throw Error(Errc::terms_exists, "Terms " + name + " already exist for this app client.");
}

}  // namespace

bool is_language_id(std::string_view text) {
    constexpr std::string_view prefix = "cognito:";
    return text.starts_with(prefix) &&
           std::find(languages.begin(), languages.end(), text.substr(prefix.size())) != languages.end();
}

bool is_terms_name(std::string_view text) {
    return text == "terms-of-use" || text == "privacy-policy";
}

void check_links(const TermsLinks& links) {
    if (links.empty() || links.size() > most_links)
        throw Error(Errc::invalid_parameter, "Links must have from 1 to 13 entries.");
    for (const auto& [language, url] : links)
        if (!url.str().starts_with("https://") && !url.str().starts_with("http://"))
            throw Error(Errc::invalid_parameter, "The link for " + language.str() + " must be an http or https URL.");
}

void Terms::create(const PoolId& pool, TermsDocument terms) {
    terms.name = name_of(terms.client_id, terms.content.TermsName);
    if (!PoolDocuments(tx_).create(pool, document_kind::terms, to_stored_document(terms)))
        throw_taken(terms.content.TermsName);
}

TermsDocument Terms::get(const PoolId& pool, const std::string& id) {
    auto found = find_document_by_id<TermsContent>(tx_, pool, document_kind::terms, id);
    if (!found) throw_unknown();
    return std::move(*found);
}

std::optional<TermsDocument> Terms::find_of_client(const PoolId& pool, const ClientId& client, std::string_view name) {
    return find_document<TermsContent>(tx_, {pool, document_kind::terms, name_of(client.str(), name)});
}

TermsDocument Terms::get_of_client(const PoolId& pool, const ClientId& client, std::string_view name) {
    auto found = find_of_client(pool, client, name);
    if (!found) throw_unknown();
    return std::move(*found);
}

std::vector<TermsDocument> Terms::list(const PoolId& pool, const std::string& after, int limit) {
    std::vector<TermsDocument> all;
    for (auto& stored : PoolDocuments(tx_).list(pool, document_kind::terms, after, limit))
        all.push_back(from_stored_document<TermsContent>(std::move(stored)));
    return all;
}

void Terms::save(const PoolId& pool, TermsDocument terms) {
    PoolDocuments documents(tx_);
    const std::string name = name_of(terms.client_id, terms.content.TermsName);
    if (name == terms.name) {
        documents.put(pool, document_kind::terms, to_stored_document(terms));
        return;
    }
    documents.erase({pool, document_kind::terms, terms.name});
    create(pool, std::move(terms));
}

void Terms::erase(const PoolId& pool, const TermsDocument& terms) {
    if (!PoolDocuments(tx_).erase({pool, document_kind::terms, terms.name})) throw_unknown();
}

}  // namespace symbolon::directory
