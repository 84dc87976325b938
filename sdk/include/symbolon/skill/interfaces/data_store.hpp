#pragma once

#include <boost/describe/class.hpp>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Widgets and what is stored for them on devices. Spec: Alexa Skills Kit, "Alexa.DataStore interface".
namespace symbolon::skill::data_store {

namespace json = boost::json;

struct ErrorContent {
    std::string device_id = {};
    json::array commands = {};  ///< that were not delivered
    json::object failed_command = {};
    std::string message = {};
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(ErrorContent, (), (device_id, commands, failed_command, message))

struct Error {
    std::string type = {};  ///< e.g. "STORAGE_LIMIT_EXCEEDED"
    std::optional<ErrorContent> content = {};
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(Error, (), (type, content))

/// A request: commands to a device's store failed.
struct DataStoreError {
    static constexpr std::string_view type = "Alexa.DataStore.Error";
    std::optional<Error> error = {};
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(DataStoreError, (), (error))

struct PackageUsage {
    std::string location = {};  ///< e.g. "FAVORITE"
    std::string instance_id = {};
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(PackageUsage, (), (location, instance_id))

struct PackageUsages {
    std::string package_id = {};
    std::string package_version = {};
    std::vector<PackageUsage> usages = {};
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(PackageUsages, (), (package_id, package_version, usages))

/// A request.
struct UsagesInstalled {
    static constexpr std::string_view type = "Alexa.DataStore.PackageManager.UsagesInstalled";
    std::optional<PackageUsages> payload = {};
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(UsagesInstalled, (), (payload))

/// A request.
struct UsagesRemoved {
    static constexpr std::string_view type = "Alexa.DataStore.PackageManager.UsagesRemoved";
    std::optional<PackageUsages> payload = {};
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(UsagesRemoved, (), (payload))

/// A request.
struct UpdateRequest {
    static constexpr std::string_view type = "Alexa.DataStore.PackageManager.UpdateRequest";
    std::string package_id = {};
    std::string from_version = {};
    std::string to_version = {};
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(UpdateRequest, (), (package_id, from_version, to_version))

struct PackageError {
    std::string type = {};
    json::value content = {};
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(PackageError, (), (type, content))

/// A request.
struct InstallationError {
    static constexpr std::string_view type = "Alexa.DataStore.PackageManager.InstallationError";
    std::string package_id = {};
    std::string version = {};
    std::optional<PackageError> error = {};
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(InstallationError, (), (package_id, version, error))

struct InstalledPackage {
    std::string package_id = {};
    std::string version = {};
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(InstalledPackage, (), (package_id, version))

/// `context["Alexa.DataStore.PackageManager"]`.
struct PackageManagerState {
    std::vector<InstalledPackage> installed_packages = {};
    json::object unknown = {};
};
BOOST_DESCRIBE_STRUCT(PackageManagerState, (), (installed_packages))

}  // namespace symbolon::skill::data_store
