#pragma once

// What happens where: one line for each event that a screen has an answer to, and the steps that
// several of them share. Inside kiosk/flow only.

#include "kiosk/flow/steps.h"

namespace mado::kiosk::steps {

// clang-format off

// ticket.cpp: the ticket, scanned or typed.
Step on(const At&, const Welcome&, const StartTouched&);
Step on(const At&, const Scanning&, const TicketScanned&);
Step on(const At&, Scanning, const ScanRefused&);
Step on(const At&, Scanning, const ScanHinted&);
Step on(const At&, Scanning, const CameraFailed&);
Step on(const At&, Scanning, const CameraWorks&);
Step on(const At&, const Scanning&, const TypeNumberTouched&);
Step on(const At&, const Scanning&, const BackTouched&);
Step on(const At&, const TypingNumber&, const DigitTouched&);
Step on(const At&, const TypingNumber&, const EraseTouched&);
Step on(const At&, const TypingNumber&, const EnterTouched&);
Step on(const At&, const TypingNumber&, const ScanInsteadTouched&);
Step on(const At&, const TypingNumber&, const BackTouched&);
// The digits with one more, where there is room for it.
Personal<std::string> with_digit(const Personal<std::string>& digits, int digit, std::size_t max);
Personal<std::string> without_last(const Personal<std::string>& digits);
// Does not read this ticket again at once.
Step back_to_scanning(const At& at, const Personal<Ticket>& ticket);

// birth_date.cpp: the birth date, one question a screen.
Step on(const At&, const AskingEra&, const EraTouched&);
Step on(const At&, const AskingEra&, const BackTouched&);
Step on(const At&, AskingYear, const DigitTouched&);
Step on(const At&, AskingYear, const EraseTouched&);
Step on(const At&, const AskingYear&, const EnterTouched&);
Step on(const At&, AskingYear, const FirstYearTouched&);
Step on(const At&, const AskingYear&, const BackTouched&);
Step on(const At&, const AskingMonth&, const MonthTouched&);
Step on(const At&, const AskingMonth&, const BackTouched&);
Step on(const At&, const AskingDay&, const DayTouched&);
Step on(const At&, const AskingDay&, const BackTouched&);
Step on(const At&, const BirthImpossible&, const AgainTouched&);
Step on(const At&, const BirthImpossible&, const BackTouched&);
Step on(const At&, const ConfirmingBirth&, const YesTouched&);
Step on(const At&, const ConfirmingBirth&, const NoTouched&);
Step on(const At&, const ConfirmingBirth&, const BackTouched&);
// Shows the whole date to be confirmed, or says why there is no such day.
Step judge_birth(const At& at, const Personal<Ticket>& ticket, const BirthEntry& birth);

// roster.cpp: who that is, and what is open to this person.
Step log_in(const At& at, const Personal<Ticket>& ticket, const Personal<BirthEntry>& birth, const Personal<BirthDate>& date);
Step on(const At&, const LookingUp&, const LoggedIn&);
Step on(const At&, const LookingUp&, const LoginRefused&);
Step on(const At&, const LookingUp&, const BackTouched&);
Step on(const At&, const NotMatched&, const AgainTouched&);
Step on(const At&, const NotMatched&, const ScanInsteadTouched&);
Step on(const At&, const NotMatched&, const BackTouched&);

// choosing.cpp: from the conditions to a place and time.
Step on(const At&, const IntervalAhead&, const NextTouched&);
Step on(const At&, const IntervalAhead&, const BackTouched&);
Step on(const At&, const Declaring&, const DeclareTouched&);
Step on(const At&, const Declaring&, const NextTouched&);
Step on(const At&, const Declaring&, const BackTouched&);
Step on(const At&, const ListingOffers&, const OffersListed&);
Step on(const At&, const ListingOffers&, const BackTouched&);
Step on(const At&, const Suggesting&, const OfferTouched&);
Step on(const At&, const Suggesting&, const OtherTouched&);
Step on(const At&, const Suggesting&, const BackTouched&);
Step on(const At&, const ChoosingVenue&, const VenueTouched&);
Step on(const At&, const ChoosingVenue&, const EarlierTouched&);
Step on(const At&, const ChoosingVenue&, const LaterTouched&);
Step on(const At&, const ChoosingVenue&, const BackTouched&);
Step on(const At&, const ChoosingDay&, const DateTouched&);
Step on(const At&, const ChoosingDay&, const EarlierTouched&);
Step on(const At&, const ChoosingDay&, const LaterTouched&);
Step on(const At&, const ChoosingDay&, const BackTouched&);
Step on(const At&, const ChoosingTime&, const OfferTouched&);
Step on(const At&, const ChoosingTime&, const EarlierTouched&);
Step on(const At&, const ChoosingTime&, const LaterTouched&);
Step on(const At&, const ChoosingTime&, const BackTouched&);
// The next dose is allowed later than today.
bool is_ahead(const At& at, const Applicant& applicant);
Step list_offers(const At& at, const Applicant& applicant, const Personal<Declaration>& declared, std::optional<OfferNotice> notice);
// The venues of what can be chosen now, at the page that shows `before`.
Step choose_venue(const At& at, const Choice& choice, std::optional<VenueId> before);
// The notice has been read by whoever goes on from the screen that showed it.
Choice without_notice(Choice choice);
Step suggest(const At& at, Choice choice);
// The times of one day, at the page that shows `before`.
Step choose_time(const At& at, const Choice& choice, VenueId venue, Date date, std::optional<SlotId> before);

// memo.cpp: what goes home without a booking.
Step on(const At&, const Suggesting&, const MemoTouched&);
Step on(const At&, const TakingMemo&, const PrintTouched&);
Step on(const At&, const TakingMemo&, const NextTouched&);
Step on(const At&, const TakingMemo&, const MemoPrinted&);
Step on(const At&, const TakingMemo&, const MemoNotPrinted&);
Step on(const At&, const NoPlace&, const PrintTouched&);
Step on(const At&, const NoPlace&, const MemoPrinted&);
Step on(const At&, const NoPlace&, const MemoNotPrinted&);

// booking.cpp: the booking, confirmed and kept.
Step on(const At&, const ConfirmingBooking&, const YesTouched&);
Step on(const At&, const ConfirmingBooking&, const BackTouched&);
Step on(const At&, const ConfirmingBooking&, const NoTouched&);
Step on(const At&, const KeepingBooking&, const BookingKept&);
Step on(const At&, const KeepingBooking&, const BookingRefused&);

// slip.cpp: what is printed of it.
Step print(const At& at, const Booked& screen);
Step on(const At&, const Booked&, const PrintTouched&);
Step on(const At&, const Booked&, const SlipPrinted&);
Step on(const At&, const Booked&, const SlipNotPrinted&);
Step on(const At&, const ShowingBooking&, const PrintTouched&);
Step on(const At&, const ShowingBooking&, const SlipPrinted&);
Step on(const At&, const ShowingBooking&, const SlipNotPrinted&);

// applying.cpp: what is applied for where no place suits.
Step on(const At&, const NoPlace&, const ApplyTouched&);
Step on(const At&, const ChoosingVenue&, const ApplyTouched&);
Step on(const At&, const Applying&, const AddTouched&);
Step on(const At&, const Applying&, const RemoveTouched&);
Step on(const At&, const Applying&, const YesTouched&);
Step on(const At&, const Applying&, const BackTouched&);
Step on(const At&, const KeepingApplication&, const ApplicationKept&);
Step on(const At&, const KeepingApplication&, const ApplicationRefused&);
Step on(const At&, const ApplicationTaken&, const PrintTouched&);
Step on(const At&, const ApplicationTaken&, const ApplicationPrinted&);
Step on(const At&, const ApplicationTaken&, const ApplicationNotPrinted&);
Step on(const At&, const ShowingApplication&, const PrintTouched&);
Step on(const At&, const ShowingApplication&, const ApplicationPrinted&);
Step on(const At&, const ShowingApplication&, const ApplicationNotPrinted&);
Step on(const At&, const ShowingApplication&, const NextTouched&);
Step on(const At&, const ShowingApplication&, const WithdrawTouched&);
Step on(const At&, const AskingWithdrawal&, const YesTouched&);
Step on(const At&, const AskingWithdrawal&, const NoTouched&);
Step on(const At&, const AskingWithdrawal&, const BackTouched&);
Step on(const At&, const KeepingWithdrawal&, const WithdrawalKept&);
Step on(const At&, const KeepingWithdrawal&, const WithdrawalRefused&);
// Begins with an empty application, once every slot that the person may take is listed.
Step begin_application(const At& at, const ListingOffers& screen, const OfferList& list);
// With this choice at its end.
Step add_choice(const At& at, Choice choice, const Offer& offer);

// wishes.cpp: changing and cancelling.
Step on(const At&, const ShowingBooking&, const ChangeTouched&);
Step on(const At&, const ShowingBooking&, const CancelTouched&);
Step on(const At&, const AskingCancel&, const YesTouched&);
Step on(const At&, const AskingCancel&, const NoTouched&);
Step on(const At&, const AskingCancel&, const BackTouched&);
Step on(const At&, const KeepingCancel&, const CancelKept&);
Step on(const At&, const KeepingCancel&, const CancelRefused&);

// clang-format on

inline Step on(const At& at, const Farewell&, const FinishTouched&) {
    return go_home(at);
}

template <class Anywhere>
Step on(const At& at, const Anywhere&, const FinishTouched&) {
    if (leave_of(at.kiosk.screen) != Leave::Finish) return nothing(at);
    return show(at, Farewell{});
}

// Everything else changes nothing: a late answer, a second touch on a button that has gone.
template <class Anywhere, class Anything>
Step on(const At& at, const Anywhere&, const Anything&) {
    return nothing(at);
}

}  // namespace mado::kiosk::steps
