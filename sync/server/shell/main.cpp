#include "shared/base/text.h"
#include "sync/server/api/listen_address.h"
#include "sync/server/records/file_forms.h"
#include "sync/server/shell/commands.h"
#include "sync/server/shell/console.h"
#include "sync/server/shell/share.h"
#include "sync/server/shell/town_folder.h"

#include <exception>
#include <functional>

#include <CLI/CLI.hpp>

namespace mado::server {

namespace {

constexpr const char* kVersion = "madoguchi-server 0.1.0";

// What the command line says, and which command it names.
struct Asked {
    bool json = false;
    std::function<int(Output)> command;

    InitOptions init;
    RunOptions run;
    ImportOptions import;
    ExportOptions export_rows;
    DeviceAddOptions device_add;
    std::filesystem::path device_folder;
    std::string fingerprint;
    DeviceDecideOptions device_decide;
    std::filesystem::path journal_folder;
    std::filesystem::path journal_file;
    std::filesystem::path audit_folder;
    std::filesystem::path restored_folder;
    std::string restored_by;
    std::filesystem::path worklist_folder;
    TownOptions town;
    std::filesystem::path settings_folder;
    SettingsOptions settings;
    std::filesystem::path call_folder;
    bool call_all = false;
    CallAnswerOptions call_answer;
    DoseRecordOptions dose_record;
    bool worklist_all = false;
    ResolveOptions resolve;
    std::filesystem::path application_folder;
    bool application_all = false;
    ApplicationOptions application;
};

// What is wrong with a folder as a town's; nothing: ''.
std::string no_town(const std::string& folder) {
    std::error_code error;
    if (std::filesystem::exists(TownFolder{folder}.database(), error)) return {};
    if (error) return folder + ": " + error.message();
    return folder + " holds no town; madoguchi-server init makes one";
}

void folder_option(CLI::App& command, std::filesystem::path& folder) {
    command.add_option("--dir", folder, "The town's folder, made by init")
        ->required()
        ->check(CLI::Validator(no_town, "TOWN"));
}

std::string no_listen_address(const std::string& written) {
    if (parse_listen_address(written)) return {};
    return written + " is not HOST:PORT with a port from 0 to 65535";
}

// CLI11's own says between which two of 309 digits.
CLI::Validator is_a_number() {
    return {[](const std::string& text) {
                const auto number = parse_digits(text);
                return number && *number > 0 ? std::string() : text + " is no number from 1 on";
            },
            ""};
}

void add_init(CLI::App& app, Asked& asked) {
    CLI::App* command = app.add_subcommand("init", "Make a new town: keys, database, vaccines");
    InitOptions& options = asked.init;
    options.share = share_beside_the_program();
    command->add_option("DIR", options.folder, "The folder to make; empty or not there")
        ->required();
    command->add_option("--municipality", options.municipality, "Six digits, the last checks")
        ->required();
    command->add_option("--name", options.name, "As the screens say it")->required();
    command->add_option("--name-en", options.name_en,
                        "As the screens say it in other languages; without it, the same");
    command->add_option(
        "--telephone", options.telephone,
        "The call centre's: digits, + - ( ) and spaces, and the words 内線 and 代表");
    command->add_option("--service-area", options.service_area,
                        "Other municipalities whose tickets are good here");
    command->add_option("--address-prefix", options.address_prefix,
                        "The web address up to and with '#' that letters carry as a QR");
    command
        ->add_option("--change-days-before", options.change_days_before,
                     "A booking can be changed until so many days before (2)")
        ->check(CLI::Range(0, 30));
    command
        ->add_option("--booking-closes-minutes", options.booking_closes_minutes,
                     "A place can be booked until so many minutes before it begins (60)")
        ->check(CLI::Range(0, 10'080));
    command
        ->add_option("--misses-an-hour", options.misses_an_hour,
                     "So many log-ins may miss in an hour, at all kiosks together, before they are "
                     "answered later (120)")
        ->check(CLI::Range(1, 100'000));
    command->add_option("--share", options.share, "Where the tables are");
    command->footer(
        "Example:\n  madoguchi-server init /srv/midori --municipality 272205 --name みどり市 "
        "--name-en 'Midori City' --telephone 0120-000-000");
    command->callback(
        [&asked] { asked.command = [&asked](Output output) { return init(asked.init, output); }; });
}

void add_run(CLI::App& app, Asked& asked) {
    CLI::App* command = app.add_subcommand("run", "Serve residents and devices until told to stop");
    RunOptions& options = asked.run;
    folder_option(*command, options.folder);
    command->add_option("--listen", options.listen, "HOST:PORT for residents; port 0 picks one")
        ->check(CLI::Validator(no_listen_address, ""))
        ->capture_default_str();
    command->add_option("--device-listen", options.device_listen, "HOST:PORT for devices")
        ->check(CLI::Validator(no_listen_address, ""))
        ->capture_default_str();
    command->add_option("--host", options.hosts,
                        "Names under which devices reach this server; the first is told to them");
    command->add_flag("--group-commit,!--no-group-commit", options.group_commit,
                      "Many commands in one transaction (on; off only to measure)");
    command
        ->add_option("--connections-per-address", options.connections_per_address,
                     "So many at a time from one network address, at both doors together")
        ->check(CLI::Range(1, 100'000))
        ->capture_default_str();
    command->add_option("--log-level", options.log_level, "debug, info, warn, error or off")
        ->check(CLI::IsMember({"debug", "info", "warn", "error", "off"}))
        ->capture_default_str();
    command->footer(
        "Example:\n  madoguchi-server run --dir /srv/midori --listen 0.0.0.0:8443 "
        "--device-listen 0.0.0.0:8444 --host madoguchi.example.jp");
    command->callback(
        [&asked] { asked.command = [&asked](Output output) { return run(asked.run, output); }; });
}

void add_import_of(CLI::App& import_command, Asked& asked, FileKind kind) {
    const FileForm& form = form_of(kind);
    CLI::App* command =
        import_command.add_subcommand(std::string(form.name), std::string(form.what));
    ImportOptions& options = asked.import;
    command->add_option("FILE", options.file, "UTF-8 or CP932")->required();
    folder_option(*command, options.folder);
    command->add_option("--share", options.share, "Where the tables and texts are");
    command
        ->add_option("--language", options.language,
                     "What you are told in: ja or en; else as LC_ALL, LC_MESSAGES or LANG say")
        ->check(CLI::IsMember({"ja", "en"}));
    if (kind == FileKind::Schedule) {
        command->add_option("--from", options.from, "First day to plan (2021-07-05); else today");
        command->add_option("--to", options.to, "Last day to plan; else 28 days in all");
    }
    command->add_flag("--dry-run", options.dry_run, "Check every row, import nothing");
    command->add_flag("--skip-bad-rows", options.skip_bad_rows,
                      "Leave bad rows out and import the others");
    command->footer(
        describe(form) +
        "Bad rows are named as FILE:LINE: COLUMN: reason, and nothing is imported then. With "
        "--skip-bad-rows the\nothers are, but for those that a bad row puts in doubt, which are "
        "named too; a file that is bad as such\n(its encoding, its header) is refused all the "
        "same. It ends with 0 where every row was taken, and with 1\nwhere any was left out.\n"
        "Example:\n  madoguchi-server import " +
        std::string(form.name) + " list.csv --dir /srv/midori --dry-run");
    command->callback([&asked, kind] {
        asked.import.kind = kind;
        asked.command = [&asked](Output output) { return import(asked.import, output); };
    });
}

void add_import(CLI::App& app, Asked& asked) {
    CLI::App* command = app.add_subcommand("import", "Take in a CSV file, whole or not at all");
    command->require_subcommand(1);
    command->fallthrough();
    asked.import.share = share_beside_the_program();
    for (const FileKind kind : all_file_kinds())
        add_import_of(*command, asked, kind);
    command->footer(
        "Each kind says its columns: madoguchi-server import residents --help\n"
        "Example:\n  madoguchi-server import residents list.csv --dir /srv/midori --dry-run");
}

void add_export(CLI::App& app, Asked& asked) {
    CLI::App* command = app.add_subcommand("export", "Write a list as CSV, or as JSON lines");
    ExportOptions& options = asked.export_rows;
    command->add_option("LIST", options.kind, "bookings, applications or worklist")
        ->required()
        ->check(CLI::IsMember({"bookings", "applications", "worklist"}));
    folder_option(*command, options.folder);
    command->footer(
        "Example:\n  madoguchi-server export bookings --dir /srv/midori > bookings.csv");
    command->callback([&asked] {
        asked.command = [&asked](Output output) { return export_rows(asked.export_rows, output); };
    });
}

CLI::App* add_decision(CLI::App& device, Asked& asked, const char* name, const char* what,
                       DeviceDecision decision) {
    CLI::App* command = device.add_subcommand(name, what);
    DeviceDecideOptions& options = asked.device_decide;
    folder_option(*command, options.folder);
    command->add_option("NUMBER", options.device, "As in the list")
        ->required()
        ->check(is_a_number());
    command->callback([&asked, decision] {
        asked.command = [&asked, decision](Output output) {
            return device_decide(asked.device_decide, decision, output);
        };
    });
    return command;
}

void add_decisions(CLI::App& device, Asked& asked) {
    add_decision(device, asked, "revoke",
                 "Shut a device out; it forgets its roster, sends what it has, and wipes "
                 "itself",
                 DeviceDecision::Revoke);
    CLI::App* lost =
        add_decision(device, asked, "lost",
                     "Fence a device that is gone; its slips still admit, its seats stay "
                     "held",
                     DeviceDecision::Lost);
    lost->add_option("--by", asked.device_decide.by, "Who says so")->required();
    lost->footer(
        "What it sends from now on is kept aside and each slip stands on the worklist. Its seats "
        "come back by\na decision of their own, since it may still be selling them: device "
        "return-seats. Where it may\nhave been stolen, device revoke makes it forget the roster "
        "and wipe itself at its next contact.\n"
        "Example:\n  madoguchi-server device lost 3 --by 佐藤 --dir /srv/midori");
    CLI::App* seats = add_decision(device, asked, "return-seats",
                                   "Free the seats that a lost or revoked device still holds",
                                   DeviceDecision::ReturnSeats);
    seats->add_option("--by", asked.device_decide.by, "Who decides it")->required();
    seats->footer(
        "A slip that it sold from these seats all the same is on paper: it stands on the worklist "
        "when it is\nseen, and gets a seat only where one is left.\n"
        "Example:\n  madoguchi-server device return-seats 3 --by 佐藤 --dir /srv/midori");
}

void add_town(CLI::App& app, Asked& asked) {
    CLI::App* command = app.add_subcommand("town", "Say what the town has set, or set it anew");
    TownOptions& options = asked.town;
    folder_option(*command, options.folder);
    command->add_option("--telephone", options.telephone, "The call centre's; '' for none");
    command->add_option(
        "--next-opening", options.next_opening,
        "When more places can be booked, as \"2021-07-12 09:00\": what kiosks say and print where "
        "all are full; none takes it back");
    command->add_option(
        "--share", options.shares,
        "CHANNEL=PERCENT of the seats of every slot; CHANNEL is kiosk, web or call-centre. Give it "
        "once for each channel, all of them anew; those not named share what is left. The word "
        "none "
        "takes all back");
    command
        ->add_option("--second-doses", options.second_doses,
                     "Percent of each channel's seats that are kept for second doses; 0 for none")
        ->check(CLI::Range(0, 100));
    command
        ->add_option("--second-doses-open", options.second_doses_open_days,
                     "So many days before a slot, seats kept for second doses are everybody's")
        ->check(CLI::Range(0, 365));
    command->footer(
        "Devices hear of it at their next contact, also while the server runs. What is sold or "
        "held "
        "already stays as it is.\n"
        "Examples:\n  madoguchi-server town --next-opening \"2021-07-12 09:00\" --dir /srv/midori\n"
        "  madoguchi-server town --share kiosk=60 --share web=20 --second-doses 30 "
        "--second-doses-open 2 --dir /srv/midori");
    command->callback(
        [&asked] { asked.command = [&asked](Output output) { return town(asked.town, output); }; });
}

void add_settings_change(CLI::App& settings, Asked& asked, SettingsChange kind) {
    const bool sets = kind == SettingsChange::Set;
    CLI::App* command =
        sets ? settings.add_subcommand("set", "Set some, for all kiosks or for one")
             : settings.add_subcommand("unset", "Take some back, for all kiosks or for one");
    SettingsOptions& options = asked.settings;
    folder_option(*command, options.folder);
    command->add_option(sets ? "KEY=VALUE" : "KEY", options.changes, "")->required();
    command->add_option("--device", options.device, "For this kiosk alone; number as in its list")
        ->check(is_a_number());
    command->footer(
        sets ? "Example:\n  madoguchi-server settings set idle_seconds=90 language=ja_easy --dir "
               "/srv/midori"
             : "Example:\n  madoguchi-server settings unset idle_seconds --device 3 --dir "
               "/srv/midori");
    command->callback([&asked, kind] {
        asked.command = [&asked, kind](Output output) {
            return settings_change(asked.settings, kind, output);
        };
    });
}

void add_settings(CLI::App& app, Asked& asked) {
    CLI::App* settings =
        app.add_subcommand("settings", "What kiosks do that is the town's to choose");
    settings->require_subcommand(1);
    settings->fallthrough();
    std::string keys;
    for (const std::string& key : kiosk_setting_keys())
        keys += (keys.empty() ? "" : ", ") + key;
    settings->footer("There are " + keys +
                     ",\nwith the meanings and bounds that madoguchi-kiosk run --help says. The "
                     "nearest wins: what "
                     "stands in\na kiosk's own kiosk.toml, then what is set for that device, then "
                     "what is set for "
                     "all. Kiosks take it\nover between two visits, without a restart.");
    CLI::App* show = settings->add_subcommand("show", "What is set");
    folder_option(*show, asked.settings_folder);
    show->callback([&asked] {
        asked.command = [&asked](Output output) {
            return settings_show(asked.settings_folder, output);
        };
    });
    add_settings_change(*settings, asked, SettingsChange::Set);
    add_settings_change(*settings, asked, SettingsChange::Unset);
}

void add_call_answer(CLI::App& call, Asked& asked) {
    CLI::App* command = call.add_subcommand("answer", "Say that somebody goes there");
    CallAnswerOptions& options = asked.call_answer;
    folder_option(*command, options.folder);
    command->add_option("ID", options.call, "As in the list: 3-127")->required();
    command->add_option("--by", options.by, "Who goes there; the screen says it")->required();
    command->footer(
        "Within two seconds the kiosk says that somebody comes, and who.\n"
        "Example:\n  madoguchi-server call answer 3-127 --by 佐藤 --dir /srv/midori");
    command->callback([&asked] {
        asked.command = [&asked](Output output) { return call_answer(asked.call_answer, output); };
    });
}

void add_call(CLI::App& app, Asked& asked) {
    CLI::App* call = app.add_subcommand("call", "Who calls for staff at a kiosk");
    call->require_subcommand(1);
    call->fallthrough();

    CLI::App* list = call->add_subcommand("list", "Who may still stand there, a line a call");
    folder_option(*list, asked.call_folder);
    list->add_flag("--all", asked.call_all, "Also those who have gone");
    list->footer(
        "A call ends when the person goes on or leaves, and after half an hour at the latest.\n"
        "Example:\n  madoguchi-server call list --dir /srv/midori");
    list->callback([&asked] {
        asked.command = [&asked](Output output) {
            return call_list(asked.call_folder, asked.call_all, output);
        };
    });

    CLI::App* watch =
        call->add_subcommand("watch", "Tell each new call at once, and ring; Ctrl-C ends it");
    folder_option(*watch, asked.call_folder);
    watch->footer("Example:\n  madoguchi-server call watch --dir /srv/midori");
    watch->callback([&asked] {
        asked.command = [&asked](Output output) { return call_watch(asked.call_folder, output); };
    });
    add_call_answer(*call, asked);
}

void add_dose_record(CLI::App& app, Asked& asked) {
    CLI::App* command = app.add_subcommand(
        "dose-record", "Write the paper by which the next dose can be booked, right after a dose");
    DoseRecordOptions& options = asked.dose_record;
    options.share = share_beside_the_program();
    folder_option(*command, options.folder);
    command->add_option("--out", options.out, "The PDF to write")->required();
    command->add_option("--dose", options.dose, "Which dose it was (1)")->check(CLI::Range(1, 99));
    command->add_option("--date", options.date,
                        "When it was given (2021-07-05); needed where the books do not have it");
    command->add_option("--vaccine", options.vaccine,
                        "Its code, as pfizer; needed where the books do not have it");
    command->add_option("--time", options.time,
                        "At what time (09:30); as it was booked where not given");
    command->add_option("--venue", options.venue, "Where; as it was booked where not given")
        ->check(is_a_number());
    command->add_option("--share", options.share, "Where the tables and texts are");
    command->add_option("--language", options.language, "What the page is written in (ja)")
        ->check(CLI::IsMember({"ja", "ja_easy", "en", "zh", "ko", "vi", "pt"}));
    command->footer(
        "The ticket is read from stdin: its ten digits, or all eighteen. A kiosk takes the page's "
        "code in the\nticket's place, also without a network; with --json the code's text is "
        "printed too.\n"
        "Example:\n  madoguchi-server dose-record --dir /srv/midori --date 2021-07-05 --vaccine "
        "pfizer --time 10:00 --venue 1 --out record.pdf");
    command->callback([&asked] {
        asked.command = [&asked](Output output) { return dose_record(asked.dose_record, output); };
    });
}

void add_worklist(CLI::App& app, Asked& asked) {
    CLI::App* worklist =
        app.add_subcommand("worklist", "What a person of the town's staff must look at");
    worklist->require_subcommand(1);
    worklist->fallthrough();

    CLI::App* list = worklist->add_subcommand(
        "list", "What happened, who may act, and what they can do: a block a row");
    folder_option(*list, asked.worklist_folder);
    list->add_flag("--all", asked.worklist_all,
                   "Also what is done, with what was done and by whom");
    list->footer(
        "People are named by their opaque ids; with --json, a line a row.\n"
        "Example:\n  madoguchi-server worklist list --dir /srv/midori");
    list->callback([&asked] {
        asked.command = [&asked](Output output) {
            return worklist_list(asked.worklist_folder, asked.worklist_all, output);
        };
    });

    CLI::App* resolve = worklist->add_subcommand("resolve", "Say what was done about a row");
    ResolveOptions& options = asked.resolve;
    folder_option(*resolve, options.folder);
    resolve->add_option("ID", options.row, "The row's number in the list")
        ->required()
        ->check(is_a_number());
    resolve
        ->add_option("--done", options.done, "One of the choices that the list shows for the row")
        ->required();
    resolve->add_option("--by", options.by, "Who decided it")->required();
    resolve->add_option("--note", options.note,
                        "A line for those who read it later; no ticket, birth date or health");
    resolve->add_option("--slot", options.slot, "Where it is moved or booked to")
        ->check(is_a_number());
    resolve->footer(
        "Nothing is deleted: worklist list --all shows it ever after. A row that is done with is "
        "left as it is,\nand what was done is said.\n"
        "Example:\n  madoguchi-server worklist resolve 12 --done moved --slot 40 --by 佐藤 --dir "
        "/srv/midori");
    resolve->callback([&asked] {
        asked.command = [&asked](Output output) { return worklist_resolve(asked.resolve, output); };
    });
}

CLI::App* add_application_decision(CLI::App& application, Asked& asked, const char* name,
                                   const char* what, ApplicationDecision decision) {
    CLI::App* command = application.add_subcommand(name, what);
    ApplicationOptions& options = asked.application;
    folder_option(*command, options.folder);
    command->add_option("--by", options.by, "Who decided it")->required();
    command->add_option("--note", options.note,
                        "A line for those who read it later; no ticket, birth date or health");
    command->callback([&asked, decision] {
        asked.command = [&asked, decision](Output output) {
            return application_decide(asked.application, decision, output);
        };
    });
    return command;
}

void add_application(CLI::App& app, Asked& asked) {
    CLI::App* application = app.add_subcommand(
        "application", "What people applied for where a kiosk had neither network nor seat");
    application->require_subcommand(1);
    application->fallthrough();

    CLI::App* list = application->add_subcommand(
        "list", "Who waits, in the order received, and how each choice stands now");
    folder_option(*list, asked.application_folder);
    list->add_flag("--all", asked.application_all, "Also those that have ended, and how");
    list->footer(
        "People are named by their opaque ids; with --json, a line each.\n"
        "Example:\n  madoguchi-server application list --dir /srv/midori");
    list->callback([&asked] {
        asked.command = [&asked](Output output) {
            return application_list(asked.application_folder, asked.application_all, output);
        };
    });

    CLI::App* place = add_application_decision(
        *application, asked, "place",
        "Book the first of the choices that has a free seat, and end the application",
        ApplicationDecision::Place);
    CLI::Option* id =
        place->add_option("ID", asked.application.id, "As in the list and on the person's paper");
    CLI::Option* all = place->add_flag("--all", asked.application.all,
                                       "Each that is waiting, in the order received");
    all->excludes(id);
    place
        ->add_option("--slot", asked.application.slot,
                     "Another slot in place of the choices, with the person's word")
        ->check(is_a_number())
        ->excludes(all);
    place->footer(
        "The kiosks show the booking as soon as they have heard of it.\n"
        "Example:\n  madoguchi-server application place --all --by 佐藤 --dir /srv/midori");

    CLI::App* decline = add_application_decision(*application, asked, "decline",
                                                 "End an application that cannot be placed",
                                                 ApplicationDecision::Decline);
    decline->add_option("ID", asked.application.id, "As in the list and on the person's paper")
        ->required();
    decline->footer(
        "Example:\n  madoguchi-server application decline 3-127-6 --by 佐藤 --note 電話で相談 "
        "--dir "
        "/srv/midori");
}

void add_device(CLI::App& app, Asked& asked) {
    CLI::App* device = app.add_subcommand("device", "Kiosks and terminals: who may be one");
    device->require_subcommand(1);
    device->fallthrough();

    CLI::App* add = device->add_subcommand("add", "Make an enrolment code, good for ten minutes");
    DeviceAddOptions& options = asked.device_add;
    folder_option(*add, options.folder);
    add->add_option("--kind", options.kind, "kiosk or terminal")
        ->required()
        ->check(CLI::IsMember({"kiosk", "terminal"}));
    add->add_option("--name", options.name, "As staff call it")->required();
    add->add_option("--venue", options.venue, "The venue where it stands")->check(is_a_number());
    add->add_option(
        "--address", options.address,
        "HOST:PORT of the residents' listener; as the running server says if not given");
    add->footer(
        "Example:\n  madoguchi-server device add --dir /srv/midori --kind kiosk --name ロビー1 "
        "--venue 1");
    add->callback([&asked] {
        asked.command = [&asked](Output output) { return device_add(asked.device_add, output); };
    });

    CLI::App* list = device->add_subcommand(
        "list", "All devices and how they stand; an ALARM for each that is silent for an hour");
    folder_option(*list, asked.device_folder);
    list->footer(
        "The alarm names the seats that the device holds and the first slot that they are for. If "
        "the device\nstill works, carry its journal over (madoguchi-kiosk journal export); if it "
        "is gone, device lost."
        "\nExample:\n  madoguchi-server device list --dir /srv/midori");
    list->callback([&asked] {
        asked.command = [&asked](Output output) {
            return device_list(asked.device_folder, output);
        };
    });

    CLI::App* confirm =
        device->add_subcommand("confirm", "Let the device in whose screen shows this fingerprint");
    folder_option(*confirm, asked.device_folder);
    confirm->add_option("FINGERPRINT", asked.fingerprint, "As its screen shows it")->required();
    confirm->footer(
        "Example:\n  madoguchi-server device confirm \"a1b2 c3d4 e5f6 0718\" --dir /srv/midori");
    confirm->callback([&asked] {
        asked.command = [&asked](Output output) {
            return device_confirm(asked.device_folder, asked.fingerprint, output);
        };
    });

    add_decisions(*device, asked);
}

void add_journal(CLI::App& app, Asked& asked) {
    CLI::App* journal = app.add_subcommand("journal", "What a device has decided, by another way");
    journal->require_subcommand(1);
    journal->fallthrough();
    CLI::App* command = journal->add_subcommand(
        "import", "Take in the journal of a device that no network reaches, from a USB stick");
    command->add_option("FILE", asked.journal_file, "As madoguchi-kiosk journal export wrote it")
        ->required();
    folder_option(*command, asked.journal_folder);
    command->footer(
        "Each event fares as if the device had sent it; taking a file in twice changes nothing. A "
        "file that is\ndamaged, cut, or not signed by a device of this town is refused whole as "
        "FILE:LINE: reason.\n"
        "Example:\n  madoguchi-server journal import /media/stick/lobby.journal --dir /srv/midori");
    command->callback([&asked] {
        asked.command = [&asked](Output output) {
            return journal_import(asked.journal_folder, asked.journal_file, output);
        };
    });
}

void add_audit(CLI::App& app, Asked& asked) {
    CLI::App* command = app.add_subcommand(
        "audit", "Check every chain of events, every seat, lease and booking, and the feed");
    folder_option(*command, asked.audit_folder);
    command->footer(
        "Exit code 0: all is in order; 1: each finding is a line that names the event (device and "
        "number),\nslot or row. It reads one committed state, changes nothing, and may run while "
        "the server does.\n"
        "Example:\n  madoguchi-server audit --dir /srv/midori --json");
    command->callback([&asked] {
        asked.command = [&asked](Output output) { return audit_books(asked.audit_folder, output); };
    });
}

void add_restored(CLI::App& app, Asked& asked) {
    CLI::App* command = app.add_subcommand(
        "restored", "Say that the town's database was put back from a backup: a new epoch begins");
    folder_option(*command, asked.restored_folder);
    command->add_option("--by", asked.restored_by, "Who restored it")->required();
    command->footer(
        "Run it after town.db was replaced by an older one or may have lost its last commits, "
        "before the server\nruns. Devices then take a new snapshot and send again what they "
        "decided "
        "in the last 30 days; what a\ndevice may hold stays held until it reports. It may be run "
        "again.\n"
        "Example:\n  madoguchi-server restored --by 佐藤 --dir /srv/midori");
    command->callback([&asked] {
        asked.command = [&asked](Output output) {
            return restored(asked.restored_folder, asked.restored_by, output);
        };
    });
}

// CLI11 misses a command or an option before it looks at the words that it could not place.
int refuse(const CLI::App& app, const CLI::ParseError& error) {
    const auto strange = app.remaining(true);
    const bool misses = dynamic_cast<const CLI::RequiredError*>(&error) != nullptr;
    if (misses && !strange.empty()) {
        return complain("there is no command or option " + strange.front() +
                            "; run with --help for those that there are",
                        kMisused);
    }
    return app.exit(error) == 0 ? kDone : kMisused;
}

int decide(int argc, char** argv) {
    CLI::App app{
        "The central server of Madoguchi: it books, and it keeps kiosks and terminals in step."};
    Asked asked;
    app.name("madoguchi-server");
    app.set_version_flag("--version", kVersion);
    app.set_config("--config", "", "Options from a TOML file: [run] listen = \"0.0.0.0:8443\"");
    app.allow_config_extras(CLI::config_extras_mode::error);
    app.add_flag("--json", asked.json, "Results as JSON");
    app.require_subcommand(1);
    app.fallthrough();
    add_init(app, asked);
    add_run(app, asked);
    add_import(app, asked);
    add_export(app, asked);
    add_device(app, asked);
    add_town(app, asked);
    add_settings(app, asked);
    add_call(app, asked);
    add_dose_record(app, asked);
    add_worklist(app, asked);
    add_application(app, asked);
    add_journal(app, asked);
    add_audit(app, asked);
    add_restored(app, asked);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return refuse(app, error);
    }
    return asked.command(asked.json ? Output::Json : Output::Text);
}

}  // namespace

}  // namespace mado::server

int main(int argc, char** argv) {
    try {
        return mado::server::decide(argc, argv);
    } catch (const std::exception& error) {
        return mado::server::complain(error.what());
    }
}
