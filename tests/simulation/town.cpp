#include "tests/simulation/town.h"

#include "sync/protocol/dose_record.h"
#include "sync/server/booking/restore.h"
#include "tests/support/builders.h"

#include <algorithm>
#include <array>
#include <utility>

namespace mado::simulation {

namespace {

using namespace server;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr int kPeople = 40;
constexpr int kSlotDays = 14;
// In an outage so many more come each day for the first time.
constexpr int kNewcomersADay = 3;
// What happens comes so much less often in an outage, and a kiosk looks for a network only now and
// then: a month is lived through in seconds.
constexpr int kOutageSlower = 4;
constexpr Milliseconds kOutageTry = hours(1);
constexpr const char* kStaff = "佐藤";
// Once the faults have ended: the longest pause of a lane, a long poll, a snapshot, and room.
constexpr Milliseconds kRestMax = minutes(10);

Digest digest_of(const std::string& text) {
    return sha256(bytes_of(text));
}

class SimulatedTown {
  public:
    explicit SimulatedTown(const Plan& plan)
        : plan_(plan),
          dice_(plan.seed),
          timeline_(tests::now()),
          true_clock_(timeline_),
          disk_chance_(plan.seed + 1),
          disks_({disk_chance_, true_clock_, [](Milliseconds) {}}),
          server_disk_(disks_.add("server", plan.seed + 2)),
          server_(timeline_, tests::Disks::folder("server"), folder_ / "rosters",
                  [this] { books_.committed(); }),
          books_(timeline_, server_) {}
    // What the server still has to answer belongs to the kiosks' cables.
    ~SimulatedTown() { server_.kill(); }
    SimulatedTown(const SimulatedTown&) = delete;
    SimulatedTown& operator=(const SimulatedTown&) = delete;

    Report run() {
        make();
        // An outage begins while people are there.
        const bool ends_early = plan_.outage_days > 0;
        live_on(hours(24) * (plan_.days - 1) + hours(ends_early ? 6 : 8));
        live_through_an_outage();
        come_to_rest();
        return report();
    }

  private:
    // Where a kiosk stands, with its disk.
    struct Place {
        std::unique_ptr<KioskMachine> kiosk;
        tests::Disk& disk;
        bool disk_troubled = false;
        std::optional<tests::DiskImage> image;
    };
    struct Backup {
        tests::DiskImage disk;
        ServerBooks books;
    };

    bool over() const { return books_.breach().has_value(); }

    // With people and with faults, as they are at this time.
    void live_on(Milliseconds time) {
        if (over()) return;
        ++season_;
        people_come();
        if (!outage_) {
            for (auto& place : places_)
                weather_changes(*place.kiosk);
        }
        kiosks_die();
        the_server_dies();
        the_server_is_restored();
        disks_go_wrong();
        old_disks_come_back();
        clocks_go_wrong();
        staff_work();
        other_channels_work();
        go_on(time);
    }

    void go_on(Milliseconds time) {
        const Instant end = timeline_.now() + time;
        while (!over() && timeline_.now() < end)
            step();
    }

    // The town's cable is cut for days, and neither people nor troubles stay away.
    void live_through_an_outage() {
        if (over() || plan_.outage_days == 0) return;
        // Often the server's last answers of before are lost to it while nobody can hear of that:
        // it comes back from a backup which does not hold them.
        const bool loses = !plan_.without.contains(Trouble::Restores) && dice_.percent(75);
        if (loses && nobody_is_fenced()) {
            back_up();
            restore_after(hours(1) + about(hours(2)));
            live_on(minutes(30));
        }
        books_.note("town", "has no network any more");
        outage_ = true;
        const int promises_before = books_.promises();
        for (Place& place : places_) {
            Weather down;
            down.down = true;
            place.kiosk->link().set(down);
            place.kiosk->try_every(kOutageTry);
        }
        // It ends at any hour of a day.
        live_on(hours(24) * plan_.outage_days + minutes(dice_.below(24 * 60)));
        if (over()) return;
        outage_ = false;
        promised_offline_ = books_.promises() - promises_before;
        for (Place& place : places_) {
            if (place.kiosk->runs()) {
                queued_ = std::max(queued_, place.kiosk->engine()->status().backlog.unanswered);
            }
            place.kiosk->link().set(Weather{});
            place.kiosk->try_every(Milliseconds(0));
        }
        books_.note("town", "has a network again");
        if (backup_ && nobody_is_fenced() && dice_.percent(50)) restore_server();
        // All is well from then on, or as bad as ever.
        if (dice_.percent(50)) live_on(hours(8));
    }

    // A disk that was cut off in the middle of a happening takes its machine along.
    void step() {
        timeline_.step();
        for (Place& place : places_) {
            if (!place.disk.cut_off()) continue;
            stop(place);
            start_after(minutes(3), place);
        }
        if (!server_disk_.cut_off()) return;
        stop_server();
        start_server_after(minutes(1));
    }

    // ---- a new town

    template <class Kind>
    Kind must(const Command& command) {
        Outcome outcome = server_.by_hand(command);
        MADO_CHECK(std::holds_alternative<Kind>(outcome));
        return std::get<Kind>(std::move(outcome));
    }

    void make() {
        server_.create();
        MADO_CHECK(server_.start().ok());
        Town town = tests::a_town();
        town.shares = some_shares();
        must<Imported>(SetTown{town});
        PutVaccines vaccines;
        for (const auto& [code, vaccine] : tests::vaccines())
            vaccines.vaccines.push_back(vaccine);
        must<Imported>(vaccines);
        PutVenues venues;
        const std::array codes = {"pfizer", "moderna", "pfizer"};
        for (const auto& [id, venue] : tests::venues(3))
            venues.venues.push_back({venue, tests::a_vaccine_code(codes[venues.venues.size()])});
        must<Imported>(venues);
        must<Imported>(plan_slots());
        make_people();
        open_readers();
        for (int count = 0; count < plan_.devices; ++count)
            add_kiosk();
    }

    // In every other town, seats are shared out.
    Shares some_shares() {
        tests::Dice dice(plan_.seed + 3);
        Shares shares;
        if (dice.percent(50)) return shares;
        if (dice.percent(60)) shares.kiosk = dice.between(30, 80);
        if (dice.percent(40)) shares.web = dice.between(5, 20);
        if (dice.percent(70)) shares.second_doses = dice.between(10, 60);
        shares.second_doses_open_days = dice.between(0, 4);
        return shares;
    }

    int slot_days() const { return kSlotDays + plan_.outage_days; }

    PutSlots plan_slots() {
        PutSlots plan;
        for (int day = 1; day <= slot_days(); ++day) {
            for (const auto& [venue, vaccine] :
                 {std::pair(1, "pfizer"), std::pair(2, "moderna"), std::pair(3, "pfizer")}) {
                if (dice_.percent(40)) continue;
                plan.slots.push_back({VenueId(venue), tests::in_days(day),
                                      tests::a_time(dice_.percent(50) ? "09:30" : "14:00"),
                                      minutes(30), tests::a_vaccine_code(vaccine),
                                      dice_.between(1, 30)});
            }
        }
        return plan;
    }

    void make_people() {
        PutResidents residents;
        PutResults results;
        std::vector<Ticket> tickets;
        for (int i = 1; i <= kPeople + kNewcomersADay * plan_.outage_days; ++i) {
            std::string digits = std::to_string(1'000'000'000 + dice_.below(1'000'000'000));
            const Ticket ticket = tests::a_ticket(digits);
            const auto birth =
                tests::a_birth_date(dice_.between(1930, 1990) * 10'000 +
                                    dice_.between(1, 12) * 100 + dice_.between(1, 28));
            residents.residents.push_back({Personal(ticket), Personal(birth), true, {}});
            people_.push_back({ticket, birth, PersonId()});
            if (!dice_.percent(30)) continue;
            const auto* vaccine = dice_.percent(70) ? "pfizer" : "moderna";
            const Dose dose{1, tests::in_days(-dice_.between(5, 40)),
                            tests::a_vaccine_code(vaccine), "", ""};
            results.results.push_back({Personal(ticket), dose});
        }
        must<Imported>(residents);
        must<Imported>(results);
        const auto reads = open_sqlite_reads(server_.database()).value();
        for (Resident& person : people_)
            person.person = reads->person(person.ticket).value()->id;
        hand_out_records();
    }

    // Some had dose 1 so lately that the town has not heard of it, and hold a record of it; a few
    // have one that is not theirs.
    void hand_out_records() {
        tests::Dice dice(plan_.seed + 4);
        const auto& key = server_.town_key();
        const auto sign = [&key](std::span<const std::uint8_t> bytes) { return key.sign(bytes); };
        const auto signer = sync::signer_of_town(tests::a_municipality(), key.public_key(), sign);
        for (Resident& person : people_) {
            if (!dice.percent(25)) continue;
            const PersonId whose = dice.percent(80) ? person.person : dice.pick(people_).person;
            const auto* vaccine = dice.percent(70) ? "pfizer" : "moderna";
            const DoseRecord dose{1, tests::in_days(-dice.between(0, 30)),
                                  tests::a_vaccine_code(vaccine)};
            person.record = sync::write_statement({tests::a_municipality(), whose, dose,
                                                   tests::a_time("14:00"), VenueId(1), DeviceId(0)},
                                                  signer);
        }
    }

    // A code, a key and staff's confirmation, as enrolment has it. No value where the server's disk
    // does not take it.
    std::optional<std::pair<device::Identity, Digest>> enrol() {
        const std::string name = "device " + std::to_string(++enrolled_);
        const Digest code = digest_of("code of " + name);
        const Digest key = digest_of("key of " + name);
        device::Identity identity;
        dice_.fill(identity.roster_key);
        server_.by_hand(AddCode{code, timeline_.now() + hours(1'000), "kiosk", name, VenueId(1)});
        const Outcome pending = server_.by_hand(RequestEnrolment{code, key, "a request"});
        const auto* asked = std::get_if<DeviceStands>(&pending);
        if (asked == nullptr) return {};
        identity.device = asked->device.id;
        const Outcome confirmed = server_.by_hand(
            ConfirmDevice{identity.device, "a certificate", "an endorsement",
                          Bytes(identity.roster_key.begin(), identity.roster_key.end())});
        if (!std::holds_alternative<DeviceStands>(confirmed)) return {};
        identity.authority = server_.town_key().public_key();
        identity.signer.sign = [](std::span<const std::uint8_t>) { return sync::Signature{}; };
        return std::pair(identity, key);
    }

    void add_kiosk() {
        const auto enrolled = enrol();
        MADO_CHECK(enrolled);
        const std::string name = "kiosk-" + std::to_string(places_.size() + 1);
        tests::Disk& disk = disks_.add(name, dice_.number());
        places_.push_back({std::make_unique<KioskMachine>(
                               KioskMachine::World{timeline_, server_, dice_, books_},
                               tests::Disks::folder(name), enrolled->first, enrolled->second),
                           disk, false, std::nullopt});
        MADO_CHECK(places_.back().kiosk->start().ok());
    }

    // ---- what happens again and again

    // Between half and one and a half times as long.
    Milliseconds about(Milliseconds pause) {
        const auto length = static_cast<std::uint64_t>(pause.count());
        return pause / 2 + Milliseconds(dice_.number() % (length + 1));
    }

    Milliseconds pace(Milliseconds pause) const { return outage_ ? pause * kOutageSlower : pause; }
    // What takes a kiosk out of the town for the rest of an outage comes once in it, or not at all.
    Milliseconds pace_of_a_loss(Milliseconds pause) const {
        return outage_ ? hours(24) * plan_.outage_days : pause;
    }

    // Until the season ends, every `pause` or so.
    template <class Happening>
    void again_and_again(Trouble trouble, Milliseconds pause, Happening happening) {
        if (!plan_.without.contains(trouble)) again_and_again(pause, std::move(happening));
    }
    template <class Happening>
    void again_and_again(Milliseconds pause, Happening happening) {
        timeline_.after(about(pause), [this, season = season_, pause, happening] {
            if (season != season_) return;
            happening();
            again_and_again(pause, happening);
        });
    }

    // The first ones come on any day, the others from a day of an outage on.
    Resident& somebody() {
        const auto days = std::chrono::floor<std::chrono::days>(timeline_.since_start()).count();
        const auto known = kPeople + kNewcomersADay * static_cast<int>(days);
        return people_[static_cast<std::size_t>(
            dice_.below(std::min(known, static_cast<int>(people_.size()))))];
    }

    void people_come() {
        again_and_again(pace(minutes(2)), [this] {
            const auto hour = time_in_japan(timeline_.now());
            if (hour < hours(9) || hour >= hours(17)) return;
            KioskMachine& kiosk = *dice_.pick(places_).kiosk;
            if (!kiosk.free()) return;
            const std::array manners = {Manner::Sensible,  Manner::Sensible, Manner::Sensible,
                                        Manner::Forgetful, Manner::Hasty,    Manner::Leaves};
            // Some come back at once, since they forgot what was said.
            if (!dice_.percent(25)) visitor_ = somebody();
            if (!visitor_) return;
            kiosk.receive(Visitor(*visitor_, dice_.pick(manners)));
        });
    }

    void weather_changes(KioskMachine& machine) {
        again_and_again(Trouble::Weather, minutes(12), [this, &machine] {
            Weather weather;
            const int roll = dice_.below(100);
            if (roll < 25) {
                weather.down = true;
            } else if (roll < 60) {
                weather.request_lost = dice_.below(40);
                weather.request_repeated = dice_.below(40);
                weather.answer_lost = dice_.below(40);
                weather.answer_cut = dice_.below(30);
                weather.page_instead = dice_.below(20);
                weather.failure = dice_.below(20);
                weather.slow = dice_.below(60);
            } else if (roll < 65) {
                weather.page_instead = 100;
            } else if (roll < 70) {
                weather.answer_lost = 100;  // one way only
            }
            machine.link().set(weather);
            books_.note(machine.name(), weather.down ? "has no network" : "has another network");
        });
    }

    void kiosks_die() {
        again_and_again(Trouble::KioskDeaths, pace(minutes(25)), [this] {
            Place& place = dice_.pick(places_);
            if (!place.kiosk->runs()) return;
            // Between two happenings, or in the middle of one: between any two writes.
            if (dice_.percent(50)) return place.disk.cut_after(dice_.between(1, 30));
            stop(place);
            start_after(minutes(3), place);
        });
    }

    void the_server_dies() {
        again_and_again(Trouble::ServerDeaths, pace(minutes(50)), [this] {
            if (!server_.runs()) return;
            if (dice_.percent(50)) return server_disk_.cut_after(dice_.between(1, 60));
            stop_server();
            start_server_after(minutes(1));
        });
    }

    // Yesterday's backup is put in the place of the server's disk. What a fenced kiosk had sent
    // since, it does not send again; so there is none, and none comes in between.
    void the_server_is_restored() {
        again_and_again(Trouble::Restores, pace(hours(3)), [this] {
            if (!nobody_is_fenced()) return;
            back_up();
            restore_after(about(pace(hours(1))));
        });
    }

    void back_up() { backup_ = Backup{server_disk_.image(), books_.server_books()}; }

    void restore_after(Milliseconds pause) {
        timeline_.after(pause, [this] {
            if (!calm_ && backup_ && nobody_is_fenced()) restore_server();
        });
    }

    bool nobody_is_fenced() const {
        return std::ranges::all_of(places_, [](const Place& place) {
            return place.kiosk->runs() && !place.kiosk->engine()->status().fenced;
        });
    }

    void restore_server() {
        const Backup backup = *std::exchange(backup_, std::nullopt);
        books_.note("server", "is restored from a backup");
        stop_server();
        mend(server_disk_);
        server_disk_.restore(backup.disk);
        books_.server_restored(backup.books);
        const auto reads = open_sqlite_reads(server_.database());
        MADO_CHECK(reads.ok());
        const auto commands = commands_after_restore(**reads, timeline_.now(), kStaff);
        MADO_CHECK(commands.ok());
        for (const Command& command : *commands) {
            const Outcome outcome = server_.by_hand(command);
            MADO_CHECK(!std::holds_alternative<IoError>(outcome) &&
                       !std::holds_alternative<Refused>(outcome));
        }
        ++restores_;
        start_server_after(minutes(1));
    }

    // The process dies, or the power goes with what was not synced.
    void end_processes_of(tests::Disk& disk) {
        if (dice_.percent(50)) {
            disk.kill();
        } else {
            disk.power_cut();
        }
    }

    void stop(Place& place) {
        end_processes_of(place.disk);
        place.kiosk->kill();
        ++kiosk_deaths_;
    }

    void stop_server() {
        books_.note("server", "dies");
        end_processes_of(server_disk_);
        books_.server_died();
        open_readers();
        server_.kill();
        ++server_deaths_;
    }

    void start_after(Milliseconds pause, Place& place) {
        timeline_.after(about(pause), [this, &place] { start(place); });
    }

    void start_server_after(Milliseconds pause) {
        timeline_.after(about(pause), [this] { start_server(); });
    }

    void start(Place& place) {
        if (place.kiosk->runs()) return;
        const auto started = place.kiosk->start();
        if (started.ok()) return;
        books_.want(place.disk_troubled || place.disk.cut_off(), Invariant::ComesBack,
                    "a kiosk does not start: " + started.error().what);
        start_after(minutes(1), place);
    }

    void start_server() {
        if (server_.runs()) return;
        const auto started = server_.start();
        if (started.ok()) {
            books_.note("server", "starts");
            books_.server_started();
            return books_.inspect();
        }
        books_.want(server_disk_troubled_ || server_disk_.cut_off(), Invariant::ComesBack,
                    "the server does not start: " + started.error().what);
        start_server_after(minutes(1));
    }

    // Full, or failing now and then; for a while.
    void trouble(tests::Disk& disk) {
        const std::array calls = {tests::DiskCall::Read, tests::DiskCall::Write,
                                  tests::DiskCall::Sync};
        if (dice_.percent(50)) {
            disk.fill_up();
        } else {
            disk.fail_share(dice_.pick(calls), dice_.between(1, 30));
        }
    }

    static void mend(tests::Disk& disk) {
        disk.heal();
        disk.set_room(std::nullopt);
    }

    void disks_go_wrong() {
        again_and_again(Trouble::Disks, pace(minutes(45)), [this] {
            Place& place = dice_.pick(places_);
            if (place.disk_troubled) return;
            books_.note(place.kiosk->name(), "has trouble with its disk");
            place.disk_troubled = true;
            trouble(place.disk);
            timeline_.after(about(minutes(10)), [&place] {
                mend(place.disk);
                place.disk_troubled = false;
            });
        });
        again_and_again(Trouble::Disks, pace(minutes(120)), [this] {
            if (server_disk_troubled_) return;
            books_.note("server", "has trouble with its disk");
            server_disk_troubled_ = true;
            trouble(server_disk_);
            timeline_.after(about(minutes(3)), [this] {
                mend(server_disk_);
                server_disk_troubled_ = false;
            });
        });
    }

    // Somebody puts an old image in the place of a kiosk's disk.
    void old_disks_come_back() {
        again_and_again(Trouble::OldDisks, pace_of_a_loss(hours(3)), [this] {
            Place& place = dice_.pick(places_);
            place.image = place.disk.image();
            timeline_.after(about(pace(hours(1))), [this, &place] {
                if (calm_ || !place.image) return;
                backup_.reset();
                books_.note(place.kiosk->name(), "has an old disk");
                books_.disk_gone(place.kiosk->id());
                place.disk.restore(*std::exchange(place.image, std::nullopt));
                place.kiosk->kill();
                ++old_disks_;
                start_after(minutes(2), place);
            });
        });
    }

    void clocks_go_wrong() {
        again_and_again(Trouble::Clocks, pace(minutes(70)), [this] {
            KioskMachine& machine = *dice_.pick(places_).kiosk;
            const int roll = dice_.below(4);
            if (roll == 0) machine.clock().set(timeline_.now());
            if (roll == 1) machine.clock().set(timeline_.now() + minutes(dice_.between(-90, 90)));
            if (roll == 2) machine.clock().drift(dice_.between(-60'000, 60'000));
            if (roll == 3) machine.clock().drift(-3'600'000);
            books_.note(machine.name(), "has another clock");
            machine.look_up();
        });
    }

    // ---- staff and other channels

    void staff_work() {
        again_and_again(Trouble::Staff, pace(minutes(30)), [this] { change_a_slot(); });
        again_and_again(Trouble::Staff, pace(minutes(40)), [this] { record_a_dose(); });
        again_and_again(Trouble::Staff, pace(minutes(10)), [this] { decide_about_a_row(); });
        again_and_again(Trouble::Staff, pace(minutes(2)), [this] { answer_a_call(); });
        again_and_again(Trouble::Staff, pace(minutes(15)), [this] { decide_an_application(); });
        again_and_again(Trouble::Staff, pace_of_a_loss(hours(4)), [this] { lose_a_kiosk(); });
        again_and_again(minutes(5), [this] { enrol_the_fenced(); });
    }

    void other_channels_work() {
        again_and_again(Trouble::OtherChannels, pace(minutes(4)), [this] { book_elsewhere(); });
        again_and_again(Trouble::OtherChannels, pace(minutes(7)), [this] { cancel_something(); });
    }

    void open_readers() {
        readers_.emplace([this] { return open_sqlite_reads(server_.database()); });
    }

    std::optional<Slot> some_slot() {
        const auto slots = readers_->with([this](Reads& reads) {
            return reads.slots(tests::in_days(0), tests::in_days(slot_days()));
        });
        if (!slots.ok() || slots->empty()) return {};
        return dice_.pick(*slots);
    }

    void book_elsewhere() {
        const auto slot = server_.runs() ? some_slot() : std::nullopt;
        if (!slot) return;
        const auto channel = dice_.percent(50) ? Channel::Web : Channel::CallCentre;
        server_.command(BookFree{somebody().person, dice_.between(1, 2), slot->id, {}, channel},
                        {});
    }

    void cancel_something() {
        if (!server_.runs()) return;
        const auto bookings = readers_->with([](Reads& reads) { return reads.bookings(); });
        if (!bookings.ok() || bookings->empty()) return;
        const Booking booking = dice_.pick(*bookings).booking;
        const bool stale = dice_.percent(20);
        server_.command(CancelBooking{booking.id, booking.version - (stale ? 1 : 0)},
                        [this, booking](const Outcome& outcome) {
                            if (std::holds_alternative<BookingCancelled>(outcome))
                                books_.cancelled(booking.id);
                        });
        // Even where nobody heard of it, because the server died with the answer.
        if (!stale) books_.cancelled(booking.id);
    }

    void change_a_slot() {
        const auto slot = some_slot();
        if (!slot) return;
        const int target = dice_.percent(25) ? 0 : dice_.between(1, 30);
        server_.by_hand(PutSlots{
            {{slot->venue, slot->date, slot->starts, slot->length, slot->vaccine, target}}});
    }

    void record_a_dose() {
        const Dose dose{1, date_in_japan(timeline_.now()), tests::a_vaccine_code("pfizer"), "", ""};
        server_.by_hand(PutResults{{{Personal(somebody().ticket), dose}}});
    }

    void answer_a_call() {
        const auto calls = readers_->with([](Reads& reads) { return reads.calls(true); });
        if (!calls.ok() || calls->empty()) return;
        const Outcome outcome = server_.by_hand(AnswerCall{dice_.pick(*calls).id, kStaff});
        if (const auto* stands = std::get_if<CallStands>(&outcome))
            calls_ += stands->answered ? 1 : 0;
    }

    // The one that has waited longest, mostly.
    void decide_an_application() {
        const auto waiting = readers_->with([](Reads& reads) { return reads.applications(true); });
        if (!waiting.ok() || waiting->empty()) return;
        const bool in_turn = dice_.percent(70);
        const ApplicationId id = (in_turn ? waiting->front() : dice_.pick(*waiting)).application.id;
        const Outcome outcome =
            server_.by_hand(dice_.percent(85) ? Command(PlaceApplication{id, kStaff})
                                              : Command(DeclineApplication{id, kStaff}));
        const auto* ended = std::get_if<ApplicationEnded>(&outcome);
        if (ended != nullptr && ended->application.placed) ++placed_;
    }

    // Whatever the row offers, as if the person had been asked.
    void decide_about_a_row() {
        const auto rows = readers_->with([](Reads& reads) { return reads.worklist(true); });
        if (!rows.ok() || rows->empty()) return;
        const WorklistEntry& row = dice_.pick(*rows);
        const auto choices = rule_of(row.reason, row.booking.has_value()).choices;
        ResolveRow decision{row.id, dice_.pick(choices), kStaff, "", {}};
        const bool elsewhere = decision.choice == Choice::Moved || dice_.percent(20);
        if (const auto slot = elsewhere ? some_slot() : std::nullopt) decision.slot = slot->id;
        if (decision.choice == Choice::Moved) books_.may_move(*row.booking);
        const auto ending = bookings_ended_by(decision.choice, row);
        if (!ending) return;
        const Outcome outcome = server_.by_hand(decision);
        // Even where nobody heard of it, because the disk took it and failed then.
        const bool refused = std::holds_alternative<Refused>(outcome);
        if (refused) return;
        for (const BookingId& id : *ending)
            books_.cancelled(id);
        ++decisions_;
    }

    // Found out before it is done: afterwards the server may be dead. None where the books cannot
    // be read.
    std::optional<std::vector<BookingId>> bookings_ended_by(Choice choice,
                                                            const WorklistEntry& row) {
        if (choice == Choice::Cancelled) return std::vector{*row.booking};
        if (choice != Choice::Kept) return std::vector<BookingId>{};
        const auto bookings = readers_->with([](Reads& reads) { return reads.bookings(); });
        if (!bookings.ok()) return {};
        std::vector<BookingId> ending;
        const auto kept = std::ranges::find(
            *bookings, *row.booking, [](const BookingEntry& entry) { return entry.booking.id; });
        for (const BookingEntry& entry : *bookings) {
            const Booking& other = entry.booking;
            const bool same = kept != bookings->end() && other.id != *row.booking &&
                              other.person == kept->booking.person &&
                              other.dose == kept->booking.dose;
            if (same) ending.push_back(other.id);
        }
        return ending;
    }

    void lose_a_kiosk() {
        backup_.reset();
        const DeviceId lost = dice_.pick(places_).kiosk->id();
        books_.note("staff", "give up device " + lost.text());
        server_.by_hand(dice_.percent(70) ? Command(DeclareLost{lost, kStaff})
                                          : Command(RevokeDevice{lost}));
        timeline_.after(about(minutes(20)), [this, lost] {
            if (!calm_) server_.by_hand(ReturnSeats{lost, kStaff});
        });
    }

    // Staff enrol a fenced kiosk again once it has sent what it still had.
    void enrol_the_fenced() {
        if (outage_) return;
        for (Place& place : places_) {
            KioskMachine& kiosk = *place.kiosk;
            if (!kiosk.runs() || !kiosk.engine()->status().fenced) continue;
            if (kiosk.engine()->status().backlog.unanswered > 0) continue;
            const auto enrolled = enrol();
            if (!enrolled) return;
            backup_.reset();
            place.disk.kill();
            kiosk.kill();
            ++fenced_;
            place.image.reset();
            kiosk.enrol_again(enrolled->first, enrolled->second);
            return start(place);
        }
    }

    // ---- the end

    void come_to_rest() {
        if (over()) return;
        calm_ = true;
        ++season_;
        books_.note("town", "the faults end");
        mend(server_disk_);
        start_server();
        for (Place& place : places_) {
            mend(place.disk);
            place.disk_troubled = false;
            place.kiosk->link().set(Weather{});
            place.kiosk->clock().drift(0);
            place.kiosk->clock().set(timeline_.now());
            start(place);
            place.kiosk->look_up();
        }
        go_on(kRestMax);
        if (over()) return;
        for (const Place& place : places_) {
            books_.want(place.kiosk->runs(), Invariant::ComesBack, "a kiosk does not run");
            if (!over()) look_at(*place.kiosk);
        }
        if (!over()) books_.reconcile();
    }

    void look_at(const KioskMachine& kiosk) {
        books_.compare(kiosk.id(), *kiosk.engine(), kiosk.kiosk().visit.staff_called.has_value());
    }

    Report report() const {
        Report report;
        report.breach = books_.breach();
        report.diary.assign(books_.diary().begin(), books_.diary().end());
        report.steps = timeline_.steps();
        report.promises = books_.promises();
        report.papers = books_.papers();
        report.doubled = books_.doubled();
        report.changes = books_.changes();
        report.cancels = books_.cancels();
        report.applications = books_.applications();
        report.placed = placed_;
        report.kiosk_deaths = kiosk_deaths_;
        report.server_deaths = server_deaths_;
        report.restores = restores_;
        report.decisions = decisions_;
        report.calls = calls_;
        report.fenced = fenced_;
        report.old_disks = old_disks_;
        report.promised_offline = promised_offline_;
        report.queued = static_cast<int>(queued_);
        for (const Place& place : places_)
            count(place.disk, report);
        count(server_disk_, report);
        report.commits = server_.commits();
        for (const Place& place : places_) {
            report.visits += place.kiosk->counts().visits;
            report.owed += place.kiosk->counts().owed;
            const LinkCounts& link = place.kiosk->link().counts();
            report.links.exchanges += link.exchanges;
            report.links.lost += link.lost;
            report.links.repeated += link.repeated;
            report.links.cut += link.cut;
            report.links.foreign += link.foreign;
        }
        return report;
    }

    static void count(const tests::Disk& disk, Report& report) {
        report.power_cuts += disk.counts().power_cuts;
        report.cuts_that_lost += disk.counts().cuts_that_lost;
        report.writes_torn += disk.counts().writes_torn;
        report.disk_failures += disk.counts().failed;
    }

    Plan plan_;
    tests::Dice dice_;
    tests::ScratchFolder folder_;
    Timeline timeline_;
    MachineClock true_clock_;
    tests::Dice disk_chance_;
    tests::Disks disks_;
    tests::Disk& server_disk_;
    bool server_disk_troubled_ = false;
    std::optional<Backup> backup_;
    ServerMachine server_;
    std::optional<ReadsPool> readers_;  // of staff and other channels
    Books books_;
    std::vector<Resident> people_;
    std::optional<Resident> visitor_;  // the last one
    std::deque<Place> places_;
    int enrolled_ = 0;
    // A change of it ends what happens again and again.
    int season_ = 0;
    bool outage_ = false;
    bool calm_ = false;
    int promised_offline_ = 0;
    std::size_t queued_ = 0;
    int kiosk_deaths_ = 0;
    int server_deaths_ = 0;
    int restores_ = 0;
    int decisions_ = 0;
    int calls_ = 0;
    int placed_ = 0;
    int fenced_ = 0;
    int old_disks_ = 0;
};

}  // namespace

const char* name_of(Trouble trouble) {
    switch (trouble) {
        case Trouble::Weather:
            return "weather";
        case Trouble::KioskDeaths:
            return "kiosk-deaths";
        case Trouble::ServerDeaths:
            return "server-deaths";
        case Trouble::Restores:
            return "restores";
        case Trouble::Disks:
            return "disks";
        case Trouble::OldDisks:
            return "old-disks";
        case Trouble::Clocks:
            return "clocks";
        case Trouble::Staff:
            return "staff";
        case Trouble::OtherChannels:
            return "other-channels";
    }
    return "";
}

Report live(const Plan& plan) {
    return SimulatedTown(plan).run();
}

}  // namespace mado::simulation
