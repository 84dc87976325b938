#pragma once

#include <boost/asio/awaitable.hpp>

namespace symbolon {

/// The one kind of coroutine. Parameters are taken by value, or are references to something that lives as long as the
/// process (what `app` wires).
template <class T>
using Task = boost::asio::awaitable<T>;

}  // namespace symbolon
