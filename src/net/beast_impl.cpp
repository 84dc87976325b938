// Beast and the TLS part of Asio are compiled here, once; everyone else sees their declarations
// (BOOST_BEAST_SEPARATE_COMPILATION, BOOST_ASIO_SEPARATE_COMPILATION). Plain Asio is compiled in floor base.
#include <boost/asio/ssl/impl/src.hpp>
#include <boost/beast/src.hpp>
