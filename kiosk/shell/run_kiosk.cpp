#include "kiosk/shell/run_kiosk.h"

#include "kiosk/screens/languages.h"
#include "kiosk/screens/screens.h"
#include "kiosk/shell/front.h"
#include "kiosk/shell/log.h"
#include "kiosk/shell/metrics.h"
#include "kiosk/shell/process.h"
#include "shared/domain/tables.h"
#include "shared/platform/alsa_speaker.h"
#include "shared/platform/capture.h"
#include "shared/platform/clock.h"
#include "shared/platform/files.h"
#include "shared/platform/folder_lock.h"
#include "shared/platform/ipp_printer.h"
#include "shared/platform/os_chance.h"
#include "shared/platform/watchdog.h"
#include "sync/device/enrolment.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace mado::kiosk {
namespace {

constexpr std::size_t kTableBytesMax = 1u << 20;
constexpr std::chrono::seconds kPrinterPatience{45};
constexpr std::chrono::seconds kStartAgain{5};
// Loops go round once a second when they rest. A commit on worn flash or new letters in software
// graphics take longer now and then, and systemd's period comes on top: madoguchi-kiosk.service.
constexpr std::chrono::seconds kHeartPatience{3};
constexpr std::chrono::milliseconds kBeatEvery{1'000};

Result<Words, IoError> read_words(const std::filesystem::path& share) {
    Words words;
    for (const Language language : kLanguages) {
        auto texts = MADO_TRY(Texts::open(share / "locale", code_of(language)));
        words.texts.emplace(language, std::move(texts));
        auto readings = MADO_TRY(Readings::open(share / "locale", code_of(language)));
        words.readings.emplace(language, std::move(readings));
    }
    const auto file = share / "tables" / "municipalities.tsv";
    const std::string text = MADO_TRY(read_file(file, kTableBytesMax));
    auto table = parse_municipality_table(text);
    if (!table.ok()) {
        return fail(IoError{IoError::Kind::Corrupt, file.string() + ", line " +
                                                        std::to_string(table.error().line) + ": " +
                                                        table.error().reason});
    }
    words.municipalities = std::move(*table);
    return words;
}

Result<std::unique_ptr<ui::Window>, IoError> open_window(const RunOptions& options) {
    ui::WindowSettings settings;
    settings.title = "Madoguchi";
    settings.stand = options.window ? ui::Stand::Windowed : ui::Stand::Kiosk;
    if (options.window) {
        settings.width = options.window->width;
        settings.height = options.window->height;
    }
    settings.panel = options.settings.panel;
    settings.probe = options.probe;
    auto window = MADO_TRY(ui::Window::open(settings));
    if (window->too_small()) log_line("this panel is smaller than texts and buttons need");
    return window;
}

// What outlives a device: the program's window, words and watch.
struct Stage {
    const RunOptions& options;
    const Words& words;
    ui::Window& window;
    const StopSignal& stop;
    Watchdog& watchdog;
    Clock& clock;

    bool over() const { return window.closed() || stop.came(); }
};

// The device's end of the sync, on its threads. Refused where staff revoked this device and it has
// sent all that it had: then nothing of it is here any more.
Result<std::unique_ptr<device::Runner>, IoError> start_device(const std::filesystem::path& folder,
                                                              Clock& clock, Chance& chance,
                                                              std::function<void()> wake) {
    auto enrolled = MADO_TRY(device::load_identity(folder));
    if (enrolled.secrets_from_fallback) {
        log_line("keys lie in plain files in the device's folder: for a demo only");
    }
    const DeviceId id = enrolled.identity.device;
    auto store = std::make_optional(
        MADO_TRY(device::DeviceStore::open(folder, std::move(enrolled.identity))));
    if (store->wipe_due()) {
        store.reset();
        MADO_TRY(device::wipe(folder, id));
        return fail(IoError{IoError::Kind::Refused,
                            "this device was revoked; all that it had to send was sent, and all "
                            "that it kept is wiped"});
    }
    std::vector<std::unique_ptr<Network>> networks;
    for (std::size_t lane = 0; lane < device::kLanes.size(); ++lane) {
        networks.push_back(MADO_TRY(device::CurlNetwork::open(enrolled.endpoint)));
    }
    auto engine = MADO_TRY(device::Engine::start(std::move(*store), chance, clock.now()));
    return std::make_unique<device::Runner>(std::move(engine), std::move(networks), clock,
                                            std::move(wake));
}

// The flow without a device: it says that the kiosk is out of service, and lets staff be called and
// the language be chosen.
void show_without_device(ui::Window& window, const Words& words, Kiosk& kiosk, Instant now) {
    kiosk = step(kiosk, Tick{}, now).kiosk;
    const Language language = kiosk.visit.language;
    std::optional<Event> touch;
    window.draw(shown(kiosk), [&] {
        touch = paint(View{words.texts.at(language), kiosk, nullptr});
    });
    // Nobody is asked for anything: a call says so by itself.
    if (touch) kiosk = step(kiosk, *touch, now).kiosk;
}

std::function<void()> say_late(const char* loop) {
    return [loop] { log_line(std::string("late: ") + loop); };
}

std::vector<Watchdog::Watch> watch_loops(Watchdog& watchdog, Front& front,
                                         const device::Runner& device, CameraDesk& camera,
                                         SpeechDesk& voice) {
    std::vector<Watchdog::Watch> watches;
    const auto watch = [&](const char* loop, const Heart& heart, std::function<void()> when_late) {
        watches.push_back(watchdog.watch(loop, heart, std::move(when_late)));
    };
    watch("frame", front.frame_heart(), say_late("frame"));
    watch("input", front.input_heart(), say_late("input"));
    watch("journal", device.heart(), say_late("journal"));
    watch("looking", camera.looking_heart(), say_late("looking"));
    watch("camera", camera.filming_heart(), [&camera] {
        log_line("late: camera; it is opened again");
        camera.reopen();
    });
    watch("speaking", voice.heart(), [&voice] {
        log_line("late: speaking; the kiosk goes on without a voice");
        voice.give_up_speaker();
    });
    return watches;
}

// A full or damaged disk: the screen says that the kiosk is out of service, and it tries again
// until it can go on. No value where it was asked to end before.
std::unique_ptr<device::Runner> start_device_at_last(
    const std::function<Result<std::unique_ptr<device::Runner>, IoError>()>& start,
    const Stage& stage) {
    Heart heart;
    const auto watch = stage.watchdog.watch("start", heart, say_late("start"));
    std::string told;
    Clock& clock = stage.clock;
    Kiosk kiosk;
    kiosk.settings = stage.options.settings.flow({});
    kiosk.visit.language = kiosk.settings.language;
    while (!stage.over()) {
        auto device = start();
        if (device.ok()) return std::move(device).value();
        if (device.error().what != told) log_line(device.error().what);
        told = device.error().what;
        const auto again = clock.steady() + kStartAgain;
        show_without_device(stage.window, stage.words, kiosk, clock.now());
        // It stands and says so: a new start would not make room on a disk.
        stage.watchdog.ready();
        for (auto now = clock.steady(); now < again && !stage.over(); now = clock.steady()) {
            const auto left = std::chrono::ceil<std::chrono::milliseconds>(again - now);
            heart.beat();
            if (stage.window.wait(std::min(left, kBeatEvery))) {
                show_without_device(stage.window, stage.words, kiosk, clock.now());
            }
        }
    }
    return nullptr;
}

Result<std::unique_ptr<Printer>, IoError> open_printer(const std::string& address) {
    if (address.empty()) return std::unique_ptr<Printer>();
    return ipp_printer(address, kPrinterPatience);
}

// None where nothing is to be spoken.
std::unique_ptr<Speaker> open_speaker(const ShellSettings& settings,
                                      const std::shared_ptr<Heart>& heart) {
    // The town may turn it on later; the machine's own word stands.
    if (settings.own.voice == VoiceUse::Off) return nullptr;
    return alsa_speaker({settings.sound, settings.recordings, [heart] { heart->beat(); }},
                        headset_sense(settings.headset, settings.sound_card));
}

// Writes the figures to `file`, and says it once where that cannot be done.
std::function<void(const device::Status&, std::optional<bool>)> teller(const std::string& file) {
    if (file.empty()) return [](const device::Status&, std::optional<bool>) {};
    return [file, failed = false](const device::Status& status,
                                  std::optional<bool> spoken) mutable {
        const auto written = write_file(file, metrics_of(status, spoken), Visibility::Everybody);
        if (!written.ok() && !failed) log_line("metrics: " + written.error().what);
        failed = !written.ok();
    };
}

// The kiosk with its device, from the first frame until it ends or the device is of no use any
// more.
void serve(device::Runner& device, std::unique_ptr<Printer> printer, const Stage& stage) {
    const RunOptions& options = stage.options;
    const auto wake = [&window = stage.window] { window.wake(); };
    Outbox outbox(wake);
    CameraDesk camera([&source = options.settings.camera] { return open_camera(source); },
                      stage.clock, outbox, wake);
    auto print_desk =
        std::make_unique<PrintDesk>(std::move(printer), options.settings.paper, outbox);
    const auto voice_heart = std::make_shared<Heart>();
    SpeechDesk voice(open_speaker(options.settings, voice_heart), voice_heart,
                     [&outbox](const SpeechEvent& event) {
                         std::visit([&](const auto& happened) { outbox.put(happened); }, event);
                     });

    Front front({stage.window, device, camera, *print_desk, voice, outbox,
                 teller(options.settings.metrics)},
                stage.words, options.settings);
    front.begin();
    {
        const auto watches = watch_loops(stage.watchdog, front, device, camera, voice);
        stage.watchdog.ready();
        log_line("running");
        front.run([&] { return stage.stop.came(); });
    }
    if (stage.over()) stage.watchdog.stopping();

    // A slip that is just being printed is printed and noted before the device ends.
    print_desk.reset();
    front.settle();
}

}  // namespace

Result<void, IoError> run_kiosk(const RunOptions& options) {
    const FolderLock lock = MADO_TRY(FolderLock::take(options.folder, "kiosk"));
    if (!device::is_enrolled(options.folder)) {
        return fail(IoError{IoError::Kind::Refused,
                            options.folder.string() +
                                " holds no enrolled device: run madoguchi-kiosk enrol CODE --dir " +
                                options.folder.string() + " first"});
    }
    const Words words = MADO_TRY(read_words(options.share));
    // A bad address is told before a window opens.
    MADO_TRY(open_printer(options.settings.printer));
    if (options.settings.printer.empty()) {
        log_line("no printer is set: the screen will show short numbers instead of slips");
    }
    const auto window = MADO_TRY(open_window(options));
    for (const auto& [language, texts] : words.texts)
        window->prepare(code_of(language), {script_of(language), texts.alphabet()});

    const auto wake = [&window = *window] { window.wake(); };
    SystemClock clock;
    OsChance chance;
    const StopSignal stop(wake);
    Watchdog watchdog(kHeartPatience);
    const Stage stage{options, words, *window, stop, watchdog, clock};
    const auto start = [&] { return start_device(options.folder, clock, chance, wake); };
    while (!stage.over()) {
        const auto device = start_device_at_last(start, stage);
        if (device == nullptr) return {};
        serve(*device, MADO_TRY(open_printer(options.settings.printer)), stage);
    }
    log_line("ended");
    return {};
}

}  // namespace mado::kiosk
