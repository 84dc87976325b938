#pragma once

#include "base/clock.hpp"
#include "crypto/seal.hpp"

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace symbolon::aws {

/// Pagination tokens: sealed, bound to the operation and to what is listed, good for an hour. What is inside is a
/// position in a list; nobody outside can make or alter one.
std::string seal_page(const crypto::Sealer& sealer, std::string_view list, std::string_view position, Instant now);
/// Fails: invalid_parameter "Invalid pagination token given."
std::string open_page(const crypto::Sealer& sealer, std::string_view list, std::string_view token, Instant now);

/// The page of a list that a request asks for by its token and its size. Read up to reads() entries that come after();
/// one more than the page holds tells that there is another.
class ListPage {
public:
    static constexpr int usual_size = 60;

    /// `of`: the call or its scope. `list`: what the tokens are good for alone. Fails like open_page().
    template <class Of, class Token, class Size>
    ListPage(const Of& of, std::string list, const std::optional<Token>& token, const std::optional<Size>& size,
             int usual = usual_size)
        : ListPage(of.context.services.sealer, of.now, std::move(list),
                   token ? std::optional<std::string>(token->str()) : std::nullopt,
                   size && size->get() != 0 ? static_cast<int>(size->get()) : usual) {}

    const std::string& after() const { return after_; }  ///< "": the first page
    int reads() const { return size_ + 1; }

    /// Takes out what the page does not hold. The token of the next page, if there is one.
    template <class Rows, class Position>
    std::optional<std::string> cut(Rows& rows, Position position) const {
        if (rows.size() <= static_cast<std::size_t>(size_)) return std::nullopt;
        rows.erase(rows.begin() + size_, rows.end());
        return token_after(std::invoke(position, rows.back()));
    }

private:
    ListPage(const crypto::Sealer& sealer, Instant now, std::string list, const std::optional<std::string>& token,
             int size);
    std::string token_after(std::string_view position) const;

    const crypto::Sealer& sealer_;
    Instant now_;
    std::string list_, after_;
    int size_;
};

}  // namespace symbolon::aws
