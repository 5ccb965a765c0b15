#pragma once

// A central server in memory that speaks the messages of sync/protocol and nothing else: just
// enough of one to test a device's end. It keeps the arithmetic of seats and notes every promise
// of a device that breaks it. It is a value: a copy is a backup.

#include "shared/domain/change.h"
#include "shared/ports/network.h"
#include "sync/protocol/messages.h"
#include "sync/protocol/roster.h"

#include <map>
#include <string>
#include <utility>
#include <vector>

namespace mado::tests {

class ModelServer {
  public:
    // Minoh's town with three venues, the four vaccines and no slots yet.
    ModelServer();

    // ---- what a town does
    void add_device(DeviceId device, const sync::RosterKey& key);
    void put(const Town& town);
    void put(const Vaccine& vaccine);
    void put(const Slot& slot);
    void put(const Booking& booking);
    void put(const Application& application);
    void put(const Ticket& ticket, const Resident& resident);
    void put(const SettingsChanged& settings);
    void put(const TownText& text);
    // Somebody of the staff says that they come.
    void answer_call(const CallId& call, const std::string& by);
    // Another channel takes a free seat; false where there is none.
    bool book_elsewhere(PersonId person, SlotId slot, int dose = 1);
    void close(SlotId slot);
    // A server that came back from this state: what happened since is lost to it.
    void begin_epoch() { ++epoch_; }

    // ---- the wire
    // `wait` is not waited for: an empty page comes at once.
    HttpResponse answer(DeviceId device, const HttpRequest& request);

    // ---- what a test looks at
    FeedPosition position() const;
    const std::map<BookingId, Booking>& bookings() const { return bookings_; }
    const std::map<ApplicationId, Application>& applications() const { return applications_; }
    const SlotTable& slots() const { return slots_; }
    const std::map<CallId, Call>& calls() const { return calls_; }
    Lease lease(DeviceId device, SlotId slot) const;
    const std::vector<Envelope>& events_of(DeviceId device) const;
    // What must never happen, in words; empty while all is well.
    const std::vector<std::string>& broken() const { return broken_; }
    // How often an event came again that was known.
    int repeats() const { return repeats_; }
    int snapshots() const { return snapshots_; }

    // ---- what a test sets
    Instant now;
    std::size_t events_max = sync::kEventsMax;  // more in one push are answered 413
    std::size_t page_max = sync::kChangesMax;
    std::size_t range_max = std::size_t{1} << 20;  // bytes of the roster in one answer
    bool grants = true;                            // whether it grants seats at all
    std::int64_t kept_of_a_grant = 0;              // so many of a stock are for later doses alone

  private:
    struct Device {
        sync::RosterKey key{};
        std::vector<Envelope> events;
        std::vector<Answer> answers;
        std::map<SlotId, Lease> leases;
        std::map<std::string, std::string> rosters;
        bool fenced = false;
    };

    void tell(Change change);
    Answer interpret(DeviceId device, const Envelope& envelope);
    Answer interpret_sale(DeviceId device, const Booked& sale);
    Answer interpret_wish(const CancelWished& wish);
    void tell_call(const Call& call);
    bool end_as_wished(const SeenBooking& wished, PersonId person);
    void raise_used(DeviceId device, SlotId slot, std::int64_t used, bool sold);
    HttpResponse push(DeviceId device, const HttpRequest& request);
    HttpResponse lease(DeviceId device, const HttpRequest& request);
    HttpResponse changes(DeviceId device, const HttpRequest& request);
    HttpResponse snapshot(DeviceId device);
    HttpResponse roster(DeviceId device, const HttpRequest& request);
    sync::WireChange for_device(DeviceId device, const Change& change) const;

    std::int64_t epoch_ = 1;
    std::vector<Change> feed_;
    Town town_;
    VaccineTable vaccines_;
    sync::VaccineList vaccine_list_;  // in the order of their coming
    VenueTable venues_;
    SlotTable slots_;
    std::map<BookingId, Booking> bookings_;
    std::map<CallId, Call> calls_;
    std::vector<SettingsChanged> settings_;
    std::vector<TownText> texts_;
    std::map<ApplicationId, Application> applications_;
    std::map<Ticket, Resident> residents_;
    std::map<DeviceId, Device> devices_;
    std::int64_t own_number_ = 0;
    std::vector<std::string> broken_;
    int repeats_ = 0;
    int snapshots_ = 0;
};

}  // namespace mado::tests
