// Asio is compiled here, once; everyone else sees its declarations (BOOST_ASIO_SEPARATE_COMPILATION). Its TLS part
// needs OpenSSL and is compiled with Beast in floor net.
#include <boost/asio/impl/src.hpp>
