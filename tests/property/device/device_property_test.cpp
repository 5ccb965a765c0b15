// Whatever the network, the power and the clock do: two kiosks and another channel sell a small
// town's seats while requests are lost, answers are lost, late or old ones come again, the disk
// fills up and the plug is pulled. Then everything is put right, and the books must agree.

#include "tests/support/device_in_town.h"

#include <set>

#include <gmock/gmock.h>

namespace mado::tests {
namespace {

using device::Lane;
using std::chrono::seconds;

constexpr int kPeople = 60;

Ticket ticket_of(int person) {
    return a_ticket("00000" + std::to_string(10'000 + person));
}

// What happened in one afternoon, to know that the interesting things did.
struct Tally {
    int kept = 0;
    int kept_offline = 0;
    int refused = 0;
    int lost_answers = 0;
    int old_answers = 0;
    int restarts = 0;
    int full_disks = 0;
    int doubled = 0;
    int epochs = 0;
    int repeats = 0;

    Tally& operator+=(const Tally& other) {
        kept += other.kept;
        kept_offline += other.kept_offline;
        refused += other.refused;
        lost_answers += other.lost_answers;
        old_answers += other.old_answers;
        restarts += other.restarts;
        full_disks += other.full_disks;
        doubled += other.doubled;
        epochs += other.epochs;
        repeats += other.repeats;
        return *this;
    }
};

class Afternoon {
  public:
    explicit Afternoon(std::uint64_t seed) : dice_(seed) {
        for (int day = 1; day <= 3; ++day) {
            for (int time = 0; time < 3; ++time) {
                Slot slot = a_slot(day * 10 + time, in_days(day));
                slot.starts += std::chrono::minutes(30 * time);
                slot.seats = seats(dice_.between(6, 9));
                town_.put(slot);
            }
        }
        for (int person = 1; person <= kPeople; ++person)
            town_.put(ticket_of(person), a_resident(person));
        town_.page_max = static_cast<std::size_t>(dice_.between(2, 40));
        town_.events_max = static_cast<std::size_t>(dice_.between(1, 20));
        town_.range_max = static_cast<std::size_t>(dice_.between(200, 3000));
        for (int id = 0; id < 2; ++id) {
            kiosks_.push_back(std::make_unique<DeviceInTown>(town_, 3 + id, seed * 2 + id));
            good_.push_back(straight_to(town_, DeviceId(3 + id)));
            plugged_in_.push_back(true);
        }
        for (std::size_t i = 0; i < kiosks_.size(); ++i)
            kiosks_[i]->other_end = [this, i](Lane lane, const HttpRequest& request) {
                return other_end(i, lane, request);
            };
    }

    Tally live() {
        for (int step = 0; step < 400 && !testing::Test::HasFailure(); ++step) {
            something_happens();
            check_while_it_lasts();
        }
        put_right();
        check_at_the_end();
        tally_.repeats = town_.repeats();
        return tally_;
    }

  private:
    std::optional<DeviceInTown::Outcome> other_end(std::size_t i, Lane lane,
                                                   const HttpRequest& request) {
        const auto gone = [] {
            return DeviceInTown::Outcome(fail(IoError{IoError::Kind::Unavailable, "cut"}));
        };
        if (!plugged_in_[i]) return gone();
        if (calm_) return good_[i](lane, request);
        if (dice_.percent(8)) return {};      // later
        if (dice_.percent(8)) return gone();  // the request was lost
        // An answer of before: of the same lane, to another request.
        auto& before = before_[{i, lane}];
        if (!before.body.empty() && dice_.percent(3)) {
            ++tally_.old_answers;
            return DeviceInTown::Outcome(before);
        }
        auto outcome = good_[i](lane, request);
        if (!outcome) return outcome;
        before = outcome->value();
        if (dice_.percent(10)) {
            ++tally_.lost_answers;
            return gone();
        }
        if (dice_.percent(3)) {
            HttpResponse half = before;
            half.body.resize(half.body.size() / 2);
            return DeviceInTown::Outcome(half);
        }
        return outcome;
    }

    void something_happens() {
        const auto i = static_cast<std::size_t>(dice_.below(2));
        DeviceInTown& kiosk = *kiosks_[i];
        const int what = dice_.below(100);
        if (what < 40) {
            kiosk.exchange(dice_.pick(device::kLanes));
        } else if (what < 55) {
            pass_time(Milliseconds(dice_.between(1, 8'000)));
        } else if (what < 85) {
            a_visit(i);
        } else if (what < 89) {
            plugged_in_[i] = !plugged_in_[i];
        } else if (what < 92) {
            restart(i);
        } else if (what < 95) {
            const auto slot = SlotId(dice_.between(1, 3) * 10 + dice_.below(3));
            town_.book_elsewhere(PersonId(dice_.between(1, kPeople)), slot);
        } else if (what < 97) {
            full_disk(i);
        } else {
            for (int round = 0; round < 20; ++round)
                kiosk.exchange(dice_.pick(device::kLanes));
        }
        gather(i);
    }

    void pass_time(Milliseconds by) {
        for (auto& kiosk : kiosks_)
            kiosk->advance(by);
    }

    void a_visit(std::size_t i) {
        const auto slot = SlotId(dice_.between(1, 3) * 10 + dice_.below(3));
        kiosks_[i]->book(a_resident(dice_.between(1, kPeople)), slot);
        if (dice_.percent(50)) gather(i);
    }

    void gather(std::size_t i) {
        DeviceInTown& kiosk = *kiosks_[i];
        while (const auto kept = kiosk.take<BookingKept>()) {
            const Booking& booking = kept->slip.booking;
            EXPECT_EQ(booking.id.device, kiosk.id());
            EXPECT_TRUE(promised_.emplace(booking.id, booking).second)
                << "the same booking was promised twice";
            ++tally_.kept;
            if (!plugged_in_[i]) ++tally_.kept_offline;
        }
        while (kiosk.take<BookingRefused>())
            ++tally_.refused;
    }

    void restart(std::size_t i) {
        kiosks_[i]->restart();
        cursors_.erase(i);
        ++tally_.restarts;
    }

    // The disk takes nothing while one thing happens.
    void full_disk(std::size_t i) {
        auto database =
            sqlite::Database::open(kiosks_[i]->database(), sqlite::Access::ReadWrite).value();
        const std::array tables = {"journal_event", "mark", "fact", "lease", "booking"};
        const std::string table = dice_.pick(tables);
        MADO_CHECK(database
                       .execute("CREATE TRIGGER full_disk BEFORE INSERT ON " + table +
                                " BEGIN SELECT RAISE(ABORT, 'full'); END")
                       .ok());
        a_visit(i);
        for (int round = 0; round < 4; ++round)
            kiosks_[i]->exchange(dice_.pick(device::kLanes));
        MADO_CHECK(database.execute("DROP TRIGGER full_disk").ok());
        ++tally_.full_disks;
    }

    void check_while_it_lasts() {
        for (std::size_t i = 0; i < kiosks_.size(); ++i) {
            const auto& facts = kiosks_[i]->engine().facts();
            for (const auto& [slot, lease] : facts.leases) {
                EXPECT_TRUE(lease.holds()) << "used more than granted in slot " << slot.text();
                EXPECT_LE(lease.granted, town_.lease(kiosks_[i]->id(), slot).granted)
                    << "holds what was never granted";
            }
            const auto& cursor = facts.cursor;
            EXPECT_GE(cursor, cursors_[i]) << "the cursor went back";
            EXPECT_LE(cursor, town_.position()) << "the cursor ran ahead";
            cursors_[i] = cursor;
        }
        for (const auto& broken : town_.broken())
            ADD_FAILURE() << broken;
        for (const auto& [id, slot] : town_.slots()) {
            EXPECT_GE(slot.seats.free(), 0);
            EXPECT_LE(slot.seats.booked + slot.seats.held, slot.seats.target) << "oversold";
        }
    }

    // The network and the disks are well again, and time passes.
    void put_right() {
        calm_ = true;
        for (std::size_t i = 0; i < kiosks_.size(); ++i)
            plugged_in_[i] = true;
        for (int round = 0; round < 6; ++round) {
            pass_time(seconds(31));
            for (std::size_t i = 0; i < kiosks_.size(); ++i) {
                kiosks_[i]->sync();
                gather(i);
            }
        }
    }

    void check_at_the_end() {
        check_while_it_lasts();
        for (const auto& [id, booking] : promised_) {
            const auto there = town_.bookings().find(id);
            if (there == town_.bookings().end()) {
                ADD_FAILURE() << "a promised booking never arrived";
                continue;
            }
            EXPECT_EQ(there->second.person, booking.person);
            EXPECT_EQ(there->second.slot, booking.slot);
            if (there->second.state == BookingState::Doubled) ++tally_.doubled;
        }
        // A kiosk may not know what others sold, but it always knows what it sold itself.
        std::set<std::pair<DeviceId, PersonId>> sold;
        for (const auto& [id, booking] : town_.bookings()) {
            if (id.device == DeviceId(0)) continue;
            EXPECT_TRUE(sold.emplace(id.device, booking.person).second)
                << "one kiosk booked the same person twice";
        }
        for (std::size_t i = 0; i < kiosks_.size(); ++i) {
            DeviceInTown& kiosk = *kiosks_[i];
            EXPECT_EQ(kiosk.status().backlog.unanswered, 0U);
            EXPECT_EQ(kiosk.status().cursor, town_.position());
            EXPECT_FALSE(kiosk.status().fenced);
            const auto& facts = kiosk.engine().facts();
            EXPECT_EQ(facts.slots, town_.slots()) << "the feed was not folded whole";
            for (const auto& [slot, lease] : facts.leases)
                EXPECT_EQ(lease, town_.lease(kiosk.id(), slot));
            check_people(kiosk);
        }
    }

    // Everybody who has a live booking is known to have one, at each kiosk.
    void check_people(DeviceInTown& kiosk) {
        std::set<PersonId> booked;
        for (const auto& [id, booking] : town_.bookings())
            booked.insert(booking.person);
        for (int person = 1; person <= kPeople; ++person) {
            const auto logged_in = kiosk.log_in(ticket_of(person));
            ASSERT_TRUE(logged_in);
            EXPECT_EQ(std::holds_alternative<HasBooking>(logged_in->standing),
                      booked.contains(PersonId(person)));
        }
    }

    Dice dice_;
    ModelServer town_;
    std::vector<std::unique_ptr<DeviceInTown>> kiosks_;
    std::vector<DeviceInTown::OtherEnd> good_;
    std::vector<bool> plugged_in_;
    std::map<std::pair<std::size_t, Lane>, HttpResponse> before_;
    std::map<std::size_t, FeedPosition> cursors_;
    std::map<BookingId, Booking> promised_;
    bool calm_ = false;
    Tally tally_;
};

TEST(DeviceProperty, WhateverFailsEveryPromiseArrivesOnceAndNoSeatIsSoldTwice) {
    Tally all;
    const auto seeds = tests::seeds(40);
    for (const auto seed : seeds) {
        SCOPED_TRACE("MADO_SEED=" + std::to_string(seed));
        all += Afternoon(seed).live();
        if (HasFailure()) return;
    }
    if (seeds.size() == 1) return;  // one afternoon that is played again
    EXPECT_GT(all.kept, 400) << "too few bookings to say anything";
    EXPECT_GT(all.kept_offline, 100);
    EXPECT_GT(all.refused, 400);
    EXPECT_GT(all.lost_answers, 100);
    EXPECT_GT(all.old_answers, 30);
    EXPECT_GT(all.restarts, 200);
    EXPECT_GT(all.full_disks, 100);
    EXPECT_GT(all.doubled, 20);
    EXPECT_GT(all.repeats, 60);
    std::printf(
        "kept %d (offline %d, doubled %d), refused %d, lost answers %d, old answers %d, "
        "restarts %d, full disks %d, repeats %d\n",
        all.kept, all.kept_offline, all.doubled, all.refused, all.lost_answers, all.old_answers,
        all.restarts, all.full_disks, all.repeats);
}

// A server that is restored from a backup again and again: what was promised is there at the end.
TEST(DeviceProperty, ARestoredServerHasEveryPromiseAgain) {
    int promised_all = 0;
    int lost_all = 0;
    for (const auto seed : tests::seeds(15)) {
        SCOPED_TRACE("MADO_SEED=" + std::to_string(seed));
        Dice dice(seed);
        ModelServer town;
        for (int slot = 10; slot < 14; ++slot) {
            Slot wide = a_slot(slot, in_days(3));
            wide.seats = seats(40);
            town.put(wide);
        }
        DeviceInTown kiosk(town, 3, seed);
        kiosk.sync();
        ModelServer backup = town;
        std::map<BookingId, Booking> promised;
        for (int person = 1; person <= 40; ++person) {
            kiosk.book(a_resident(person), SlotId(dice.between(10, 13)));
            if (dice.percent(70)) kiosk.sync();
            kiosk.advance(seconds(dice.between(1, 40)));
            if (dice.percent(70)) kiosk.sync();
            while (const auto kept = kiosk.take<BookingKept>())
                promised.emplace(kept->slip.booking.id, kept->slip.booking);
            if (dice.percent(5)) backup = town;
            if (dice.percent(8)) {
                const auto before = town.bookings().size();
                const auto epoch = town.position().epoch;
                town = backup;
                while (town.position().epoch <= epoch)
                    town.begin_epoch();
                backup = town;
                lost_all += static_cast<int>(before - town.bookings().size());
            }
            if (dice.percent(5)) kiosk.restart();
        }
        for (int round = 0; round < 6; ++round) {
            kiosk.advance(seconds(31));
            kiosk.sync();
        }
        while (const auto kept = kiosk.take<BookingKept>())
            promised.emplace(kept->slip.booking.id, kept->slip.booking);
        EXPECT_EQ(kiosk.status().backlog.unanswered, 0U);
        EXPECT_FALSE(kiosk.status().fenced);
        for (const auto& [id, booking] : promised)
            EXPECT_TRUE(town.bookings().contains(id)) << "a promise was lost with the old server";
        for (const auto& broken : town.broken())
            ADD_FAILURE() << broken;
        promised_all += static_cast<int>(promised.size());
        if (HasFailure()) return;
    }
    EXPECT_GT(promised_all, 150);
    EXPECT_GT(lost_all, 30) << "the restores no longer lose anything";
}

}  // namespace
}  // namespace mado::tests
