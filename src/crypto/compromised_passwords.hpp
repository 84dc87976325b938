#pragma once

#include "base/secret.hpp"

#include <memory>
#include <mutex>
#include <string>

namespace symbolon::crypto {

/// Passwords that are known to attackers: the commonest ones, which are part of the program, and those on a list that
/// the operator has: a file of SHA-1 hashes in the form in which "Have I Been Pwned" publishes them, a line
/// `<40 hexadecimal digits>[:<count>]` for each, in order of the hash. It is searched where it lies, a few dozen reads
/// for a password; nothing is sent anywhere. Threads: any.
class CompromisedPasswords {
public:
    /// `path` may be empty: no list. Fails: invalid_parameter (it cannot be read, or is no such list).
    explicit CompromisedPasswords(std::string path = {});
    ~CompromisedPasswords();
    CompromisedPasswords(const CompromisedPasswords&) = delete;
    CompromisedPasswords& operator=(const CompromisedPasswords&) = delete;

    /// Waits for the disk: not for the thread of an event loop. A list that turns out to be damaged is logged, and
    /// holds nothing.
    bool contains(const Password& password) const;
    /// Opens the list again (SIGHUP). One that is not good does not take the place of the former. Fails:
    /// invalid_parameter.
    void reopen();

private:
    class List;
    std::shared_ptr<const List> list() const;

    const std::string path_;
    mutable std::mutex mutex_;
    std::shared_ptr<const List> list_;  ///< null: none
};

}  // namespace symbolon::crypto
