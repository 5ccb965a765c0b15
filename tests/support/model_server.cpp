#include "tests/support/model_server.h"

#include "shared/base/check.h"
#include "sync/protocol/event_json.h"
#include "tests/support/builders.h"

#include <algorithm>
#include <charconv>

namespace mado::tests {

namespace {

HttpResponse json(std::string body, int status = 200) {
    return {status, "application/json", std::move(body)};
}

HttpResponse refusal(int status, const std::string& error) {
    return json(sync::to_json(sync::Refusal{error, "In words."}), status);
}

std::int64_t parameter(const std::string& path, const std::string& name) {
    const auto at = path.find(name + "=");
    MADO_CHECK(at != std::string::npos);
    std::int64_t value = 0;
    const char* begin = path.data() + at + name.size() + 1;
    std::from_chars(begin, path.data() + path.size(), value);
    return value;
}

}  // namespace

ModelServer::ModelServer() : now(tests::now()), town_(a_town()) {
    tell(TownChanged{town_});
    for (const auto& [code, vaccine] : tests::vaccines())
        put(vaccine);
    for (const auto& [id, venue] : tests::venues()) {
        venues_.emplace(id, venue);
        tell(VenueChanged{venue});
    }
}

void ModelServer::tell(Change change) {
    feed_.push_back(std::move(change));
}

FeedPosition ModelServer::position() const {
    return {epoch_, static_cast<std::int64_t>(feed_.size())};
}

void ModelServer::add_device(DeviceId device, const sync::RosterKey& key) {
    devices_[device].key = key;
}

void ModelServer::put(const Vaccine& vaccine) {
    if (vaccines_.insert_or_assign(vaccine.code, vaccine).second) {
        vaccine_list_.push_back(vaccine.code);
    }
    tell(VaccineChanged{vaccine});
}

void ModelServer::put(const Town& town) {
    town_ = town;
    tell(TownChanged{town});
}

void ModelServer::put(const Slot& slot) {
    slots_.insert_or_assign(slot.id, slot);
    tell(SlotChanged{slot});
}

void ModelServer::put(const Booking& booking) {
    bookings_.insert_or_assign(booking.id, booking);
    tell(BookingChanged{booking});
}

void ModelServer::put(const Application& application) {
    applications_.insert_or_assign(application.id, application);
    tell(ApplicationChanged{application});
}

void ModelServer::put(const Ticket& ticket, const Resident& resident) {
    residents_.insert_or_assign(ticket, resident);
    tell(ResidentChanged{Personal<Ticket>(ticket), resident});
}

bool ModelServer::book_elsewhere(PersonId person, SlotId slot, int dose) {
    Slot& found = slots_.at(slot);
    const auto seats = found.seats.book_free();
    if (!seats) return false;
    found.seats = *seats;
    const Booking booking{
        {DeviceId(0), EventNumber(++own_number_)}, person, dose, slot, {}, BookingState::Live, 1};
    bookings_.emplace(booking.id, booking);
    tell(SlotChanged{found});
    tell(BookingChanged{booking});
    return true;
}

void ModelServer::close(SlotId slot) {
    slots_.at(slot).seats.target = 0;
    tell(SlotChanged{slots_.at(slot)});
}

Lease ModelServer::lease(DeviceId device, SlotId slot) const {
    const auto& leases = devices_.at(device).leases;
    const auto found = leases.find(slot);
    return found == leases.end() ? Lease{} : found->second;
}

const std::vector<Envelope>& ModelServer::events_of(DeviceId device) const {
    return devices_.at(device).events;
}

HttpResponse ModelServer::answer(DeviceId device, const HttpRequest& request) {
    if (request.path == "/v1/events") return push(device, request);
    if (request.path == "/v1/leases") return lease(device, request);
    if (request.path == "/v1/snapshot") return snapshot(device);
    if (request.path.starts_with("/v1/changes?")) return changes(device, request);
    if (request.path.starts_with("/v1/roster/")) return roster(device, request);
    return refusal(404, "unknown");
}

// ---- push

HttpResponse ModelServer::push(DeviceId device, const HttpRequest& request) {
    const auto parsed = sync::parse_push_request(request.body, device);
    MADO_CHECK(parsed.ok());
    if (parsed->events.size() > events_max) return refusal(413, "too-large");
    Device& known = devices_.at(device);
    sync::PushAnswer answer;
    answer.now = now;
    for (const auto& envelope : parsed->events) {
        const auto last = static_cast<std::int64_t>(known.events.size());
        const auto number = envelope.number.number();
        if (number > last + 1 && parsed->gone) {
            known.fenced = true;
            answer.answers.push_back(
                {envelope.number, Answer::Verdict::Aside, "fenced", position()});
            continue;
        }
        if (number > last + 1) {
            answer.expected = EventNumber(last + 1);
            break;
        }
        if (number <= last) {
            ++repeats_;
            const auto index = static_cast<std::size_t>(number - 1);
            known.fenced = known.fenced || known.events[index] != envelope;
            answer.answers.push_back(known.answers[index]);
            continue;
        }
        const Digest head = known.events.empty() ? kChainStart : known.events.back().hash();
        if (envelope.previous != head) {
            known.fenced = true;
            break;
        }
        known.events.push_back(envelope);
        known.answers.push_back(interpret(device, envelope));
        answer.answers.push_back(known.answers.back());
    }
    answer.fenced = known.fenced;
    return json(sync::to_json(answer));
}

Answer ModelServer::interpret(DeviceId device, const Envelope& envelope) {
    const auto event = sync::read_event(envelope.body);
    MADO_CHECK(event.ok());
    Answer answer;
    if (const auto* sale = std::get_if<Booked>(&event->body)) {
        answer = interpret_sale(device, *sale);
    } else if (const auto* wish = std::get_if<CancelWished>(&event->body)) {
        answer = interpret_wish(*wish);
    } else if (const auto* applied = std::get_if<Applied>(&event->body)) {
        put(applied->application);
    } else if (const auto* withdrawn = std::get_if<ApplicationWithdrawn>(&event->body)) {
        Application& application = applications_.at(withdrawn->application);
        application.state = ApplicationState::Withdrawn;
        tell(ApplicationChanged{application});
    } else if (const auto* returned = std::get_if<SeatsReturned>(&event->body)) {
        raise_used(device, returned->slot, returned->used, false);
    } else if (std::holds_alternative<StaffCalled>(event->body)) {
        tell_call({{device, envelope.number}, VenueId(1), event->decided_at});
    } else if (const auto* ended = std::get_if<StaffCallEnded>(&event->body)) {
        Call call = calls_.at({device, ended->call});
        call.ended = event->decided_at;
        tell_call(call);
    }
    answer.number = envelope.number;
    answer.position = position();
    return answer;
}

void ModelServer::tell_call(const Call& call) {
    calls_.insert_or_assign(call.id, call);
    tell(CallChanged{call});
}

void ModelServer::answer_call(const CallId& id, const std::string& by) {
    Call call = calls_.at(id);
    call.answer = CallAnswer{by, now};
    tell_call(call);
}

void ModelServer::put(const SettingsChanged& settings) {
    settings_.push_back(settings);
    tell(settings);
}

void ModelServer::put(const TownText& text) {
    texts_.push_back(text);
    tell(TextChanged{text});
}

bool ModelServer::end_as_wished(const SeenBooking& wished, PersonId person) {
    const auto found = bookings_.find(wished.id);
    if (found == bookings_.end() || found->second.person != person) return false;
    Booking& booking = found->second;
    if (booking.state == BookingState::Cancelled || booking.version != wished.version) return false;
    booking.state = BookingState::Cancelled;
    ++booking.version;
    SeatCount& seats = slots_.at(booking.slot).seats;
    seats = seats.cancel().value_or(seats);
    tell(BookingChanged{booking});
    tell(SlotChanged{slots_.at(booking.slot)});
    return true;
}

Answer ModelServer::interpret_wish(const CancelWished& wish) {
    const auto found = bookings_.find(wish.booking.id);
    const bool has_ended = found != bookings_.end() && found->second.person == wish.person &&
                           found->second.state == BookingState::Cancelled;
    Answer answer;
    if (has_ended || end_as_wished(wish.booking, wish.person)) return answer;
    answer.verdict = Answer::Verdict::Worklist;
    answer.reason = "stale-cancel";
    return answer;
}

Answer ModelServer::interpret_sale(DeviceId device, const Booked& sale) {
    Booking booking = sale.booking;
    Answer answer;
    if (sale.instead_of && !end_as_wished(*sale.instead_of, booking.person)) {
        answer.verdict = Answer::Verdict::Worklist;
        answer.reason = "stale-change";
    }
    const bool doubled = std::ranges::any_of(bookings_, [&](const auto& entry) {
        const Booking& other = entry.second;
        return other.person == booking.person && other.dose == booking.dose &&
               other.state == BookingState::Live;
    });
    if (doubled) {
        booking.state = BookingState::Doubled;
        answer.verdict = Answer::Verdict::Worklist;
        answer.reason = "doubled";
    }
    if (bookings_.contains(booking.id)) broken_.push_back("a booking has the id of another");
    raise_used(device, booking.slot, sale.used, true);
    bookings_.emplace(booking.id, booking);
    tell(BookingChanged{booking});
    return answer;
}

void ModelServer::raise_used(DeviceId device, SlotId slot, std::int64_t used, bool sold) {
    Lease& lease = devices_.at(device).leases[slot];
    const auto by = used - lease.used;
    if (sold && by != 1) broken_.push_back("a sale moved its counter by " + std::to_string(by));
    if (by < 1) broken_.push_back("a counter did not rise");
    lease.used = used;
    // What a device held before a restore it may still have sold; see begin_epoch().
    if (lease.used > lease.granted && epoch_ == 1) broken_.push_back("more used than granted");
    lease.granted = std::max(lease.granted, lease.used);
    SeatCount& seats = slots_.at(slot).seats;
    const auto next = sold ? seats.sell_held() : seats.give_back(static_cast<int>(by));
    if (next) seats = *next;
    if (!next && epoch_ == 1) broken_.push_back("a seat was sold that nobody held");
    tell(SlotChanged{slots_.at(slot)});
}

// ---- leases

HttpResponse ModelServer::lease(DeviceId device, const HttpRequest& request) {
    const auto parsed = sync::parse_lease_request(request.body);
    MADO_CHECK(parsed.ok());
    sync::LeaseAnswer answer;
    answer.now = now;
    for (const auto& wish : parsed->wishes) {
        Lease& held = devices_.at(device).leases[wish.slot];
        const auto slot = slots_.find(wish.slot);
        if (grants && slot != slots_.end() && slot->second.seats.target > 0) {
            SeatCount& seats = slot->second.seats;
            const auto more = std::min<std::int64_t>(wish.level - held.granted, seats.free());
            if (more > 0) {
                seats = seats.grant(static_cast<int>(more)).value();
                held.granted += more;
                if (!wish.dose) held.kept = std::min<std::int64_t>(kept_of_a_grant, more);
                tell(LeaseChanged{device, wish.slot, held.granted, held.kept});
                tell(SlotChanged{slot->second});
            }
        }
        answer.levels.push_back({wish.slot, held.granted, held.kept});
    }
    return json(sync::to_json(answer));
}

// ---- feed

sync::WireChange ModelServer::for_device(DeviceId device, const Change& change) const {
    if (const auto* lease = std::get_if<LeaseChanged>(&change)) {
        if (lease->device != device) return sync::Withheld{};
        return *lease;
    }
    if (const auto* resident = std::get_if<ResidentChanged>(&change)) {
        const auto row = sync::seal(devices_.at(device).key, vaccine_list_,
                                    resident->ticket.reveal(), resident->resident);
        return sync::SealedResident{std::string(row.locator.begin(), row.locator.end()),
                                    std::string(row.sealed.begin(), row.sealed.end())};
    }
    if (const auto* town = std::get_if<TownChanged>(&change)) return *town;
    if (const auto* vaccine = std::get_if<VaccineChanged>(&change)) return *vaccine;
    if (const auto* venue = std::get_if<VenueChanged>(&change)) return *venue;
    if (const auto* slot = std::get_if<SlotChanged>(&change)) return *slot;
    if (const auto* call = std::get_if<CallChanged>(&change)) return *call;
    if (const auto* text = std::get_if<TextChanged>(&change)) return *text;
    if (const auto* settings = std::get_if<SettingsChanged>(&change)) {
        const bool own = !settings->device || *settings->device == device;
        return own ? sync::WireChange(*settings) : sync::WireChange(sync::Withheld{});
    }
    if (const auto* application = std::get_if<ApplicationChanged>(&change)) return *application;
    return std::get<BookingChanged>(change);
}

HttpResponse ModelServer::changes(DeviceId device, const HttpRequest& request) {
    const FeedPosition after{parameter(request.path, "epoch"), parameter(request.path, "after")};
    if (after.epoch != epoch_ || after.number > position().number) {
        return refusal(409, "snapshot-needed");
    }
    sync::ChangesPage page;
    page.after = after;
    page.now = now;
    const auto upto = std::min<std::int64_t>(position().number,
                                             after.number + static_cast<std::int64_t>(page_max));
    for (auto number = after.number; number < upto; ++number) {
        page.changes.push_back(for_device(device, feed_[static_cast<std::size_t>(number)]));
    }
    page.upto = upto;
    return json(sync::to_json(page));
}

HttpResponse ModelServer::snapshot(DeviceId device) {
    ++snapshots_;
    Device& known = devices_.at(device);
    sync::Snapshot snapshot{position(), town_, {}, {}, {}, {}, {}, EventNumber(0), {}, now};
    for (const auto& [code, vaccine] : vaccines_)
        snapshot.vaccines.push_back(vaccine);
    for (const auto& [id, venue] : venues_)
        snapshot.venues.push_back(venue);
    for (const auto& [id, slot] : slots_)
        snapshot.slots.push_back(slot);
    for (const auto& [id, booking] : bookings_) {
        if (booking.state != BookingState::Cancelled) snapshot.bookings.push_back(booking);
    }
    for (const auto& [id, application] : applications_) {
        if (application.state == ApplicationState::Waiting)
            snapshot.applications.push_back(application);
    }
    for (const auto& [slot, lease] : known.leases)
        snapshot.leases.push_back({slot, lease});
    for (const auto& [id, call] : calls_) {
        if (call.is_live(now)) snapshot.calls.push_back(call);
    }
    for (const SettingsChanged& settings : settings_) {
        if (!settings.device || *settings.device == device) snapshot.settings = {settings};
    }
    snapshot.texts = texts_;
    snapshot.events_known = EventNumber(static_cast<std::int64_t>(known.events.size()));

    std::vector<sync::RosterRow> rows;
    for (const auto& [ticket, resident] : residents_) {
        rows.push_back(sync::seal(known.key, vaccine_list_, ticket, resident));
    }
    const auto file = sync::write_roster_file(position(), vaccine_list_, rows);
    const auto id = "r" + std::to_string(epoch_) + "-" + std::to_string(position().number);
    known.rosters[id] = file;
    snapshot.roster = {id, static_cast<std::int64_t>(file.size()), sha256(bytes_of(file))};
    return json(sync::to_json(snapshot));
}

HttpResponse ModelServer::roster(DeviceId device, const HttpRequest& request) {
    const std::string prefix = "/v1/roster/";
    const auto id = request.path.substr(prefix.size(), request.path.find('?') - prefix.size());
    const auto& rosters = devices_.at(device).rosters;
    const auto file = rosters.find(id);
    if (file == rosters.end()) return refusal(404, "unknown-roster");
    const auto offset = static_cast<std::size_t>(parameter(request.path, "offset"));
    MADO_CHECK(offset < file->second.size());
    return {200, "application/octet-stream", file->second.substr(offset, range_max)};
}

}  // namespace mado::tests
