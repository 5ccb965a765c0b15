#include "shared/platform/clock.h"
#include "sync/server/booking/execute.h"
#include "sync/server/shell/commands.h"
#include "sync/server/shell/console.h"
#include "sync/server/shell/town_folder.h"
#include "sync/server/store/sqlite_store.h"

#include <algorithm>
#include <csignal>
#include <ctime>
#include <map>
#include <set>

#include <boost/json.hpp>
#include <fmt/format.h>

namespace mado::server {

namespace {

namespace json = boost::json;

// What a call's ids stand for, as staff call it.
struct Places {
    std::map<DeviceId, std::string> devices;
    std::map<VenueId, std::string> venues;

    std::string device(const Call& call) const { return name_in(devices, call.id.device); }
    std::string venue(const Call& call) const {
        return call.venue ? name_in(venues, *call.venue) : std::string();
    }

  private:
    template <class Kind>
    static std::string name_in(const std::map<Kind, std::string>& names, Kind id) {
        const auto found = names.find(id);
        return found == names.end() ? std::string() : found->second;
    }
};

Result<Places, IoError> read_places(Reads& reads) {
    Places places;
    for (const Device& device : MADO_TRY(reads.devices()))
        places.devices.emplace(device.id, device.name);
    for (const VenueEntry& entry : MADO_TRY(reads.venues()))
        places.venues.emplace(entry.venue.id, entry.venue.name);
    return places;
}

std::string state_of(const Call& call, Instant now) {
    if (call.waits(now)) return "waits";
    if (call.answer) return "answered by " + call.answer->by;
    return call.ended ? "the person went on" : "nobody answered";
}

void tell(const Call& call, const Places& places, Instant now, Output output) {
    const std::string venue = places.venue(call);
    if (output == Output::Json) {
        const auto moment = [](const std::optional<Instant>& at) {
            return at ? json::value(to_text(*at)) : json::value();
        };
        const auto& answer = call.answer;
        return say(json::serialize(
            json::object{{"id", call.id.text()},
                         {"device", call.id.device.number()},
                         {"device_name", places.device(call)},
                         {"venue", call.venue ? json::value(call.venue->number()) : json::value()},
                         {"venue_name", venue},
                         {"since", to_text(call.since)},
                         {"waits", call.waits(now)},
                         {"answered_by", answer ? json::value(answer->by) : json::value()},
                         {"answered_at", moment(answer ? std::optional(answer->at) : std::nullopt)},
                         {"ended_at", moment(call.ended)}}));
    }
    say(fmt::format("{}  since {}  {}{}  {}", call.id.text(), to_text(time_in_japan(call.since)),
                    places.device(call), venue.empty() ? "" : " (" + venue + ")",
                    state_of(call, now)));
}

// True once somebody wants the program to end.
bool is_over_after(std::chrono::milliseconds pause, const sigset_t& signals) {
    const auto nanoseconds = std::chrono::nanoseconds(pause).count();
    const timespec limit{0, static_cast<long>(nanoseconds)};
    return sigtimedwait(&signals, nullptr, &limit) > 0;
}

// Those that wait and were not told yet; `told` afterwards holds them too.
Result<void, IoError> tell_new(Reads& reads, std::set<CallId>& told, Output output) {
    const Instant now = SystemClock().now();
    const auto calls = MADO_TRY(reads.calls(true));
    const auto is_new = [&](const Call& call) {
        return call.waits(now) && !told.contains(call.id);
    };
    if (std::ranges::none_of(calls, is_new)) return {};
    const auto places = MADO_TRY(read_places(reads));
    for (const Call& call : calls) {
        if (!is_new(call)) continue;
        if (output == Output::Text) fmt::print("\a");
        tell(call, places, now, output);
        told.insert(call.id);
    }
    std::fflush(stdout);
    return {};
}

}  // namespace

int call_list(const std::filesystem::path& folder, bool all, Output output) {
    const auto reads = open_sqlite_reads(TownFolder{folder}.database());
    if (!reads.ok()) return complain(reads.error());
    auto calls = (*reads)->calls(!all);
    if (!calls.ok()) return complain(calls.error());
    const auto places = read_places(**reads);
    if (!places.ok()) return complain(places.error());
    const Instant now = SystemClock().now();
    if (!all) std::erase_if(*calls, [now](const Call& call) { return !call.is_live(now); });
    std::ranges::sort(*calls, {}, &Call::since);
    for (const Call& call : *calls)
        tell(call, *places, now, output);
    if (output == Output::Text && calls->empty()) say("nobody calls");
    return kDone;
}

int call_answer(const CallAnswerOptions& options, Output output) {
    const auto id = CallId::parse(options.call);
    if (!id) return complain(options.call + " is no call; they look like 3-127", kMisused);
    const TownFolder folder{options.folder};
    const auto store = open_sqlite_store(folder.database());
    if (!store.ok()) return complain(store.error());
    const auto reads = open_sqlite_reads(folder.database());
    if (!reads.ok()) return complain(reads.error());
    const Instant now = SystemClock().now();
    const Outcome outcome = execute(**store, AnswerCall{*id, options.by}, now);
    const auto* const stands = std::get_if<CallStands>(&outcome);
    if (stands == nullptr) return complain(outcome);
    const auto places = read_places(**reads);
    if (!places.ok()) return complain(places.error());
    if (stands->answered || output == Output::Json) tell(stands->call, *places, now, output);
    if (stands->answered) return kDone;
    return complain("it was answered before, by " + stands->call.answer->by);
}

int call_watch(const std::filesystem::path& folder, Output output) {
    constexpr std::chrono::milliseconds kLook{250};
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    const auto reads = open_sqlite_reads(TownFolder{folder}.database());
    if (!reads.ok()) return complain(reads.error());
    std::set<CallId> told;
    std::int64_t seen = -1;
    do {
        const auto version = (*reads)->data_version();
        if (!version.ok()) return complain(version.error());
        if (*version == seen) continue;
        seen = *version;
        const auto done = tell_new(**reads, told, output);
        if (!done.ok()) return complain(done.error());
    } while (!is_over_after(kLook, signals));
    return kDone;
}

}  // namespace mado::server
