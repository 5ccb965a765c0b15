#pragma once

// A town at the central server for tests: a store with vaccines, three venues, slots and residents,
// devices that keep their chain as a real one does, and the invariants that hold after every
// commit.

#include "sync/protocol/event_json.h"
#include "sync/server/booking/execute.h"
#include "sync/server/store/sqlite_store.h"
#include "tests/support/builders.h"
#include "tests/support/scratch_folder.h"

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace mado::server {

// Of events that name no dose record.
inline std::vector<ReceivedEvent> received(std::vector<Envelope> envelopes) {
    return received(std::move(envelopes), [](std::string_view) { return std::nullopt; });
}

}  // namespace mado::server

namespace mado::tests {

// A device's end of the chain.
class ChainedDevice {
  public:
    explicit ChainedDevice(DeviceId id) : id_(id) {}

    DeviceId id() const { return id_; }
    // Writes the next event. Copies of a device go different ways from there, as clones do.
    Envelope write(const EventBody& body);
    // A sale of one seat by the lease's level after it.
    Envelope sell(PersonId person, SlotId slot, std::int64_t used, int dose = 1);
    EventNumber next_number() const { return EventNumber(last_.number() + 1); }

    // What makes two copies of one disk differ.
    std::uint8_t nonce = 0;

  private:
    DeviceId id_;
    EventNumber last_;
    Digest head_ = kChainStart;
};

class ServerTown {
  public:
    // Slots 1 to 3 of venue 1 (Pfizer) on the next Monday, ten seats each; slot 4 of venue 2
    // (Moderna). People 1 to 20, born in 1939, with tickets 0000000001 and on.
    ServerTown();

    server::Store& store() { return *store_; }
    server::Reads& reads() { return *reads_; }
    const std::filesystem::path& file() const { return file_; }

    server::Outcome run(const server::Command& command);
    // The outcome of that kind; any other ends the test program.
    template <class Kind>
    Kind must(const server::Command& command) {
        server::Outcome outcome = run(command);
        MADO_CHECK(std::holds_alternative<Kind>(outcome));
        return std::get<Kind>(std::move(outcome));
    }
    std::vector<server::Outcome> run_all(const std::vector<server::Command>& commands);

    // A device that staff let in.
    ChainedDevice a_device();
    std::int64_t grant(const ChainedDevice& device, SlotId slot, std::int64_t level);
    server::EventsIngested push(const ChainedDevice& device, std::vector<Envelope> events);
    Answer push_one(const ChainedDevice& device, const Envelope& event);

    Slot slot(std::int64_t id);
    std::vector<server::BookingEntry> bookings();
    BookingState state_of(const BookingId& id);
    // Reasons of open rows, in order.
    std::vector<std::string> worklist();
    server::Device device(DeviceId id);

    Instant now = tests::now();

  private:
    void fill();

    ScratchFolder folder_;
    std::filesystem::path file_;
    std::unique_ptr<server::Store> store_;
    std::unique_ptr<server::Reads> reads_;
    int devices_ = 0;
};

// Says what does not hold of the design's invariants, in words; empty where all hold. Follows the
// feed from where it was the last time, as a device does.
class Inspector {
  public:
    explicit Inspector(server::Reads& reads) : reads_(reads) {}

    std::vector<std::string> broken();

  private:
    void want(bool holds, const std::string& claim);
    void seats_add_up(const std::vector<server::BookingEntry>& bookings);
    void nobody_is_expected_twice(const std::vector<server::BookingEntry>& bookings);
    void chains_verify();
    void follow_the_feed();
    void feed_tells_what_a_snapshot_holds();
    void town_knows_its_kiosks();

    server::Reads& reads_;
    std::vector<std::string> broken_;
    // What a device that followed every change would have.
    FeedPosition at_;
    std::optional<Town> town_;
    std::map<SlotId, Slot> slots_;
    std::map<BookingId, Booking> bookings_;
    std::map<ApplicationId, Application> applications_;
    std::map<Ticket, Resident> residents_;
};

// One look at a town that nobody inspected before.
std::vector<std::string> broken_invariants(server::Reads& reads);

}  // namespace mado::tests
