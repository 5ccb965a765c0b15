#include "kiosk/flow/kiosk_flow.h"

#include "kiosk/flow/calls.h"
#include "kiosk/flow/patience.h"
#include "kiosk/flow/transitions.h"
#include "kiosk/flow/voice.h"

#include <algorithm>
#include <tuple>
#include <type_traits>
#include <utility>

namespace mado::kiosk {
namespace {

using namespace steps;

template <class Happened>
Step dispatch(const At& at, const Happened& happened) {
    return std::visit([&](const auto& screen) { return on(at, screen, happened); },
                      at.kiosk.screen);
}

// What can be touched on every screen and on whatever lies over it. It leaves the visit as it is.
using FrameTouches =
    TypeList<LanguageTouched, ChooseLanguageTouched, ChooseComfortTouched, TextSizeTouched,
             ThemeTouched, ScreenTouched, DarkTouched, PartTouched, CallStaffTouched, VoiceTouched,
             PaceTouched, VolumeTouched, RepeatTouched>;

void stop_choosing(Visit& visit) {
    visit.choosing_language = false;
    visit.choosing_comfort = false;
}

void frame_touched(Kiosk& kiosk, const LanguageTouched& touch) {
    kiosk.visit.language = touch.language;
    stop_choosing(kiosk.visit);
}

void frame_touched(Kiosk& kiosk, const ChooseLanguageTouched&) {
    stop_choosing(kiosk.visit);
    kiosk.visit.choosing_language = true;
}

void frame_touched(Kiosk& kiosk, const ChooseComfortTouched&) {
    stop_choosing(kiosk.visit);
    kiosk.visit.choosing_comfort = true;
}

void frame_touched(Kiosk& kiosk, const TextSizeTouched& touch) {
    kiosk.visit.comfort.text_size = touch.size;
}

void frame_touched(Kiosk& kiosk, const ThemeTouched& touch) {
    kiosk.visit.comfort.theme = touch.theme;
}

void frame_touched(Kiosk& kiosk, const ScreenTouched& touch) {
    if (!may_darken(kiosk)) return;
    kiosk.visit.comfort.screen = touch.use;
}

void frame_touched(Kiosk& kiosk, const DarkTouched&) {
    if (!is_dark(kiosk)) return;
    kiosk.visit.comfort.screen = ScreenUse::Shown;
}

void frame_touched(Kiosk& kiosk, const PartTouched& touch) {
    kiosk.visit.part = std::max(touch.part, 0);
}

void frame_touched(Kiosk& kiosk, const CallStaffTouched&) {
    if (!may_call_staff(kiosk.screen)) return;
    // A second touch is no second call.
    if (!kiosk.visit.staff_called) kiosk.visit.staff_called.emplace();
    stop_choosing(kiosk.visit);
}

void frame_touched(Kiosk& kiosk, const VoiceTouched& touch) {
    kiosk.visit.hearing.voice = touch.on;
}

void frame_touched(Kiosk& kiosk, const PaceTouched& touch) {
    kiosk.visit.hearing.pace = touch.pace;
}

void frame_touched(Kiosk& kiosk, const VolumeTouched& touch) {
    kiosk.visit.hearing.volume = touch.volume;
}

// What is below is to be heard.
void frame_touched(Kiosk& kiosk, const RepeatTouched&) {
    stop_choosing(kiosk.visit);
}

// What lies over a screen takes the touch; whatever it hits there, it is a sign of life.
template <class Happened>
Step touched(const At& at, const Happened& touch) {
    const bool returns = std::is_same_v<Happened, ReturnTouched>;
    Step next = nothing(at);
    Visit& visit = next.kiosk.visit;
    next.kiosk.warning.reset();
    if constexpr (FrameTouches::kHas<Happened>) {
        frame_touched(next.kiosk, touch);
    } else if (at.kiosk.warning) {
        // It has gone, and that is all.
    } else if (visit.is_choosing()) {
        if (returns) stop_choosing(visit);
    } else if (visit.staff_called) {
        if (returns) visit.staff_called.reset();
    } else {
        next = dispatch(at, touch);
    }
    // What waits for the device is not the person's to draw out.
    if (!is_keeping(at.kiosk.screen)) next.kiosk.active_since = at.now;
    constexpr bool kOfScreen =
        std::is_same_v<Happened, ScreenTouched> || std::is_same_v<Happened, DarkTouched>;
    Hearing& hearing = next.kiosk.visit.hearing;
    hearing.headset_gone = false;
    hearing.screen_turned =
        kOfScreen && next.kiosk.visit.comfort.screen != at.kiosk.visit.comfort.screen;
    return next;
}

// Pictures and codes of a camera that was opened for somebody else say nothing here.
template <class Report>
Step camera_reported(const At& at, const Report& report) {
    if (!at.kiosk.camera || at.kiosk.camera->id != report.camera) return nothing(at);
    if constexpr (std::is_same_v<Report, TicketInView> || std::is_same_v<Report, TicketGone>) {
        constexpr bool kInView = std::is_same_v<Report, TicketInView>;
        Step next = nothing(at);
        if (next.kiosk.visit.ticket_in_view != kInView) next.kiosk.active_since = at.now;
        next.kiosk.visit.ticket_in_view = kInView;
        return next;
    } else {
        return dispatch(at, report);
    }
}

Step service_changed(const At& at, const ServiceChanged& change) {
    Step next = nothing(at);
    next.kiosk.online = change.online;
    next.kiosk.clock_wrong = change.clock_wrong;
    next.kiosk.backlog = change.backlog;
    // While it is online they are on their way.
    if (change.online) next.kiosk.backlog.unanswered = 0;
    if (change.online) next.kiosk.backlog.unanswered_since.reset();
    if (change.town) next.kiosk.town = change.town;
    next.kiosk.ready = change.ready && next.kiosk.town.has_value();
    const bool home = is_any<Welcome, OutOfService>(next.kiosk.screen);
    const bool open = is_any<Welcome>(next.kiosk.screen);
    // A visit that has begun goes on, and so does a call; the next one finds the kiosk as it is
    // then.
    if (!home || open == next.kiosk.ready) return next;
    if (next.kiosk.visit.staff_called) {
        next.kiosk.screen = next.kiosk.ready ? Screen(Welcome{}) : Screen(OutOfService{});
    } else {
        next.kiosk = at_home(std::move(next.kiosk));
    }
    return next;
}

Step settings_told(const At& at, const SettingsTold& told) {
    Step next = nothing(at);
    next.kiosk.settings_next = told.settings;
    // Whoever stands there keeps what they began with.
    if (is_at_rest(at.kiosk)) next.kiosk = at_home(std::move(next.kiosk));
    return next;
}

using VoiceReports =
    TypeList<SpeechEnded, SpeechFailed, HeadsetPluggedIn, HeadsetPulledOut, FocusMoved>;

using Printed = TypeList<SlipPrinted, MemoPrinted, ApplicationPrinted>;
using NotPrinted = TypeList<SlipNotPrinted, MemoNotPrinted, ApplicationNotPrinted>;

// What the printer says of itself is known whoever stands there then.
template <class Happened>
void note_printer(Kiosk& kiosk, const Happened& happened) {
    if constexpr (Printed::kHas<Happened>) kiosk.printer_trouble.reset();
    if constexpr (NotPrinted::kHas<Happened>) kiosk.printer_trouble = happened.why;
}

template <class Happened>
Step happen(const At& at, const Happened& happened) {
    if constexpr (Touches::kHas<Happened>) {
        return touched(at, happened);
    } else if constexpr (requires { happened.camera; }) {
        return camera_reported(at, happened);
    } else if constexpr (requires {
                             happened.booking;
                             happened.job;
                         }) {
        constexpr bool kPrinted = std::is_same_v<Happened, SlipPrinted>;
        Step next = dispatch(at, happened);
        next.effects.push_back(NoteSlip{happened.booking, kPrinted});
        return next;
    } else if constexpr (VoiceReports::kHas<Happened>) {
        return on(at, happened);
    } else if constexpr (std::is_same_v<Happened, ServiceChanged>) {
        return service_changed(at, happened);
    } else if constexpr (std::is_same_v<Happened, SettingsTold>) {
        return settings_told(at, happened);
    } else if constexpr (std::is_same_v<Happened, CallTold>) {
        return on(at, happened);
    } else if constexpr (std::is_same_v<Happened, Tick>) {
        return tick(at);
    } else {
        return dispatch(at, happened);
    }
}

// What the camera is needed for here. It watches where a visit ends, so that nobody leaves the
// ticket behind, and is off while questions are asked.
std::optional<CameraUse> camera_use_of(const Screen& screen) {
    if (is_any<Scanning>(screen)) return CameraUse::Read;
    if (is_any<Booked, ShowingBooking, CancelTaken, ApplicationTaken, ShowingApplication,
               WithdrawalTaken, SeriesComplete, NoPlace, TakingMemo, PleaseAskStaff, Farewell>(
            screen)) {
        return CameraUse::Watch;
    }
    return {};
}

// Brings the camera to what the screen needs. Each new use has a new id.
void settle_camera(Step& next) {
    Kiosk& kiosk = next.kiosk;
    const auto use = camera_use_of(kiosk.screen);
    const bool same = use && kiosk.camera && kiosk.camera->use == *use;
    if (same || (!use && !kiosk.camera)) return;
    if (kiosk.camera && kiosk.camera->use == CameraUse::Read) {
        next.effects.push_back(ForgetCapture{});
    }
    kiosk.camera.reset();
    kiosk.visit.ticket_in_view = false;
    if (!use) {
        next.effects.push_back(CloseCamera{});
        return;
    }
    kiosk.camera = CameraOrder{take_id(kiosk), *use};
    next.effects.push_back(OpenCamera{kiosk.camera->id, *use});
}

// Whether another page stands there than before, or the same one set anew: it begins with its first
// part. A warning comes and goes, and the page below it stays where it was.
bool is_another_page(const Kiosk& before, const Kiosk& after) {
    const auto page = [](const Kiosk& kiosk) {
        const Visit& visit = kiosk.visit;
        return std::tuple(kiosk.screen.index(), visit.language, visit.comfort.text_size,
                          visit.staff_called.has_value(), visit.choosing_language,
                          visit.choosing_comfort);
    };
    return page(before) != page(after);
}

}  // namespace

Step step(const Kiosk& before, const Event& event, Instant now) {
    const Kiosk kiosk = with_clock_at(before, now);
    const At at{kiosk, now};
    Step next = std::visit([&](const auto& happened) { return happen(at, happened); }, event);
    std::visit([&](const auto& happened) { note_printer(next.kiosk, happened); }, event);
    if (next.kiosk.screen.index() != kiosk.screen.index()) {
        next.kiosk.active_since = now;
        next.kiosk.warning.reset();
    }
    settle_call(kiosk, next, now);
    if (is_another_page(kiosk, next.kiosk)) next.kiosk.visit.part = 0;
    settle_camera(next);
    settle_voice(kiosk, event, next);
    return next;
}

std::optional<Instant> wake_at(const Kiosk& kiosk) {
    const auto patience = patience_wake_at(kiosk);
    const auto call = call_wake_at(kiosk);
    return patience && call ? std::min(*patience, *call) : patience ? patience : call;
}

bool is_at_rest(const Kiosk& kiosk) {
    return is_any<Welcome, OutOfService>(kiosk.screen) && kiosk.visit == new_visit(kiosk.settings);
}

bool may_darken(const Kiosk& kiosk) {
    return speaks(kiosk);
}

bool is_dark(const Kiosk& kiosk) {
    return kiosk.visit.comfort.screen == ScreenUse::Off && speaks(kiosk);
}

Leave leave_of(const Screen& screen) {
    if (is_any<Welcome, OutOfService>(screen) || is_keeping(screen)) return Leave::Nothing;
    if (is_any<SeriesComplete, ShowingBooking, CancelTaken, ApplicationTaken, ShowingApplication,
               WithdrawalTaken, PleaseAskStaff, NoPlace, TakingMemo, Booked, Farewell>(screen)) {
        return Leave::Finish;
    }
    return Leave::Back;
}

bool may_call_staff(const Screen& screen) {
    return !is_keeping(screen);
}

bool may_change(const Holder& holder) {
    return holder.slip.change_until.has_value() && holder.change.has_value();
}

bool may_print_memo(const Kiosk& kiosk) {
    return kiosk.settings.has_printer && kiosk.town.has_value();
}

bool may_apply(const NoPlace& screen) {
    const Applicant& applicant = screen.applicant;
    const bool waits_for_none = !applicant.instead_of && !applicant.has_applied;
    return screen.offline && screen.has_slots && waits_for_none;
}

bool may_apply(const Kiosk& kiosk, const ChoosingVenue& screen) {
    const Applicant& applicant = screen.choice.applicant;
    const bool books = !screen.choice.applying && !applicant.instead_of;
    return !kiosk.online && books && !applicant.has_applied;
}

bool may_add(const Applying& screen) {
    const Choice& choice = screen.choice;
    const std::size_t chosen = choice.applying ? choice.applying->size() : 0;
    return chosen < kChoicesMax && chosen < choice.list.offers.size();
}

bool may_cancel(const Holder& holder) {
    return holder.slip.change_until.has_value();
}

const char* name_of(const Screen& screen) {
    struct Names {
        const char* operator()(const Welcome&) const { return "welcome"; }
        const char* operator()(const OutOfService&) const { return "out_of_service"; }
        const char* operator()(const Scanning&) const { return "scanning"; }
        const char* operator()(const TypingNumber&) const { return "typing_number"; }
        const char* operator()(const AskingEra&) const { return "asking_era"; }
        const char* operator()(const AskingYear&) const { return "asking_year"; }
        const char* operator()(const AskingMonth&) const { return "asking_month"; }
        const char* operator()(const AskingDay&) const { return "asking_day"; }
        const char* operator()(const BirthImpossible&) const { return "birth_impossible"; }
        const char* operator()(const ConfirmingBirth&) const { return "confirming_birth"; }
        const char* operator()(const LookingUp&) const { return "looking_up"; }
        const char* operator()(const NotMatched&) const { return "not_matched"; }
        const char* operator()(const SeriesComplete&) const { return "series_complete"; }
        const char* operator()(const ShowingBooking&) const { return "showing_booking"; }
        const char* operator()(const AskingCancel&) const { return "asking_cancel"; }
        const char* operator()(const KeepingCancel&) const { return "keeping_cancel"; }
        const char* operator()(const CancelTaken&) const { return "cancel_taken"; }
        const char* operator()(const PleaseAskStaff&) const { return "please_ask_staff"; }
        const char* operator()(const IntervalAhead&) const { return "interval_ahead"; }
        const char* operator()(const Declaring&) const { return "declaring"; }
        const char* operator()(const ListingOffers&) const { return "listing_offers"; }
        const char* operator()(const NoPlace&) const { return "no_place"; }
        const char* operator()(const Suggesting&) const { return "suggesting"; }
        const char* operator()(const TakingMemo&) const { return "taking_memo"; }
        const char* operator()(const ChoosingVenue&) const { return "choosing_venue"; }
        const char* operator()(const ChoosingDay&) const { return "choosing_day"; }
        const char* operator()(const ChoosingTime&) const { return "choosing_time"; }
        const char* operator()(const ConfirmingBooking&) const { return "confirming_booking"; }
        const char* operator()(const KeepingBooking&) const { return "keeping_booking"; }
        const char* operator()(const Booked&) const { return "booked"; }
        const char* operator()(const Applying&) const { return "applying"; }
        const char* operator()(const KeepingApplication&) const { return "keeping_application"; }
        const char* operator()(const ApplicationTaken&) const { return "application_taken"; }
        const char* operator()(const ShowingApplication&) const { return "showing_application"; }
        const char* operator()(const AskingWithdrawal&) const { return "asking_withdrawal"; }
        const char* operator()(const KeepingWithdrawal&) const { return "keeping_withdrawal"; }
        const char* operator()(const WithdrawalTaken&) const { return "withdrawal_taken"; }
        const char* operator()(const Farewell&) const { return "farewell"; }
    };
    return std::visit(Names{}, screen);
}

}  // namespace mado::kiosk
