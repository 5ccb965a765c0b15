#include "shared/ui/probe.h"

#include <cmath>
#include <fstream>
#include <system_error>

#include <boost/json.hpp>

namespace mado::ui {

std::string probe_json(ProbeCounts counts, const std::string& screen, const std::string& language,
                       const Drawn& drawn) {
    const auto whole = [](float pixels) { return static_cast<std::int64_t>(std::lround(pixels)); };
    boost::json::array list;
    for (const Target& target : drawn.targets) {
        const Rect& rect = target.rect;
        list.push_back(boost::json::object{
            {"id", target.id},
            {"x", whole(rect.middle().x)},
            {"y", whole(rect.middle().y)},
            {"rect", {whole(rect.left), whole(rect.top), whole(rect.right), whole(rect.bottom)}}});
    }
    boost::json::array focused;
    for (const Target& target : drawn.focused) {
        focused.emplace_back(target.id);
    }
    return boost::json::serialize(boost::json::object{{"frame", counts.frame},
                                                      {"inputs", counts.inputs},
                                                      {"input_frame", counts.input_frame},
                                                      {"screen", screen},
                                                      {"language", language},
                                                      {"targets", std::move(list)},
                                                      {"focused", std::move(focused)}});
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
