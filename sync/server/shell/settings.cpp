#include "shared/platform/clock.h"
#include "sync/server/booking/execute.h"
#include "sync/server/shell/commands.h"
#include "sync/server/shell/console.h"
#include "sync/server/shell/town_folder.h"
#include "sync/server/store/sqlite_store.h"

#include <boost/json.hpp>
#include <fmt/format.h>

namespace mado::server {

namespace {

namespace json = boost::json;

constexpr DeviceId kAllKiosks(0);

KioskSettings settings_in(const SettingsTable& table, DeviceId device) {
    const auto found = table.find(device);
    return found == table.end() ? KioskSettings{} : found->second;
}

json::object json_of(const KioskSettings& settings) {
    json::object values;
    for (const auto& [key, value] : written(settings))
        values[key] = value;
    return values;
}

void tell(const SettingsTable& table, Output output) {
    if (output == Output::Json) {
        json::object devices;
        for (const auto& [device, settings] : table) {
            if (device != kAllKiosks && !settings.empty())
                devices[device.text()] = json_of(settings);
        }
        return say(json::serialize(json::object{{"all", json_of(settings_in(table, kAllKiosks))},
                                                {"devices", std::move(devices)}}));
    }
    bool some = false;
    for (const auto& [device, settings] : table) {
        for (const auto& [key, value] : written(settings)) {
            const bool all = device == kAllKiosks;
            say(fmt::format("{}: {} = {}", all ? "all kiosks" : "device " + device.text(), key,
                            value));
            some = true;
        }
    }
    if (!some) say("nothing is set: kiosks do as Madoguchi has it, or as their own files say");
}

// "idle_seconds=90", or a key alone to take it back. What is wrong comes as a sentence.
std::string change(KioskSettings& settings, const std::string& change, SettingsChange kind) {
    if (kind == SettingsChange::Unset) return set_kiosk_setting(settings, change, "");
    const auto sign = change.find('=');
    const bool has_value = sign != std::string::npos && sign + 1 < change.size();
    if (!has_value) return change + " is not KEY=VALUE, as idle_seconds=90";
    return set_kiosk_setting(settings, change.substr(0, sign), change.substr(sign + 1));
}

}  // namespace

int settings_show(const std::filesystem::path& folder, Output output) {
    const auto reads = open_sqlite_reads(TownFolder{folder}.database());
    if (!reads.ok()) return complain(reads.error());
    const auto table = (*reads)->settings();
    if (!table.ok()) return complain(table.error());
    tell(*table, output);
    return kDone;
}

int settings_change(const SettingsOptions& options, SettingsChange kind, Output output) {
    const TownFolder folder{options.folder};
    const auto store = open_sqlite_store(folder.database());
    if (!store.ok()) return complain(store.error());
    const auto reads = open_sqlite_reads(folder.database());
    if (!reads.ok()) return complain(reads.error());
    const auto table = (*reads)->settings();
    if (!table.ok()) return complain(table.error());
    const std::optional<DeviceId> device =
        options.device ? std::optional(DeviceId(*options.device)) : std::nullopt;
    KioskSettings settings = settings_in(*table, device.value_or(kAllKiosks));
    for (const std::string& one : options.changes) {
        const std::string wrong = change(settings, one, kind);
        if (!wrong.empty()) return complain(wrong, kMisused);
    }
    const Outcome outcome = execute(**store, SetSettings{device, settings}, SystemClock().now());
    if (std::get_if<Imported>(&outcome) == nullptr) return complain(outcome);
    return settings_show(options.folder, output);
}

}  // namespace mado::server
