#include "kiosk/texts/speech.h"

#include "kiosk/texts/keys.h"
#include "kiosk/texts/telling.h"

namespace mado::kiosk {

namespace {

// What stands at the bottom of every screen, always in the same place.
void tell_frame(Telling& telling) {
    const Screen& screen = telling.kiosk().screen;
    if (leave_of(screen) == Leave::Back) telling.say("foot.back"_t);
    if (leave_of(screen) == Leave::Finish) telling.say("foot.finish"_t);
    if (may_call_staff(screen)) telling.say("foot.staff"_t);
}

void tell_idle_warning(Telling& telling) {
    telling.say("idle.title"_t);
    telling.say("idle.detail"_t);
    telling.offer({"idle.continue"_t});
}

void tell_hearing(Telling& telling) {
    const Kiosk& kiosk = telling.kiosk();
    if (!speaks(kiosk)) return;
    telling.say("voice.title"_t);
    telling.say("voice.repeat"_t);
    telling.say(pace_key(kiosk.visit.hearing.pace));
    telling.say(volume_key(kiosk.visit.hearing.volume));
    telling.say(voice_key(true));
    telling.say(screen_key(kiosk.visit.comfort.screen));
}

void tell_choosing_language(Telling& telling) {
    telling.say("language.title"_t);
    for (const Language language : kLanguages)
        telling.say_own_name(language);
    telling.say("foot.back"_t);
}

void tell_choosing_comfort(Telling& telling) {
    tell_hearing(telling);
    telling.say("comfort.text_size"_t);
    for (const TextSize size : kTextSizes)
        telling.say(key_of(size));
    telling.say("comfort.theme"_t);
    for (const Theme theme : {Theme::Standard, Theme::HighContrast})
        telling.say(key_of(theme));
    telling.say("foot.back"_t);
}

void tell_staff_called(const StaffCall& call, Say what, Telling& telling) {
    const CallStage stage = call.stage();
    const auto& town = telling.kiosk().town;
    const bool has_telephone = town && !town->telephone.empty();
    telling.say(key_of(stage));
    if (stage == CallStage::Calling) {
        telling.say("staff.detail"_t);
        telling.telephone("telephone.label"_t);
    } else if (stage != CallStage::Coming && has_telephone) {
        telling.telephone("staff.telephone"_t);
    } else if (stage != CallStage::Coming) {
        telling.say("staff.counter"_t);
    }
    if (what == Say::Everything) telling.offer({"staff.return"_t});
}

void tell_screen(Say what, Telling& telling) {
    std::visit(
        [&](const auto& screen) {
            if (what == Say::News) return tell_news(screen, telling);
            tell(screen, telling);
            tell_frame(telling);
        },
        telling.kiosk().screen);
}

std::vector<Sentence> focus_of(const Kiosk& kiosk, const ReadingsTable& readings) {
    std::vector<Sentence> sentences;
    for (const std::string& target : kiosk.visit.focus) {
        if (auto label = label_of(kiosk, target, readings)) sentences.push_back(std::move(*label));
    }
    return sentences;
}

}  // namespace

std::vector<Sentence> speech_of(const Kiosk& kiosk, Say what, const ReadingsTable& readings) {
    if (what == Say::Focus) return focus_of(kiosk, readings);
    Telling telling(kiosk, readings);
    if (kiosk.visit.hearing.headset_gone) telling.say("voice.headset_gone"_t);
    if (kiosk.visit.hearing.screen_turned) {
        telling.say(is_dark(kiosk) ? "speech.screen_off"_t : "speech.screen_shown"_t);
    }
    if (kiosk.warning) {
        tell_idle_warning(telling);
    } else if (kiosk.visit.choosing_language) {
        tell_choosing_language(telling);
    } else if (kiosk.visit.choosing_comfort) {
        tell_choosing_comfort(telling);
    } else if (kiosk.visit.staff_called) {
        tell_staff_called(*kiosk.visit.staff_called, what, telling);
    } else {
        tell_screen(what, telling);
    }
    return telling.take();
}

}  // namespace mado::kiosk
