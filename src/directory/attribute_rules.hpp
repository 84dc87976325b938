#pragma once

#include "directory/clients.hpp"
#include "directory/pools.hpp"
#include "directory/users.hpp"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace symbolon::directory {

/// The pool's schema entry of that name (custom ones with their prefix); null when it has none.
const SchemaAttributeType* find_attribute(const PoolSettings& settings, std::string_view name);

/// Checks the values that a request sets against the pool's schema and brings phone numbers and e-mail addresses into
/// the form in which they are stored. An empty value (it deletes) is not checked.
/// Fails: invalid_parameter, in the words of cognito-api §4.3: unknown name, wrong form, wrong type, length or range,
/// `sub`. Control characters are refused in every value.
Attributes check_attributes(const PoolSettings& settings, const Attributes& given);

/// For administrators, who alone may set them. Fails: invalid_parameter, where `email_verified` or
/// `phone_number_verified` is given, and the attribute neither in the same request nor `stored`.
void check_verified_flags(const Attributes& given, const Attributes& stored = {});

/// True for a phone number or e-mail address that a user has to prove before it takes the place of the former one.
/// Spec: cognito-api §4.5.
bool is_proven_before_update(const Pool& pool, std::string_view attribute);

/// Checks that an existing user's immutable attributes stay as they are, and that required ones are not deleted.
/// Fails: invalid_parameter "user.<name>: Attribute cannot be updated."
void check_attribute_update(const PoolSettings& settings, const Attributes& given, const Attributes& stored);

/// Checks that a new user has every required attribute. Fails: invalid_parameter "Attributes did not conform to the
/// schema: email: The attribute is required", all missing ones in one message. Spec: cognito-api §3.2 step 3.
void check_required_attributes(const PoolSettings& settings, const Attributes& attributes);
/// Their names, in the schema's order.
std::vector<std::string> missing_required_attributes(const PoolSettings& settings, const Attributes& attributes);

/// Checks that a client's user may set what the request sets (SignUp, UpdateUserAttributes). Required attributes are
/// always writable. Fails: not_authorized "A client attempted to write unauthorized attribute". Spec: cognito-api §4.4.
void check_writable(const PoolSettings& settings, const Client& client, const Attributes& given);

/// What the client may see of a user, `sub` first. Spec: cognito-api §4.4.
std::vector<std::pair<std::string, std::string>> readable_attributes(const Client& client, const User& user);

}  // namespace symbolon::directory
