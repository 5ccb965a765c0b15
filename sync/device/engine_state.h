#pragma once

// What the engine remembers between two calls, and its parts: the desk (engine_desk.cpp) answers
// people, the lanes (engine_lanes.cpp) talk to the server. Inside the engine only.

#include "sync/device/backoff.h"
#include "sync/device/engine.h"

#include <string_view>

namespace mado::device {

// A booking on its way: from the question to the promise.
struct PendingBook {
    Book question;
    Instant asked_at;
    std::optional<int> dose = {};  // as the rules have it, once they were asked
    bool wish_sent = false;        // its seat is asked for in the request under way
    bool seat_answered = false;    // the server has said which level is granted
    bool seat_not_kept = false;    // the disk would not take what the server said
    std::optional<Slip> slip;      // once it is kept
    Instant kept_at{};
    std::optional<Answer::Verdict> verdict;  // the server's word on it
};

// A wish to cancel, from the question to the person's answer.
struct PendingCancel {
    Cancel question;
    Instant asked_at;
    std::optional<EventNumber> kept;  // once it is
    Instant kept_at{};
    std::optional<Answer::Verdict> verdict;  // the server's word on it
};

// A call for staff, from the question until somebody goes on.
struct PendingCall {
    QuestionId question;
    Instant asked_at;
    std::optional<EventNumber> kept;         // once it is
    std::optional<Answer::Verdict> verdict;  // the server's word on it
    std::optional<CallTold> told;            // what was said last
};

// A log-in that is decided, and whose answer is kept back (miss_budget.h).
struct PendingLogin {
    DeskAnswer answer;
    Instant answer_at;
};

struct LaneState {
    Backoff backoff;
    bool under_way = false;
    Instant sent_at{};
};

struct Engine::State {
    State(DeviceStore opened, Chance& given) : store(std::move(opened)), chance(given) {}

    DeviceStore store;
    Chance& chance;
    Instant latest{};  // the last time that we were told

    // ---- contact with the server
    enum class Contact { Unknown, Online, Offline };
    Contact contact = Contact::Unknown;
    std::array<LaneState, kLanes.size()> lanes;
    std::optional<Milliseconds> clock_offset;
    Milliseconds behind_journal{0};  // so far the clock stood behind it at the start
    std::string trouble;

    LaneState& lane(Lane which) { return lanes[static_cast<std::size_t>(which)]; }
    void heard(Instant now);
    void heard(Instant server_now, Instant now);
    void failed(Lane which, std::string why, Instant now);
    // The disk, not the network: the lane waits, and nothing else changes.
    void stalled(Lane which, const IoError& why, Instant now);
    // Our best idea of the time: the clock's, unless the server or our own past says otherwise.
    Instant time(Instant now) const;
    // The server's word that it takes nothing but events from this device any more.
    static std::optional<sync::Refusal> shut_out_in(const HttpResponse& response);
    void shut_out(const sync::Refusal& refusal);
    // `epoch`: the server's, where it was told.
    void fence(std::optional<std::int64_t> epoch);
    Nonce nonce();

    // ---- push
    EventNumber started;
    bool started_answered = false;
    std::size_t batch_max = sync::kEventsMax;
    std::optional<EventNumber> push_from;  // where the server found a gap
    std::vector<EventNumber> pushed;       // those in the request under way
    std::optional<HttpRequest> push_request(Instant now);
    void received_push(const HttpResponse& response, Instant now);
    void take_push_answer(const sync::PushAnswer& answer, Instant now);
    bool follow_gap(EventNumber expected, std::size_t answers);

    // ---- pull
    enum class Asked { Changes, Snapshot, Roster };
    Asked asked = Asked::Changes;
    bool caught_up = false;        // an empty page came: from now on we can wait for changes
    bool snapshot_wanted = false;  // the server says that the feed does not go on from here
    std::optional<HttpRequest> pull_request(Instant now);
    void received_pull(const HttpResponse& response, Instant now);
    void received_changes(const HttpResponse& response, Instant now);
    void received_snapshot(const HttpResponse& response, Instant now);
    void received_roster(const HttpResponse& response, Instant now);
    void finish_snapshot(Instant now);

    // ---- leases
    std::vector<sync::LeaseWish> wishes;  // of the last review, not yet asked for
    Instant review_at{};
    bool may_lease() const;
    void review_holdings(Instant now);
    std::optional<HttpRequest> lease_request();
    void received_leases(const HttpResponse& response, Instant now);

    // ---- the desk
    std::vector<DeskAnswer> answers;
    std::vector<PendingLogin> logins;
    std::vector<PendingBook> books;
    std::vector<PendingCancel> cancels;
    std::vector<NoteSlip> notes;  // that the disk would not take yet
    std::vector<PendingCall> calls;
    std::vector<EventNumber> calls_over;  // whose end the disk would not take yet
    void on(const LogIn& question, Instant now);
    void on(const ListOffers& question, Instant now);
    void on(const Book& question, Instant now);
    void on(const Cancel& question, Instant now);
    void on(const Apply& question, Instant now);
    void on(const Withdraw& question, Instant now);
    void on(const NoteSlip& note, Instant now);
    void on(const CallStaff& question, Instant now);
    void on(const EndCall& question, Instant now);
    DeskAnswer log_in(const LogIn& question, Instant now);
    // This device's share of the town's budget of misses.
    int miss_share() const;
    void answer_logins(Instant now);
    bool may_promise() const;
    // The town's; nothing is shared out before there is one.
    Shares shares() const;
    // Of what it holds in the slot, what it may sell for this dose.
    std::int64_t held_for(const Slot& slot, int dose, Instant when) const;
    int seats_in(const Slot& slot, int dose, Instant when) const;
    // What comes of a dose record that was held out for this resident, who may have another last
    // dose then.
    RecordUse use_record(std::string_view record, Resident& resident,
                         std::optional<EarlierDose>& earlier, Instant when) const;
    std::optional<Slip> slip_of(const Booking& booking, Instant when) const;
    // The last day on which a booking in this slot can be changed; none where that has passed.
    std::optional<Date> change_until(const Slot& slot, Instant when) const;
    // What this person should hear of having applied for this dose: that it is waiting, or was
    // declined. Nothing is said of it before there is a town.
    Result<std::optional<Receipt>, IoError> applied_for(PersonId person, int dose);
    // Why this cannot be applied for, or the dose that it is for.
    Result<int, ApplicationRefusal> dose_to_apply_for(const Apply& question, Instant when);
    void advance_desk(Instant now);
    // True when it has been answered.
    bool advance(PendingBook& book, Instant now);
    std::optional<BookingRefusal> refusal_now(const PendingBook& book, Instant now, DoseWish& wish);
    // The same for the booking that is to end: it must be what the person saw, and not too late.
    std::optional<BookingRefusal> change_refusal(const Booking* seen, Instant when) const;
    bool sell(PendingBook& book, const DoseWish& wish, Instant now);
    bool confirm(PendingBook& book, Instant now);
    bool refuse(const PendingBook& book, BookingRefusal reason);
    bool advance(PendingCancel& cancel, Instant now);
    std::optional<CancelRefusal> refusal_now(const PendingCancel& cancel, Instant now);
    bool confirm(const PendingCancel& cancel, Instant now);
    bool refuse(const PendingCancel& cancel, CancelRefusal reason);
    void advance_calls(Instant now);
    CallTold told_of(const PendingCall& call, Instant now) const;
    void write_call_ends(Instant now);
    bool wants_seat(const PendingBook& book) const;
    void write_notes(Instant now);

    Instant forget_at{};
    void forget_old(Instant now);
    // A clock that jumps back must not make anybody wait longer than meant.
    void bound_waits(Instant now);
};

}  // namespace mado::device
