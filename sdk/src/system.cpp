#include "symbolon/skill/log.hpp"
#include "symbolon/skill/time.hpp"

#include "base/clock.hpp"
#include "base/log.hpp"

namespace symbolon::skill {

Now system_now() {
    return [clock = SystemClock{}] { return clock.now(); };
}

Log stderr_log() {
    return [](LogLevel level, std::string_view event, std::string_view detail) {
        switch (level) {
            case LogLevel::info:
                return log::info(event, {{"detail", detail}});
            case LogLevel::warning:
                return log::warning(event, {{"detail", detail}});
            case LogLevel::error:
                return log::error(event, {{"detail", detail}});
        }
    };
}

}  // namespace symbolon::skill
