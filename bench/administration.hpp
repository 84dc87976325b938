#pragma once

#include "deployment.hpp"

namespace symbolon::bench {

/// AdminCreateUser of users who were not there, with a temporary password and no message.
Pace measure_creations(Deployment& deployment, Seconds duration);
/// ListUsers: the first pages of 60 users, one after the other as their tokens lead; and again from the first.
Pace measure_user_pages(Deployment& deployment, Seconds duration);

}  // namespace symbolon::bench
