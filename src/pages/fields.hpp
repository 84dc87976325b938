#pragma once

#include "pages/visit.hpp"

#include <boost/json/object.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace symbolon::pages {

enum class FieldUse { sign_in, sign_up };

/// Adds the field for the user name: a phone number with a country list, or a text (web/pages/README.md). What was
/// typed stays; `problem` is a text key shown beside it.
void add_username_field(boost::json::object& context, const Visit& visit, FieldUse use, std::string_view problem = {});
/// The browser may offer passkeys in the field for the user name.
void offer_passkeys_in_field(boost::json::object& context);
/// Adds the fields of the required attributes that the user name does not give already.
void add_attribute_fields(boost::json::object& context, const Visit& visit, const std::vector<std::string>& names);
/// Adds the rules of the pool's password policy; `problem` is a text key.
void add_password_policy(boost::json::object& context, const Visit& visit, std::string_view problem = {});
enum class CodeSource { message, app };

/// Adds the code field, with resend where the code is sent; `problem` is a text key.
void add_code_field(boost::json::object& context, const Visit& visit, CodeSource source, std::string_view problem = {});

/// The user name that a form gives: in a phone pool the number in E.164, made with the chosen country. Nothing when it
/// is not a phone number or is empty.
std::optional<std::string> username_in(const Visit& visit);
/// `requiredAttributes[name]` of the form, without empty ones.
directory::Attributes attributes_in(const Visit& visit);
/// The digits of the code field: people paste spaces and dashes with it.
std::string code_in(const Visit& visit);

/// Names of the required attributes of the pool, without the one that is the user name.
std::vector<std::string> required_attributes(const directory::Pool& pool);

}  // namespace symbolon::pages
