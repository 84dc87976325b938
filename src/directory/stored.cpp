#include "directory/stored.hpp"

#include <boost/json/parse.hpp>
#include <boost/system/error_code.hpp>

namespace symbolon::directory {

boost::json::object parse_stored(std::string_view text, std::string_view what) {
    boost::system::error_code failure;
    boost::json::value value = boost::json::parse(text, failure);
    if (failure || !value.is_object())
        throw Error(Errc::internal, {}, std::string(what) + ": the stored text is not a JSON object");
    return std::move(value.get_object());
}

}  // namespace symbolon::directory
