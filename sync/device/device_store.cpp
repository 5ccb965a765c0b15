#include "sync/device/device_store.h"

#include "shared/domain/shares.h"
#include "shared/platform/disk_files.h"
#include "sync/device/fact_tables.h"
#include "sync/protocol/event_json.h"

#include <algorithm>
#include <utility>

namespace mado::device {

namespace {

// Long polls come twice a minute, and flash wears: an empty page's clock is written this often.
constexpr Milliseconds kHeardStep = std::chrono::minutes(10);
// How far an own event may lie after the last contact and still be believed to tell the time.
constexpr Milliseconds kOfflineMax = std::chrono::hours(24 * 30);

Instant instant_of(std::int64_t milliseconds) {
    return Instant(Milliseconds(milliseconds));
}

std::int64_t number_of(Instant instant) {
    return instant.time_since_epoch().count();
}

template <class... Handlers>
struct Overloaded : Handlers... {
    using Handlers::operator()...;
};
template <class... Handlers>
Overloaded(Handlers...) -> Overloaded<Handlers...>;

std::filesystem::path database_of(const std::filesystem::path& folder, DeviceId device) {
    return folder / ("device-" + device.text() + ".db");
}

std::filesystem::path shelf_of(const std::filesystem::path& folder, DeviceId device) {
    return folder / ("roster-" + device.text());
}

// What an own event says of bookings and applications, as long as the cursor has not passed it;
// `position` once it was answered.
struct OwnDecision {
    std::optional<Booking> made = {};
    std::optional<SeenBooking> ended = {};
    std::optional<Application> applied = {};
    std::optional<ApplicationId> withdrawn = {};
    std::optional<FeedPosition> position = {};
};

std::optional<OwnDecision> decision_in(const EventBody& body) {
    if (const auto* booked = std::get_if<Booked>(&body)) {
        return OwnDecision{booked->booking, booked->instead_of};
    }
    if (const auto* wish = std::get_if<CancelWished>(&body)) {
        return OwnDecision{{}, wish->booking};
    }
    if (const auto* applied = std::get_if<Applied>(&body)) {
        return OwnDecision{{}, {}, applied->application};
    }
    if (const auto* withdrawn = std::get_if<ApplicationWithdrawn>(&body)) {
        return OwnDecision{{}, {}, {}, withdrawn->application};
    }
    return {};
}

}  // namespace

struct DeviceStore::State {
    explicit State(sqlite::Database opened, Identity whose)
        : database(std::move(opened)), identity(std::move(whose)) {}

    sqlite::Database database;
    Identity identity;
    std::optional<FactTables> tables;
    std::optional<Journal> journal;
    std::optional<Lockout> lockout;
    std::optional<MissBudget> miss_budget;
    std::optional<RosterShelf> roster;

    Facts facts;
    std::map<EventNumber, OwnDecision> overlay;
    Backlog backlog;
    bool fenced = false;
    bool fence_kept = false;
    bool revoked = false;
    bool snapshot_needed = false;
    std::optional<SignedHead> signed_head;
    Instant heard_at;
    Instant last_event_at;

    std::optional<sync::Snapshot> announced;
    std::optional<sync::RosterFile> announced_file;
    RosterShelf::Arrival arrival;

    Result<void, IoError> load();
    Result<void, IoError> load_marks();
    Result<void, IoError> load_overlay();
    Result<void, IoError> load_arriving();
    void forget_passed();

    Result<Envelope, IoError> decide(const Event& event, const Journal::Effect& effect);
    bool roster_names(const VaccineCode& vaccine) const;
    bool is_for(const SettingsChanged& changed) const;
    Result<void, IoError> write(const sync::WireChange& change);
    void remember_in_memory(const sync::WireChange& change);
    Result<void, IoError> set_cursor(FeedPosition position);
    Result<void, IoError> install(const sync::Snapshot& snapshot);
    Result<void, IoError> install_leases(const sync::Snapshot& snapshot, bool new_epoch);
};

// ---- opening

Result<DeviceStore, IoError> DeviceStore::open(const std::filesystem::path& folder,
                                               Identity identity) {
    MADO_TRY(disk_files().make_folder(folder));
    auto database = MADO_TRY(
        sqlite::Database::open(database_of(folder, identity.device), sqlite::Access::ReadWrite));
    auto state = std::make_unique<State>(std::move(database), std::move(identity));
    state->tables.emplace(MADO_TRY(FactTables::open(state->database)));
    state->journal.emplace(MADO_TRY(
        Journal::open(state->database, state->identity.device, state->identity.journal_key)));
    state->lockout.emplace(MADO_TRY(Lockout::open(state->database)));
    state->miss_budget.emplace(MADO_TRY(MissBudget::open(state->database)));
    const auto shelf = shelf_of(folder, state->identity.device);
    state->roster.emplace(MADO_TRY(RosterShelf::open(state->database, shelf)));
    MADO_TRY(state->load());
    return DeviceStore(std::move(state));
}

Result<std::optional<Town>, IoError> DeviceStore::town_told(const std::filesystem::path& folder,
                                                            DeviceId device) {
    const auto file = database_of(folder, device);
    if (!disk_files().exists(file)) return std::optional<Town>();
    auto database = MADO_TRY(sqlite::Database::open(file, sqlite::Access::ReadOnly));
    return FactTables::town_in(database);
}

DeviceStore::DeviceStore(std::unique_ptr<State> state) : state_(std::move(state)) {}
DeviceStore::DeviceStore(DeviceStore&&) noexcept = default;
DeviceStore& DeviceStore::operator=(DeviceStore&&) noexcept = default;
DeviceStore::~DeviceStore() = default;

Result<void, IoError> DeviceStore::State::load() {
    auto loaded = MADO_TRY(tables->load());
    facts.town = std::move(loaded.town);
    facts.vaccines = std::move(loaded.vaccines);
    facts.venues = std::move(loaded.venues);
    facts.slots = std::move(loaded.slots);
    facts.leases = std::move(loaded.leases);
    facts.calls = std::move(loaded.calls);
    facts.settings_of_all = std::move(loaded.settings_of_all);
    facts.settings_of_this = std::move(loaded.settings_of_this);
    facts.texts = std::move(loaded.texts);
    MADO_TRY(load_marks());
    MADO_TRY(load_arriving());
    const auto arriving =
        announced ? std::optional<std::int64_t>(arrival.serial) : std::optional<std::int64_t>();
    if (!roster->reload(arriving).ok() || roster->damaged()) snapshot_needed = true;
    return load_overlay();
}

Result<void, IoError> DeviceStore::State::load_marks() {
    facts.cursor = {MADO_TRY(tables->mark(Mark::CursorEpoch)),
                    MADO_TRY(tables->mark(Mark::CursorNumber))};
    fence_kept = MADO_TRY(tables->mark(Mark::Fenced)) != 0;
    fenced = fenced || fence_kept;
    revoked = MADO_TRY(tables->mark(Mark::Revoked)) != 0;
    snapshot_needed = MADO_TRY(tables->mark(Mark::SnapshotNeeded)) != 0 || facts.cursor.epoch == 0;
    heard_at = instant_of(MADO_TRY(tables->mark(Mark::HeardAt)));
    last_event_at = instant_of(MADO_TRY(tables->mark(Mark::LastEventAt)));
    signed_head = MADO_TRY(tables->signed_head());
    return {};
}

Result<void, IoError> DeviceStore::State::load_overlay() {
    overlay.clear();
    for (const auto& envelope : MADO_TRY(journal->not_passed(facts.cursor))) {
        const auto event = sync::read_event(envelope.body);
        if (!event.ok()) {
            // Written by another version of this program. It is sent all the same; what it did to
            // the leases stands in their table.
            MADO_TRY(tables->set_aside("event", envelope.number.text(), "", event.error().what));
            continue;
        }
        auto decision = decision_in(event->body);
        if (!decision) continue;
        const auto answer = MADO_TRY(journal->answer_to(envelope.number));
        if (answer) decision->position = answer->position;
        overlay[envelope.number] = *decision;
    }
    backlog = MADO_TRY(journal->backlog());
    return {};
}

Result<void, IoError> DeviceStore::State::load_arriving() {
    announced.reset();
    announced_file.reset();
    auto select = MADO_TRY(database.prepare("SELECT serial, snapshot FROM arriving"));
    const bool found = MADO_TRY(select.step());
    const std::int64_t serial = found ? select.integer(0) : 0;
    auto snapshot = found ? sync::parse_snapshot(select.text(1))
                          : Result<sync::Snapshot, sync::WireError>(fail(sync::WireError{}));
    select.reset();
    // One that cannot be read any more is asked for again.
    if (!snapshot.ok()) return {};
    arrival = MADO_TRY(roster->arrival(serial));
    announced_file = snapshot->roster;
    announced = std::move(snapshot).value();
    return {};
}

Result<void, IoError> DeviceStore::remove(const std::filesystem::path& folder, DeviceId device) {
    const auto database = database_of(folder, device);
    for (const char* ending : {"-wal", "-shm", ""}) {
        const std::filesystem::path file = database.string() + ending;
        if (disk_files().exists(file)) MADO_TRY(disk_files().remove(file));
    }
    const auto shelf = shelf_of(folder, device);
    if (!disk_files().exists(shelf)) return {};
    for (const std::string& name : MADO_TRY(disk_files().names_in(shelf)))
        MADO_TRY(disk_files().remove(shelf / name));
    return {};
}

// ---- what is known

const Identity& DeviceStore::identity() const {
    return state_->identity;
}

const Facts& DeviceStore::facts() const {
    return state_->facts;
}

bool DeviceStore::ready() const {
    return state_->facts.cursor.epoch != 0 && state_->facts.town && state_->roster->filled();
}

bool DeviceStore::fenced() const {
    return state_->fenced;
}

bool DeviceStore::fence_kept() const {
    return state_->fence_kept;
}

bool DeviceStore::wipe_due() const {
    return state_->revoked && state_->backlog.unanswered == 0;
}

bool DeviceStore::snapshot_needed() const {
    return state_->snapshot_needed;
}

std::size_t DeviceStore::set_aside_count() const {
    return state_->tables->set_aside_count();
}

Instant DeviceStore::time_floor() const {
    const bool plausible = state_->last_event_at - state_->heard_at < kOfflineMax;
    return plausible ? std::max(state_->heard_at, state_->last_event_at) : state_->heard_at;
}

Instant DeviceStore::last_event_at() const {
    return state_->last_event_at;
}

Instant DeviceStore::heard_at() const {
    return state_->heard_at;
}

// ---- people

Result<std::optional<Resident>, IoError> DeviceStore::find_resident(const Ticket& ticket) {
    const auto locator = sync::locate(state_->identity.roster_key, ticket);
    const auto found = MADO_TRY(state_->roster->find(locator));
    // A ticket on no list opens a row that is nobody's.
    const sync::SealedRow row = found.value_or(sync::SealedRow{});
    auto resident =
        sync::open(state_->identity.roster_key, state_->roster->vaccines(), ticket, row);
    if (found && !resident) {
        // By chance two tickets share a place once in 10^12: this row is damaged.
        static_cast<void>(
            state_->tables
                ->set_aside("roster row", to_hex(locator), to_hex(row), "it does not open")
                .ok());
    }
    return resident;
}

Lockout& DeviceStore::lockout() {
    return *state_->lockout;
}

MissBudget& DeviceStore::miss_budget() {
    return *state_->miss_budget;
}

const MissBudget& DeviceStore::miss_budget() const {
    return *state_->miss_budget;
}

Result<std::vector<Booking>, IoError> DeviceStore::bookings_of(PersonId person) {
    const auto aside_before = state_->tables->set_aside_count();
    auto bookings = MADO_TRY(state_->tables->bookings_of(person));
    if (state_->tables->set_aside_count() != aside_before) state_->snapshot_needed = true;
    const auto told = bookings.size();
    for (const auto& [number, own] : state_->overlay) {
        if (own.ended) {
            const auto ended = std::ranges::find(bookings, own.ended->id, &Booking::id);
            const auto place = static_cast<std::size_t>(ended - bookings.begin());
            // What the feed does not tell (any more) is known as it was made, and the wish is
            // later.
            const bool as_wished =
                ended != bookings.end() && (place >= told || ended->version == own.ended->version);
            if (as_wished) ended->state = BookingState::Cancelled;
        }
        if (!own.made || own.made->person != person) continue;
        const bool is_told =
            std::ranges::find(bookings, own.made->id, &Booking::id) != bookings.end();
        if (!is_told) bookings.push_back(*own.made);
    }
    return bookings;
}

Result<std::vector<Application>, IoError> DeviceStore::applications_of(PersonId person) {
    const auto aside_before = state_->tables->set_aside_count();
    auto applications = MADO_TRY(state_->tables->applications_of(person));
    if (state_->tables->set_aside_count() != aside_before) state_->snapshot_needed = true;
    for (const auto& [number, own] : state_->overlay) {
        if (own.applied && own.applied->person == person) {
            const bool is_told = std::ranges::find(applications, own.applied->id,
                                                   &Application::id) != applications.end();
            if (!is_told) applications.push_back(*own.applied);
        }
        if (!own.withdrawn) continue;
        const auto taken_back = std::ranges::find(applications, *own.withdrawn, &Application::id);
        if (taken_back == applications.end()) continue;
        // What the town has made of it meanwhile is not undone by it.
        if (taken_back->state == ApplicationState::Waiting) {
            taken_back->state = ApplicationState::Withdrawn;
        }
    }
    return applications;
}

Result<bool, IoError> DeviceStore::slip_owed(const BookingId& booking) {
    if (booking.device != state_->identity.device) return false;
    auto select = MADO_TRY(state_->database.prepare("SELECT 1 FROM slip_owed WHERE number = ?"));
    select.bind(1, booking.number.number());
    const bool owed = MADO_TRY(select.step());
    select.reset();
    return owed;
}

// ---- decisions

Result<Envelope, IoError> DeviceStore::State::decide(const Event& event,
                                                     const Journal::Effect& effect) {
    const auto body = sync::write_event(event);
    const auto all = [&](const Envelope& written) -> Result<void, IoError> {
        MADO_TRY(tables->set(Mark::LastEventAt, number_of(event.decided_at)));
        return effect(written);
    };
    auto envelope = MADO_TRY(journal->append(body, event.decided_at, all));
    last_event_at = event.decided_at;
    if (backlog.unanswered++ == 0) backlog.unanswered_since = event.decided_at;
    return envelope;
}

Result<EventNumber, IoError> DeviceStore::start(const Nonce& run, Instant now) {
    const auto nothing = [](const Envelope&) { return Result<void, IoError>(); };
    return MADO_TRY(state_->decide({now, run, Started{}}, nothing)).number;
}

Result<Booking, IoError> DeviceStore::book(const Sale& sale, const Nonce& nonce, Instant now) {
    const auto held = state_->facts.leases.find(sale.slot);
    if (held == state_->facts.leases.end() || held->second.left() <= 0) {
        return fail(IoError{IoError::Kind::Refused, "no seat is held in this slot"});
    }
    const Lease before = held->second;
    Booking booking;
    booking.id = {state_->identity.device, EventNumber(state_->journal->last().number() + 1)};
    booking.person = sale.person;
    booking.dose = sale.dose;
    booking.slot = sale.slot;
    booking.declared = sale.declared;

    const Lease after = after_sale(before, sale.dose);
    const Event event{now, nonce,
                      Booked{booking, after.used, sale.instead_of, after.kept_used, sale.record}};
    const auto effect = [&](const Envelope& written) -> Result<void, IoError> {
        MADO_CHECK(written.number == booking.id.number);
        MADO_TRY(state_->tables->use(sale.slot, before, after));
        auto owe = MADO_TRY(state_->database.prepare("INSERT INTO slip_owed VALUES (?)"));
        owe.bind(1, written.number.number());
        return owe.run();
    };
    MADO_TRY(state_->decide(event, effect));
    held->second = after;
    state_->overlay[booking.id.number] = *decision_in(event.body);
    return booking;
}

Result<EventNumber, IoError> DeviceStore::wish_cancelled(const SeenBooking& booking,
                                                         PersonId person, const Nonce& nonce,
                                                         Instant now) {
    const Event event{now, nonce, CancelWished{booking, person}};
    const auto nothing = [](const Envelope&) { return Result<void, IoError>(); };
    const auto written = MADO_TRY(state_->decide(event, nothing));
    state_->overlay[written.number] = *decision_in(event.body);
    return written.number;
}

Result<Application, IoError> DeviceStore::apply_for(Application application, const Nonce& nonce,
                                                    Instant now) {
    application.id = {state_->identity.device, EventNumber(state_->journal->last().number() + 1)};
    const Event event{now, nonce, Applied{application}};
    const auto check = [&](const Envelope& written) -> Result<void, IoError> {
        MADO_CHECK(written.number == application.id.number);
        return {};
    };
    MADO_TRY(state_->decide(event, check));
    state_->overlay[application.id.number] = *decision_in(event.body);
    return application;
}

Result<EventNumber, IoError> DeviceStore::withdraw(const ApplicationId& application,
                                                   PersonId person, const Nonce& nonce,
                                                   Instant now) {
    const Event event{now, nonce, ApplicationWithdrawn{application, person}};
    const auto nothing = [](const Envelope&) { return Result<void, IoError>(); };
    const auto written = MADO_TRY(state_->decide(event, nothing));
    state_->overlay[written.number] = *decision_in(event.body);
    return written.number;
}

Result<void, IoError> DeviceStore::note_slip(const BookingId& booking, bool printed,
                                             const Nonce& nonce, Instant now) {
    const Event event{now, nonce, SlipPrinted{booking, printed}};
    const auto effect = [&](const Envelope&) -> Result<void, IoError> {
        if (!printed || booking.device != state_->identity.device) return {};
        auto settle = MADO_TRY(state_->database.prepare("DELETE FROM slip_owed WHERE number = ?"));
        settle.bind(1, booking.number.number());
        return settle.run();
    };
    MADO_TRY(state_->decide(event, effect));
    return {};
}

Result<EventNumber, IoError> DeviceStore::call_staff(const Nonce& nonce, Instant now) {
    const auto nothing = [](const Envelope&) { return Result<void, IoError>(); };
    return MADO_TRY(state_->decide({now, nonce, StaffCalled{}}, nothing)).number;
}

Result<void, IoError> DeviceStore::end_call(EventNumber call, const Nonce& nonce, Instant now) {
    const auto nothing = [](const Envelope&) { return Result<void, IoError>(); };
    MADO_TRY(state_->decide({now, nonce, StaffCallEnded{call}}, nothing));
    return {};
}

Result<void, IoError> DeviceStore::forget_calls_before(Instant when) {
    auto& calls = state_->facts.calls;
    const auto is_old = [when](const auto& entry) { return entry.second.since < when; };
    if (std::ranges::none_of(calls, is_old)) return {};
    const auto work = [&]() -> Result<void, IoError> {
        for (const auto& [id, call] : calls) {
            if (call.since < when) MADO_TRY(state_->tables->remove(id));
        }
        return {};
    };
    MADO_TRY(state_->database.transaction(work));
    std::erase_if(calls, is_old);
    return {};
}

Result<void, IoError> DeviceStore::give_back(SlotId slot, const Nonce& nonce, Instant now) {
    const auto held = state_->facts.leases.find(slot);
    if (held == state_->facts.leases.end() || held->second.left() <= 0) return {};
    const Lease before = held->second;
    Lease after = before;
    after.used = before.granted;
    after.kept_used = before.kept;
    const Event event{now, nonce, SeatsReturned{slot, after.used, after.kept_used}};
    MADO_TRY(state_->decide(
        event, [&](const Envelope&) { return state_->tables->use(slot, before, after); }));
    held->second = after;
    return {};
}

// ---- push

EventNumber DeviceStore::last_event() const {
    return state_->journal->last();
}

const Backlog& DeviceStore::backlog() const {
    return state_->backlog;
}

Result<std::vector<Envelope>, IoError> DeviceStore::events(std::optional<EventNumber> from,
                                                           std::size_t count_max) {
    if (!from) {
        const auto first = MADO_TRY(state_->journal->unanswered(1));
        if (first.empty()) return std::vector<Envelope>();
        from = first.front().number;
    }
    // Not unanswered() itself: an answered one between would leave a gap.
    return state_->journal->from(*from, count_max);
}

Result<void, IoError> DeviceStore::remember(const std::vector<Answer>& answers, Instant now) {
    Backlog backlog;
    const auto work = [&]() -> Result<void, IoError> {
        for (const auto& answer : answers)
            MADO_TRY(state_->journal->remember(answer, now));
        backlog = MADO_TRY(state_->journal->backlog());
        return {};
    };
    MADO_TRY(state_->database.transaction(work));
    state_->backlog = backlog;
    for (const auto& answer : answers) {
        const auto own = state_->overlay.find(answer.number);
        if (own != state_->overlay.end() && !own->second.position) {
            own->second.position = answer.position;
        }
    }
    state_->forget_passed();
    return {};
}

void DeviceStore::State::forget_passed() {
    std::erase_if(overlay, [&](const auto& entry) {
        return entry.second.position && *entry.second.position <= facts.cursor;
    });
}

Result<void, IoError> DeviceStore::forget_answered_before(Instant when) {
    Backlog backlog;
    const auto work = [&]() -> Result<void, IoError> {
        MADO_TRY(state_->journal->forget_answered_before(when, state_->facts.cursor));
        backlog = MADO_TRY(state_->journal->backlog());
        return {};
    };
    MADO_TRY(state_->database.transaction(work));
    state_->backlog = backlog;
    return {};
}

Result<void, IoError> DeviceStore::fence(std::optional<std::int64_t> epoch) {
    State& state = *state_;
    // In memory first: a full disk must not let it promise.
    state.fenced = true;
    const bool doubts = epoch && *epoch > state.facts.cursor.epoch;
    if (state.fence_kept && !doubts) return {};
    const FeedPosition cursor = doubts ? FeedPosition{*epoch, 0} : state.facts.cursor;
    Backlog backlog = state.backlog;
    const auto work = [&]() -> Result<void, IoError> {
        MADO_TRY(state.tables->set(Mark::Fenced, 1));
        if (!doubts) return {};
        MADO_TRY(state.journal->doubt_answers_before(*epoch));
        backlog = MADO_TRY(state.journal->backlog());
        return state.set_cursor(cursor);
    };
    MADO_TRY(state.database.transaction(work));
    state.fence_kept = true;
    state.backlog = backlog;
    state.facts.cursor = cursor;
    return {};
}

Result<void, IoError> DeviceStore::revoke(std::optional<std::int64_t> epoch) {
    State& state = *state_;
    MADO_TRY(fence(epoch));
    if (state.revoked) return {};
    // What is deleted is overwritten, in the file that a checkpoint fills.
    MADO_TRY(state.database.execute("PRAGMA secure_delete = ON"));
    const auto work = [&]() -> Result<void, IoError> {
        MADO_TRY(state.tables->clear_people());
        MADO_TRY(state.roster->clear());
        return state.tables->set(Mark::Revoked, 1);
    };
    MADO_TRY(state.database.transaction(work));
    state.revoked = true;
    state.announced.reset();
    state.announced_file.reset();
    return state.roster->reload(std::nullopt);
}

const std::optional<SignedHead>& DeviceStore::signed_head() const {
    return state_->signed_head;
}

// ---- pull

bool DeviceStore::State::roster_names(const VaccineCode& vaccine) const {
    const auto listed = roster->vaccines();
    return std::ranges::find(listed, vaccine) != listed.end();
}

bool DeviceStore::State::is_for(const SettingsChanged& changed) const {
    return !changed.device || *changed.device == identity.device;
}

Result<void, IoError> DeviceStore::State::write(const sync::WireChange& change) {
    const auto own_lease = [&](const LeaseChanged& lease) -> Result<void, IoError> {
        if (lease.device != identity.device) return {};
        return tables->raise_granted(lease.slot, lease.granted, lease.kept);
    };
    const auto resident = [&](const sync::SealedResident& row) -> Result<void, IoError> {
        sync::RosterRow fixed;
        if (row.locator.size() != fixed.locator.size() ||
            row.sealed.size() != fixed.sealed.size()) {
            return tables->set_aside("roster row", to_hex(bytes_of(row.locator)),
                                     to_hex(bytes_of(row.sealed)), "it has another length");
        }
        std::ranges::copy(bytes_of(row.locator), fixed.locator.begin());
        std::ranges::copy(bytes_of(row.sealed), fixed.sealed.begin());
        return roster->put(fixed.locator, fixed.sealed);
    };
    const auto vaccine = [&](const VaccineChanged& changed) -> Result<void, IoError> {
        // Roster rows name vaccines by their place in the base file's list, and this one has none:
        // only a new base file tells its place.
        if (!roster_names(changed.vaccine.code)) MADO_TRY(tables->set(Mark::SnapshotNeeded, 1));
        return tables->put(Change(changed));
    };
    return std::visit(
        Overloaded{
            [&](const BookingChanged& changed) { return tables->put(changed.booking); },
            [&](const ApplicationChanged& changed) { return tables->put(changed.application); },
            own_lease, resident, vaccine,
            [&](const SettingsChanged& changed) {
                return is_for(changed) ? tables->put(Change(changed)) : Result<void, IoError>();
            },
            [](const sync::Withheld&) { return Result<void, IoError>(); },
            [&](const auto& fact) { return tables->put(Change(fact)); }},
        change);
}

void DeviceStore::State::remember_in_memory(const sync::WireChange& change) {
    const auto own_lease = [&](const LeaseChanged& lease) {
        if (lease.device != identity.device) return;
        auto& held = facts.leases[lease.slot];
        held.granted = std::max(held.granted, lease.granted);
        held.kept = std::max(held.kept, lease.kept);
    };
    std::visit(
        Overloaded{
            [&](const TownChanged& changed) { facts.town = changed.town; },
            [&](const VaccineChanged& changed) {
                facts.vaccines.insert_or_assign(changed.vaccine.code, changed.vaccine);
                snapshot_needed = snapshot_needed || !roster_names(changed.vaccine.code);
            },
            [&](const VenueChanged& changed) { facts.venues[changed.venue.id] = changed.venue; },
            [&](const SlotChanged& changed) {
                facts.slots.insert_or_assign(changed.slot.id, changed.slot);
            },
            [&](const CallChanged& changed) {
                facts.calls.insert_or_assign(changed.call.id, changed.call);
                if (changed.call.ended) facts.calls.erase(changed.call.id);
            },
            [&](const SettingsChanged& changed) {
                if (!is_for(changed)) return;
                (changed.device ? facts.settings_of_this : facts.settings_of_all) =
                    changed.settings;
            },
            [&](const TextChanged& changed) {
                facts.texts.insert_or_assign(changed.text.name, changed.text);
                if (changed.text.text.empty()) facts.texts.erase(changed.text.name);
            },
            own_lease, [](const auto&) {}},
        change);
}

Result<void, IoError> DeviceStore::State::set_cursor(FeedPosition position) {
    MADO_TRY(tables->set(Mark::CursorEpoch, position.epoch));
    return tables->set(Mark::CursorNumber, position.number);
}

Result<void, IoError> DeviceStore::apply(const sync::ChangesPage& page) {
    State& state = *state_;
    const auto count = static_cast<std::int64_t>(page.changes.size());
    if (page.after != state.facts.cursor || page.upto - page.after.number != count) {
        return fail(IoError{IoError::Kind::Refused, "the page does not begin at the cursor"});
    }
    const FeedPosition upto{page.after.epoch, page.upto};
    const bool signed_anew = page.head && page.head != state.signed_head;
    const bool heard = count > 0 || signed_anew || page.now - state.heard_at > kHeardStep ||
                       page.now < state.heard_at;
    if (!heard) return {};
    const auto work = [&]() -> Result<void, IoError> {
        for (const auto& change : page.changes)
            MADO_TRY(state.write(change));
        if (signed_anew) MADO_TRY(state.tables->put(*page.head));
        MADO_TRY(state.tables->set(Mark::HeardAt, number_of(page.now)));
        return state.set_cursor(upto);
    };
    MADO_TRY(state.database.transaction(work));
    for (const auto& change : page.changes)
        state.remember_in_memory(change);
    if (signed_anew) state.signed_head = page.head;
    state.heard_at = page.now;
    state.facts.cursor = upto;
    state.forget_passed();
    return {};
}

Result<void, IoError> DeviceStore::raise_granted(const std::vector<sync::LeaseLevel>& levels) {
    const auto raises = [&](const sync::LeaseLevel& level) {
        const auto held = state_->facts.leases.find(level.slot);
        return level.granted > (held == state_->facts.leases.end() ? 0 : held->second.granted);
    };
    if (std::ranges::none_of(levels, raises)) return {};
    const auto work = [&]() -> Result<void, IoError> {
        for (const auto& level : levels) {
            MADO_TRY(state_->tables->raise_granted(level.slot, level.granted, level.kept));
        }
        return {};
    };
    MADO_TRY(state_->database.transaction(work));
    for (const auto& level : levels) {
        auto& held = state_->facts.leases[level.slot];
        held.granted = std::max(held.granted, level.granted);
        held.kept = std::max(held.kept, level.kept);
    }
    return {};
}

// ---- snapshot

Result<void, IoError> DeviceStore::announce(const sync::Snapshot& snapshot) {
    State& state = *state_;
    if (snapshot.position < state.facts.cursor) {
        return fail(IoError{IoError::Kind::Refused, "the snapshot is older than what we have"});
    }
    const bool sane = snapshot.position.epoch > 0 && snapshot.roster.bytes > 0 &&
                      snapshot.roster.bytes <= kRosterBytesMax;
    if (!sane)
        return fail(IoError{IoError::Kind::Refused, "the snapshot's numbers are impossible"});

    const std::int64_t serial = MADO_TRY(state.tables->mark(Mark::RosterSerial)) + 1;
    const auto work = [&]() -> Result<void, IoError> {
        auto upsert =
            MADO_TRY(state.database.prepare("INSERT OR REPLACE INTO arriving VALUES (1, ?, ?)"));
        upsert.bind(1, serial).bind(2, sync::to_json(snapshot));
        MADO_TRY(upsert.run());
        return state.tables->set(Mark::RosterSerial, serial);
    };
    MADO_TRY(state.database.transaction(work));
    return state.load_arriving();
}

const std::optional<sync::RosterFile>& DeviceStore::arriving() const {
    return state_->announced_file;
}

std::int64_t DeviceStore::roster_bytes_here() const {
    return state_->arrival.bytes_here;
}

Result<void, IoError> DeviceStore::add_roster_bytes(std::string_view bytes) {
    MADO_CHECK(state_->announced);
    const auto room = state_->announced_file->bytes - state_->arrival.bytes_here;
    if (static_cast<std::int64_t>(bytes.size()) > room) {
        return fail(IoError{IoError::Kind::Refused, "more bytes than the roster file has"});
    }
    return state_->roster->add_bytes(state_->arrival, bytes);
}

Result<void, IoError> DeviceStore::State::install_leases(const sync::Snapshot& snapshot,
                                                         bool new_epoch) {
    LeaseTable leases = facts.leases;
    // A server that starts a new epoch may have forgotten what it granted: only what was sold
    // stands, and the rest is asked for again.
    if (new_epoch) {
        for (auto& [slot, lease] : leases) {
            lease.granted = lease.used;
            lease.kept = lease.kept_used;
        }
    }
    for (const auto& told : snapshot.leases) {
        Lease& lease = leases[told.slot];
        lease.used = std::max(lease.used, told.lease.used);
        lease.granted = std::max({lease.granted, told.lease.granted, lease.used});
        lease.kept_used = std::max(lease.kept_used, told.lease.kept_used);
        lease.kept = std::max({lease.kept, told.lease.kept, lease.kept_used});
        // Seats of which more are kept than are left were sold while the server was not asked.
        lease.kept_used = std::max(lease.kept_used, lease.kept - lease.left());
    }
    for (const auto& [slot, lease] : leases)
        MADO_TRY(tables->put(slot, lease));
    return {};
}

Result<void, IoError> DeviceStore::State::install(const sync::Snapshot& snapshot) {
    const bool new_epoch = facts.cursor.epoch != 0 && facts.cursor.epoch != snapshot.position.epoch;
    MADO_TRY(tables->clear_feed());
    MADO_TRY(tables->put(Change(TownChanged{snapshot.town})));
    for (const auto& vaccine : snapshot.vaccines)
        MADO_TRY(tables->put(Change(VaccineChanged{vaccine})));
    for (const auto& venue : snapshot.venues)
        MADO_TRY(tables->put(Change(VenueChanged{venue})));
    for (const auto& slot : snapshot.slots)
        MADO_TRY(tables->put(Change(SlotChanged{slot})));
    for (const auto& booking : snapshot.bookings)
        MADO_TRY(tables->put(booking));
    for (const auto& call : snapshot.calls)
        MADO_TRY(tables->put(Change(CallChanged{call})));
    for (const auto& changed : snapshot.settings) {
        if (is_for(changed)) MADO_TRY(tables->put(Change(changed)));
    }
    for (const auto& text : snapshot.texts)
        MADO_TRY(tables->put(Change(TextChanged{text})));
    for (const auto& application : snapshot.applications)
        MADO_TRY(tables->put(application));
    MADO_TRY(install_leases(snapshot, new_epoch));
    MADO_TRY(roster->adopt(arrival.serial));
    if (new_epoch) MADO_TRY(journal->doubt_answers_before(snapshot.position.epoch));
    // The server has events that we do not know: this disk is a copy, or an old one brought back.
    if (snapshot.events_known > journal->last()) MADO_TRY(tables->set(Mark::Fenced, 1));
    MADO_TRY(tables->set(Mark::HeardAt, number_of(snapshot.now)));
    MADO_TRY(tables->set(Mark::SnapshotNeeded, 0));
    MADO_TRY(set_cursor(snapshot.position));
    return database.execute("DELETE FROM arriving");
}

Result<void, IoError> DeviceStore::switch_to_snapshot() {
    State& state = *state_;
    MADO_CHECK(state.announced);
    auto file = state.roster->check(state.arrival, state.announced->roster);
    const bool fits = file.ok() && file->position() == state.announced->position;
    if (!fits && (file.ok() || file.error().kind == IoError::Kind::Corrupt)) {
        MADO_TRY(drop_snapshot());
        return fail(IoError{IoError::Kind::Corrupt, "the roster file is not what was announced"});
    }
    if (!file.ok()) return fail(file.error());
    const auto work = [&] { return state.install(*state.announced); };
    MADO_TRY(state.database.transaction(work));
    // From here on the disk has moved on: should reading it fail, nothing may be written at the
    // cursor of before.
    state.facts.cursor = state.announced->position;
    return state.load();
}

Result<void, IoError> DeviceStore::drop_snapshot() {
    MADO_TRY(state_->database.execute("DELETE FROM arriving"));
    state_->announced.reset();
    state_->announced_file.reset();
    return state_->roster->reload(std::nullopt);
}

}  // namespace mado::device
