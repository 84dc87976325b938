#pragma once

#include "symbolon/skill/serve.hpp"

#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace examples {

/// The flags that say where a skill listens and whom it believes.
class ServeFlags {
public:
    /// Adds them to the program's; the object must outlive the parsing.
    explicit ServeFlags(CLI::App& app);

    /// After the parsing. Fails: std::invalid_argument (the local assistant's part makes no sense).
    symbolon::skill::ServeOptions options() const;

private:
    symbolon::skill::ServeOptions serve_;
    std::string chain_url_, root_file_;
    std::vector<std::string> names_;
};

}  // namespace examples
