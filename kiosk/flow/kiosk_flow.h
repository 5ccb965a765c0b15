#pragma once

// What a kiosk does, apart from everything that does it.
//
// step() is the whole kiosk: given where we are and what happened, it says where we are now and
// what should be done about it. It reads no clock, touches no device and paints nothing; `screens/`
// paints the Kiosk that it returns, `shell/` carries out the effects and turns their outcomes into
// further events. So any afternoon at a kiosk can be replayed from its list of events, and a test
// is such a list.
//
// A screen is one alternative of a variant with exactly what it must remember, so leaving it
// forgets the person. The one visit of today:
//
//   Welcome → Scanning | TypingNumber → AskingEra → AskingYear → AskingMonth → AskingDay
//     → ConfirmingBirth → LookingUp → (IntervalAhead →) Declaring → ListingOffers
//     → Suggesting (→ TakingMemo, → ChoosingVenue → ChoosingDay → ChoosingTime) → ConfirmingBooking
//     → KeepingBooking → Booked → Farewell → Welcome
//
// and LookingUp also leads to ShowingBooking, SeriesComplete, NotMatched or PleaseAskStaff. From
// ShowingBooking a booking can be changed, which is ListingOffers and all that follows, or
// cancelled: AskingCancel → KeepingCancel → CancelTaken.
//
// Offline and without a place that suits, NoPlace and ChoosingVenue lead to an application:
// ListingOffers (of every slot) → (ChoosingVenue → ChoosingDay → ChoosingTime → Applying), up to
// three times → KeepingApplication → ApplicationTaken. Whoever has applied and logs in again comes
// to ShowingApplication, and can take it back: AskingWithdrawal → KeepingWithdrawal →
// WithdrawalTaken.

#include "shared/base/instant.h"
#include "shared/base/personal.h"
#include "shared/base/type_list.h"
#include "shared/domain/application.h"
#include "shared/domain/change.h"
#include "shared/domain/desk.h"
#include "shared/domain/memo.h"
#include "shared/domain/offers.h"
#include "shared/domain/printing.h"
#include "shared/domain/ticket.h"
#include "shared/domain/town.h"
#include "shared/domain/voice.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <variant>
#include <vector>

namespace mado::kiosk {

enum class Language { Japanese, EasyJapanese, English, Chinese, Korean, Vietnamese, Portuguese };
// All of them, in the order in which they are offered.
inline constexpr std::array kLanguages = {
    Language::Japanese, Language::EasyJapanese, Language::English,   Language::Chinese,
    Language::Korean,   Language::Vietnamese,   Language::Portuguese};

// How large what is read is set.
enum class TextSize { Normal, Large, Larger, Largest };
// All of them, in the order in which they are offered.
inline constexpr std::array kTextSizes = {TextSize::Normal, TextSize::Large, TextSize::Larger,
                                          TextSize::Largest};
enum class Theme { Standard, HighContrast };
enum class ScreenUse {
    Shown,
    Off,  // black, while what is on it is spoken: nobody reads over a shoulder
};

// How this person perceives the kiosk best.
struct Comfort {
    TextSize text_size = TextSize::Normal;
    Theme theme = Theme::Standard;
    ScreenUse screen = ScreenUse::Shown;

    bool operator==(const Comfort&) const = default;
};

// What may be said under the live picture while nothing was read yet.
enum class ScanHint { HoldTicket, ComeCloser, MoveAway, HoldStill, MoreLight };

// A birth date while it is being asked for. Without an era the year is a Western one; 0 is "not
// asked yet", and nothing is ever filled in beforehand.
struct BirthEntry {
    std::optional<Era> era;
    int year = 0;
    int month = 0;
    int day = 0;

    bool operator==(const BirthEntry&) const = default;
};

// The years that a calendar has, first and last: 昭和 1–64.
struct YearRange {
    int first = 1;
    int last = 1;

    bool operator==(const YearRange&) const = default;
};

// A ticket that is not read again until then, though it may still lie before the camera.
struct LeftTicket {
    Personal<Ticket> ticket;
    Instant until;

    bool operator==(const LeftTicket&) const = default;
};

// Somebody who has logged in and may book.
struct Applicant {
    Personal<Ticket> ticket;
    Personal<BirthEntry> birth;
    Resident resident;
    DoseWish wish;
    std::optional<Slip> instead_of = {};  // a change: the booking that is to end
    bool has_applied = false;             // an application for this dose is waiting

    bool operator==(const Applicant&) const = default;
};

// Somebody who has logged in and has a booking.
struct Holder {
    Personal<Ticket> ticket;
    Personal<BirthEntry> birth;
    Resident resident;
    Slip slip;
    std::optional<DoseWish> change;  // what another in its place must keep to; none: not possible

    bool operator==(const Holder&) const = default;
};

// Why the offers are on the screen again.
enum class OfferNotice {
    JustFilled,   // the chosen place was taken between showing and touching
    NotPossible,  // the chosen place cannot be booked by this person any more
};

// All that choosing a place needs.
struct Choice {
    Applicant applicant;
    Personal<Declaration> declared;
    OfferList list;
    std::optional<OfferNotice> notice;  // said once, above the renewed list
    // For an application: what was chosen for it so far, the dearest first. None: one is booked.
    std::optional<std::vector<Offer>> applying = {};

    bool operator==(const Choice&) const = default;
};

// A long list is shown in pages; `count` is at least 1.
struct Page {
    int index = 0;
    int count = 1;

    bool operator==(const Page&) const = default;
};

constexpr int kOffersSuggested = 3;
constexpr int kVenuesAPage = 4;
constexpr int kTimesAPage = 20;
constexpr int kTicketDigits = 10;
constexpr int kMissesMax = 3;
// Long enough to touch "back" once more.
constexpr std::chrono::seconds kReadAgainAfter{10};

// The part of `all` that stands on `page`, for pages of `page_size`.
template <class T>
std::span<const T> shown_on(const std::vector<T>& all, Page page, int page_size) {
    const auto from = std::min(all.size(), static_cast<std::size_t>(page.index * page_size));
    const auto count = std::min(all.size() - from, static_cast<std::size_t>(page_size));
    return std::span(all).subspan(from, count);
}

enum class SlipState {
    NotAsked,
    Printing,
    Printed,
    Failed,  // show the short number large enough to copy by hand
};

// Why a person is sent to staff. The screen says no more than it must.
enum class StaffReason {
    TooManyMisses,   // three misses in this visit
    Locked,          // too many misses on this ticket
    TicketNotGood,   // "please ask staff" and nothing else
    RecordNotGood,   // a dose record that is not this person's, or not the town's
    RecordDiffers,   // the town knows the dose otherwise than the record says
    BookingUnclear,  // there is a booking that this kiosk cannot show, or it changed meanwhile
    NotReady,        // the device cannot look anybody up just now
    StorageFailed,   // nothing was booked
    NothingChanged,  // the change or cancellation was not kept: the booking is as it was
    NotApplied,      // an application was not kept
    StillWaiting,    // that an application is taken back was not kept: it is as it was
    NoAnswer,        // the kiosk did not answer itself: staff look whether the booking was kept
};

struct Settings {
    Language language = Language::Japanese;  // before anybody chooses
    std::chrono::seconds idle_limit{60};     // without a touch, until the warning
    std::chrono::seconds staff_limit{180};   // the same while "staff" is shown
    std::chrono::seconds call_limit{60};     // for staff to answer, until the telephone is offered
    std::chrono::seconds warning{20};        // to answer it; never less than 20
    std::chrono::seconds farewell{6};        // once the ticket is gone
    std::chrono::seconds keeping_limit{30};  // for the device to keep a booking
    bool has_printer = true;                 // without one, numbers are copied by hand
    VoiceUse voice = VoiceUse::WithHeadset;

    bool operator==(const Settings&) const = default;
};

// clang-format off

// Screens: where a kiosk can be, with what each of them must remember.

// No roster yet, or the device must be enrolled again.
struct OutOfService      { bool operator==(const OutOfService&) const = default; };
struct Welcome           { bool operator==(const Welcome&) const = default; };
// `problem`: what the last code was instead of a ticket of ours; it stays until the next code.
// `left`: a person who comes back from a ticket is not sent on again by that same ticket at once.
struct Scanning          { ScanHint hint = ScanHint::HoldTicket; std::optional<TicketError> problem; bool camera_failed = false; std::optional<LeftTicket> left; bool operator==(const Scanning&) const = default; };
struct TypingNumber      { Personal<std::string> digits; std::optional<TicketError> problem; bool operator==(const TypingNumber&) const = default; };

// The ticket is shown, masked, above these questions, so that a person sees what was read.
struct AskingEra         { Personal<Ticket> ticket; bool operator==(const AskingEra&) const = default; };
// `years` is given once a year was entered that the calendar does not have: it has these.
struct AskingYear        { Personal<Ticket> ticket; Personal<BirthEntry> birth; Personal<std::string> digits; std::optional<YearRange> years; bool operator==(const AskingYear&) const = default; };
struct AskingMonth       { Personal<Ticket> ticket; Personal<BirthEntry> birth; bool operator==(const AskingMonth&) const = default; };
struct AskingDay         { Personal<Ticket> ticket; Personal<BirthEntry> birth; bool operator==(const AskingDay&) const = default; };
struct BirthImpossible   { Personal<Ticket> ticket; Personal<BirthEntry> birth; BirthDateError why; bool operator==(const BirthImpossible&) const = default; };
// 「昭和14年 うさぎ年 82歳」
struct ConfirmingBirth   { Personal<Ticket> ticket; Personal<BirthEntry> birth; Personal<BirthDate> date; Personal<int> age; bool operator==(const ConfirmingBirth&) const = default; };

struct LookingUp         { Personal<Ticket> ticket; Personal<BirthEntry> birth; QuestionId question; bool operator==(const LookingUp&) const = default; };
// The same words for a ticket that is on no list and for a wrong date.
struct NotMatched        { Personal<Ticket> ticket; bool operator==(const NotMatched&) const = default; };
struct SeriesComplete    { DoseRecord last; bool operator==(const SeriesComplete&) const = default; };
struct ShowingBooking    { Holder holder; bool slip_owed = false; SlipState printing = SlipState::NotAsked; QuestionId job{}; bool operator==(const ShowingBooking&) const = default; };
struct AskingCancel      { Holder holder; bool operator==(const AskingCancel&) const = default; };
struct KeepingCancel     { Holder holder; QuestionId question; bool operator==(const KeepingCancel&) const = default; };
// Says what comes of it, and which booking it was.
struct CancelTaken       { Slip slip; WishProgress progress; bool operator==(const CancelTaken&) const = default; };
struct PleaseAskStaff    { StaffReason reason; bool operator==(const PleaseAskStaff&) const = default; };

// The next dose is allowed from wish.not_before on; it can be booked today all the same.
struct IntervalAhead     { Applicant applicant; bool operator==(const IntervalAhead&) const = default; };
// What the staff of the day should know: nothing to begin with.
struct Declaring         { Applicant applicant; Personal<Declaration> declared{Declaration{}}; bool operator==(const Declaring&) const = default; };
struct ListingOffers     { Applicant applicant; Personal<Declaration> declared; std::optional<OfferNotice> notice; QuestionId question; Offered offered = Offered::Seats; bool operator==(const ListingOffers&) const = default; };
// No place is free from wish.not_before on: say so, when more open, and the telephone number. `printing`: of a memo that says the same.
// `offline`: it had no network then, and offers only what it holds. `has_slots`: there are some to apply for.
struct NoPlace           { Applicant applicant; std::optional<OfferNotice> notice; std::optional<Instant> opening = {}; SlipState printing = SlipState::NotAsked; QuestionId job{}; bool offline = false; bool has_slots = false; Personal<Declaration> declared{Declaration{}}; bool operator==(const NoPlace&) const = default; };
struct Suggesting        { Choice choice; std::vector<Offer> offers; bool operator==(const Suggesting&) const = default; };
// Nothing was chosen: the open days go home on paper.
struct TakingMemo        { Choice choice; Memo memo; SlipState printing = SlipState::Printing; QuestionId job{}; bool operator==(const TakingMemo&) const = default; };
struct ChoosingVenue     { Choice choice; std::vector<VenueOffer> venues; Page page; bool operator==(const ChoosingVenue&) const = default; };
// `days` is every day of `month`, first to last.
struct ChoosingDay       { Choice choice; VenueId venue; std::chrono::year_month month; std::vector<DayOffer> days; bool has_earlier = false; bool has_later = false; bool operator==(const ChoosingDay&) const = default; };
struct ChoosingTime      { Choice choice; VenueId venue; Date date; std::vector<Offer> times; Page page; bool operator==(const ChoosingTime&) const = default; };

enum class ChosenFrom { Suggested, Calendar };
struct ConfirmingBooking { Choice choice; Offer offer; ChosenFrom from; bool operator==(const ConfirmingBooking&) const = default; };
struct KeepingBooking    { Choice choice; Offer offer; QuestionId question; bool operator==(const KeepingBooking&) const = default; };
// `earlier`: it was booked in the place of another, and so far the end of that one has come.
struct Booked            { Slip slip; SlipState printing = SlipState::Printing; QuestionId job{}; std::optional<WishProgress> earlier = {}; bool operator==(const Booked&) const = default; };
// What was chosen so far: choice.applying, one at least. Says that it is no booking.
struct Applying          { Choice choice; bool operator==(const Applying&) const = default; };
struct KeepingApplication { Choice choice; QuestionId question; bool operator==(const KeepingApplication&) const = default; };
// Says that nothing is booked yet, and what happens next.
struct ApplicationTaken  { Receipt receipt; SlipState printing = SlipState::NotAsked; QuestionId job{}; bool operator==(const ApplicationTaken&) const = default; };
// That it is waiting, or that the town declined it.
struct ShowingApplication { Applicant applicant; Receipt receipt; SlipState printing = SlipState::NotAsked; QuestionId job{}; bool operator==(const ShowingApplication&) const = default; };
struct AskingWithdrawal  { Applicant applicant; Receipt receipt; bool operator==(const AskingWithdrawal&) const = default; };
struct KeepingWithdrawal { Applicant applicant; Receipt receipt; QuestionId question; bool operator==(const KeepingWithdrawal&) const = default; };
struct WithdrawalTaken   { Receipt receipt; bool operator==(const WithdrawalTaken&) const = default; };
// Says thank you, and "do not forget your ticket" while Visit::ticket_in_view.
struct Farewell          { bool operator==(const Farewell&) const = default; };

using Screen = std::variant<Welcome, OutOfService, Scanning, TypingNumber, AskingEra, AskingYear,
                            AskingMonth, AskingDay, BirthImpossible, ConfirmingBirth, LookingUp,
                            NotMatched, SeriesComplete, ShowingBooking, AskingCancel,
                            KeepingCancel, CancelTaken, PleaseAskStaff,
                            IntervalAhead, Declaring, ListingOffers, NoPlace, Suggesting, TakingMemo,
                            ChoosingVenue, ChoosingDay, ChoosingTime, ConfirmingBooking,
                            KeepingBooking, Booked, Applying, KeepingApplication, ApplicationTaken,
                            ShowingApplication, AskingWithdrawal, KeepingWithdrawal,
                            WithdrawalTaken, Farewell>;

// Events: what can happen to it. First what a person touches.

struct LanguageTouched      { Language language; };        // Welcome, and the choice of languages
struct ChooseLanguageTouched {};                           // everywhere: lays that choice over all
struct ChooseComfortTouched {};                            // everywhere: lays that choice over all
struct TextSizeTouched      { TextSize size; };            // the choice of comfort, which stays
struct ThemeTouched         { Theme theme; };              // the choice of comfort, which stays
struct ScreenTouched        { ScreenUse use; };            // the choice of comfort, where may_darken()
struct DarkTouched          {};                            // anywhere on a dark panel: it is shown again
struct PartTouched          { int part; };                 // where a page is longer than the panel
struct StartTouched         {};                            // Welcome
struct TypeNumberTouched    {};                            // Scanning
struct ScanInsteadTouched   {};                            // TypingNumber, NotMatched
struct DigitTouched         { int digit; };                // TypingNumber, AskingYear: 0–9
struct EraseTouched         {};                            // TypingNumber, AskingYear: the last digit
struct FirstYearTouched     {};                            // AskingYear: 元年
struct EnterTouched         {};                            // TypingNumber, AskingYear
struct EraTouched           { std::optional<Era> era; };   // AskingEra; none: a Western year
struct MonthTouched         { int month; };                // AskingMonth: 1–12
struct DayTouched           { int day; };                  // AskingDay: 1–31
struct YesTouched           {};                            // ConfirmingBirth, ConfirmingBooking, AskingCancel, Applying, AskingWithdrawal
struct NoTouched            {};                            // ConfirmingBirth, ConfirmingBooking, AskingCancel, AskingWithdrawal
struct AgainTouched         {};                            // BirthImpossible, NotMatched: the birth date again
struct DeclareTouched       { Declared item; };            // Declaring: declares it, or takes it back
struct NextTouched          {};                            // IntervalAhead, Declaring; TakingMemo: choose after all; ShowingApplication: book what is free now
struct OfferTouched         { SlotId slot; };              // Suggesting, ChoosingTime
struct OtherTouched         {};                            // Suggesting: other places and days
struct MemoTouched          {};                            // Suggesting, where may_print_memo()
struct VenueTouched         { VenueId venue; };            // ChoosingVenue
struct DateTouched          { Date date; };                // ChoosingDay
struct EarlierTouched       {};                            // month or page before
struct LaterTouched         {};                            // month or page after
struct ChangeTouched        {};                            // ShowingBooking, where may_change(), and no slip is printing
struct CancelTouched        {};                            // ShowingBooking, where may_cancel(), and no slip is printing
struct ApplyTouched         {};                            // NoPlace, ChoosingVenue, where may_apply()
struct AddTouched           {};                            // Applying, where may_add(): one choice more
struct RemoveTouched        { SlotId slot; };              // Applying: this choice is none
struct WithdrawTouched      {};                            // ShowingApplication, while it is waiting and nothing is printing
struct PrintTouched         {};                            // ShowingBooking; Booked, TakingMemo, ApplicationTaken once it failed; NoPlace, ShowingApplication where may_print_memo()
struct BackTouched          {};                            // where leave_of() is Back: one question back
struct FinishTouched        {};                            // where leave_of() is Finish
struct CallStaffTouched     {};                            // where may_call_staff()
struct ReturnTouched        {};                            // closes what lies over the screen
struct ContinueTouched      {};                            // answers the time-out's warning
struct Stirred              {};                            // a key that touched nothing, a touch beside everything
struct VoiceTouched         { bool on; };                  // everywhere, as the next three
struct PaceTouched          { Pace pace; };
struct VolumeTouched        { Volume volume; };
struct RepeatTouched        {};                            // what is on the screen, once more

// Then what the shell reports. `camera` names the OpenCamera that it belongs to.
// `record`: where it was a dose record, what that says.
struct TicketScanned        { QuestionId camera; Personal<Ticket> ticket; std::optional<std::string> record = {}; };
struct ScanRefused          { QuestionId camera; TicketError why; };
struct ScanHinted           { QuestionId camera; ScanHint hint; };
struct CameraFailed         { QuestionId camera; };
struct CameraWorks          { QuestionId camera; };
struct TicketInView         { QuestionId camera; };
struct TicketGone           { QuestionId camera; };
struct SlipPrinted          { QuestionId job; BookingId booking; };
struct SlipNotPrinted       { QuestionId job; BookingId booking; PrinterTrouble why = PrinterTrouble::Other; };
struct MemoPrinted          { QuestionId job; };
struct MemoNotPrinted       { QuestionId job; PrinterTrouble why = PrinterTrouble::Other; };
struct ApplicationPrinted   { QuestionId job; };
struct ApplicationNotPrinted { QuestionId job; PrinterTrouble why = PrinterTrouble::Other; };
// Of a Speak: it was said to its end, cut short, or could not be said.
struct SpeechEnded          { QuestionId speech; bool operator==(const SpeechEnded&) const = default; };
struct SpeechFailed         { QuestionId speech; bool operator==(const SpeechFailed&) const = default; };
// At the beginning none is plugged in.
struct HeadsetPluggedIn     { bool operator==(const HeadsetPluggedIn&) const = default; };
struct HeadsetPulledOut     { bool operator==(const HeadsetPulledOut&) const = default; };
// What the keys have led to, by the screens' names; nothing while nobody uses keys. `by_key`:
// somebody has just moved it, and waits to hear where to.
struct FocusMoved           { std::vector<std::string> targets; bool by_key = false; };
// The device's state, at start and whenever it changed. `town` is known once it is ready.
struct ServiceChanged {
    bool ready = false;
    bool online = false;
    std::optional<Town> town;
    bool clock_wrong = false;  // as the device's status says
    Backlog backlog = {};
};
// What the place and the town have set: it counts from the next visit on.
struct SettingsTold         { Settings settings; };
// Time has passed; see wake_at().
struct Tick                 {};

// What a person does, and what the world reports: its own state, and the answers to questions.
using Touches = TypeList<
    LanguageTouched, ChooseLanguageTouched, ChooseComfortTouched, TextSizeTouched, ThemeTouched,
    ScreenTouched, DarkTouched, PartTouched, StartTouched, TypeNumberTouched, ScanInsteadTouched,
    DigitTouched, EraseTouched, FirstYearTouched, EnterTouched, EraTouched, MonthTouched,
    DayTouched, YesTouched, NoTouched, AgainTouched, DeclareTouched, NextTouched, OfferTouched,
    OtherTouched, MemoTouched, VenueTouched, DateTouched, EarlierTouched, LaterTouched,
    ChangeTouched, CancelTouched, ApplyTouched, AddTouched, RemoveTouched, WithdrawTouched,
    PrintTouched, BackTouched, FinishTouched, CallStaffTouched,
    ReturnTouched, ContinueTouched, Stirred, VoiceTouched, PaceTouched, VolumeTouched,
    RepeatTouched>;
using Reports = TypeList<
    TicketScanned, ScanRefused, ScanHinted, CameraFailed, CameraWorks, TicketInView, TicketGone,
    SlipPrinted, SlipNotPrinted, MemoPrinted, MemoNotPrinted, ApplicationPrinted,
    ApplicationNotPrinted, SpeechEnded, SpeechFailed, HeadsetPluggedIn, HeadsetPulledOut,
    FocusMoved, ServiceChanged, SettingsTold, Tick, LoggedIn, LoginRefused, OffersListed,
    BookingKept, BookingRefused, CancelKept, CancelRefused, ApplicationKept, ApplicationRefused,
    WithdrawalKept, WithdrawalRefused, CallTold>;
using Event = VariantOf<Touches, Reports>;

// Effects: what it asks of the world.

enum class CameraUse {
    Read,   // show the picture and read tickets
    Watch,  // show and read nothing; say only whether a ticket lies in view
};
// Replaces an earlier one. A picture or code of an earlier `camera` must not be reported any more.
struct OpenCamera    { QuestionId camera; CameraUse use; };
struct CloseCamera   {};
// The last picture and all that was read from it are to be gone from memory.
struct ForgetCapture {};
// Its outcome comes back as SlipPrinted or SlipNotPrinted, also after the person has left.
struct PrintSlip     { QuestionId job; Slip slip; Language language; };
// Its outcome comes back as MemoPrinted or MemoNotPrinted.
struct PrintMemo     { QuestionId job; Memo memo; Language language; };
// Its outcome comes back as ApplicationPrinted or ApplicationNotPrinted.
struct PrintApplication { QuestionId job; Receipt receipt; Language language; };

enum class Say {
    Everything,
    News,   // what has changed on it
    Focus,  // what the keys have led to
};
// Says what the kiosk shows now, in place of all that is being said. Ends as SpeechEnded or
// SpeechFailed.
struct Speak         { QuestionId speech; Say what; };
// Silence, at once.
struct Hush          {};

// The questions are the device's own (shared/domain/desk.h).
using Effect = std::variant<LogIn, ListOffers, Book, Cancel, Apply, Withdraw, NoteSlip, CallStaff, EndCall, OpenCamera,
                            CloseCamera, ForgetCapture, PrintSlip, PrintMemo, PrintApplication,
                            Speak, Hush>;

// clang-format on

// How a person wants to be spoken to.
struct Hearing {
    std::optional<bool> voice;  // none: as the place has it
    Pace pace = Pace::Normal;
    Volume volume = Volume::Normal;
    bool headset_gone = false;   // it was pulled out, and nothing was touched since
    bool screen_turned = false;  // dark, or shown again, by the last touch

    bool operator==(const Hearing&) const = default;
};

// What whoever called is told.
enum class CallStage {
    Calling,
    Coming,
    Unreachable,  // the telephone instead
    Unanswered,   // so far: the telephone too
};

// A call for staff, from the touch until the person goes on or the visit ends.
struct StaffCall {
    QuestionId question{};
    Instant since{};
    CallProgress progress = CallProgress::Calling;
    std::string by = {};      // who comes, as staff named themselves
    bool unanswered = false;  // for as long as Settings::call_limit

    CallStage stage() const;

    bool operator==(const StaffCall&) const = default;
};

// What is true for one visit and forgotten after it.
struct Visit {
    Language language = Language::Japanese;
    Comfort comfort;
    int misses = 0;
    bool ticket_in_view = false;
    // Lies over the screen while it is there.
    std::optional<StaffCall> staff_called = {};
    bool choosing_language = false;  // the choice of languages lies over all that
    bool choosing_comfort = false;   // or that of comfort; never both
    // Which part of a page that is longer than the panel; every page begins with its first.
    int part = 0;
    Hearing hearing = {};
    // What the dose record says that was held out in the ticket's place, while that ticket counts.
    std::optional<std::string> record = {};
    std::vector<std::string> focus = {};  // what the keys have led to

    bool is_choosing() const { return choosing_language || choosing_comfort; }

    bool operator==(const Visit&) const = default;
};

// Lies over everything else: "shall we go on?" with one button.
struct IdleWarning {
    Instant ends{};
    int seconds_left = 0;

    bool operator==(const IdleWarning&) const = default;
};

struct CameraOrder {
    QuestionId id{};
    CameraUse use = CameraUse::Read;

    bool operator==(const CameraOrder&) const = default;
};

struct Kiosk {
    Settings settings;
    std::optional<Settings> settings_next;  // once this visit has ended
    // As the device last said.
    bool ready = false;
    bool online = false;
    std::optional<Town> town;
    bool clock_wrong = false;
    Backlog backlog;  // of what waits for a person or for the network

    Screen screen = OutOfService{};
    Visit visit;
    std::optional<IdleWarning> warning;
    std::optional<CameraOrder> camera;
    std::optional<PrinterTrouble> printer_trouble;  // of the last job; none where it came out
    bool headset = false;                           // one is plugged in
    std::optional<QuestionId> speech;               // what is being said
    bool unsaid = false;                            // there is news that waits for its end
    bool focus_unsaid = false;                      // and so does what the keys have led to
    Instant active_since{};  // the last touch, key, scan, change of screen, and end of a speech
    QuestionId question_next{1};

    bool operator==(const Kiosk&) const = default;
};

struct [[nodiscard]] Step {
    Kiosk kiosk;
    std::vector<Effect> effects;
};

// Total: whatever happens wherever, it answers; what makes no sense there changes nothing.
Step step(const Kiosk& kiosk, const Event& event, Instant now);

// When the next Tick matters; none while the kiosk is at rest.
std::optional<Instant> wake_at(const Kiosk& kiosk);

// What the button at the lower left does on this screen, always in the same place.
enum class Leave { Nothing, Back, Finish };
Leave leave_of(const Screen& screen);
// Everywhere but while a booking or a wish to cancel is being kept.
bool may_call_staff(const Screen& screen);
// Until the town's last day for it.
bool may_change(const Holder& holder);
bool may_cancel(const Holder& holder);
// Where a printer is set and the town is known.
bool may_print_memo(const Kiosk& kiosk);
// Where there is no network: a person who may book and has not applied yet, for one of the slots
// there are.
bool may_apply(const NoPlace& screen);
bool may_apply(const Kiosk& kiosk, const ChoosingVenue& screen);
// Until all three choices are made, while there is another slot.
bool may_add(const Applying& screen);

// Nobody stands there, as far as it knows.
bool is_at_rest(const Kiosk& kiosk);

// Whether what is shown is spoken too.
bool speaks(const Kiosk& kiosk);
// Whether the screen can be done without.
bool may_darken(const Kiosk& kiosk);
// The panel is black, and a touch anywhere on it is DarkTouched. Without a voice it never is.
bool is_dark(const Kiosk& kiosk);

// The screen's language-free name for the probe and the gallery: "choosing_day".
const char* name_of(const Screen& screen);

}  // namespace mado::kiosk
