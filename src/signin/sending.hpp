#pragma once

#include "base/clock.hpp"
#include "db/transaction.hpp"
#include "directory/codes.hpp"
#include "directory/pools.hpp"
#include "signin/destination.hpp"
#include "signin/occasion.hpp"
#include "signin/services.hpp"
#include "signin/subject.hpp"
#include "signin/tally.hpp"
#include "signin/texts.hpp"

#include <chrono>
#include <string>
#include <string_view>

namespace symbolon::signin {

/// True for an address that tells who asks. A client on this machine is a developer, or a proxy that was not declared
/// and stands for everybody: counting it would lock them all out together.
bool tells_who_asks(std::string_view address);

/// Who caused a message: somebody who proved nothing yet, or the holder of a right password.
enum class Asker { anyone, password_holder };

/// Counts a message that is about to be sent, against the caps per destination, range of numbers, client address and
/// pool. False when one is reached: then nothing may be sent. For a login that names nobody it counts what can be
/// observed from outside.
[[nodiscard]] bool allow_send(Tally tally, const Limits& limits, const directory::Pool& pool,
                              const Destination& destination, Asker asker, const Caller& caller);

/// Whether messages go there at all: texts, where the operator or the pool says so, to numbers of some countries alone.
bool is_in_reach(const Limits& limits, const directory::Pool& pool, const Destination& destination);
/// What somebody is told who wants a text where none goes.
Error out_of_reach();
/// Whether somebody who proved nothing may be told so: always of a number that they named themselves; of the number of
/// another name only where the client says anyhow who has an account. `login`: canonical.
bool may_be_told(const directory::Client& client, std::string_view login, const Destination& destination);

/// A one-time code to be made for a user.
struct CodeOrder {
    const directory::Pool& pool;
    directory::CodePurpose purpose;
    std::string binding;
    std::chrono::seconds life;
    const Occasion& occasion;
};

/// Makes a code, stores its hash and enqueues the message, all in this transaction. The former code of that purpose
/// ends. Where no message goes, there is a code that nobody knows.
void send_code(Services& services, db::Transaction& tx, const CodeOrder& order, const directory::User& user,
               const Destination& destination, Instant now);

/// The same for a login that gets no message: a code that nobody knows is stored, so that guesses are answered alike.
void pretend_code(Services& services, db::Transaction& tx, const CodeOrder& order, const UserId& key, Instant now);

/// Enqueues a notification in this transaction: for the pool's CustomEmailSender, where it has one.
void send_notification(Services& services, db::Transaction& tx, const directory::Pool& pool,
                       const directory::User& user, Notification notification, Instant now);

}  // namespace symbolon::signin
