#include "aws/operations/auth.hpp"
#include "aws/operations/clients.hpp"
#include "aws/operations/pools.hpp"
#include "aws/operations/users.hpp"
#include "base/shape/codec.hpp"
#include "fuzz.hpp"

#include <boost/json/parse.hpp>

using namespace symbolon;

namespace {

/// What was accepted is written and read back as the same.
template <class Request>
void check(const boost::json::object& body) {
    fuzz::allow_refusal([&] {
        const auto written = encode(decode<Request>(body));
        fuzz::require(encode(decode<Request>(written)) == written, "a request is read as it is written");
    });
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    boost::json::error_code failure;
    const auto text = fuzz::text_of(data, size);
    const auto value = boost::json::parse(boost::json::string_view(text.data(), text.size()), failure);
    if (failure || !value.is_object()) return 0;
    const auto& body = value.get_object();
    check<aws::InitiateAuthRequest>(body);
    check<aws::RespondToAuthChallengeRequest>(body);
    check<aws::AdminCreateUserRequest>(body);
    check<aws::CreateUserPoolRequest>(body);
    check<aws::CreateUserPoolClientRequest>(body);
    return 0;
}
