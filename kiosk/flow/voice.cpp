#include "kiosk/flow/voice.h"

#include "kiosk/flow/patience.h"

#include <type_traits>
#include <utility>

namespace mado::kiosk::steps {

namespace {

bool is_home(const Kiosk& kiosk) {
    return is_any<Welcome, OutOfService>(kiosk.screen);
}

// What lies on top.
enum class Layer { None, StaffCalled, Languages, Comfort, Warning };

Layer layer_of(const Kiosk& kiosk) {
    if (kiosk.warning) return Layer::Warning;
    if (kiosk.visit.choosing_language) return Layer::Languages;
    if (kiosk.visit.choosing_comfort) return Layer::Comfort;
    return kiosk.visit.staff_called ? Layer::StaffCalled : Layer::None;
}

bool shows_something_else(const Kiosk& before, const Kiosk& now) {
    return before.screen.index() != now.screen.index() || layer_of(before) != layer_of(now) ||
           before.visit.language != now.visit.language;
}

// Of two states of one screen; what is not spoken, as the id of a question, is no news.
template <class Screen>
bool is_news(const Screen& before, const Screen& now) {
    return !(before == now);
}

bool is_news(const Scanning& before, const Scanning& now) {
    return before.hint != now.hint || before.problem != now.problem ||
           before.camera_failed != now.camera_failed;
}

template <class WithSlip>
requires requires(const WithSlip& screen) {
    screen.printing;
}
bool is_news(const WithSlip& before, const WithSlip& now) {
    return before.printing != now.printing;
}

// How far the call has come; who comes is read on the screen.
bool has_news_of_call(const std::optional<StaffCall>& before, const std::optional<StaffCall>& now) {
    if (!before || !now) return false;
    return before->stage() != now->stage();
}

bool has_news(const Kiosk& before, const Kiosk& now) {
    if (layer_of(now) == Layer::StaffCalled) {
        return has_news_of_call(before.visit.staff_called, now.visit.staff_called);
    }
    if (layer_of(now) != Layer::None) return false;
    if (is_any<Farewell>(now.screen)) {
        return before.visit.ticket_in_view != now.visit.ticket_in_view;
    }
    return std::visit(
        [&](const auto& screen) {
            const auto* const was = std::get_if<std::decay_t<decltype(screen)>>(&before.screen);
            return was != nullptr && is_news(*was, screen);
        },
        now.screen);
}

// A hint about the picture, which is worth no interruption: the next one comes in a moment.
bool can_wait(const Kiosk& kiosk) {
    if (layer_of(kiosk) != Layer::None) return false;
    const auto* const scanning = std::get_if<Scanning>(&kiosk.screen);
    return scanning != nullptr && !scanning->problem && !scanning->camera_failed;
}

// Whether it is from somebody who stands there and has not just gone.
bool is_sign_of_life(const Event& event) {
    return std::visit(
        [](const auto& happened) {
            using Happened = std::decay_t<decltype(happened)>;
            return Touches::kHas<Happened> || std::is_same_v<Happened, HeadsetPluggedIn>;
        },
        event);
}

// Whether it asks to hear the screen, though nothing on it has changed.
bool is_asked_for(const Kiosk& before, const Event& event, const Kiosk& now) {
    const bool settings_changed = before.visit.hearing.pace != now.visit.hearing.pace ||
                                  before.visit.hearing.volume != now.visit.hearing.volume ||
                                  before.visit.comfort.screen != now.visit.comfort.screen;
    return settings_changed || !speaks(before) || before.headset != now.headset ||
           std::holds_alternative<RepeatTouched>(event);
}

// Whoever presses the first key at a kiosk at rest has heard nothing of it yet.
bool begins_with_keys(const Kiosk& before, const Kiosk& now) {
    return is_home(now) && before.visit.focus.empty() && !now.visit.focus.empty();
}

// What a key alone has moved is said at once; what moved with the screen waits until that is said.
bool moves_focus(const Kiosk& before, const Event& event, const Kiosk& now) {
    if (now.visit.focus.empty() || before.visit.focus == now.visit.focus) return false;
    const auto* const moved = std::get_if<FocusMoved>(&event);
    return (moved != nullptr && moved->by_key) || !now.speech;
}

std::optional<Say> what_to_say(const Kiosk& before, const Event& event, const Kiosk& now) {
    const bool came_home = is_at_rest(now) && !is_home(before);
    if (came_home || (is_at_rest(now) && !is_sign_of_life(event))) return {};
    if (shows_something_else(before, now) || is_asked_for(before, event, now) ||
        begins_with_keys(before, now)) {
        return Say::Everything;
    }
    if (moves_focus(before, event, now)) return Say::Focus;
    const bool ended = before.speech && !now.speech;
    if (has_news(before, now) || (ended && now.unsaid)) return Say::News;
    if (ended && now.focus_unsaid) return Say::Focus;
    return {};
}

void hush(Step& next) {
    next.kiosk.unsaid = false;
    next.kiosk.focus_unsaid = false;
    if (!std::exchange(next.kiosk.speech, std::nullopt)) return;
    next.effects.push_back(Hush{});
}

Step ended(const At& at, QuestionId speech) {
    Step next = nothing(at);
    if (at.kiosk.speech != speech) return next;
    next.kiosk.speech.reset();
    // Nobody is idle who listens. But a warning has its time, and so has the device.
    const bool waits_for_us = is_any<KeepingBooking, KeepingCancel>(at.kiosk.screen);
    if (!at.kiosk.warning && !waits_for_us) next.kiosk.active_since = at.now;
    return next;
}

}  // namespace

Step on(const At& at, const SpeechEnded& end) {
    return ended(at, end.speech);
}

Step on(const At& at, const SpeechFailed& end) {
    return ended(at, end.speech);
}

Step on(const At& at, const HeadsetPluggedIn&) {
    Step next = nothing(at);
    next.kiosk.headset = true;
    next.kiosk.visit.hearing.headset_gone = false;
    next.kiosk.warning.reset();
    next.kiosk.active_since = at.now;
    return next;
}

Step on(const At& at, const HeadsetPulledOut&) {
    Step next = nothing(at);
    next.kiosk.headset = false;
    if (!is_at_rest(at.kiosk)) next.kiosk.visit.hearing.headset_gone = at.kiosk.headset;
    return next;
}

Step on(const At& at, const FocusMoved& event) {
    Step next = nothing(at);
    next.kiosk.visit.focus = event.targets;
    return next;
}

void settle_voice(const Kiosk& before, const Event& event, Step& next) {
    Kiosk& kiosk = next.kiosk;
    if (!speaks(kiosk) || (is_at_rest(kiosk) && !is_home(before))) return hush(next);
    if (before.visit.focus != kiosk.visit.focus) kiosk.focus_unsaid = !kiosk.visit.focus.empty();
    const auto what = what_to_say(before, event, kiosk);
    if (!what) return;
    if (what == Say::Everything) kiosk.focus_unsaid = !kiosk.visit.focus.empty();
    if (what == Say::Focus) {
        kiosk.focus_unsaid = false;
    } else {
        kiosk.unsaid = what == Say::News && kiosk.speech && can_wait(kiosk);
        if (kiosk.unsaid) return;
    }
    kiosk.speech = take_id(kiosk);
    next.effects.push_back(Speak{*kiosk.speech, *what});
}

}  // namespace mado::kiosk::steps

namespace mado::kiosk {

bool speaks(const Kiosk& kiosk) {
    switch (kiosk.settings.voice) {
        case VoiceUse::Off:
            return false;
        case VoiceUse::WithHeadset:
            return kiosk.visit.hearing.voice.value_or(kiosk.headset);
        case VoiceUse::Always:
            return kiosk.visit.hearing.voice.value_or(true);
    }
    return false;
}

}  // namespace mado::kiosk
