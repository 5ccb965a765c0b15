// What was acknowledged is there after every power cut and every death of the process: the journal,
// the device's store and the server's on a disk that is cut between any two writes, for hundreds of
// seeds. Each count says that the cuts were worth the while.

#include "shared/journal/journal.h"
#include "sync/device/device_store.h"
#include "sync/server/booking/execute.h"
#include "sync/server/store/sqlite_store.h"
#include "tests/support/server/server_town.h"
#include "tests/unit/simulation/machine.h"

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace mado::tests {
namespace {

using sqlite::Database;

constexpr DeviceId kDevice{7};

void operator+=(DiskCounts& sum, const DiskCounts& more) {
    sum.writes += more.writes;
    sum.syncs += more.syncs;
    sum.kills += more.kills;
    sum.power_cuts += more.power_cuts;
    sum.cuts_that_lost += more.cuts_that_lost;
    sum.writes_lost += more.writes_lost;
    sum.writes_torn += more.writes_torn;
    sum.names_lost += more.names_lost;
}

void say(const char* what, const DiskCounts& sum, std::int64_t acknowledged) {
    std::printf(
        "%s: %lld acknowledged, %lld kills, %lld power cuts, of which %lld lost something: "
        "%lld writes lost, %lld torn, %lld names\n",
        what, static_cast<long long>(acknowledged), static_cast<long long>(sum.kills),
        static_cast<long long>(sum.power_cuts), static_cast<long long>(sum.cuts_that_lost),
        static_cast<long long>(sum.writes_lost), static_cast<long long>(sum.writes_torn),
        static_cast<long long>(sum.names_lost));
}

void expect_worth_the_while(const DiskCounts& sum, int seeds) {
    if (seeds == 1) return;
    EXPECT_GT(sum.power_cuts, 2 * seeds);
    EXPECT_GT(sum.kills, seeds / 2);
    EXPECT_GT(sum.cuts_that_lost, sum.power_cuts / 4);
    EXPECT_GT(sum.writes_lost, 2 * seeds);
    EXPECT_GT(sum.writes_torn, seeds / 4);
    EXPECT_GT(sum.names_lost, seeds / 10);
}

// ---- what runs on the machine, from one start of the program to the next

class Program {
  public:
    virtual ~Program() = default;

    virtual Result<void, IoError> start() = 0;
    virtual Result<void, IoError> do_something(Dice& dice) = 0;
    virtual void end() = 0;
    // Run after a start: says what is missing of what was acknowledged; empty where all is there.
    virtual std::string missing() = 0;
    virtual std::filesystem::path database() const = 0;
    virtual std::int64_t acknowledged() const = 0;
};

void die(Disk& disk, Dice& dice) {
    if (dice.percent(75)) {
        disk.power_cut();
    } else {
        disk.kill();
    }
}

// Starts it, again where the machine dies on the way.
void start_in_the_end(Program& program, Disk& disk, Dice& dice) {
    while (dice.percent(40)) {
        disk.cut_after(dice.between(1, 30));
        (void)program.start();
        program.end();
        die(disk, dice);
    }
    const auto started = program.start();
    ASSERT_TRUE(started.ok()) << started.error().what;
}

// What was found broken, in words; empty where nothing was.
std::string live_through_cuts(Program& program, Machine& machine, int lives, int changes_max) {
    Dice& dice = machine.dice;
    if (const auto started = program.start(); !started.ok()) return started.error().what;
    for (int life = 0; life < lives; ++life) {
        machine.disk.cut_after(dice.between(1, changes_max));
        while (program.do_something(dice).ok()) {
        }
        if (!machine.disk.cut_off()) return "an error without a cut";
        // Objects are destroyed before or after the next process comes; the dead do no harm.
        program.end();
        die(machine.disk, dice);
        start_in_the_end(program, machine.disk, dice);
        if (testing::Test::HasFatalFailure()) return "it does not start";
        const auto missing = program.missing();
        if (!missing.empty()) return missing;
        const auto integrity = integrity_of(program.database());
        if (integrity != "ok") return integrity;
    }
    program.end();
    return {};
}

// ---- the journal by itself

class JournalProgram final : public Program {
  public:
    JournalProgram(std::filesystem::path file, std::string settings)
        : file_(std::move(file)), settings_(std::move(settings)) {}

    Result<void, IoError> start() override {
        database_.emplace(MADO_TRY(Database::open(file_, sqlite::Access::ReadWrite)));
        MADO_TRY(database_->execute(settings_));
        MADO_TRY(database_->execute("CREATE TABLE IF NOT EXISTS effect (number INTEGER)"));
        journal_.emplace(MADO_TRY(Journal::open(*database_, kDevice, SealKey{})));
        return {};
    }

    Result<void, IoError> do_something(Dice& dice) override {
        const std::string body(static_cast<std::size_t>(dice.between(1, 3000)), 'x');
        const auto effect = [&](const Envelope& event) -> Result<void, IoError> {
            auto insert = MADO_TRY(database_->prepare("INSERT INTO effect VALUES (?)"));
            return insert.bind(1, event.number.number()).run();
        };
        kept_.push_back(MADO_TRY(journal_->append(body, now(), effect)));
        return {};
    }

    void end() override {
        journal_.reset();
        database_.reset();
    }

    std::string missing() override {
        const auto found = journal_->from(EventNumber(1), 100'000);
        if (!found.ok()) return found.error().what;
        if (found->size() < kept_.size()) return "acknowledged events are gone";
        if (found->size() > kept_.size() + 1) return "events from nowhere";
        if (!std::equal(kept_.begin(), kept_.end(), found->begin())) return "events have changed";
        const auto effects = number_from(*database_, "SELECT count(*) FROM effect");
        if (effects != journal_->last().number()) return "an event without its effect";
        // One that was written and not acknowledged was decided all the same.
        acknowledged_ += static_cast<std::int64_t>(kept_.size()) - seen_;
        kept_ = *found;
        seen_ = static_cast<std::int64_t>(kept_.size());
        return {};
    }

    std::filesystem::path database() const override { return file_; }
    std::int64_t acknowledged() const override { return acknowledged_; }

  private:
    std::filesystem::path file_;
    std::string settings_;
    std::optional<Database> database_;
    std::optional<Journal> journal_;
    std::vector<Envelope> kept_;
    std::int64_t seen_ = 0;
    std::int64_t acknowledged_ = 0;
};

TEST(PowerCut, LosesNoAcknowledgedEventOfTheJournal) {
    const auto all = seeds(400);
    DiskCounts sum;
    std::int64_t acknowledged = 0;
    for (const auto seed : all) {
        SCOPED_TRACE("MADO_SEED=" + std::to_string(seed));
        Machine machine(seed);
        // Small logs, so that cuts also fall into the moving of the log into the database.
        constexpr std::array<int, 3> kLogPages = {1000, 30, 8};
        const int pages = machine.dice.pick(kLogPages);
        JournalProgram program(machine.file("a.db"),
                               "PRAGMA wal_autocheckpoint = " + std::to_string(pages));
        ASSERT_EQ(live_through_cuts(program, machine, 5, 150), "");
        sum += machine.disk.counts();
        acknowledged += program.acknowledged();
    }
    say("journal", sum, acknowledged);
    expect_worth_the_while(sum, static_cast<int>(all.size()));
    EXPECT_GT(acknowledged, static_cast<std::int64_t>(10 * all.size()));
}

TEST(PowerCut, IsNoticedWhereADatabaseDoesNotSync) {
    int lost = 0;
    for (std::uint64_t seed = 1; seed <= 50; ++seed) {
        Machine machine(seed);
        JournalProgram program(machine.file("a.db"), "PRAGMA synchronous = OFF");
        // What was broken is said in words; a start that fails is a broken promise as well.
        const auto started = program.start();
        ASSERT_TRUE(started.ok());
        for (int i = 0; i < 20; ++i)
            ASSERT_TRUE(program.do_something(machine.dice).ok());
        machine.disk.power_cut();
        program.end();
        if (!program.start().ok() || !program.missing().empty()) ++lost;
        program.end();
    }
    EXPECT_GT(lost, 25);
}

// ---- a device's store

class DeviceProgram final : public Program {
  public:
    explicit DeviceProgram(std::filesystem::path folder) : folder_(std::move(folder)) {
        identity_.device = kDevice;
        identity_.roster_key.fill(7);
    }

    Result<void, IoError> start() override {
        store_.emplace(MADO_TRY(device::DeviceStore::open(folder_, identity_)));
        return {};
    }

    Result<void, IoError> do_something(Dice& dice) override {
        const SlotId slot(dice.between(1, 3));
        switch (dice.below(4)) {
            case 0: {
                const auto granted = granted_[slot] + 4;
                MADO_TRY(store_->raise_granted({{slot, granted}}));
                granted_[slot] = granted;
                return {};
            }
            case 1:
                if (kept_.empty()) return {};
                return store_->note_slip(kept_.back().id, dice.percent(50), Nonce{}, now());
            default:
                return book(slot);
        }
    }

    void end() override { store_.reset(); }

    std::string missing() override {
        for (const Booking& booking : kept_) {
            const auto found = store_->bookings_of(booking.person);
            if (!found.ok()) return found.error().what;
            if (std::ranges::find(*found, booking) == found->end()) return "a booking is gone";
        }
        for (const auto& [slot, granted] : granted_) {
            const auto lease = store_->facts().leases.find(slot);
            if (granted == 0) continue;
            if (lease == store_->facts().leases.end() || lease->second.granted < granted)
                return "a granted seat is gone";
            if (lease->second.used > lease->second.granted) return "sold beyond what is granted";
        }
        return {};
    }

    std::filesystem::path database() const override {
        return folder_ / ("device-" + kDevice.text() + ".db");
    }
    std::int64_t acknowledged() const override { return static_cast<std::int64_t>(kept_.size()); }

  private:
    Result<void, IoError> book(SlotId slot) {
        ++person_;
        auto booked =
            store_->book({PersonId(person_), 1, slot, {}}, Nonce{std::uint8_t(person_)}, now());
        if (booked.ok()) {
            kept_.push_back(std::move(booked).value());
        } else if (booked.error().kind != IoError::Kind::Refused) {
            return fail(std::move(booked).error());
        }
        return {};
    }

    std::filesystem::path folder_;
    device::Identity identity_;
    std::optional<device::DeviceStore> store_;
    std::map<SlotId, std::int64_t> granted_;
    std::vector<Booking> kept_;
    int person_ = 0;
};

TEST(PowerCut, LosesNoConfirmedBookingOfADevice) {
    const auto all = seeds(200);
    DiskCounts sum;
    std::int64_t acknowledged = 0;
    for (const auto seed : all) {
        SCOPED_TRACE("MADO_SEED=" + std::to_string(seed));
        Machine machine(seed);
        DeviceProgram program(machine.folder());
        ASSERT_EQ(live_through_cuts(program, machine, 5, 200), "");
        sum += machine.disk.counts();
        acknowledged += program.acknowledged();
    }
    say("device", sum, acknowledged);
    expect_worth_the_while(sum, static_cast<int>(all.size()));
    EXPECT_GT(acknowledged, static_cast<std::int64_t>(10 * all.size()));
}

// ---- the server's store

class ServerProgram final : public Program {
  public:
    explicit ServerProgram(std::filesystem::path file) : file_(std::move(file)) {
        MADO_CHECK(server::create_sqlite_store(file_, 1).ok());
        auto store = server::open_sqlite_store(file_).value();
        MADO_CHECK(std::holds_alternative<server::Imported>(
            server::execute(*store, server::SetTown{a_town()}, now())));
    }

    Result<void, IoError> start() override {
        store_ = MADO_TRY(server::open_sqlite_store(file_));
        reads_ = MADO_TRY(server::open_sqlite_reads(file_));
        return {};
    }

    // A batch of residents, looked at by a reader beside it.
    Result<void, IoError> do_something(Dice& dice) override {
        server::PutResidents batch;
        std::vector<Ticket> tickets;
        for (int i = dice.between(1, 20); i > 0; --i) {
            std::string digits = std::to_string(++residents_);
            digits.insert(0, 10 - digits.size(), '0');
            tickets.push_back(a_ticket(digits));
            batch.residents.push_back(
                {Personal<Ticket>(tickets.back()), Personal<BirthDate>(a_birth_date()), true, {}});
        }
        const auto outcome = server::execute(*store_, batch, now());
        if (const auto* error = std::get_if<IoError>(&outcome)) return fail(*error);
        MADO_CHECK(std::holds_alternative<server::Imported>(outcome));
        kept_.insert(kept_.end(), tickets.begin(), tickets.end());
        position_ = MADO_TRY(reads_->position());
        return {};
    }

    void end() override {
        reads_.reset();
        store_.reset();
    }

    std::string missing() override {
        if (reads_->position().value() < position_) return "the feed went back";
        for (const Ticket& ticket : kept_) {
            const auto person = reads_->person(ticket);
            if (!person.ok()) return person.error().what;
            if (!*person) return "a resident is gone";
        }
        const auto broken = broken_invariants(*reads_);
        return broken.empty() ? "" : broken.front();
    }

    std::filesystem::path database() const override { return file_; }
    std::int64_t acknowledged() const override { return static_cast<std::int64_t>(kept_.size()); }

  private:
    std::filesystem::path file_;
    std::unique_ptr<server::Store> store_;
    std::unique_ptr<server::Reads> reads_;
    std::vector<Ticket> kept_;
    FeedPosition position_;
    int residents_ = 0;
};

TEST(PowerCut, LosesNothingThatTheServerAnswered) {
    const auto all = seeds(150);
    DiskCounts sum;
    std::int64_t acknowledged = 0;
    for (const auto seed : all) {
        SCOPED_TRACE("MADO_SEED=" + std::to_string(seed));
        Machine machine(seed);
        ServerProgram program(machine.file("town.db"));
        ASSERT_EQ(live_through_cuts(program, machine, 5, 300), "");
        sum += machine.disk.counts();
        acknowledged += program.acknowledged();
    }
    say("server", sum, acknowledged);
    expect_worth_the_while(sum, static_cast<int>(all.size()));
    EXPECT_GT(acknowledged, static_cast<std::int64_t>(50 * all.size()));
}

}  // namespace
}  // namespace mado::tests
