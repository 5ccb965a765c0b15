#pragma once

// What the program madoguchi-server does, a function for each of its commands. Each returns the
// exit code: 0 done, 1 failed (and stderr says why), 2 misused.

#include "shared/domain/town.h"
#include "sync/server/api/callers.h"
#include "sync/server/booking/command_queue.h"
#include "sync/server/records/file_forms.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace mado::server {

constexpr int kDone = 0;
constexpr int kFailed = 1;
constexpr int kMisused = 2;

enum class Output { Text, Json };

struct InitOptions {
    std::filesystem::path folder;
    std::string municipality;
    std::string name;
    std::string name_en;
    std::string telephone;
    std::vector<std::string> service_area;
    std::string address_prefix;
    int change_days_before = 2;
    int booking_closes_minutes = 60;
    int misses_an_hour = kMissesAnHour;
    std::filesystem::path share;
};
int init(const InitOptions& options, Output output);

struct TownOptions {
    std::filesystem::path folder;
    std::optional<std::string> telephone;     // empty: none
    std::optional<std::string> next_opening;  // "2021-07-12 09:00", or "none"
    // "kiosk=60", as often as there are channels; "none": nothing is shared out by channel.
    std::vector<std::string> shares;
    std::optional<int> second_doses;
    std::optional<int> second_doses_open_days;
};
// Says what the town has set, after changing what is given here.
int town(const TownOptions& options, Output output);

struct DoseRecordOptions {
    std::filesystem::path folder;
    std::filesystem::path out;  // the PDF to write
    std::filesystem::path share;
    std::string language = "ja";
    int dose = 1;
    // Of a dose that is not in the books yet.
    std::string date;
    std::string vaccine;
    std::string time;
    std::optional<std::int64_t> venue;
};
// Signs a dose record with the town's key, and writes it as a page to print. The ticket comes from
// stdin, since whoever lists the programs that run sees what they were called with.
int dose_record(const DoseRecordOptions& options, Output output);

struct RunOptions {
    std::filesystem::path folder;
    std::string listen = "127.0.0.1:8443";
    std::string device_listen = "127.0.0.1:8444";
    std::vector<std::string> hosts;  // names under which devices reach this server
    bool group_commit = true;
    std::size_t connections_per_address = CallerLimits{}.connections_max;
    std::string log_level = "info";
};
int run(const RunOptions& options, Output output);

struct ImportOptions {
    std::filesystem::path folder;
    FileKind kind = FileKind::Residents;
    std::filesystem::path file;
    std::filesystem::path share;
    std::string from;  // of a schedule; empty: today
    std::string to;    // empty: 28 days from `from`
    bool dry_run = false;
    bool skip_bad_rows = false;
    std::string language;  // "ja" or "en"; empty: as the environment says
};
int import(const ImportOptions& options, Output output);

struct ExportOptions {
    std::filesystem::path folder;
    std::string kind;
};
int export_rows(const ExportOptions& options, Output output);

struct DeviceAddOptions {
    std::filesystem::path folder;
    std::string kind;
    std::string name;
    std::optional<std::int64_t> venue;
    std::string address;  // where a device finds the server; empty: as the running server says
};
int device_add(const DeviceAddOptions& options, Output output);
int device_list(const std::filesystem::path& folder, Output output);
int device_confirm(const std::filesystem::path& folder, const std::string& fingerprint,
                   Output output);

// Decisions of staff about a device; `by` is asked for where the decision stands on the worklist.
enum class DeviceDecision { Revoke, Lost, ReturnSeats };
struct DeviceDecideOptions {
    std::filesystem::path folder;
    std::int64_t device = 0;
    std::string by;
};
int device_decide(const DeviceDecideOptions& options, DeviceDecision decision, Output output);

// Begins a new epoch after the town's database was restored from a backup.
int restored(const std::filesystem::path& folder, const std::string& by, Output output);

// Takes in a journal that a device could not send.
int journal_import(const std::filesystem::path& folder, const std::filesystem::path& file,
                   Output output);

// kFailed also where something is found.
int audit_books(const std::filesystem::path& folder, Output output);

// What the town has set for its kiosks (shared/domain/kiosk_settings.h).
int settings_show(const std::filesystem::path& folder, Output output);
enum class SettingsChange { Set, Unset };
struct SettingsOptions {
    std::filesystem::path folder;
    std::vector<std::string> changes;    // "idle_seconds=90"; to unset, "idle_seconds"
    std::optional<std::int64_t> device;  // none: for all kiosks
};
// Says what is set then.
int settings_change(const SettingsOptions& options, SettingsChange kind, Output output);

// Calls for staff: those of people who may still stand there, or all.
int call_list(const std::filesystem::path& folder, bool all, Output output);
struct CallAnswerOptions {
    std::filesystem::path folder;
    std::string call;
    std::string by;
};
int call_answer(const CallAnswerOptions& options, Output output);
// Tells each new call at once, until the program is asked to stop.
int call_watch(const std::filesystem::path& folder, Output output);

int worklist_list(const std::filesystem::path& folder, bool all, Output output);
struct ResolveOptions {
    std::filesystem::path folder;
    std::int64_t row = 0;
    std::string done;
    std::string by;
    std::string note;
    std::optional<std::int64_t> slot;
};
int worklist_resolve(const ResolveOptions& options, Output output);

// What people applied for at kiosks that had neither network nor seat.
int application_list(const std::filesystem::path& folder, bool all, Output output);
enum class ApplicationDecision { Place, Decline };
struct ApplicationOptions {
    std::filesystem::path folder;
    std::string id;    // as on the person's paper: "3-127-6"
    bool all = false;  // in its place: each that is waiting, in the order received
    std::string by;
    std::string note;
    std::optional<std::int64_t> slot;
};
int application_decide(const ApplicationOptions& options, ApplicationDecision decision,
                       Output output);

}  // namespace mado::server
