#pragma once

// The state that a batch is working on: the facts, changed by each command in turn, and a memory of
// what was touched, from which the rows to write and the changes for the feed come at the end.
//
// A slot or a lease that ten commands of a batch touch is written once and stands in the feed once,
// as the batch leaves it. That is right because a batch commits as a whole: no position inside it
// is ever anybody's answer.

#include "sync/server/booking/decide.h"

#include <set>
#include <vector>

namespace mado::server {

class Draft {
  public:
    Draft(Facts facts, Instant now);

    const Facts& facts() const { return facts_; }
    Instant now() const { return now_; }

    // What an answer or outcome says before the batch's end is known.
    static constexpr FeedPosition kHere{-1, -1};

    const Device* device(DeviceId id) const;
    const Device* device_by_code(const Digest& code_hash) const;
    const Slot* slot(SlotId id) const;
    const Person* person(PersonId id) const;
    const BookingEntry* booking(const BookingId& id) const;
    // An empty lease where there is none yet.
    LeaseEntry lease(DeviceId device, SlotId slot) const;
    const StoredEnvelope* envelope(const EventKey& key) const;
    const StoredEnvelope* stray(const EventKey& key, const Digest& hash) const;
    std::vector<Booking> bookings_of(PersonId person) const;
    std::vector<BookingEntry> bookings_in(SlotId slot) const;
    const Call* call(const CallId& id) const;
    std::vector<Call> standing_calls(DeviceId device) const;
    const ApplicationEntry* application(const ApplicationId& id) const;
    // Those of this person for this dose that are waiting.
    std::vector<ApplicationEntry> waiting_of(PersonId person, int dose) const;
    bool knows_vaccine(const VaccineCode& code) const;

    void put(const Device& device);
    void put(const ChainEnd& end);
    void put(const SignedChain& chain);
    // All but its parts.
    void put(const Slot& slot);
    void put_seats(SlotId slot, const SeatCount& seats);
    void put(const LeaseEntry& lease);
    void put(const BookingEntry& booking);
    void put(const ApplicationEntry& application);
    // What no device needs to hear of, as how its slip came out.
    void put_quietly(const BookingEntry& booking);
    // Announces every ticket of the person.
    void put(const Person& person);
    void put(const Town& town);
    void put(const Call& call);
    // Device 0: of all kiosks.
    void put(DeviceId device, const KioskSettings& settings);
    void put(const TownText& text);
    void put(const Vaccine& vaccine);
    void put(const VenueEntry& venue);
    void keep(const StoredEnvelope& envelope);
    void keep_stray(const StoredEnvelope& envelope);
    void note(WorklistEntry entry);
    // Open rows of this booking with this reason, in the store and in this batch.
    void settle(const BookingId& booking, const std::string& reason, const Resolution& how);
    // One that was loaded, and was open when this batch began.
    void resolve(std::int64_t row, const Resolution& how);
    // Open rows that name the device and no event of it; they were loaded, or are of this batch.
    void resolve_about(DeviceId device, const Resolution& how);
    const WorklistEntry* row(std::int64_t id) const;
    bool has_open_row(DeviceId device, std::string_view reason) const;

    // From here on positions are of this epoch, and numbers are given from `last` on.
    void begin_epoch(std::int64_t epoch, const Counters& last);

    PersonId new_person();
    SlotId new_slot();
    DeviceId new_device();
    BookingId new_booking();

    // What a device may still be granted on the slot's day without holding more than its share.
    std::int64_t day_share_left(DeviceId device, Date date, const HoldingPolicy& policy) const;

    // Ends the draft: rows, feed, and the position where it all stands.
    Writes finish();
    FeedPosition end() const { return end_; }

  private:
    void put_as_counted(const Slot& slot);
    // That this booking has so many seats more of its slot.
    void count_seat(const BookingEntry& entry, int seats);
    // A kiosk that comes in or goes out changes the share of all others.
    void count_kiosk(const Device& device);
    void append_changes(Writes& writes);
    void patch_answers(Writes& writes) const;

    Facts facts_;
    std::map<PersonId, std::set<BookingId>> bookings_of_;
    Instant now_;
    FeedPosition end_{};
    bool counters_touched_ = false;
    bool epoch_begun_ = false;
    std::set<DeviceId> devices_;
    std::set<DeviceId> chains_;
    std::vector<SignedChain> signed_chains_;
    std::set<SlotId> slots_;
    std::set<LeaseKey> leases_;
    std::set<LeaseKey> grants_;
    std::set<PersonId> people_;
    std::set<BookingId> bookings_;
    std::set<BookingId> announced_;
    std::set<ApplicationId> applications_;
    bool town_ = false;
    std::set<VaccineCode> vaccines_;
    std::set<VenueId> venues_;
    std::set<CallId> calls_;
    std::set<DeviceId> settings_;
    std::set<TextName> texts_;
    std::vector<StoredEnvelope> envelopes_;
    std::vector<StoredEnvelope> strays_;
    std::vector<WorklistEntry> worklist_;
    std::map<std::int64_t, Resolution> resolved_;
    std::vector<Settled> settled_;
};

}  // namespace mado::server
