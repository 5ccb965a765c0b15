#pragma once

// Everything that can be asked of a municipality's booking, and what comes of it.
//
// A command is a value; many of them are decided together and committed in one transaction
// (execute.h), and each gets an outcome of its own.

#include "shared/base/io_error.h"
#include "shared/domain/eligibility.h"
#include "shared/domain/shares.h"
#include "sync/protocol/dose_record.h"
#include "sync/protocol/messages.h"
#include "sync/server/booking/worklist_rules.h"
#include "sync/server/store/model.h"

#include <functional>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace mado::server {

// An event as it came, with its hash and its body as read: made on the thread that received it,
// since the one that writes is what everybody waits for. What the body means is decided later.
struct ReceivedEvent {
    Envelope envelope;
    Digest hash{};
    std::optional<EventBody> body;  // no value: unreadable
    Instant decided_at{};           // by the device's clock, where it can be read
    // Where it names a dose record: what that says, its signatures looked at; no value: not good.
    std::optional<sync::SignedDose> record = {};
};
// `read_record` verifies the statement of a dose record.
using ReadRecord = std::function<std::optional<sync::SignedDose>(std::string_view statement)>;
std::vector<ReceivedEvent> received(std::vector<Envelope> envelopes, const ReadRecord& read_record);
// By the key of this town.
ReadRecord reads_records_of(const sync::PublicKey& town);

// clang-format off

// From devices.
// Numbers rise by one within the push. `interpret` is off where the store refused what an event
// means: then it is kept aside, so that it blocks nothing behind it.
enum class Interpretation { On, Off };
// A journal that came as a file says nothing of whether its device can be reached.
enum class Way { Wire, File };
// `had`: the town's signature, looked at, by which the device shows what the server has had of it.
// `gone`: it says that what lies before these events is gone.
struct IngestEvents { DeviceId device; std::vector<ReceivedEvent> events; Interpretation interpretation = Interpretation::On; Way way = Way::Wire; std::optional<SignedHead> had = {}; bool gone = false; };
// Levels, at most 200; each slot gets what is free and fair.
struct RaiseLeases  { DeviceId device; std::vector<sync::LeaseWish> wishes; };
// A device was in contact; worth a command once in a minute.
struct NoteSeen     { DeviceId device; };
// The head of its chain was counter-signed.
struct KeepSignedHead { DeviceId device; SignedHead head; };

// From the channels that book at the server itself: from free seats, by the same seat code.
struct BookFree      { PersonId person; int dose = 1; SlotId slot; Declaration declared = {}; Channel channel = Channel::Web; };
// A wish: `version` is what the person saw.
struct CancelBooking { BookingId booking; std::int64_t version = 0; };

// A decision of staff: a seat in the first of its choices that has a free one, or in `slot` with the
// person's word. The booking ends the application.
struct PlaceApplication   { ApplicationId application; std::string by = {}; std::string note = {}; std::optional<SlotId> slot = {}; };
struct DeclineApplication { ApplicationId application; std::string by = {}; std::string note = {}; };

// Devices and who may be one.
struct AddCode          { Digest code_hash{}; Instant expires; std::string kind; std::string name; std::optional<VenueId> venue; };
struct RequestEnrolment { Digest code_hash{}; Digest key_digest{}; std::string signing_request; };
struct ConfirmDevice    { DeviceId device; std::string certificate; std::string endorsement; Bytes roster_key; };
// Its roster key dies at once. Its seats stay held until ReturnSeats.
struct RevokeDevice     { DeviceId device; };
// Fenced: what it sends from now on is kept aside. Its seats stay held until ReturnSeats. Both are
// decisions of a person, whose name stands on the worklist with them.
struct DeclareLost      { DeviceId device; std::string by = {}; };
// About a fenced or revoked device: the seats it had left become free.
struct ReturnSeats      { DeviceId device; std::string by = {}; };

// After the store was restored from a backup: what the device may have been granted since stays held
// for it, a group's seats in each slot as far as they are free, until it gives back what is too much.
struct HoldBack     { DeviceId device; std::vector<SlotId> slots; };
// Then a new epoch, of this number or the next: devices take a snapshot and send again what they
// have. Numbers that the lost commits may have given to people, slots, devices and bookings are
// left out.
struct BeginEpoch   { std::int64_t epoch = 0; std::string by = {}; };

// A person's decision about a row of the worklist. `slot`: where it is moved or booked to.
struct ResolveRow   { std::int64_t row = 0; Choice choice = Choice::Noted; std::string by = {}; std::string note = {}; std::optional<SlotId> slot = {}; };

// Somebody of the staff goes to whoever called.
struct AnswerCall   { CallId call; std::string by; };

// In place of all that was set there; without a device, for all kiosks.
struct SetSettings  { std::optional<DeviceId> device; KioskSettings settings; };
// Texts of the catalogues worded anew, looked at before; an empty one takes it back.
struct PutTexts     { std::vector<TownText> texts; };

// From files; rows that are as the store has them change nothing. How many kiosks are in is not the
// caller's to say.
struct SetTown      { Town town; };
struct PutVaccines  { std::vector<Vaccine> vaccines; };
struct PutVenues    { std::vector<VenueEntry> venues; };
// Known by venue, day and time; target 0 closes. A slot in which anybody has a seat keeps its
// vaccine.
struct PlannedSlot  { VenueId venue; Date date; TimeOfDay starts{}; std::chrono::minutes length{}; VaccineCode vaccine; int target = 0; };
struct PutSlots     { std::vector<PlannedSlot> slots; };
struct ResidentRow  { Personal<Ticket> ticket; Personal<BirthDate> birth_date; bool valid = true; std::vector<Dose> doses; };
struct PutResidents { std::vector<ResidentRow> residents; };
struct ResultRow    { Personal<Ticket> ticket; Dose dose; };
struct PutResults   { std::vector<ResultRow> results; };

using Command = std::variant<IngestEvents, RaiseLeases, NoteSeen, KeepSignedHead, BookFree,
                             CancelBooking, PlaceApplication, DeclineApplication, AddCode, RequestEnrolment, ConfirmDevice, RevokeDevice,
                             DeclareLost, ReturnSeats, HoldBack, BeginEpoch, ResolveRow,
                             AnswerCall, SetSettings, PutTexts, SetTown, PutVaccines, PutVenues, PutSlots, PutResidents, PutResults>;

// Outcomes.
// `answers` in the order of the events that were looked at; `expected` where a gap was found.
struct EventsIngested   { std::vector<Answer> answers; std::optional<EventNumber> expected; bool fenced = false; };
// What is granted now, in the order of the wishes; unknown slots stand at 0.
struct LeasesRaised     { std::vector<sync::LeaseLevel> levels; FeedPosition position; };
struct BookingMade      { Booking booking; FeedPosition position; };
struct BookingDenied    { BookingRefusal reason; };
struct BookingCancelled { Booking booking; FeedPosition position; };
// The application as it stands after the command.
struct ApplicationEnded    { ApplicationEntry application; FeedPosition position; };
// It had ended before; nothing happened.
struct ApplicationHasEnded { ApplicationEntry application; };
// The device as it stands after the command.
struct DeviceStands     { Device device; };
// The row as it stands after the command.
struct RowResolved      { WorklistEntry row; FeedPosition position; };
// It was resolved before; nothing happened.
struct RowWasResolved   { WorklistEntry row; };
// The call as it stands after the command. `answered`: by this command.
struct CallStands       { Call call; bool answered = false; FeedPosition position; };
struct EpochBegun       { FeedPosition position; };
struct Imported         { int added = 0; int changed = 0; int unchanged = 0; FeedPosition position; };
struct Noted            {};

// clang-format on

// Why a command was not done; nothing happened, except that a stale cancel stands on the worklist.
enum class CommandRefusal {
    UnknownDevice,
    NotEnrolled,  // fenced, revoked or not confirmed
    WrongState,   // of a device, for this step
    CodeRefused,  // no such enrolment code, expired, or used with another key
    UnknownBooking,
    UnknownApplication,
    StaleVersion,  // the person saw another version
    UnknownVenue,
    UnknownVaccine,
    UnknownTicket,
    VaccineInUse,  // a slot with booked or held seats cannot change its vaccine
    UnknownRow,
    ChoiceRefused,  // not one of those that this row offers
    NameNeeded,     // of who decides: a line of 1 to 100 bytes
    NoteRefused,    // longer than 500 bytes or a line, or a ticket's digits in it
    SlotNeeded,     // moving says where to
    UnknownSlot,
    SlotRefused,  // it has begun or is closed, or the rules refuse it for this person
    NoSeat,
    BookingEnded,   // cancelled already
    NothingToBook,  // no sale of a known person is kept aside here
    UnknownCall,
    CallOver,      // whoever called has gone on or left
    TooManyTexts,  // more than a town may have
    Overloaded,    // too many are waiting: come back later
};
// "unknown-device" and so on: a word for logs and refusals.
std::string_view name_of(CommandRefusal refusal);

struct Refused {
    CommandRefusal reason;
};

using Outcome =
    std::variant<EventsIngested, LeasesRaised, BookingMade, BookingDenied, BookingCancelled,
                 ApplicationEnded, ApplicationHasEnded, DeviceStands, EpochBegun, RowResolved,
                 RowWasResolved, CallStands, Imported, Noted, Refused, IoError>;

}  // namespace mado::server
