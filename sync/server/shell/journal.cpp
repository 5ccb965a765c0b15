#include "shared/platform/clock.h"
#include "shared/platform/files.h"
#include "sync/protocol/journal_file.h"
#include "sync/server/records/journal_import.h"
#include "sync/server/shell/commands.h"
#include "sync/server/shell/console.h"
#include "sync/server/shell/town_folder.h"
#include "sync/server/store/sqlite_store.h"

#include <boost/json.hpp>
#include <fmt/core.h>

namespace mado::server {

namespace {

namespace json = boost::json;

int refuse(const JournalRefusal& refusal, const std::string& file, Output output) {
    if (output == Output::Json) {
        say(json::serialize(json::object{{"line", refusal.line}, {"reason", refusal.reason}}));
    }
    fmt::print(stderr, "{}:{}: {}\n", file, refusal.line, refusal.reason);
    return complain(fmt::format("nothing of {} was taken in", file));
}

int tell(const JournalReport& report, Output output) {
    if (output == Output::Json) {
        say(json::serialize(json::object{{"device", report.device.number()},
                                         {"events", report.events},
                                         {"accepted", report.accepted},
                                         {"worklist", report.worklist},
                                         {"aside", report.aside},
                                         {"known", report.known},
                                         {"fenced", report.fenced}}));
        return kDone;
    }
    say(fmt::format(
        "device {}: {} events: {} accepted, {} on the worklist, {} kept aside, {} known "
        "already",
        report.device.text(), report.events, report.accepted, report.worklist, report.aside,
        report.known));
    if (report.fenced) say("the device is fenced or revoked: what it sends is kept aside");
    return kDone;
}

}  // namespace

int journal_import(const std::filesystem::path& root, const std::filesystem::path& file,
                   Output output) {
    const auto text = read_file(file, sync::kJournalFileBytesMax);
    if (!text.ok()) return complain(text.error());
    const TownFolder folder{root};
    const auto store = open_sqlite_store(folder.database());
    if (!store.ok()) return complain(store.error());
    const auto reads = open_sqlite_reads(folder.database());
    if (!reads.ok()) return complain(reads.error());
    // Where it runs without the service's credentials, the server signs at the device's next
    // contact.
    const auto authority = read_authority(folder);
    sync::Sign sign;
    if (authority.ok()) {
        sign = [&](std::span<const std::uint8_t> bytes) { return authority->key().sign(bytes); };
    }
    const auto certificate = read_authority_certificate(folder);
    if (!certificate.ok()) return complain(certificate.error());
    const auto town_key = public_key_of_certificate(*certificate);
    if (!town_key.ok()) return complain(town_key.error());
    const auto imported = import_journal(**store, **reads, *text, sign, reads_records_of(*town_key),
                                         SystemClock().now());
    if (!imported.ok()) return complain(imported.error());
    if (const auto* refusal = std::get_if<JournalRefusal>(&*imported)) {
        return refuse(*refusal, file.string(), output);
    }
    return tell(std::get<JournalReport>(*imported), output);
}

}  // namespace mado::server
