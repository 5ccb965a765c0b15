// Random commands against a simple model, with the invariants after every commit.
//
// The model is of devices, since what they hold is what the server must honour: each knows what it
// was granted and what it sold, writes its chain, loses answers and sends again. A sale within what
// was granted must be accepted with its seat, whatever else goes on: other devices, the web, cuts
// and closings of slots, cancellations, imports, and batches that are decided together.

#include "tests/support/dice.h"
#include "tests/support/server/server_town.h"

#include <map>
#include <set>

#include <gmock/gmock.h>

namespace mado::server {
namespace {

using testing::IsEmpty;
using tests::ChainedDevice;
using tests::Dice;
using tests::ServerTown;

constexpr int kPeople = 20;
constexpr int kSlots = 4;

struct Seen {
    int sales = 0;
    int doubled = 0;
    int moved = 0;
    int denied = 0;
    int cut = 0;
    int cancelled = 0;
    int resent = 0;
    int fenced = 0;
    int taken_back = 0;
    std::map<std::string, int> resolved;
};

// A device as it knows itself.
struct ModelDevice {
    ChainedDevice chain;
    std::map<SlotId, Lease> leases{};
    std::vector<Envelope> unanswered{};
    std::vector<Envelope> answered{};
    // Every sale that it confirmed on paper.
    std::vector<BookingId> slips{};
    bool out = false;
};

class Afternoon {
  public:
    explicit Afternoon(std::uint64_t seed) : dice_(seed) {
        for (int i = 0; i < 3; ++i)
            devices_.push_back({town_.a_device()});
    }

    Seen live() {
        for (int i = 0; i < 50; ++i) {
            std::vector<Command> batch;
            const int size = dice_.between(1, 6);
            for (int j = 0; j < size; ++j)
                batch.push_back(something());
            const auto outcomes = town_.run_all(batch);
            for (std::size_t j = 0; j < batch.size(); ++j)
                learn(batch[j], outcomes[j]);
            town_.now += std::chrono::seconds(dice_.between(0, 90));
            EXPECT_THAT(inspector_.broken(), IsEmpty());
            if (testing::Test::HasFailure()) return seen_;
        }
        everybody_pushes();
        what_was_promised_is_there();
        return seen_;
    }

  private:
    Command something() {
        const int what = dice_.below(100);
        if (what < 60) return of_a_device(dice_.pick(devices_));
        if (what < 70) return BookFree{somebody(), 1, some_slot()};
        if (what < 78) return cancel_something();
        if (what < 86) return cut_something();
        if (what < 92) return decide_about_something();
        if (what < 93) return lose(dice_.pick(devices_));
        if (what < 96) return ReturnSeats{dice_.pick(devices_).chain.id(), "鈴木"};
        return decide_about_something();
    }

    // A row of the worklist as it stood before this batch, and anything that it offers.
    Command decide_about_something() {
        const auto rows = town_.reads().worklist(true).value();
        if (rows.empty()) return NoteSeen{dice_.pick(devices_).chain.id()};
        const auto& row =
            rows[static_cast<std::size_t>(dice_.below(static_cast<int>(rows.size())))];
        const auto choices = rule_of(row.reason, row.booking.has_value()).choices;
        const auto choice =
            choices[static_cast<std::size_t>(dice_.below(static_cast<int>(choices.size())))];
        ResolveRow command{row.id, choice, "鈴木"};
        if (choice == Choice::Moved || choice == Choice::Booked || dice_.percent(20))
            command.slot = some_slot();
        return command;
    }

    PersonId somebody() { return PersonId(dice_.between(1, kPeople)); }
    SlotId some_slot() { return SlotId(dice_.between(1, kSlots)); }

    Command of_a_device(ModelDevice& device) {
        if (dice_.percent(45)) {
            const SlotId slot = some_slot();
            const std::int64_t level = device.leases[slot].used + dice_.between(1, 4);
            return RaiseLeases{device.chain.id(), {{slot, level}}};
        }
        for (int i = dice_.between(1, 4); i > 0; --i)
            decide_something(device);
        std::vector<Envelope> events = device.unanswered;
        if (dice_.percent(20) && !device.answered.empty()) {
            // An answer that was lost: the event comes once more.
            events.insert(events.begin(), device.answered.back());
            ++seen_.resent;
        }
        return IngestEvents{device.chain.id(), received(std::move(events))};
    }

    void decide_something(ModelDevice& device) {
        const SlotId slot = some_slot();
        Lease& lease = device.leases[slot];
        if (dice_.percent(10)) {
            device.unanswered.push_back(device.chain.write(Started{}));
        } else if (lease.left() > 0 && dice_.percent(80)) {
            ++lease.used;
            device.slips.push_back({device.chain.id(), device.chain.next_number()});
            device.unanswered.push_back(device.chain.sell(somebody(), slot, lease.used));
        } else if (lease.left() > 0) {
            lease.used = lease.granted;
            device.unanswered.push_back(device.chain.write(SeatsReturned{slot, lease.used}));
        }
    }

    Command cancel_something() {
        const auto bookings = town_.bookings();
        if (bookings.empty()) return NoteSeen{devices_[0].chain.id()};
        const auto& entry =
            bookings[static_cast<std::size_t>(dice_.below(static_cast<int>(bookings.size())))];
        const std::int64_t stale = dice_.percent(20) ? 1 : 0;
        return CancelBooking{entry.booking.id, entry.booking.version - stale};
    }

    Command cut_something() {
        const Slot slot = town_.slot(some_slot().number());
        const int target = dice_.percent(20) ? 0 : dice_.between(1, 25);
        ++seen_.cut;
        return PutSlots{{{slot.venue, slot.date, slot.starts, slot.length, slot.vaccine, target}}};
    }

    Command lose(ModelDevice& device) {
        // One device always stays, so that the afternoon goes on.
        if (device.chain.id() == devices_[0].chain.id()) return NoteSeen{device.chain.id()};
        return DeclareLost{device.chain.id(), "佐藤"};
    }

    ModelDevice& device_of(DeviceId id) {
        for (ModelDevice& device : devices_) {
            if (device.chain.id() == id) return device;
        }
        MADO_CHECK(!"one of ours");
        return devices_[0];
    }

    void learn(const Command& command, const Outcome& outcome) {
        if (const auto* error = std::get_if<IoError>(&outcome)) ADD_FAILURE() << error->what;
        if (const auto* push = std::get_if<IngestEvents>(&command)) {
            hear(device_of(push->device), std::get<EventsIngested>(outcome));
        } else if (const auto* raise = std::get_if<RaiseLeases>(&command)) {
            if (const auto* raised = std::get_if<LeasesRaised>(&outcome)) {
                Lease& lease = device_of(raise->device).leases[raised->levels[0].slot];
                EXPECT_GE(raised->levels[0].granted, lease.granted);
                // An answer may be lost on its way; the level stays what it was.
                if (dice_.percent(90)) lease.granted = raised->levels[0].granted;
            }
        } else if (const auto* lost = std::get_if<DeclareLost>(&command)) {
            device_of(lost->device).out = true;
        } else if (std::holds_alternative<ReturnSeats>(command)) {
            if (std::holds_alternative<DeviceStands>(outcome)) ++seen_.taken_back;
        }
        if (std::holds_alternative<BookingDenied>(outcome)) ++seen_.denied;
        if (std::holds_alternative<BookingCancelled>(outcome)) ++seen_.cancelled;
        if (const auto* resolved = std::get_if<RowResolved>(&outcome)) {
            ++seen_.resolved[resolved->row.resolution->done];
        }
    }

    void hear(ModelDevice& device, const EventsIngested& told) {
        EXPECT_FALSE(told.expected) << "nothing was skipped";
        if (told.fenced) device.out = true;
        for (const Answer& answer : told.answers)
            judge(device, answer);
        if (dice_.percent(15)) return;  // the answer got lost
        for (const Answer& answer : told.answers)
            forget(device, answer.number);
    }

    void judge(const ModelDevice& device, const Answer& answer) {
        EXPECT_LE(answer.position, town_.reads().position().value());
        const bool fenced = answer.reason == "fenced";
        EXPECT_TRUE(!fenced || device.out);
        seen_.fenced += fenced ? 1 : 0;
        seen_.doubled += answer.reason == "doubled" ? 1 : 0;
        seen_.moved += answer.reason == "slot-closed" ? 1 : 0;
        // A device that sells only what it holds is never told that there was no seat.
        EXPECT_THAT(answer.reason, testing::AnyOf("", "doubled", "slot-closed", "fenced"));
    }

    void forget(ModelDevice& device, EventNumber number) {
        auto& waiting = device.unanswered;
        for (auto it = waiting.begin(); it != waiting.end(); ++it) {
            if (it->number != number) continue;
            device.answered.push_back(*it);
            waiting.erase(it);
            return;
        }
    }

    void everybody_pushes() {
        for (ModelDevice& device : devices_) {
            const auto told = town_.push(device.chain, device.unanswered);
            EXPECT_EQ(told.answers.size(), device.unanswered.size());
        }
        EXPECT_THAT(inspector_.broken(), IsEmpty());
    }

    // Invariant 3: every slip is a booking at the server, or on the worklist with its reason.
    void what_was_promised_is_there() {
        std::set<BookingId> known;
        for (const auto& entry : town_.bookings())
            known.insert(entry.booking.id);
        for (const auto& row : town_.reads().worklist(false).value()) {
            if (row.booking) known.insert(*row.booking);
        }
        for (const ModelDevice& device : devices_) {
            for (const BookingId& slip : device.slips) {
                ++seen_.sales;
                EXPECT_TRUE(known.contains(slip)) << "a slip is nowhere";
            }
        }
    }

    Dice dice_;
    ServerTown town_;
    tests::Inspector inspector_{town_.reads()};
    std::vector<ModelDevice> devices_;
    Seen seen_;
};

TEST(ServerTownProperty, HoldsItsInvariantsThroughAnyAfternoon) {
    Seen all;
    int afternoons = 0;
    for (const auto seed : tests::seeds(40)) {
        SCOPED_TRACE("MADO_SEED=" + std::to_string(seed));
        const Seen seen = Afternoon(seed).live();
        if (HasFailure()) return;
        ++afternoons;
        all.sales += seen.sales;
        all.doubled += seen.doubled;
        all.moved += seen.moved;
        all.denied += seen.denied;
        all.cancelled += seen.cancelled;
        all.resent += seen.resent;
        all.fenced += seen.fenced;
        all.taken_back += seen.taken_back;
        for (const auto& [done, count] : seen.resolved)
            all.resolved[done] += count;
    }
    if (afternoons < 40) return;  // one seed alone was asked for
    EXPECT_GT(all.sales, 600);
    EXPECT_GT(all.doubled, 100);
    EXPECT_GT(all.moved, 40);
    EXPECT_GT(all.denied, 200);
    EXPECT_GT(all.cancelled, 200);
    EXPECT_GT(all.resent, 100);
    EXPECT_GT(all.fenced, 40);
    EXPECT_GT(all.taken_back, 20);
    for (const char* done : {"kept", "cancelled", "moved", "seats-returned"}) {
        EXPECT_GT(all.resolved[done], 10) << done;
    }
    EXPECT_GT(all.resolved["booked"], 5) << "few slips are kept aside, and fewer find a seat";
}

}  // namespace
}  // namespace mado::server
