#include "sync/server/api/routes.h"

#include "sync/protocol/messages.h"
#include "sync/protocol/signed_head.h"
#include "sync/server/api/openapi.h"
#include "sync/server/api/replies.h"

#include <algorithm>
#include <array>
#include <map>

namespace mado::server {

namespace {

enum class Name { Enrol, Events, Changes, Leases, Snapshot, Roster, Health, Description };

enum class Doors { Residents, Devices, Both };

struct Route {
    Name name;
    std::string_view path;  // with a slash at its end: what follows belongs to it
    Doors doors;
    bool posts;  // POST with JSON; GET (and HEAD) otherwise
    std::size_t body_bytes_max;
    const char* label;
};

// clang-format off
constexpr std::array kRoutes = {
    Route{Name::Enrol,       "/v1/enrol",     Doors::Residents, true,  16u << 10,           "enrol"},
    Route{Name::Events,      "/v1/events",    Doors::Devices,   true,  sync::kPushBytesMax, "events"},
    Route{Name::Changes,     "/v1/changes",   Doors::Devices,   false, 0,                   "changes"},
    Route{Name::Leases,      "/v1/leases",    Doors::Devices,   true,  64u << 10,           "leases"},
    Route{Name::Snapshot,    "/v1/snapshot",  Doors::Devices,   false, 0,                   "snapshot"},
    Route{Name::Roster,      "/v1/roster/",   Doors::Devices,   false, 0,                   "roster"},
    Route{Name::Health,      "/healthz",      Doors::Both,      false, 0,                   "healthz"},
    Route{Name::Description, "/openapi.json", Doors::Both,      false, 0,                   "openapi"},
};
// clang-format on

bool opens_from(Doors doors, Door door) {
    return doors == Doors::Both || (doors == Doors::Residents) == (door == Door::Residents);
}

std::string_view path_of(std::string_view target) {
    return target.substr(0, target.find('?'));
}

std::string_view query_of(std::string_view target) {
    const auto mark = target.find('?');
    return mark == std::string_view::npos ? std::string_view() : target.substr(mark + 1);
}

const Route* route_of(Door door, std::string_view target) {
    const auto path = path_of(target);
    for (const Route& route : kRoutes) {
        const bool fits = route.path.ends_with('/') && route.path.size() > 1
                              ? path.starts_with(route.path) && path.size() > route.path.size()
                              : path == route.path;
        if (fits && opens_from(route.doors, door)) return &route;
    }
    return nullptr;
}

// "a=1&b=2" with numbers alone, each name once. No value where it is not that.
std::optional<std::map<std::string_view, std::int64_t>> numbers_in(std::string_view query) {
    std::map<std::string_view, std::int64_t> numbers;
    while (!query.empty()) {
        const auto part = query.substr(0, query.find('&'));
        query.remove_prefix(std::min(query.size(), part.size() + 1));
        const auto sign = part.find('=');
        if (sign == std::string_view::npos) return {};
        const auto number = parse_digits(part.substr(sign + 1));
        if (!number || !numbers.emplace(part.substr(0, sign), *number).second) return {};
    }
    return numbers;
}

Reply refuse_message(const char* route, const sync::WireError& error) {
    return refuse(400, route, "bad-message", error.what);
}

Reply snapshot_needed(const char* route) {
    return refuse(409, route, "snapshot-needed", "This position is not known here: start anew.");
}

}  // namespace

std::vector<Address> addresses() {
    std::vector<Address> all;
    for (const Route& route : kRoutes) {
        std::vector<std::string> methods{"POST"};
        if (!route.posts) methods = {"GET", "HEAD"};
        all.push_back({std::string(route.path), opens_from(route.doors, Door::Residents),
                       opens_from(route.doors, Door::Devices), std::move(methods)});
    }
    return all;
}

Routes::Routes(Backend backend, RouteLimits limits)
    : backend_(std::move(backend)),
      read_record_(reads_records_of(backend_.town_key)),
      limits_(limits),
      reads_(backend_.open_reads),
      devices_(reads_),
      tail_(reads_),
      snapshots_(reads_, backend_.rosters) {}

Routes::~Routes() = default;

std::variant<Admitted, Reply> Routes::admit(const RequestHead& head) {
    const Route* const route = route_of(head.door, head.target);
    if (route == nullptr) return refuse(404, "none", "unknown-address", "There is nothing here.");
    const bool fits =
        route->posts ? head.method == "POST" : head.method == "GET" || head.method == "HEAD";
    if (!fits) {
        Reply reply =
            refuse(405, route->label, "wrong-method", "This address takes another method.");
        reply.allow = route->posts ? "POST" : "GET, HEAD";
        return reply;
    }
    return Admitted{route->body_bytes_max};
}

void Routes::handle(Request request, Done done) {
    const Route* const route = route_of(request.door, request.target);
    MADO_CHECK(route != nullptr);  // admit() has looked
    if (route->posts && request.content_type != "application/json") {
        return done(refuse(415, route->label, "not-json", "This address takes application/json."));
    }
    if (route->name == Name::Health) return done(health());
    if (route->name == Name::Description) return done(ok(route->label, std::string(openapi())));
    if (route->name == Name::Enrol) return answer_enrolment(request, std::move(done));

    // What a fenced device had decided before still happened: its events are kept.
    const auto strict = route->name == Name::Events ? Strict::OrFenced : Strict::Yes;
    auto device = device_of(request, route->label, strict);
    if (auto* refusal = std::get_if<Reply>(&device)) return done(std::move(*refusal));
    const auto& known = std::get<KnownDevice>(device);
    const auto query = query_of(request.target);
    switch (route->name) {
        case Name::Events:
            return answer_push(request, known, std::move(done));
        case Name::Leases:
            return answer_leases(request, known, std::move(done));
        case Name::Changes:
            return answer_changes(query, known, std::move(done));
        case Name::Snapshot:
            return answer_snapshot(known, std::move(done));
        case Name::Roster: {
            const auto id = path_of(request.target).substr(route->path.size());
            return done(roster_piece(id, query, known));
        }
        case Name::Enrol:
        case Name::Health:
        case Name::Description:
            break;
    }
    MADO_CHECK(false);
}

std::variant<KnownDevice, Reply> Routes::device_of(const Request& request, const char* route,
                                                   Strict strict) {
    const auto moment = backend_.clock->steady();
    std::optional<KnownDevice> device;
    if (request.client_key) {
        auto found = devices_.find(*request.client_key, moment);
        if (!found.ok()) return refuse_io(route, found.error());
        device = *found;
    }
    if (!device) return refuse(403, route, "not-enrolled", "No device was enrolled with this key.");
    switch (device->state) {
        case DeviceState::Enrolled:
            break;
        case DeviceState::CodeMade:
        case DeviceState::Pending:
            return refuse(403, route, "not-confirmed", "Staff have not confirmed this device.");
        case DeviceState::Fenced:
            if (strict == Strict::OrFenced) break;
            return shut_out(route, "fenced", "This device is fenced: it must enrol again.");
        case DeviceState::Revoked:
            if (strict == Strict::OrFenced) break;
            return shut_out(route, "revoked", "This device was revoked.");
    }
    if (device->state == DeviceState::Enrolled && devices_.contact_is_due(device->id, moment)) {
        // Only for staff's list: where the queue is full it waits for the next minute.
        static_cast<void>(backend_.submit(NoteSeen{device->id}, [](const Outcome&) {}));
    }
    return *device;
}

void Routes::submit(Command command, const char* route, Done done,
                    std::function<Reply(Outcome&)> reply_of) {
    const bool queued = backend_.submit(
        std::move(command),
        [done, reply_of = std::move(reply_of)](Outcome outcome) { done(reply_of(outcome)); });
    if (!queued) done(busy(route));
}

// It still sends what it has, which may be more than it thinks where the server was restored.
Reply Routes::shut_out(const char* route, const char* word, const char* sentence) const {
    Reply reply = refuse(403, route, word, sentence);
    reply.body = sync::to_json(sync::Refusal{word, sentence, tail_.end().epoch});
    return reply;
}

void Routes::answer_push(const Request& request, const KnownDevice& device, Done done) {
    constexpr const char* kLabel = "events";
    auto push = sync::parse_push_request(request.body, device.id);
    if (!push.ok()) return done(refuse_message(kLabel, push.error()));
    const bool shows = push->had && sync::is_signed_by(backend_.town_key, device.id, *push->had);
    IngestEvents ingest{device.id, received(std::move(push->events), read_record_)};
    if (shows) ingest.had = push->had;
    ingest.gone = push->gone;
    submit(std::move(ingest), kLabel, std::move(done), [this, device](Outcome& outcome) {
        auto* ingested = std::get_if<EventsIngested>(&outcome);
        if (ingested == nullptr) return refuse_outcome(kLabel, outcome);
        sync::PushAnswer answer{std::move(ingested->answers), ingested->expected, ingested->fenced,
                                now()};
        if (answer.fenced) answer.epoch = tail_.end().epoch;
        // A page of the feed brings it to the device.
        if (!answer.answers.empty()) static_cast<void>(signed_head(device));
        return ok(kLabel, sync::to_json(answer));
    });
}

void Routes::answer_leases(const Request& request, const KnownDevice& device, Done done) {
    constexpr const char* kLabel = "leases";
    auto wish = sync::parse_lease_request(request.body);
    if (!wish.ok()) return done(refuse_message(kLabel, wish.error()));
    submit(
        RaiseLeases{device.id, std::move(wish->wishes)}, kLabel, std::move(done),
        [this](Outcome& outcome) {
            auto* raised = std::get_if<LeasesRaised>(&outcome);
            if (raised == nullptr) return refuse_outcome(kLabel, outcome);
            return ok(kLabel, sync::to_json(sync::LeaseAnswer{std::move(raised->levels), now()}));
        });
}

void Routes::answer_changes(std::string_view query, const KnownDevice& device, Done done) {
    constexpr const char* kLabel = "changes";
    const auto numbers = numbers_in(query);
    if (!numbers || !numbers->contains("epoch") || !numbers->contains("after")) {
        return done(
            refuse(400, kLabel, "bad-query", "It takes epoch=E&after=N&wait=S, as numbers."));
    }
    const FeedPosition after{numbers->at("epoch"), numbers->at("after")};
    const auto asked = numbers->contains("wait") ? numbers->at("wait") : 0;
    const std::chrono::seconds wait{std::min<std::int64_t>(asked, limits_.poll_max.count())};
    if (wait.count() > 0) {
        // The lock is held from the look at the end to the place in line, so that a commit in
        // between does not pass by unseen: feed_moved() takes it after it has moved the end.
        const std::lock_guard lock(mutex_);
        if (!stopping_ && tail_.end() == after) {
            polls_.push_back({device, after, backend_.clock->steady() + wait, std::move(done)});
            return;
        }
    }
    done(page_reply(device, after));
}

Reply Routes::page_reply(const KnownDevice& device, FeedPosition after) {
    constexpr const char* kLabel = "changes";
    const auto found = tail_.after(after, sync::kChangesMax);
    if (!found.ok()) {
        const bool unknown = found.error().kind == IoError::Kind::Refused;
        if (unknown && after > tail_.end() && !store_is_old_.exchange(true)) {
            backend_.store_is_old(device.id);
        }
        return unknown ? snapshot_needed(kLabel) : refuse_io(kLabel, found.error());
    }
    sync::ChangesPage page{
        after, after.number + static_cast<std::int64_t>(found->rows.size()), {}, now()};
    page.changes.reserve(found->rows.size());
    for (const FeedTail::Row& row : found->rows) {
        auto change = for_device(*row, device);
        if (!change.ok()) return refuse_io(kLabel, change.error());
        page.changes.push_back(std::move(change).value());
    }
    page.head = signed_head(device);
    return ok(kLabel, sync::to_json(page));
}

// Signed here and not by whoever writes, since that is what everybody waits for.
std::optional<SignedHead> Routes::signed_head(const KnownDevice& device) {
    if (!devices_.signature_is_due(device.id, backend_.clock->steady())) return {};
    const auto chain = reads_.with([&](Reads& reads) { return reads.chain(device.id); });
    if (!chain.ok() || !*chain || (*chain)->end.events_known == EventNumber()) return {};
    if ((*chain)->is_signed_whole()) return (*chain)->signed_head;
    const ChainEnd& end = (*chain)->end;
    const SignedHead head = sync::sign_head(
        device.id, {tail_.end().epoch, end.events_known, end.head, {}}, backend_.sign);
    // Where the queue is full the next page brings it.
    static_cast<void>(backend_.submit(KeepSignedHead{device.id, head}, [](const Outcome&) {}));
    return head;
}

Result<sync::WireChange, IoError> Routes::for_device(const Change& change,
                                                     const KnownDevice& device) {
    if (const auto* resident = std::get_if<ResidentChanged>(&change)) {
        const auto vaccines = MADO_TRY(vaccines_with(resident->resident));
        const auto row =
            sync::seal(device.roster_key, vaccines, resident->ticket.reveal(), resident->resident);
        return sync::WireChange(
            sync::SealedResident{std::string(row.locator.begin(), row.locator.end()),
                                 std::string(row.sealed.begin(), row.sealed.end())});
    }
    if (const auto* lease = std::get_if<LeaseChanged>(&change);
        lease && lease->device != device.id) {
        return sync::WireChange(sync::Withheld{});
    }
    if (const auto* call = std::get_if<CallChanged>(&change);
        call && !concerns(call->call, device)) {
        return sync::WireChange(sync::Withheld{});
    }
    if (const auto* settings = std::get_if<SettingsChanged>(&change);
        settings && settings->device && *settings->device != device.id) {
        return sync::WireChange(sync::Withheld{});
    }
    return std::visit(
        [](const auto& row) -> sync::WireChange {
            if constexpr (std::is_same_v<std::decay_t<decltype(row)>, ResidentChanged>) {
                return sync::Withheld{};
            } else {
                return row;
            }
        },
        change);
}

// The list only grows, so one that holds this vaccine is new enough.
Result<sync::VaccineList, IoError> Routes::vaccines_with(const Resident& resident) {
    const auto holds = [&resident](const sync::VaccineList& list) {
        return !list.empty() &&
               (!resident.last_dose ||
                std::ranges::find(list, resident.last_dose->vaccine) != list.end());
    };
    {
        const std::lock_guard lock(mutex_);
        if (holds(vaccine_list_)) return vaccine_list_;
    }
    auto list = MADO_TRY(reads_.with([](Reads& reads) { return reads.vaccine_list(); }));
    const std::lock_guard lock(mutex_);
    vaccine_list_ = list;
    return list;
}

Result<void, IoError> Routes::feed_moved() {
    const FeedPosition end = MADO_TRY(tail_.catch_up());
    std::vector<Poll> passed;
    {
        const std::lock_guard lock(mutex_);
        const auto waits = [end](const Poll& poll) { return poll.after == end; };
        const auto middle = std::stable_partition(polls_.begin(), polls_.end(), waits);
        std::move(middle, polls_.end(), std::back_inserter(passed));
        polls_.erase(middle, polls_.end());
    }
    for (Poll& poll : passed)
        poll.done(page_reply(poll.device, poll.after));
    return {};
}

void Routes::end_overdue() {
    end_polls(backend_.clock->steady());
}

void Routes::end_polls(Moment until) {
    std::vector<Poll> over;
    {
        const std::lock_guard lock(mutex_);
        const auto waits = [until](const Poll& poll) { return poll.until > until; };
        const auto middle = std::stable_partition(polls_.begin(), polls_.end(), waits);
        std::move(middle, polls_.end(), std::back_inserter(over));
        polls_.erase(middle, polls_.end());
    }
    for (Poll& poll : over)
        poll.done(page_reply(poll.device, poll.after));
}

void Routes::stop_waiting() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    end_polls(Moment::max());
}

void Routes::answer_snapshot(const KnownDevice& device, Done done) {
    constexpr const char* kLabel = "snapshot";
    const bool taken = backend_.in_background([this, device, done] {
        const auto snapshot = snapshots_.make(device, now());
        if (!snapshot.ok()) return done(refuse_io(kLabel, snapshot.error()));
        std::string body = sync::to_json(*snapshot);
        if (body.size() > sync::kSnapshotBytesMax) {
            return done(
                refuse(500, kLabel, "broken", "The town is larger than a snapshot may be."));
        }
        done(ok(kLabel, std::move(body)));
    });
    if (!taken) done(busy(kLabel));
}

Reply Routes::roster_piece(std::string_view id, std::string_view query, const KnownDevice& device) {
    constexpr const char* kLabel = "roster";
    const auto numbers = numbers_in(query);
    if (!numbers) return refuse(400, kLabel, "bad-query", "It takes offset=N, as a number.");
    const auto offset = numbers->contains("offset") ? numbers->at("offset") : 0;
    auto piece = snapshots_.piece(device.id, id, offset, limits_.piece_bytes_max);
    if (!piece.ok()) return refuse_io(kLabel, piece.error());
    if (!*piece) {
        return refuse(404, kLabel, "no-such-roster", "Take a new snapshot and the file it names.");
    }
    Reply reply = ok(kLabel, std::move(**piece));
    reply.content_type = "application/octet-stream";
    return reply;
}

Reply Routes::health() {
    if (!backend_.healthy()) {
        return refuse(503, "healthz", "storage", "The last commit failed.");
    }
    const auto calls = reads_.with([](Reads& reads) { return reads.calls(true); });
    if (!calls.ok()) return refuse_io("healthz", calls.error());
    const auto waits = [moment = now()](const Call& call) { return call.waits(moment); };
    if (store_is_old_) {
        return refuse(503, "healthz", "old-store", "A device has seen more than is stored here.");
    }
    return ok("healthz", R"({"status":"ok","silent_devices":)" + std::to_string(silent_.load()) +
                             R"(,"waiting_calls":)" +
                             std::to_string(std::ranges::count_if(*calls, waits)) + "}");
}

void Routes::announce(std::string devices_address) {
    const std::lock_guard lock(mutex_);
    devices_address_ = std::move(devices_address);
}

}  // namespace mado::server
