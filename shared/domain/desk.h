#pragma once

// What a flow asks of its own device about a person and a booking, and what the device answers.
//
// Every question carries an id, and so does its answer, so that an answer to the visitor before is
// known by it.

#include "shared/base/personal.h"
#include "shared/domain/application.h"
#include "shared/domain/eligibility.h"
#include "shared/domain/offers.h"
#include "shared/domain/resident.h"
#include "shared/domain/slip.h"
#include "shared/domain/ticket.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace mado {

enum class QuestionId : std::uint64_t {};

// So long a device may keep back its answer to a log-in, where too many have missed of late.
constexpr std::chrono::seconds kLoginPauseMax{30};

// What is offered: places with a seat that this device can sell now, or every slot that the rules
// allow, to apply for.
enum class Offered { Seats, EverySlot };

// clang-format off

// Questions.
// `record`: what the dose record says that was held out in the ticket's place.
struct LogIn      { QuestionId question; Personal<Ticket> ticket; Personal<BirthDate> birth_date; std::optional<std::string> record = {}; };
struct ListOffers { QuestionId question; Resident resident; DoseWish wish; Offered offered = Offered::Seats; };
// `instead_of`: a change, which ends that booking in the same breath. `record`: the dose record
// that the resident's last dose is known by.
struct Book       { QuestionId question; Resident resident; SlotId slot; Declaration declared = {}; std::optional<SeenBooking> instead_of = {}; std::optional<std::string> record = {}; };
struct Cancel     { QuestionId question; PersonId person; SeenBooking booking; };
// One to three slots, the dearest first, none of them twice.
struct Apply      { QuestionId question; Resident resident; std::vector<SlotId> choices; Declaration declared = {}; };
struct Withdraw   { QuestionId question; PersonId person; ApplicationId application; };
// Not a question: the printer's outcome, to be kept as an event.
struct NoteSlip   { BookingId booking; bool printed = false; };

// Somebody wants a person. It stands until the EndCall of the same question.
struct CallStaff  { QuestionId question; };
struct EndCall    { QuestionId question; };

using DeskQuestion = std::variant<LogIn, ListOffers, Book, Cancel, Apply, Withdraw, NoteSlip,
                                  CallStaff, EndCall>;

// How far a call for staff has come.
enum class CallProgress {
    Calling,      // it is with the server and with whoever looks there, or will be in a moment
    Coming,       // somebody answered
    Unreachable,  // no network, or nothing could be kept: nobody hears of it
};

// Why a log-in was refused. Unknown and wrong are one, in words and in time.
enum class LoginRefusal {
    NoMatch,   // no such ticket, or another birth date
    Locked,    // too many misses on this ticket: staff can help
    NotReady,  // the device has no roster yet
};

// How far a wish that a booking end has come.
enum class WishProgress {
    Done,      // the server has ended the booking
    OnItsWay,  // it is kept here, and ends the booking as soon as the server hears of it
    ForStaff,  // the booking is another than this device knew: people of the town look at it
};

// Why a wish to cancel was not taken.
enum class CancelRefusal {
    OtherVersion,   // the booking is not what the person saw any more
    TooLate,        // the last day for it has passed
    NotReady,       // nothing can be kept just now
    StorageFailed,  // nothing was kept
};

// Why an application was not kept, or not taken back.
enum class ApplicationRefusal {
    ChoiceGone,     // the rules refuse one of its choices, or it has passed
    NotPossible,    // the person has a booking or an application for this dose already
    NotWaiting,     // to be taken back: it is not waiting any more
    NotReady,       // nothing can be kept just now
    StorageFailed,  // nothing was kept
};

// Answers.
// `slip` where the person has a booking; `slip_owed` when this device never got its slip printed.
// `application` where the person may book: the one for that dose that is waiting, or the last that
// the town declined.
struct LoggedIn       { QuestionId question; Resident resident; Standing standing; std::optional<Slip> slip; bool slip_owed = false; std::optional<Receipt> application = {}; RecordUse record = RecordUse::None; };
struct LoginRefused   { QuestionId question; LoginRefusal reason = LoginRefusal::NoMatch; };
struct OffersListed   { QuestionId question; OfferList offers; bool online = false; };
// `earlier`: of a change, how far the end of the booking before has come.
struct BookingKept    { QuestionId question; Slip slip; std::optional<WishProgress> earlier = {}; };
struct BookingRefused { QuestionId question; BookingRefusal reason = BookingRefusal::NoSeat; };
struct CancelKept     { QuestionId question; WishProgress progress = WishProgress::Done; };
struct CancelRefused  { QuestionId question; CancelRefusal reason = CancelRefusal::OtherVersion; };
// As often as it changes, until it is ended. `by`: who comes, as staff named themselves.
struct CallTold       { QuestionId question; CallProgress progress = CallProgress::Calling; std::string by = {}; };
struct ApplicationKept    { QuestionId question; Receipt receipt; };
struct ApplicationRefused { QuestionId question; ApplicationRefusal reason = ApplicationRefusal::ChoiceGone; };
struct WithdrawalKept     { QuestionId question; };
struct WithdrawalRefused  { QuestionId question; ApplicationRefusal reason = ApplicationRefusal::NotWaiting; };

// clang-format on

using DeskAnswer = std::variant<LoggedIn, LoginRefused, OffersListed, BookingKept, BookingRefused,
                                CancelKept, CancelRefused, ApplicationKept, ApplicationRefused,
                                WithdrawalKept, WithdrawalRefused, CallTold>;

}  // namespace mado
