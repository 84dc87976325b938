#pragma once

#include <boost/json/object.hpp>

#include <cstdint>
#include <functional>
#include <memory>
#include <stdexcept>
#include <string>

namespace symbolon::skill {

namespace json = boost::json;

class Input;

/// Somebody else saved the same attributes since they were loaded: what they wrote would be lost.
class AttributesConflict : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// The store of attributes failed.
class PersistenceError : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// What is remembered under one key, and how often it was saved.
struct StoredAttributes {
    json::object attributes = {};
    std::int64_t version = 0;  ///< 0: nothing is stored
};

/// Where attributes outlive a session. Threads: called from several at once. Fails: PersistenceError.
class Persistence {
public:
    virtual ~Persistence() = default;

    /// Version 0 and no attributes when nothing is stored.
    virtual StoredAttributes load(const std::string& key) = 0;
    /// Stores over the version that was loaded and returns the new one, once it is safe on disk.
    /// Fails: AttributesConflict.
    virtual std::int64_t save(const std::string& key, const StoredAttributes& attributes) = 0;
    /// Forgets them; nothing happens when there are none.
    virtual void remove(const std::string& key) = 0;
};

/// A SQLite file, made when it is not there. Several processes may share it.
/// Fails: PersistenceError (the file cannot be opened).
std::shared_ptr<Persistence> sqlite_persistence(const std::string& file);

/// For tests: forgotten with the last pointer to it.
std::shared_ptr<Persistence> memory_persistence();

/// Whose attributes they are.
using PartitionKey = std::function<std::string(const Input&)>;

/// The user: everybody who speaks to the account's devices. Starts anew when the user disables and enables the skill.
PartitionKey by_user();
/// The device. Fails: MissingKey when the request names none.
PartitionKey by_device();
/// The person, when the voice was recognised, else the user.
PartitionKey by_person();

/// The request does not say what the partition key asks for.
class MissingKey : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

}  // namespace symbolon::skill
