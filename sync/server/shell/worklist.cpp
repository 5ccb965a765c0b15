#include "shared/platform/clock.h"
#include "sync/server/booking/execute.h"
#include "sync/server/shell/commands.h"
#include "sync/server/shell/console.h"
#include "sync/server/shell/town_folder.h"
#include "sync/server/store/sqlite_store.h"

#include <map>
#include <vector>

#include <boost/json.hpp>
#include <fmt/format.h>

namespace mado::server {

namespace {

namespace json = boost::json;

// What a row's ids stand for.
struct Names {
    SlotTable slots;
    std::map<VenueId, std::string> venues;
};

Result<Names, IoError> read_names(Reads& reads) {
    Names names;
    // Wide enough for every slot that a row can name.
    for (Slot& slot : MADO_TRY(reads.slots(*date_of(1970, 1, 1), *date_of(9999, 12, 31)))) {
        const SlotId id = slot.id;
        names.slots.emplace(id, std::move(slot));
    }
    for (const VenueEntry& entry : MADO_TRY(reads.venues())) {
        names.venues.emplace(entry.venue.id, entry.venue.name);
    }
    return names;
}

WorklistRule rule_for(const WorklistEntry& row) {
    return rule_of(row.reason, row.booking.has_value());
}

json::value json_of(const std::optional<SlotId>& id, const Names& names) {
    if (!id) return {};
    const auto slot = names.slots.find(*id);
    if (slot == names.slots.end()) return json::object{{"id", id->number()}};
    const auto venue = names.venues.find(slot->second.venue);
    return json::object{{"id", id->number()},
                        {"date", to_text(slot->second.date)},
                        {"time", to_text(slot->second.starts)},
                        {"venue", slot->second.venue.number()},
                        {"venue_name", venue == names.venues.end() ? "" : venue->second}};
}

json::object json_of(const WorklistEntry& row, const Names& names) {
    const WorklistRule rule = rule_for(row);
    json::array choices;
    for (const Choice choice : rule.choices) {
        if (!row.open()) break;
        choices.push_back(json::object{{"done", std::string(name_of(choice))},
                                       {"does", std::string(effect_of(choice))}});
    }
    json::value resolution;
    if (row.resolution) {
        resolution = json::object{{"done", row.resolution->done},
                                  {"at", to_text(row.resolution->at)},
                                  {"by", row.resolution->by},
                                  {"note", row.resolution->note}};
    }
    return {{"id", row.id},
            {"reason", row.reason},
            {"happened", std::string(rule.happened)},
            {"since", to_text(row.since)},
            {"said_by", row.by},
            {"open", row.open()},
            {"who", std::string(name_of(rule.actor))},
            {"choices", std::move(choices)},
            {"booking", row.booking ? json::value(row.booking->short_number()) : json::value()},
            {"person", row.person ? json::value(row.person->number()) : json::value()},
            {"device", row.device ? json::value(row.device->number()) : json::value()},
            {"slot", json_of(row.slot, names)},
            {"resolution", std::move(resolution)}};
}

std::string names_of(const WorklistEntry& row, const Names& names) {
    std::vector<std::string> parts;
    if (row.booking) parts.push_back("booking " + row.booking->short_number());
    if (row.person) parts.push_back("person " + row.person->text());
    if (row.device) parts.push_back("device " + row.device->text());
    if (row.slot) {
        std::string part = "slot " + row.slot->text();
        const auto slot = names.slots.find(*row.slot);
        if (slot != names.slots.end()) {
            const auto venue = names.venues.find(slot->second.venue);
            part += fmt::format(" ({} {}, {})", to_text(slot->second.date),
                                to_text(slot->second.starts),
                                venue == names.venues.end() ? "?" : venue->second);
        }
        parts.push_back(part);
    }
    if (!row.by.empty()) parts.push_back("said by " + row.by);
    return fmt::format("{}", fmt::join(parts, ", "));
}

std::string resolution_of(const Resolution& resolution) {
    const std::string by = resolution.by.empty() ? "the server" : resolution.by;
    std::string text = fmt::format("{} by {} at {}", resolution.done, by, to_text(resolution.at));
    if (!resolution.note.empty()) text += ": " + resolution.note;
    return text;
}

void print_block(const WorklistEntry& row, const Names& names) {
    const WorklistRule rule = rule_for(row);
    say(fmt::format("{}  {}  since {}", row.id, row.reason, to_text(row.since)));
    say(fmt::format("    {}", rule.happened));
    say(fmt::format("    {}", names_of(row, names)));
    if (row.resolution) {
        say(fmt::format("    done: {}", resolution_of(*row.resolution)));
        return;
    }
    say(fmt::format("    who may act: {}", name_of(rule.actor)));
    for (const Choice choice : rule.choices)
        say(fmt::format("    --done {:<15} {}", name_of(choice), effect_of(choice)));
}

int tell(const WorklistEntry& row, Reads& reads, Output output) {
    const auto names = read_names(reads);
    if (!names.ok()) return complain(names.error());
    if (output == Output::Json) {
        say(json::serialize(json_of(row, *names)));
    } else {
        print_block(row, *names);
    }
    return kDone;
}

}  // namespace

int worklist_list(const std::filesystem::path& folder, bool all, Output output) {
    const auto reads = open_sqlite_reads(TownFolder{folder}.database());
    if (!reads.ok()) return complain(reads.error());
    const auto rows = (*reads)->worklist(!all);
    if (!rows.ok()) return complain(rows.error());
    const auto names = read_names(**reads);
    if (!names.ok()) return complain(names.error());
    const char* gap = "";
    for (const WorklistEntry& row : *rows) {
        if (output == Output::Json) {
            say(json::serialize(json_of(row, *names)));
            continue;
        }
        fmt::print("{}", gap);
        print_block(row, *names);
        gap = "\n";
    }
    if (output == Output::Text && rows->empty()) say("nothing waits for anybody");
    return kDone;
}

int worklist_resolve(const ResolveOptions& options, Output output) {
    const auto choice = parse_choice(options.done);
    if (!choice) return complain("there is nothing like --done " + options.done, kMisused);
    const TownFolder folder{options.folder};
    const auto store = open_sqlite_store(folder.database());
    if (!store.ok()) return complain(store.error());
    const auto reads = open_sqlite_reads(folder.database());
    if (!reads.ok()) return complain(reads.error());
    ResolveRow command{options.row, *choice, options.by, options.note, {}};
    if (options.slot) command.slot = SlotId(*options.slot);
    const Outcome outcome = execute(**store, command, SystemClock().now());
    if (const auto* resolved = std::get_if<RowResolved>(&outcome)) {
        return tell(resolved->row, **reads, output);
    }
    const auto* before = std::get_if<RowWasResolved>(&outcome);
    if (before == nullptr) return complain(outcome);
    if (output == Output::Json) tell(before->row, **reads, output);
    return complain(fmt::format("row {} was done with before: {}", before->row.id,
                                resolution_of(*before->row.resolution)));
}

}  // namespace mado::server
