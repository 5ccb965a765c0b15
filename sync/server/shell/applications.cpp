#include "shared/platform/clock.h"
#include "sync/server/booking/execute.h"
#include "sync/server/records/export.h"
#include "sync/server/shell/commands.h"
#include "sync/server/shell/console.h"
#include "sync/server/shell/town_folder.h"
#include "sync/server/store/sqlite_store.h"

#include <map>
#include <memory>
#include <vector>

#include <boost/json.hpp>
#include <fmt/format.h>

namespace mado::server {

namespace {

namespace json = boost::json;

// What an application's choices stand for.
struct Places {
    SlotTable slots;
    std::map<VenueId, std::string> venues;
    Instant now;
};

Result<Places, IoError> read_places(Reads& reads) {
    Places places{{}, {}, SystemClock().now()};
    for (Slot& slot : MADO_TRY(reads.slots(*date_of(1970, 1, 1), *date_of(9999, 12, 31)))) {
        const SlotId id = slot.id;
        places.slots.emplace(id, std::move(slot));
    }
    for (const VenueEntry& entry : MADO_TRY(reads.venues()))
        places.venues.emplace(entry.venue.id, entry.venue.name);
    return places;
}

// "free", "full", "closed", "past" or "unknown": what could be done with it now.
std::string standing_of(SlotId id, const Places& places) {
    const auto slot = places.slots.find(id);
    if (slot == places.slots.end()) return "unknown";
    if (instant_in_japan(slot->second.date, slot->second.starts) < places.now) return "past";
    if (slot->second.seats.target == 0) return "closed";
    return slot->second.seats.free() > 0 ? "free" : "full";
}

std::string venue_of(const Slot& slot, const Places& places) {
    const auto venue = places.venues.find(slot.venue);
    return venue == places.venues.end() ? "?" : venue->second;
}

json::object json_of_choice(SlotId id, const Places& places) {
    json::object choice{{"slot", id.number()}, {"now", standing_of(id, places)}};
    const auto slot = places.slots.find(id);
    if (slot == places.slots.end()) return choice;
    choice["date"] = to_text(slot->second.date);
    choice["time"] = to_text(slot->second.starts);
    choice["venue"] = slot->second.venue.number();
    choice["venue_name"] = venue_of(slot->second, places);
    choice["free"] = slot->second.seats.free();
    return choice;
}

json::object json_of(const ApplicationEntry& entry, const Places& places) {
    const Application& application = entry.application;
    json::array choices;
    for (const SlotId slot : application.choices)
        choices.push_back(json_of_choice(slot, places));
    json::object object{{"id", application.id.short_number()},
                        {"state", std::string(name_of(application.state))},
                        {"received", to_text(entry.received)},
                        {"person", application.person.number()},
                        {"dose", application.dose},
                        {"help", help_text(application.declared)},
                        {"choices", std::move(choices)}};
    object["booking"] = entry.placed ? json::value(entry.placed->short_number()) : json::value();
    if (entry.waits()) return object;
    object["ended"] = to_text(entry.ended_at);
    object["by"] = entry.by;
    object["note"] = entry.note;
    return object;
}

void print_block(const ApplicationEntry& entry, const Places& places) {
    const Application& application = entry.application;
    const std::string help = help_text(application.declared);
    say(fmt::format("{}  {}  received {}", application.id.short_number(),
                    name_of(application.state), to_text(entry.received)));
    say(fmt::format("    person {}, dose {}{}", application.person.text(), application.dose,
                    help.empty() ? "" : ", needs " + help));
    int rank = 0;
    for (const SlotId id : application.choices) {
        const auto slot = places.slots.find(id);
        const std::string where =
            slot == places.slots.end()
                ? std::string("?")
                : fmt::format("{} {}, {}", to_text(slot->second.date), to_text(slot->second.starts),
                              venue_of(slot->second, places));
        say(fmt::format("    {}. slot {} ({}): {}", ++rank, id.text(), where,
                        standing_of(id, places)));
    }
    if (entry.waits()) return;
    std::string how =
        fmt::format("    {} at {}", name_of(application.state), to_text(entry.ended_at));
    if (!entry.by.empty()) how += " by " + entry.by;
    if (entry.placed) how += ", booking " + entry.placed->short_number();
    if (!entry.note.empty()) how += ": " + entry.note;
    say(how);
}

std::string_view word_of(BookingRefusal reason) {
    switch (reason) {
        case BookingRefusal::SlotUnknown:
            return "there is no such slot";
        case BookingRefusal::SlotPast:
            return "it is too late for its slots";
        case BookingRefusal::TooEarly:
            return "it is too early for this dose";
        case BookingRefusal::WrongVaccine:
            return "the dose before was of another vaccine";
        case BookingRefusal::TooYoung:
            return "the person is too young for this vaccine";
        case BookingRefusal::AlreadyBooked:
            return "the person has a booking";
        case BookingRefusal::NoSeat:
            return "no seat is free";
        case BookingRefusal::NotEligible:
        case BookingRefusal::OtherVersion:
        case BookingRefusal::TooLate:
        case BookingRefusal::StorageFailed:
            break;
    }
    return "the person cannot be booked for this dose";
}

// Of one application: what came of it, or why nothing did.
struct Decided {
    std::optional<ApplicationEntry> ended;
    std::string refusal;
};

Decided decide(Store& store, const Command& command) {
    const Outcome outcome = execute(store, command, SystemClock().now());
    if (const auto* ended = std::get_if<ApplicationEnded>(&outcome))
        return {ended->application, {}};
    if (const auto* before = std::get_if<ApplicationHasEnded>(&outcome)) {
        const Application& application = before->application.application;
        return {{}, fmt::format("it is {} already", name_of(application.state))};
    }
    if (const auto* denied = std::get_if<BookingDenied>(&outcome)) {
        return {{}, std::string(word_of(denied->reason))};
    }
    if (const auto* refused = std::get_if<Refused>(&outcome)) {
        return {{}, fmt::format("refused: {}", name_of(refused->reason))};
    }
    const auto* error = std::get_if<IoError>(&outcome);
    return {{}, error != nullptr ? error->what : "the store answered something else"};
}

int tell(const ApplicationEntry& entry, Reads& reads, Output output) {
    const auto places = read_places(reads);
    if (!places.ok()) return complain(places.error());
    if (output == Output::Json) {
        say(json::serialize(json_of(entry, *places)));
    } else {
        print_block(entry, *places);
    }
    return kDone;
}

// In the order in which they were received: each finds the seats that those before it left.
int place_all(Store& store, Reads& reads, const ApplicationOptions& options, Output output) {
    const auto waiting = reads.applications(true);
    if (!waiting.ok()) return complain(waiting.error());
    std::size_t placed = 0;
    for (const ApplicationEntry& entry : *waiting) {
        const ApplicationId id = entry.application.id;
        const Decided decided = decide(store, PlaceApplication{id, options.by, options.note, {}});
        if (!decided.ended) {
            complain(id.short_number() + " waits on: " + decided.refusal);
            continue;
        }
        ++placed;
        if (const int code = tell(*decided.ended, reads, output); code != kDone) return code;
    }
    if (output == Output::Text) say(fmt::format("{} of {} placed", placed, waiting->size()));
    return kDone;
}

struct Opened {
    std::unique_ptr<Store> store;
    std::unique_ptr<Reads> reads;
};

Result<Opened, IoError> open(const std::filesystem::path& folder) {
    const TownFolder town{folder};
    auto store = MADO_TRY(open_sqlite_store(town.database()));
    auto reads = MADO_TRY(open_sqlite_reads(town.database()));
    return Opened{std::move(store), std::move(reads)};
}

}  // namespace

int application_list(const std::filesystem::path& folder, bool all, Output output) {
    const auto reads = open_sqlite_reads(TownFolder{folder}.database());
    if (!reads.ok()) return complain(reads.error());
    const auto applications = (*reads)->applications(!all);
    if (!applications.ok()) return complain(applications.error());
    const auto places = read_places(**reads);
    if (!places.ok()) return complain(places.error());
    for (const ApplicationEntry& entry : *applications) {
        if (output == Output::Json) {
            say(json::serialize(json_of(entry, *places)));
        } else {
            print_block(entry, *places);
        }
    }
    if (output == Output::Text && applications->empty()) say("nobody waits for a place");
    return kDone;
}

int application_decide(const ApplicationOptions& options, ApplicationDecision decision,
                       Output output) {
    const auto opened = open(options.folder);
    if (!opened.ok()) return complain(opened.error());
    if (options.all) return place_all(*opened->store, *opened->reads, options, output);
    const auto id = ApplicationId::parse(options.id);
    if (!id) return complain(options.id + " is no number of an application", kMisused);
    Command command = DeclineApplication{*id, options.by, options.note};
    if (decision == ApplicationDecision::Place) {
        PlaceApplication place{*id, options.by, options.note, {}};
        if (options.slot) place.slot = SlotId(*options.slot);
        command = place;
    }
    const Decided decided = decide(*opened->store, command);
    if (!decided.ended) return complain(options.id + ": " + decided.refusal);
    return tell(*decided.ended, *opened->reads, output);
}

}  // namespace mado::server
