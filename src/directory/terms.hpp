#pragma once

#include "base/clock.hpp"
#include "base/id.hpp"
#include "base/shape/text.hpp"
#include "db/transaction.hpp"
#include "directory/pool_documents.hpp"

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Links to the terms of use and to the privacy policy of a client, by language (cognito-api.md §2.16, §5.11).
namespace symbolon::directory {

bool is_language_id(std::string_view text);
bool is_terms_name(std::string_view text);

namespace shape {
inline constexpr Pattern language_id{
    "^cognito:(default|dutch|english|french|spanish|german|bahasa-indonesia|italian|japanese|korean|"
    "portuguese-brazil|chinese-(simplified|traditional))$",
    is_language_id};
inline constexpr Pattern terms_name{"^(terms-of-use|privacy-policy)$", is_terms_name};
inline constexpr Pattern link_url{R"(^[\p{L}\p{M}\p{S}\p{N}\p{P}]+$)", is_graphic_text};
using LanguageId = Text<struct LanguageIdTag, 0, 0, language_id>;
using TermsName = Text<struct TermsNameTag, 0, 0, terms_name>;
using LinkUrl = Text<struct LinkUrlTag, 1, 1024, link_url>;
}  // namespace shape

BOOST_DEFINE_ENUM_CLASS(TermsSourceType, LINK)
BOOST_DEFINE_ENUM_CLASS(TermsEnforcementType, NONE)

using TermsLinks = std::map<shape::LanguageId, shape::LinkUrl>;

struct TermsContent {
    std::string TermsName;
    TermsSourceType TermsSource{};
    TermsEnforcementType Enforcement{};
    TermsLinks Links;
};
BOOST_DESCRIBE_STRUCT(TermsContent, (), (TermsName, TermsSource, Enforcement, Links))

using TermsDocument = Document<TermsContent>;

/// Fails: invalid_parameter (none or more than 13 links; one that leads elsewhere than to a web page).
void check_links(const TermsLinks& links);

class Terms {
public:
    explicit Terms(db::Transaction& tx) : tx_(tx) {}

    /// Fails: terms_exists, when the client has terms of that name.
    void create(const PoolId& pool, TermsDocument terms);
    /// Fails: resource_not_found.
    TermsDocument get(const PoolId& pool, const std::string& id);
    TermsDocument get_of_client(const PoolId& pool, const ClientId& client, std::string_view name);
    std::optional<TermsDocument> find_of_client(const PoolId& pool, const ClientId& client, std::string_view name);
    /// In order of the id, after the given one ("": from the start).
    std::vector<TermsDocument> list(const PoolId& pool, const std::string& after, int limit);
    /// Replaces the content, the name with it. Fails: terms_exists.
    void save(const PoolId& pool, TermsDocument terms);
    void erase(const PoolId& pool, const TermsDocument& terms);

private:
    db::Transaction& tx_;
};

}  // namespace symbolon::directory
