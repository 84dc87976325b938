#pragma once

#include <boost/json/object.hpp>

#include <cstddef>
#include <string>
#include <vector>

namespace symbolon::voice {

/// One component of a visual document.
struct AplLine {
    std::size_t depth = 0;
    std::string type;  ///< "Text", "Image", …
    std::string text;  ///< what it shows: its words, its source; "" for a container
};

/// What an Alexa.Presentation.APL.RenderDocument directive shows, as a readable tree: components in their order, with
/// the values that their data sources give them. No layout, no commands. At most 200 lines, 12 deep.
std::vector<AplLine> apl_tree(const boost::json::object& directive);

}  // namespace symbolon::voice
