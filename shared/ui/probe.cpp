#include "shared/ui/probe.h"

#include <cmath>
#include <fstream>
#include <system_error>

#include <boost/json.hpp>

namespace mado::ui {

namespace {

std::int64_t whole(float pixels) {
    return static_cast<std::int64_t>(std::lround(pixels));
}

boost::json::array corners(const Rect& rect) {
    return {whole(rect.left), whole(rect.top), whole(rect.right), whole(rect.bottom)};
}

boost::json::value what_is_held(const std::optional<DoubleStrike::Held>& held) {
    if (!held) return nullptr;
    const auto* place = std::get_if<Rect>(&held->what);
    return place != nullptr ? boost::json::value(corners(*place)) : boost::json::value("key");
}

}  // namespace

std::string probe_json(ProbeCounts counts, const Shown& shown, const Drawn& drawn,
                       const std::optional<DoubleStrike::Held>& held) {
    boost::json::array list;
    for (const Target& target : drawn.targets) {
        const Point middle = target.rect.middle();
        list.push_back(boost::json::object{{"id", target.id},
                                           {"x", whole(middle.x)},
                                           {"y", whole(middle.y)},
                                           {"rect", corners(target.rect)}});
    }
    boost::json::array focused;
    for (const Target& target : drawn.focused) {
        focused.emplace_back(target.id);
    }
    return boost::json::serialize(boost::json::object{{"frame", counts.frame},
                                                      {"inputs", counts.inputs},
                                                      {"input_frame", counts.input_frame},
                                                      {"screen", shown.screen},
                                                      {"language", shown.language},
                                                      {"targets", std::move(list)},
                                                      {"focused", std::move(focused)},
                                                      {"held", what_is_held(held)},
                                                      {"dark", shown.dark}});
}

Result<void, IoError> write_probe(const std::filesystem::path& file, const std::string& json) {
    const std::filesystem::path beside = file.string() + ".new";
    std::ofstream output(beside, std::ios::binary | std::ios::trunc);
    output << json << '\n';
    output.close();
    std::error_code error;
    if (output) std::filesystem::rename(beside, file, error);
    if (!output || error) {
        return fail(IoError{IoError::Kind::Unavailable, "cannot write " + file.string()});
    }
    return {};
}

}  // namespace mado::ui
