#include "aws/operations/terms.hpp"

#include "aws/paging.hpp"
#include "aws/parties.hpp"
#include "directory/clients.hpp"
#include "directory/pools.hpp"

#include <array>
#include <utility>

namespace symbolon::aws {
namespace {

directory::Client get_client(const Scope& scope, const PoolId& pool, const shape::ClientId& id) {
    return directory::Clients(scope.tx, scope.context.services.sealer).get(pool, ClientId(id.str()));
}

TermsResponse to_wire(const PoolId& pool, const directory::TermsDocument& terms) {
    return {{.TermsId = terms.id,
             .UserPoolId = pool.str(),
             .ClientId = terms.client_id,
             .TermsName = terms.content.TermsName,
             .TermsSource = terms.content.TermsSource,
             .Enforcement = terms.content.Enforcement,
             .Links = terms.content.Links,
             .CreationDate = terms.created,
             .LastModifiedDate = terms.modified}};
}

}  // namespace

TermsResponse create_terms(Scope scope, const CreateTermsRequest& in) {
    const auto pool = get_pool(scope, in.UserPoolId).id;
    const auto client = get_client(scope, pool, in.ClientId);
    if (in.Links) directory::check_links(*in.Links);
    const directory::TermsDocument terms{
        .client_id = client.id.str(),
        .id = scope.context.services.random.uuid(),
        .content = {in.TermsName.str(), in.TermsSource, in.Enforcement, in.Links.value_or(directory::TermsLinks())},
        .created = scope.now,
        .modified = scope.now};
    directory::Terms(scope.tx).create(pool, terms);
    return to_wire(pool, terms);
}

TermsResponse describe_terms(Scope scope, const TermsRequest& in) {
    const auto pool = get_pool(scope, in.UserPoolId).id;
    return to_wire(pool, directory::Terms(scope.tx).get(pool, in.TermsId.str()));
}

TermsResponse describe_terms_by_client(Scope scope, const DescribeTermsByClientRequest& in) {
    const auto pool = get_pool(scope, in.UserPoolId).id;
    const auto client = get_client(scope, pool, in.ClientId);
    return to_wire(pool, directory::Terms(scope.tx).get_of_client(pool, client.id, in.TermsName.str()));
}

ListTermsResponse list_terms(Scope scope, const ListTermsRequest& in) {
    const auto pool = get_pool(scope, in.UserPoolId).id;
    const ListPage page(scope, "ListTerms|" + pool.str(), in.NextToken, in.MaxResults);
    auto all = directory::Terms(scope.tx).list(pool, page.after(), page.reads());
    ListTermsResponse out;
    out.NextToken = page.cut(all, &directory::TermsDocument::id);
    for (const auto& terms : all)
        out.Terms.push_back(
            {terms.id, terms.content.TermsName, terms.content.Enforcement, terms.created, terms.modified});
    return out;
}

TermsResponse update_terms(Scope scope, const UpdateTermsRequest& in) {
    const auto pool = get_pool(scope, in.UserPoolId).id;
    directory::Terms all(scope.tx);
    auto terms = all.get(pool, in.TermsId.str());
    if (in.TermsName) terms.content.TermsName = in.TermsName->str();
    if (in.TermsSource) terms.content.TermsSource = *in.TermsSource;
    if (in.Enforcement) terms.content.Enforcement = *in.Enforcement;
    if (in.Links) {
        directory::check_links(*in.Links);
        terms.content.Links = *in.Links;
    }
    terms.modified = scope.now;
    all.save(pool, terms);
    return to_wire(pool, terms);
}

NoBody delete_terms(Scope scope, const TermsRequest& in) {
    const auto pool = get_pool(scope, in.UserPoolId).id;
    directory::Terms all(scope.tx);
    all.erase(pool, all.get(pool, in.TermsId.str()));
    return {};
}

std::span<const Operation> terms_operations() {
    using enum Access;
    using enum Effect;
    static constexpr std::array table{
        operation<create_terms, writes>("CreateTerms", administrator),
        operation<describe_terms, reads>("DescribeTerms", administrator),
        operation<describe_terms_by_client, reads>("DescribeTermsByClient", administrator),
        operation<list_terms, reads>("ListTerms", administrator),
        operation<update_terms, writes>("UpdateTerms", administrator),
        operation<delete_terms, writes>("DeleteTerms", administrator),
    };
    return table;
}

}  // namespace symbolon::aws
