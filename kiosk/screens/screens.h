#pragma once

// How each state of the kiosk looks. paint() shows one state and reports what was touched; nothing
// here remembers or decides anything. Called within ui::Window::draw().
//
// To add a screen: a state in kiosk/flow, a paint() here with a file of its own, its texts in
// assets/locale/*.po, and a board for it in tests/gallery.

#include "kiosk/flow/kiosk_flow.h"
#include "shared/texts/texts.h"
#include "shared/ui/picture.h"
#include "shared/ui/shown.h"

#include <optional>
#include <string>

namespace mado::kiosk {

// What is on the screen besides the state.
struct View {
    const Texts& texts;  // of kiosk.visit.language
    const Kiosk& kiosk;
    const ui::Picture* live = nullptr;  // the camera's picture, while there is one
};

// The whole screen: header, the state (or what lies over it), back and "call staff".
std::optional<Event> paint(const View& view);

// Which screen that is, and how it is to be seen. Its name is "choosing_day"; "idle_warning",
// "choosing_language", "choosing_comfort", or "staff_called" and how far that has come
// ("staff_coming", "staff_unreachable", "staff_unanswered") where these lie over it.
ui::Shown shown(const Kiosk& kiosk);

// One state each, between header and footer.
std::optional<Event> paint(const Welcome& screen, const View& view);
std::optional<Event> paint(const OutOfService& screen, const View& view);
std::optional<Event> paint(const Scanning& screen, const View& view);
std::optional<Event> paint(const TypingNumber& screen, const View& view);
std::optional<Event> paint(const AskingEra& screen, const View& view);
std::optional<Event> paint(const AskingYear& screen, const View& view);
std::optional<Event> paint(const AskingMonth& screen, const View& view);
std::optional<Event> paint(const AskingDay& screen, const View& view);
std::optional<Event> paint(const BirthImpossible& screen, const View& view);
std::optional<Event> paint(const ConfirmingBirth& screen, const View& view);
std::optional<Event> paint(const LookingUp& screen, const View& view);
std::optional<Event> paint(const NotMatched& screen, const View& view);
std::optional<Event> paint(const SeriesComplete& screen, const View& view);
std::optional<Event> paint(const ShowingBooking& screen, const View& view);
std::optional<Event> paint(const AskingCancel& screen, const View& view);
std::optional<Event> paint(const KeepingCancel& screen, const View& view);
std::optional<Event> paint(const CancelTaken& screen, const View& view);
std::optional<Event> paint(const PleaseAskStaff& screen, const View& view);
std::optional<Event> paint(const IntervalAhead& screen, const View& view);
std::optional<Event> paint(const Declaring& screen, const View& view);
std::optional<Event> paint(const ListingOffers& screen, const View& view);
std::optional<Event> paint(const NoPlace& screen, const View& view);
std::optional<Event> paint(const Suggesting& screen, const View& view);
std::optional<Event> paint(const TakingMemo& screen, const View& view);
std::optional<Event> paint(const ChoosingVenue& screen, const View& view);
std::optional<Event> paint(const ChoosingDay& screen, const View& view);
std::optional<Event> paint(const ChoosingTime& screen, const View& view);
std::optional<Event> paint(const ConfirmingBooking& screen, const View& view);
std::optional<Event> paint(const KeepingBooking& screen, const View& view);
std::optional<Event> paint(const Booked& screen, const View& view);
std::optional<Event> paint(const Applying& screen, const View& view);
std::optional<Event> paint(const KeepingApplication& screen, const View& view);
std::optional<Event> paint(const ApplicationTaken& screen, const View& view);
std::optional<Event> paint(const ShowingApplication& screen, const View& view);
std::optional<Event> paint(const AskingWithdrawal& screen, const View& view);
std::optional<Event> paint(const KeepingWithdrawal& screen, const View& view);
std::optional<Event> paint(const WithdrawalTaken& screen, const View& view);
std::optional<Event> paint(const Farewell& screen, const View& view);

// How loud, how fast, and whether at all: a part of what lies over a screen.
std::optional<Event> paint_hearing(const View& view);

// What lies over any of them.
std::optional<Event> paint(const IdleWarning& warning, const View& view);
std::optional<Event> paint_choosing_language(const View& view);
std::optional<Event> paint_choosing_comfort(const View& view);
std::optional<Event> paint_staff_called(const View& view);

}  // namespace mado::kiosk
