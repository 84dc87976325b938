#include "net/templates.hpp"

#include "base/error.hpp"

#include <kainjow/mustache.hpp>

#include <map>
#include <utility>

namespace symbolon::net {

namespace json = boost::json;
namespace mustache = kainjow::mustache;

namespace {

mustache::data to_data(const json::value& value) {
    switch (value.kind()) {
        case json::kind::object: {
            mustache::data out{mustache::data::type::object};
            for (const auto& [name, member] : value.get_object()) {
                if (!member.is_null()) out.set(std::string(name), to_data(member));
            }
            return out;
        }
        case json::kind::array: {
            mustache::data out{mustache::data::type::list};
            for (const auto& item : value.get_array()) out.push_back(to_data(item));
            return out;
        }
        case json::kind::bool_:
            return mustache::data{value.get_bool() ? mustache::data::type::bool_true
                                                   : mustache::data::type::bool_false};
        case json::kind::string:
            return mustache::data{std::string(value.get_string())};
        case json::kind::int64:
            return mustache::data{std::to_string(value.get_int64())};
        case json::kind::uint64:
            return mustache::data{std::to_string(value.get_uint64())};
        case json::kind::double_:
            return mustache::data{std::to_string(value.get_double())};
        case json::kind::null:
            break;
    }
    return mustache::data{mustache::data::type::bool_false};
}

std::string_view find_partial(std::span<const EmbeddedFile> files, const std::string& name) {
    constexpr std::string_view icon = "icon_";
    if (name.starts_with(icon)) {
        auto content = find_file(files, "icons/" + name.substr(icon.size()) + ".svg");
        while (content.ends_with('\n')) content.remove_suffix(1);
        return content;
    }
    return find_file(files, "templates/partials/" + name + ".mustache");
}

/// Data from the request, partials from the program: the library by itself would look for both in the data.
class Context final : public mustache::context<std::string> {
public:
    Context(const mustache::data* data, std::span<const EmbeddedFile> files)
        : mustache::context<std::string>(data), files_(files) {}

    const mustache::data* get_partial(const std::string& name) const override {
        const auto found = partials_.find(name);
        if (found != partials_.end()) return &found->second;
        return &partials_.emplace(name, mustache::data{std::string(find_partial(files_, name))}).first->second;
    }

private:
    std::span<const EmbeddedFile> files_;
    mutable std::map<std::string, mustache::data> partials_;
};

}  // namespace

std::string Templates::render(std::string_view name, const json::object& context) const {
    const auto text = find_file(files_, "templates/" + std::string(name) + ".mustache");
    if (text.empty()) throw Error(Errc::internal, "", "no template " + std::string(name));
    mustache::mustache page{std::string(text)};
    if (!page.is_valid())
        throw Error(Errc::internal, "", "template " + std::string(name) + ": " + page.error_message());
    const auto data = to_data(context);
    Context sources(&data, files_);
    return page.render(sources);
}

}  // namespace symbolon::net
