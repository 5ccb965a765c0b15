#include "kiosk/shell/check_kiosk.h"

#include "kiosk/screens/languages.h"
#include "kiosk/shell/check_report.h"
#include "kiosk/shell/checks.h"
#include "kiosk/shell/log.h"
#include "kiosk/shell/patience.h"
#include "kiosk/shell/test_page.h"
#include "shared/platform/alsa_speaker.h"
#include "shared/platform/capture.h"
#include "shared/platform/clock.h"
#include "shared/platform/folder_lock.h"
#include "shared/platform/ipp_printer.h"
#include "sync/device/device_store.h"
#include "sync/device/enrolment.h"
#include "sync/device/transport.h"

#include <cstdio>
#include <functional>
#include <utility>

namespace mado::kiosk {
namespace {

using std::chrono::seconds;

// What each part may take. Inside, the printer has as long as for a slip, and the server an
// exchange's time.
constexpr seconds kDiskLimit{15};
constexpr seconds kNetworkLimit{15};
constexpr seconds kCameraLimit{20};
constexpr seconds kSoundLimit{15};
constexpr seconds kPrinterLimit{55};
constexpr seconds kPrinterPatience{45};

// Everything by value: a look that is given up goes on without us (patience.h).
struct Look {
    CheckedPart part;
    seconds limit;
    std::function<Finding()> work;
};

Finding left_out(CheckedPart part, TextKey why) {
    return {part, CheckState::LeftOut, why};
}

Finding failed(CheckedPart part, TextKey what, TextKey way_out, std::string detail = {}) {
    return {part, CheckState::Failed, what, {}, way_out, std::move(detail)};
}

class SelfTest {
  public:
    SelfTest(const CheckOptions& options, Texts told, Texts shown)
        : options_(options), told_(std::move(told)), shown_(std::move(shown)) {}

    CheckOutcome run() {
        if (is_running()) log_line(told_.say("check.running"_t));
        look({CheckedPart::Disk, kDiskLimit, [folder = options_.folder] { return disk(folder); }});
        meet_the_server();
        look({CheckedPart::Camera, kCameraLimit,
              [source = options_.settings.camera, running = is_running()] {
                  return camera(source, running);
              }});
        look(
            {CheckedPart::Sound, kSoundLimit,
             [device = options_.settings.sound, utterance = test_sentence()] {
                 const auto speaker = alsa_speaker({device, {}}, headset_sense("never", "default"));
                 return check_sound(*speaker, utterance);
             }});
        look({CheckedPart::Printer, kPrinterLimit, [test = *this] { return test.printer(); }});
        return outcome_;
    }

  private:
    bool is_running() const {
        return !options_.folder.empty() && FolderLock::is_held(options_.folder, "kiosk");
    }

    void tell(const Finding& finding, std::chrono::milliseconds took) {
        outcome_.well = outcome_.well && finding.state != CheckState::Failed;
        const std::string line =
            (options_.json ? json_of(finding, took, told_) : line_of(finding, told_)) + "\n";
        static_cast<void>(std::fwrite(line.data(), 1, line.size(), stdout));
        static_cast<void>(std::fflush(stdout));
    }

    // What `work` says, or that its time is over.
    template <class T>
    std::optional<T> wait_for(CheckedPart part, seconds limit, std::function<T()> work,
                              std::chrono::milliseconds& took) {
        SystemClock clock;
        const auto before = clock.steady();
        auto said = within<T>(limit, std::move(work));
        took = std::chrono::ceil<std::chrono::milliseconds>(clock.steady() - before);
        if (said) return said;
        outcome_.stuck = true;
        tell({part,
              CheckState::Failed,
              "check.too_slow"_t,
              {{"seconds", std::to_string(limit.count())}},
              "check.ask_maintenance_way"_t},
             took);
        return {};
    }

    void look(const Look& look) {
        std::chrono::milliseconds took{};
        const auto finding = wait_for<Finding>(look.part, look.limit, look.work, took);
        if (finding) tell(*finding, took);
    }

    // The network, and the clock by what the server says.
    void meet_the_server() {
        std::chrono::milliseconds took{};
        const auto contact = wait_for<ServerContact>(
            CheckedPart::Network, kNetworkLimit,
            [folder = options_.folder] { return server(folder); }, took);
        if (contact) tell(contact->finding, took);
        tell(clock_finding(contact ? contact->clock_offset : std::nullopt), {});
    }

    static Finding disk(const std::filesystem::path& folder) {
        if (folder.empty()) return left_out(CheckedPart::Disk, "check.no_folder"_t);
        SystemClock clock;
        return disk_finding(read_disk(folder, clock));
    }

    static ServerContact server(const std::filesystem::path& folder) {
        constexpr auto kNetwork = CheckedPart::Network;
        if (folder.empty()) return {left_out(kNetwork, "check.no_folder"_t), {}};
        if (!device::is_enrolled(folder)) {
            return {failed(kNetwork, "check.not_enrolled"_t, "check.enrol_way"_t), {}};
        }
        const auto enrolled = device::load_identity(folder);
        if (!enrolled.ok()) {
            return {
                failed(kNetwork, "check.keys_unread"_t, "check.keys_way"_t, enrolled.error().what),
                {}};
        }
        const auto network = device::CurlNetwork::open(enrolled->endpoint);
        if (!network.ok()) {
            return {
                failed(kNetwork, "check.keys_unread"_t, "check.keys_way"_t, network.error().what),
                {}};
        }
        SystemClock clock;
        return ask_server(**network, enrolled->endpoint.address, clock);
    }

    static Finding camera(const std::string& source, bool running) {
        constexpr auto kCamera = CheckedPart::Camera;
        if (source.empty()) return {kCamera, CheckState::NotThere, "check.camera_none"_t};
        std::error_code ignored;
        // The kiosk's next visitor would find it taken, or we would.
        if (running && std::filesystem::is_character_file(path_of_camera(source), ignored)) {
            return left_out(kCamera, "check.camera_in_use"_t);
        }
        const auto camera = open_camera(source);
        if (camera.ok()) return check_camera(**camera);
        Finding finding = failed(kCamera, "check.camera_missing"_t, "check.camera_cable_way"_t,
                                 camera.error().what);
        finding.arguments = {{"source", source}};
        return finding;
    }

    Utterance test_sentence() const {
        return {shown_.language(), "", shown_.say("check.spoken"_t), Pace::Normal, Volume::Normal};
    }

    Finding printer() const {
        constexpr auto kPrinter = CheckedPart::Printer;
        const std::string& address = options_.settings.printer;
        if (address.empty()) {
            return {kPrinter,
                    CheckState::NotThere,
                    "check.printer_none"_t,
                    {},
                    "check.printer_none_way"_t};
        }
        const auto printer = ipp_printer(address, kPrinterPatience);
        if (!printer.ok()) {
            return failed(kPrinter, "check.printer_address"_t, "check.printer_none_way"_t,
                          printer.error().what);
        }
        if (!options_.print) return left_out(kPrinter, "check.page_left_out"_t);
        const auto page = render_test_page(test_page(), shown_);
        if (!page.ok()) {
            return failed(kPrinter, "check.printer_failed"_t, "check.ask_maintenance_way"_t,
                          page.error().what);
        }
        return check_printer(**printer, *page);
    }

    // Where the town cannot be read, the page says that none is known.
    TestPage test_page() const {
        SystemClock clock;
        TestPage page{
            {}, {}, clock.now(), options_.settings.flow({}).language, options_.settings.paper};
        if (options_.folder.empty()) return page;
        const auto enrolled = device::load_identity(options_.folder);
        if (!enrolled.ok()) return page;
        page.device = enrolled->identity.device;
        page.town = device::DeviceStore::town_told(options_.folder, page.device)
                        .value_or(std::optional<Town>());
        return page;
    }

    CheckOptions options_;
    Texts told_;   // for whoever runs the test
    Texts shown_;  // as the kiosk speaks and prints
    CheckOutcome outcome_;
};

}  // namespace

Result<CheckOutcome, IoError> check_kiosk(const CheckOptions& options) {
    const auto folder = options.share / "locale";
    auto told = MADO_TRY(Texts::open(folder, options.language));
    auto shown = MADO_TRY(Texts::open(folder, code_of(options.settings.flow({}).language)));
    return SelfTest(options, std::move(told), std::move(shown)).run();
}

}  // namespace mado::kiosk
