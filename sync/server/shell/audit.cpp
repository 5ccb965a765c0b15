#include "sync/server/records/audit.h"

#include "sync/server/shell/commands.h"
#include "sync/server/shell/console.h"
#include "sync/server/shell/town_folder.h"
#include "sync/server/store/sqlite_store.h"

#include <boost/json.hpp>
#include <fmt/core.h>

namespace mado::server {

namespace {

namespace json = boost::json;

json::object json_of(const Finding& finding) {
    json::object object{{"finding", finding.kind}, {"what", finding.what}};
    const auto add = [&object](const char* name, std::optional<std::int64_t> value) {
        if (value) object[name] = *value;
    };
    add("device", finding.device);
    add("number", finding.number);
    add("upto", finding.upto);
    add("slot", finding.slot);
    add("person", finding.person);
    return object;
}

json::object summary_of(const AuditReport& report) {
    return {{"findings", report.findings.size()},
            {"devices", report.devices},
            {"events", report.events},
            {"slots", report.slots},
            {"bookings", report.bookings},
            {"changes", report.changes}};
}

Result<sync::PublicKey, IoError> town_key(const TownFolder& town) {
    return public_key_of_certificate(MADO_TRY(read_authority_certificate(town)));
}

}  // namespace

int audit_books(const std::filesystem::path& folder, Output output) {
    const TownFolder town{folder};
    const auto ledger = open_sqlite_ledger(town.database());
    if (!ledger.ok()) return complain(ledger.error());
    const auto key = town_key(town);
    if (!key.ok()) return complain(key.error());
    const auto report = audit(**ledger, *key);
    if (!report.ok()) return complain(report.error());
    for (const Finding& finding : report->findings) {
        say(output == Output::Json ? json::serialize(json_of(finding))
                                   : finding.kind + ": " + finding.what);
    }
    if (output == Output::Json) {
        say(json::serialize(summary_of(*report)));
    } else {
        say(fmt::format(
            "{}: {} events of {} devices, {} bookings in {} slots, {} changes of the feed",
            report->findings.empty() ? "all is in order"
                                     : std::to_string(report->findings.size()) + " findings",
            report->events, report->devices, report->bookings, report->slots, report->changes));
    }
    return report->findings.empty() ? kDone : kFailed;
}

}  // namespace mado::server
