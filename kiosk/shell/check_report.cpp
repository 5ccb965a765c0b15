#include "kiosk/shell/check_report.h"

#include "sync/protocol/json_writer.h"

namespace mado::kiosk {
namespace {

TextKey title_of(CheckedPart part) {
    switch (part) {
        case CheckedPart::Disk:
            return "check.disk"_t;
        case CheckedPart::Network:
            return "check.network"_t;
        case CheckedPart::Clock:
            return "check.clock"_t;
        case CheckedPart::Camera:
            return "check.camera"_t;
        case CheckedPart::Sound:
            return "check.sound"_t;
        case CheckedPart::Printer:
            return "check.printer"_t;
    }
    return "check.disk"_t;
}

TextKey title_of(CheckState state) {
    switch (state) {
        case CheckState::Ok:
            return "check.ok"_t;
        case CheckState::Failed:
            return "check.failed"_t;
        case CheckState::NotThere:
            return "check.not_there"_t;
        case CheckState::LeftOut:
            return "check.left_out"_t;
    }
    return "check.failed"_t;
}

// For programs, in every language.
std::string word_of(CheckState state) {
    switch (state) {
        case CheckState::Ok:
            return "ok";
        case CheckState::Failed:
            return "failed";
        case CheckState::NotThere:
            return "not-there";
        case CheckState::LeftOut:
            return "left-out";
    }
    return "failed";
}

std::string word_of(TextKey key) {
    const std::string name = key.name;
    return name.substr(name.find('.') + 1);
}

}  // namespace

std::string line_of(const Finding& finding, const Texts& texts) {
    const std::string found = texts.say(finding.what, finding.arguments);
    const std::string way_out = finding.way_out ? texts.say(*finding.way_out) : "";
    std::string line = texts.say("check.line"_t, {{"part", texts.say(title_of(finding.part))},
                                                  {"state", texts.say(title_of(finding.state))},
                                                  {"found", found}});
    if (!way_out.empty()) line += " " + way_out;
    if (!finding.detail.empty()) line += " (" + finding.detail + ")";
    return line;
}

std::string json_of(const Finding& finding, std::chrono::milliseconds took, const Texts& texts) {
    sync::JsonWriter out;
    out.begin_object();
    out.name("check").text(word_of(title_of(finding.part)));
    out.name("state").text(word_of(finding.state));
    out.name("reason").text(word_of(finding.what));
    out.name("values").begin_object();
    for (const Argument& argument : finding.arguments)
        out.name(argument.name).text(argument.value);
    out.end_object();
    out.name("text").text(texts.say(finding.what, finding.arguments));
    if (finding.way_out) out.name("way_out").text(texts.say(*finding.way_out));
    if (!finding.detail.empty()) out.name("detail").text(finding.detail);
    out.name("ms").integer(took.count());
    return out.end_object().take();
}

}  // namespace mado::kiosk
