// madoguchi-kiosk: the resident's screen, how it joins a server, and how it tests itself.

#include "kiosk/screens/languages.h"
#include "kiosk/shell/check_kiosk.h"
#include "kiosk/shell/enrol_kiosk.h"
#include "kiosk/shell/export_journal.h"
#include "kiosk/shell/log.h"
#include "kiosk/shell/process.h"
#include "kiosk/shell/run_kiosk.h"
#include "shared/platform/files.h"
#include "shared/texts/texts.h"

#include <cstdlib>
#include <exception>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

namespace mado::kiosk {
namespace {

constexpr int kOk = 0;
constexpr int kFailed = 1;
constexpr int kMisused = 2;
constexpr std::size_t kSettingsBytesMax = 64u << 10;

struct Arguments {
    std::string folder;
    std::string config;
    std::string camera;
    std::string printer;
    std::string window;
    std::string share;
    std::string code;
    std::string name = "kiosk";
    std::string file;
    std::int64_t from = 0;  // 0: the first that the server has not answered
    std::string language;   // empty: as the environment says
    bool leave_unsent = false;
    bool no_print = false;
    bool json = false;
};

// The named file, or kiosk.toml in the device's folder where there is one.
Result<ShellSettings, std::string> read_settings(const Arguments& arguments) {
    std::filesystem::path file = arguments.config;
    if (file.empty()) {
        file = std::filesystem::path(arguments.folder) / "kiosk.toml";
        if (!std::filesystem::exists(file)) return ShellSettings{};
    }
    const auto text = read_file(file, kSettingsBytesMax);
    if (!text.ok()) return fail(file.string() + ": " + text.error().what);
    auto settings = parse_settings(*text);
    if (!settings.ok()) return fail(file.string() + ": " + settings.error());
    return settings;
}

int misused(const std::string& why) {
    log_line(why);
    return kMisused;
}

int failed(const IoError& error) {
    log_line(error.what);
    return kFailed;
}

// The settings with what the command line says over them.
Result<ShellSettings, std::string> settings_of(const Arguments& arguments) {
    auto settings = MADO_TRY(read_settings(arguments));
    if (!arguments.camera.empty()) settings.camera = arguments.camera;
    if (!arguments.printer.empty()) settings.printer = arguments.printer;
    return settings;
}

std::filesystem::path share_of(const Arguments& arguments) {
    return arguments.share.empty() ? default_share_folder()
                                   : std::filesystem::path(arguments.share);
}

int run(const Arguments& arguments) {
    auto settings = settings_of(arguments);
    if (!settings.ok()) return misused(settings.error());
    RunOptions options;
    options.settings = std::move(*settings);
    options.folder = arguments.folder;
    options.share = share_of(arguments);
    if (!arguments.window.empty()) {
        options.window = parse_window_size(arguments.window);
        if (!options.window) return misused("--window must look like 1080x1920");
    }
    // NOLINTNEXTLINE(concurrency-mt-unsafe): no other thread runs yet
    if (const char* probe = std::getenv("MADO_PROBE")) options.probe = probe;
    const auto outcome = run_kiosk(options);
    return outcome.ok() ? kOk : failed(outcome.error());
}

std::string language_of(const Arguments& arguments) {
    if (!arguments.language.empty()) return arguments.language;
    // NOLINTBEGIN(concurrency-mt-unsafe): nobody sets a variable
    return std::string(language_of_locale(
        {std::getenv("LC_ALL"), std::getenv("LC_MESSAGES"), std::getenv("LANG")}));
    // NOLINTEND(concurrency-mt-unsafe)
}

int check(const Arguments& arguments) {
    auto settings = settings_of(arguments);
    if (!settings.ok()) return misused(settings.error());
    CheckOptions options;
    options.settings = std::move(*settings);
    options.folder = arguments.folder;
    options.share = share_of(arguments);
    options.language = language_of(arguments);
    options.print = !arguments.no_print;
    options.json = arguments.json;
    const auto outcome = check_kiosk(options);
    if (!outcome.ok()) return failed(outcome.error());
    const int code = outcome->well ? kOk : kFailed;
    if (outcome->stuck) std::_Exit(code);
    return code;
}

int enrol(const Arguments& arguments) {
    const auto device =
        enrol_kiosk({arguments.folder, arguments.code, arguments.name, arguments.leave_unsent});
    if (!device.ok()) return failed(device.error());
    if (arguments.json) {
        fmt::print("{{\"device\":{}}}\n", device->number());
    } else {
        fmt::print("enrolled as device {}\n", device->number());
    }
    return kOk;
}

int export_to_file(const Arguments& arguments) {
    std::optional<EventNumber> from;
    if (arguments.from > 0) from = EventNumber(arguments.from);
    const auto outcome = export_journal(arguments.folder, arguments.file, from);
    if (!outcome.ok()) return failed(outcome.error());
    if (!*outcome) {
        log_line("the server has answered every event; no file was written");
        if (arguments.json) fmt::print("{{\"events\":0}}\n");
        return kOk;
    }
    const device::JournalExport& exported = **outcome;
    const auto events = exported.last.number() - exported.first.number() + 1;
    if (arguments.json) {
        fmt::print("{{\"device\":{},\"first\":{},\"last\":{},\"events\":{}}}\n",
                   exported.device.number(), exported.first.number(), exported.last.number(),
                   events);
    } else {
        fmt::print("device {}: {} events, {} to {}, are in {}\n", exported.device.number(), events,
                   exported.first.number(), exported.last.number(), arguments.file);
    }
    return kOk;
}

std::vector<std::string> codes_of_languages() {
    std::vector<std::string> codes;
    for (const Language language : kLanguages)
        codes.emplace_back(code_of(language));
    return codes;
}

CLI::App* add_journal(CLI::App& app, Arguments& arguments) {
    CLI::App* journal = app.add_subcommand("journal", "What this device has decided");
    journal->require_subcommand(1);
    journal->fallthrough();
    CLI::App* exporting = journal->add_subcommand(
        "export", "Take the events that the server has not answered to a file, for a USB stick");
    exporting->add_option("FILE", arguments.file, "Where to; an older file is replaced")
        ->required();
    exporting->add_option("--dir", arguments.folder, "The device's folder")->required();
    exporting->add_option("--from", arguments.from, "From this event on, where the server asks so")
        ->check(CLI::PositiveNumber);
    exporting->footer(
        "For a kiosk that no network reaches, while it is not running. Nothing is removed here: "
        "the kiosk sends\nthe same events again when it can. The file names people by opaque ids "
        "and says who declared a condition:\nlook after it as after a list of people.\n"
        "Examples:\n  madoguchi-kiosk journal export /media/stick/lobby.journal --dir /srv/kiosk\n"
        "  madoguchi-server journal import /media/stick/lobby.journal --dir /srv/midori");
    return exporting;
}

CLI::App* add_check(CLI::App& app, Arguments& arguments) {
    CLI::App* checking = app.add_subcommand(
        "check", "Test disk, network, clock, camera, sound and printer, and print a page");
    checking->add_option("--dir", arguments.folder,
                         "The device's folder; without it disk, network and clock are left out");
    checking->add_option("--camera", arguments.camera, "A device, a film or a folder of pictures");
    checking->add_option("--printer", arguments.printer, "ipp://host:port/path");
    checking->add_option("--share", arguments.share, "Folder of texts and tables");
    checking->add_flag("--no-print", arguments.no_print, "Print no test page");
    checking
        ->add_option("--language", arguments.language,
                     "What you are told in (ja, en, …); else as LC_ALL, LC_MESSAGES or LANG say")
        ->check(CLI::IsMember(codes_of_languages()));
    checking->footer(
        "A line for each part: ok, failed, not there or left out, and what to do about it. It ends "
        "with 0 where\nnothing failed (a kiosk works without sound, and without a printer it shows "
        "numbers to copy), with 1 where\nsomething did, with 2 where the command or the settings "
        "are wrong. It takes two minutes at most.\nIt may be run beside a kiosk at work, whose "
        "camera is left out then, and changes nothing of what that decided.\n"
        "Example:\n  madoguchi-kiosk check --dir /srv/kiosk --no-print");
    return checking;
}

// CLI11 misses a command or an option before it looks at the words that it could not place.
int refuse(const CLI::App& app, const CLI::ParseError& error) {
    const auto strange = app.remaining(true);
    const bool misses = dynamic_cast<const CLI::RequiredError*>(&error) != nullptr;
    if (misses && !strange.empty()) {
        return misused("there is no command or option " + strange.front() +
                       "; run with --help for those that there are");
    }
    return app.exit(error) == 0 ? kOk : kMisused;
}

int start(int count, char** words) {
    Arguments arguments;
    CLI::App app("The resident's kiosk of Madoguchi.", "madoguchi-kiosk");
    app.set_version_flag("--version", "madoguchi-kiosk " MADO_VERSION);
    app.require_subcommand(1);
    app.fallthrough();
    app.add_option("--config", arguments.config, "Settings (TOML); otherwise DIR/kiosk.toml");
    app.add_flag("--json", arguments.json, "Results as JSON lines");

    CLI::App* running = app.add_subcommand("run", "Show the kiosk's screen");
    running->add_option("--dir", arguments.folder, "The device's folder")->required();
    running->add_option("--camera", arguments.camera, "A device, a film or a folder of pictures");
    running->add_option("--printer", arguments.printer, "ipp://host:port/path");
    running->add_option("--window", arguments.window, "WxH; otherwise the whole monitor");
    running->add_option("--share", arguments.share, "Folder of texts and tables");
    running->footer(
        std::string("DIR/kiosk.toml holds the settings of its place; none is needed. All "
                    "of them:\n") +
        kSettingsExample);

    CLI::App* enrolling = app.add_subcommand("enrol", "Join a server");
    enrolling->add_option("CODE", arguments.code, "As the server printed it")->required();
    enrolling->add_option("--dir", arguments.folder, "The device's folder")->required();
    enrolling->add_option("--name", arguments.name, "As staff will see it");
    enrolling->add_flag("--leave-unsent", arguments.leave_unsent,
                        "Enrol although the device of this folder has unsent events");

    CLI::App* exporting = add_journal(app, arguments);
    CLI::App* checking = add_check(app, arguments);

    try {
        app.parse(count, words);
    } catch (const CLI::ParseError& error) {
        return refuse(app, error);
    }
    if (exporting->parsed()) return export_to_file(arguments);
    if (checking->parsed()) return check(arguments);
    return running->parsed() ? run(arguments) : enrol(arguments);
}

}  // namespace
}  // namespace mado::kiosk

int main(int count, char** words) {
    mado::kiosk::forbid_core_files();
    mado::kiosk::hold_back_stop_signals();
    try {
        return mado::kiosk::start(count, words);
    } catch (const std::exception& error) {
        mado::kiosk::log_line(error.what());
        return mado::kiosk::kFailed;
    }
}
