// What a town sets for its kiosks, and how it words what they say.

#include "sync/server/booking/handlers.h"

#include <algorithm>

namespace mado::server {

namespace {

constexpr DeviceId kAllKiosks(0);

}  // namespace

void needs(Needs& needs, const SetSettings& command) {
    needs.settings = true;
    if (command.device) needs.devices.insert(*command.device);
}

Outcome on(Draft& draft, const SetSettings& command, const Rules&) {
    const DeviceId device = command.device.value_or(kAllKiosks);
    const bool is_kiosk = !command.device || (draft.device(device) != nullptr &&
                                              draft.device(device)->kind == "kiosk");
    if (!is_kiosk) return Refused{CommandRefusal::UnknownDevice};
    const auto& known = draft.facts().settings;
    const auto before = known.find(device);
    const bool same =
        before == known.end() ? command.settings.empty() : before->second == command.settings;
    if (same) return Imported{0, 0, 1, Draft::kHere};
    draft.put(device, command.settings);
    return Imported{0, 1, 0, Draft::kHere};
}

void needs(Needs& needs, const PutTexts&) {
    needs.texts = true;
}

Outcome on(Draft& draft, const PutTexts& command, const Rules&) {
    TownTexts after = draft.facts().texts;
    Imported outcome{0, 0, 0, Draft::kHere};
    std::vector<TownText> different;
    for (const TownText& text : command.texts) {
        const auto before = after.find(text.name);
        const bool is_new = before == after.end();
        if (is_new ? text.text.empty() : before->second == text) {
            ++outcome.unchanged;
            continue;
        }
        ++(is_new ? outcome.added : outcome.changed);
        different.push_back(text);
        if (text.text.empty()) {
            after.erase(text.name);
        } else {
            after.insert_or_assign(text.name, text);
        }
    }
    if (after.size() > kTownTextsMax) return Refused{CommandRefusal::TooManyTexts};
    for (const TownText& text : different)
        draft.put(text);
    return outcome;
}

}  // namespace mado::server
