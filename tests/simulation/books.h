#pragma once

// What was promised in a simulated town, and whether it is kept: the invariants of the design.
//
// The books stand outside of the product. They hear of each screen, slip and answer as a person
// would, read the server's feed as a device would, and compare.

#include "kiosk/flow/kiosk_flow.h"
#include "sync/device/engine.h"
#include "tests/simulation/server_machine.h"
#include "tests/simulation/timeline.h"
#include "tests/simulation/visitor.h"

#include <deque>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace mado::simulation {

// The numbers of design §9; 13 is that everything comes to rest once the faults have ended.
enum class Invariant {
    SeatsAddUp = 1,  // and no channel has more than its share
    OneBookingADose = 2,
    NothingVanishes = 3,
    AcknowledgedIsDurable = 4,
    OneEffect = 5,
    IntervalIsKept = 7,
    NothingPersonalLeaks = 9,
    ChainsVerify = 10,
    ComesBack = 11,
    FeedIsInOrder = 12,
    ComesToRest = 13,
};

struct Breach {
    Invariant invariant;
    std::string what;
};

// What a device that follows every change would have.
struct FollowedFeed {
    FeedPosition at;
    Shares shares;
    SlotTable slots;
    std::map<SlotId, int> expected;  // bookings that are not cancelled
    std::map<SlotId, int> later;     // of these, those for a dose after the first
    std::map<BookingId, Booking> bookings;
    std::map<BookingId, FeedPosition> told_at;  // of each for the first time
    std::map<PersonId, std::set<BookingId>> of_person;
    std::map<ApplicationId, Application> applications;
};

// What the books say of the server alone: kept with a backup of it.
struct ServerBooks {
    FollowedFeed feed;
    std::map<DeviceId, std::set<EventNumber>> acknowledged;
};

class Books {
  public:
    Books(Timeline& timeline, ServerMachine& server) : timeline_(timeline), server_(server) {}

    // The first one; nothing is looked at after it.
    const std::optional<Breach>& breach() const { return breach_; }
    // The last of what happened, by name.
    const std::deque<std::string>& diary() const { return diary_; }
    void note(const std::string& who, const std::string& what);
    void want(bool holds, Invariant invariant, const std::string& what);

    // ---- what people see
    void screen(DeviceId device, const kiosk::Kiosk& before, const kiosk::Kiosk& after,
                const std::optional<Visitor>& visitor);
    void paper(const Slip& slip);
    void sent(DeviceId device, const HttpRequest& request, const std::optional<Visitor>& visitor);
    void answered(DeviceId device, const HttpRequest& request, const HttpResponse& response);
    void device_state(DeviceId device, const device::Engine& engine);

    // ---- what the town knows to be so
    // Somebody cancelled it, or decided that it goes.
    void cancelled(const BookingId& booking) { cancelled_.insert(booking); }
    // Somebody decides that it goes to another slot; said before it does.
    void may_move(const BookingId& booking) { movable_.insert(booking); }
    // The device's disk is gone with what it had not sent yet: no promise of it can be kept, and
    // an older one may stand in its place.
    void disk_gone(DeviceId device);

    // ---- the server
    // After each commit: what the feed tells anew. False where it cannot be read to its end, since
    // the disk fails.
    bool committed();
    ServerBooks server_books() const;
    // The server is again as it was then. What it had acknowledged since is with the devices alone:
    // what their disks have lost too, nobody can keep. It begins a new epoch.
    void server_restored(const ServerBooks& then);
    // The server's connections are dead.
    void server_died();
    void server_started() { restoring_ = false; }
    // Everything that can be read at the server, at once.
    void inspect();
    // After all faults, and once everything is quiet.
    void reconcile();
    // `calls`: somebody stands there and calls for staff.
    void compare(DeviceId device, const device::Engine& engine, bool calls);

    int changes() const { return changes_; }
    int cancels() const { return cancels_; }
    int applications() const { return static_cast<int>(applications_.size()); }
    int promises() const { return static_cast<int>(promises_.size()); }
    int papers() const { return papers_; }
    int doubled() const { return doubled_; }

  private:
    struct Promise {
        Booking booking;
        bool excused = false;    // it went with its disk, and nobody can keep it
        bool remembered = true;  // by its device, whose disk is as it was
    };

    // A person was told that the town has this.
    struct Applicant {
        Application application;
        bool excused = false;  // both as of a promise
        bool remembered = true;
    };

    // A person was told that this booking ends, and another stands in its place where it was a
    // change.
    struct Wish {
        DeviceId device;  // where it was told
        BookingId ended;
        std::optional<BookingId> instead;
        Instant asked_at;
        bool excused = false;  // it may have gone with its disk
    };
    // What a kiosk has been asked to end, and has not answered yet.
    struct Asked {
        BookingId ending;
        Instant at;
    };

    server::Reads* reads();
    void wishes_told(DeviceId device, const kiosk::Screen& before, const kiosk::Screen& after);
    void applications_told(const kiosk::Screen& before, const kiosk::Screen& after,
                           const std::optional<Visitor>& visitor);
    bool is_there(server::Reads& reads, const Applicant& applicant);
    void confirmed(DeviceId device, const kiosk::Applicant& applicant, const Slip& slip);
    void keeps_the_interval(const kiosk::Applicant& applicant, const Slip& slip);
    void nothing_is_left(const kiosk::Kiosk& after);
    void follow(const Change& change);
    void share_is_kept(const Slot& before, const Slot& after);
    void kept_seats_are_kept(DeviceId device, const Envelope& envelope);
    void seats_of(SlotId slot);
    void bookings_of(PersonId person);
    void calls_agree(DeviceId device, const device::Facts& facts, bool calls, server::Reads& reads);
    void leases_add_up(server::Reads& reads);
    void worklist_is_right(server::Reads& reads);
    void chains_verify(server::Reads& reads);
    void acknowledged_are_there(server::Reads& reads);
    bool is_kept(server::Reads& reads, const Promise& promise);
    bool is_honoured(server::Reads& reads, const Wish& wish);
    // Somebody cancelled it, or a kiosk is just being asked to.
    bool may_have_ended(const BookingId& booking) const;
    bool stands_aside(server::Reads& reads, const Booking& booking);

    Timeline& timeline_;
    ServerMachine& server_;
    std::optional<Breach> breach_;
    std::deque<std::string> diary_;

    std::map<BookingId, std::vector<Promise>> promises_;
    std::map<ApplicationId, std::vector<Applicant>> applications_;
    std::set<BookingId> cancelled_;
    std::map<DeviceId, Asked> asked_;
    std::vector<Wish> wishes_;
    std::set<BookingId> movable_;
    std::set<BookingId> kept_aside_;
    std::set<BookingId> on_paper_;
    std::map<DeviceId, std::set<EventNumber>> acknowledged_;
    std::map<DeviceId, std::set<EventNumber>> sent_off_;  // the same, of the disk that it has now
    std::map<DeviceId, FeedPosition> cursors_;
    std::map<std::pair<DeviceId, SlotId>, std::int64_t> kept_used_;  // as its last sale said
    int papers_ = 0;
    int doubled_ = 0;
    int changes_ = 0;
    int cancels_ = 0;

    std::unique_ptr<server::Reads> reads_;
    FollowedFeed feed_;
    bool epoch_ends_ = false;  // the server was restored, and says so with the next epoch
    bool restoring_ = false;   // what is still on its way was said by a server that is no more
    std::set<SlotId> touched_slots_;
    std::set<PersonId> touched_people_;
};

}  // namespace mado::simulation
